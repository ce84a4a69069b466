"""Where output goes: data to standard output, what is said to people to standard error; paths as they are
typed."""

from __future__ import annotations

import functools
import itertools
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

import click

from onrecord.cli import terminal
from onrecord.errors import StorageError, UsageError, hint_of, told
from onrecord.files import whole


class NamedPath(click.Path):
    """A path; an empty one, as of a variable that is not set, would be the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; fails on an empty one."""
        if not value:
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


def say(text: str) -> None:
    """One message, characters the terminal cannot show replaced."""
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError):  # standard error is a file on a full disk: nobody can be told anything
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stderr.flush()


def say_error(message: str, hint: str = "") -> None:
    """What went wrong, and what to do next."""
    say(f"onrecord: {message}")
    if hint:
        say(f"  → {hint}")


def count(number: int, name: str) -> str:
    """A number with its noun.

    >>> count(1204, "document"), count(1, "document"), count(2, "mismatch at all")
    ('1,204 documents', '1 document', '2 mismatches at all')
    """
    noun, _, rest = name.partition(" ")
    plural = noun if number == 1 else _plural(noun)
    return f"{number:,} {plural}{' ' + rest if rest else ''}"


def say_on_terminal(text: str) -> None:
    """One message, only if standard output is a terminal and somebody is there to read it."""
    if sys.stdout.isatty():
        say(text)


def say_count(number: int, name: str) -> None:
    """How many rows were written, to who reads them; that there are none is said into a pipe too."""
    (say_on_terminal if number else say)(count(number, name))


def _plural(noun: str) -> str:
    if noun.endswith("y"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith("ch") else "s")


Row = Mapping[str, Any]
Shape = Mapping[str, str]  # column -> "text", "int", "real", "flag", "spans", "texts" or "objects"
Form = Literal["table", "json", "jsonl", "csv", "tsv"]
_FORMS: tuple[Form, ...] = ("json", "jsonl", "csv", "tsv")


class ReaderLeft(Exception):
    """The reader of the pipe has seen enough."""


@dataclass(frozen=True, slots=True)
class Output:
    """How to write rows: the form, which columns, how many rows, and where to."""

    form: Form = "table"
    columns: tuple[str, ...] = ()
    limit: int | None = None
    path: Path | None = None


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the shared output options and pass them to it as one ``output`` value."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> Any:
        forms: list[Form] = [form for form in _FORMS if given.pop(f"as_{form}")]
        if len(forms) > 1:
            raise UsageError("--" + " and --".join(forms) + " exclude each other", hint="give one of them")
        columns = tuple(name.strip() for name in (given.pop("columns") or "").split(",") if name.strip())
        output = Output(forms[0] if forms else "table", columns, given.pop("limit"), given.pop("output_path"))
        return command(output=output, **given)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


_OPTIONS = (
    click.option("--json", "as_json", is_flag=True, help="One JSON array, every column."),
    click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object a line, every column."),
    click.option("--csv", "as_csv", is_flag=True, help="CSV, every column, safe for spreadsheets."),
    click.option("--tsv", "as_tsv", is_flag=True, help="Tab-separated, every column."),
    click.option("--columns", metavar="A,B,...", help="Only these columns, in this order."),
    click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N rows."),
    click.option(
        "-o",
        "--output",
        "output_path",
        type=NamedPath(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to FILE instead of the terminal.",
    ),
)


def write_rows(rows: Iterable[Row], output: Output, *, shape: Shape, brief: Sequence[str]) -> int:
    """Write ``rows`` as ``output`` says, in bounded memory; returns how many.

    ``shape``: every column with its type, in order; ``brief``: the columns of the table. Raises UsageError
    for a column that is not there, StorageError for a file that cannot be written.
    """
    columns = output.columns or (tuple(brief) if output.form == "table" else tuple(shape))
    unknown = [name for name in columns if name not in shape]
    if unknown:
        raise UsageError(f"no such column: {', '.join(unknown)}", hint="columns: " + ", ".join(shape))
    chosen = {name: shape[name] for name in columns}
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in itertools.islice(_made(rows), output.limit):
            count += 1
            yield {name: row[name] for name in chosen}

    with stdout_or(output.path) as stream:
        for piece in _pieces(counted(), output, chosen):
            stream.write(piece.encode("utf-8", "replace"))
    return count


def _made(rows: Iterable[Row]) -> Iterator[Row]:
    """``rows``; where the system refuses something while they are made, it is not the writing that fails."""
    try:
        yield from rows
    except OSError as error:
        raise told(error) or StorageError(str(error)) from error


def write_text(text: str) -> None:
    """Write ``text`` to standard output in UTF-8."""
    with stdout_or(None) as stream:
        stream.write(text.encode("utf-8", "replace"))


def _pieces(rows: Iterator[Row], output: Output, shape: Shape) -> Iterator[str]:
    match output.form:
        case "json":
            yield from _json(rows)
        case "jsonl":
            yield from (json_line(row) + "\n" for row in rows)
        case "csv":
            yield from _csv(rows, shape)
        case "tsv":
            yield from _tsv(rows, shape)
        case "table":
            cells = ({name: _for_people(value, shape[name]) for name, value in row.items()} for row in rows)
            yield from terminal.lines(
                cells, tuple(shape), width=None if output.path else terminal.terminal_width()
            )


def _json(rows: Iterator[Row]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        yield (",\n " if number else "\n ") + json_line(row)
    yield "\n]\n"


def json_line(value: Any) -> str:
    """``value`` as one line of JSON, characters as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _csv(rows: Iterator[Row], shape: Shape) -> Iterator[str]:
    """As ``onrecord export`` writes it: a header, CRLF, no cell that a spreadsheet would run."""
    import csv
    import io

    from onrecord.export import encode_cell

    def line(cells: Iterable[str]) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerow(map(encode_cell, cells))
        return out.getvalue()

    yield line(shape)
    for row in rows:
        yield line(text_of(value, shape[name]) for name, value in row.items())


def _tsv(rows: Iterator[Row], shape: Shape) -> Iterator[str]:
    """TSV knows no quoting: tabs and line ends inside a cell become spaces."""
    from onrecord.export import encode_cell

    yield "\t".join(shape) + "\n"
    for row in rows:
        cells = (text_of(value, shape[name]) for name, value in row.items())
        yield (
            "\t".join(
                encode_cell(" ".join(re.split(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]", cell)))
                for cell in cells
            )
            + "\n"
        )


def _for_people(value: Any, kind: str) -> str:
    """As ``text_of``, but two digits after the point tell enough, and lists are read more easily plain."""
    if kind == "texts" and value is not None:
        return "; ".join(value)
    return f"{value:.2f}" if kind == "real" and value is not None else text_of(value, kind)


def text_of(value: Any, kind: str) -> str:
    """A value as the text of a cell: spans as "120:145 150:160", nothing for what is not known."""
    if value is None:
        return ""
    if kind == "spans":
        return " ".join(f"{start}:{end}" for start, end in value)
    if kind in ("texts", "objects"):
        return json_line(value)
    if kind == "flag":
        return "yes" if value else "no"
    return str(value)


@contextmanager
def stdout_or(path: Path | None) -> Iterator[BinaryIO]:
    """The bytes of standard output, or of ``path``, which appears only once all is written."""
    if path is None:
        try:
            sys.stdout.flush()
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # told apart here, since click makes a failure of it
            raise ReaderLeft from None
        except OSError as error:
            forget_stdout()
            raise StorageError(
                f"cannot write to standard output: {error.strerror}", hint=hint_of(error.errno or 0)
            ) from None
        return
    try:
        if path.exists() and not path.is_file():  # a device or a pipe, as /dev/stdout: there is no beside
            with path.open("wb") as stream:
                yield stream
            return
        with whole(path) as draft, draft.open("wb") as stream:
            yield stream
            stream.flush()
    except OSError as error:
        hint = "give another file to -o, or make room there"
        raise StorageError(f"cannot write {path}: {error.strerror}", hint=hint) from None


def forget_stdout() -> None:
    """Let what is still to be written to standard output go nowhere, so that ending does not fail too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
