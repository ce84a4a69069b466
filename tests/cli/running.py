"""Running commands in this process, as a shell would."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from onrecord import cli

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "examples" / "reports"


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    stdout: bytes
    stderr: str

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.stdout)

    def jsonl(self) -> list[Any]:
        return [json.loads(line) for line in self.stdout.splitlines()]


@contextmanager
def streams(stdin: BinaryIO) -> Iterator[tuple[io.BytesIO, io.StringIO]]:
    """Standard input, output and error as pipes are."""
    out, err = io.BytesIO(), io.StringIO()
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(stdin, encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8")
    sys.stderr = err
    try:
        yield out, err
    finally:
        sys.stdout.flush()
        sys.stdin.detach()
        sys.stdout.detach()
        sys.stdin, sys.stdout, sys.stderr = before


def run(*args: str | Path, stdin: bytes | BinaryIO = b"") -> Result:
    """Run one command in this process."""
    source = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
    with streams(source) as (out, err):
        code = cli.run([str(one) for one in args])
        sys.stdout.flush()
    return Result(code, out.getvalue(), err.getvalue())
