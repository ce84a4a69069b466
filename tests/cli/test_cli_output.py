"""The shared output options: every form, every column, every row."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.cli.output import Form, Output, write_rows
from onrecord.errors import StorageError, UsageError

ROWS = [
    {"id": "s_1", "content": [[0, 4]], "quote": "“No,\nno”", "confidence": 0.5, "outlet": None},
    {"id": "s_2", "content": [[5, 9], [12, 20]], "quote": "=1+1\tx", "confidence": 1.0, "outlet": "Observer"},
]
SHAPE = {"id": "text", "content": "spans", "quote": "text", "confidence": "real", "outlet": "text"}


def written(capfdbinary: pytest.CaptureFixture[bytes], output: Output, rows: list[dict[str, object]]) -> str:
    write_rows(rows, output, shape=SHAPE, brief=("id", "quote"))
    return capfdbinary.readouterr().out.decode("utf-8")


def test_json_and_jsonl_are_complete(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """JSON and JSONL give back every column with its own type."""
    assert json.loads(written(capfdbinary, Output("json"), ROWS)) == ROWS
    lines = written(capfdbinary, Output("jsonl"), ROWS).splitlines()
    assert [json.loads(line) for line in lines] == ROWS
    assert json.loads(written(capfdbinary, Output("json"), [])) == []


def test_csv_is_complete_and_no_formula(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """CSV keeps line ends inside cells and lets no spreadsheet run a quote."""
    rows = list(csv.reader(io.StringIO(written(capfdbinary, Output("csv"), ROWS), newline="")))
    assert rows[0] == list(SHAPE)
    assert rows[1] == ["s_1", "0:4", "“No,\nno”", "0.5", ""]
    assert rows[2][2] == "'=1+1\tx"


def test_tsv_has_one_line_a_row(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """TSV knows no quoting: tabs and line ends become spaces."""
    lines = written(capfdbinary, Output("tsv"), ROWS).split("\n")
    assert [line.split("\t") for line in lines[:-1]][1:] == [
        ["s_1", "0:4", "“No, no”", "0.5", ""],
        ["s_2", "5:9 12:20", "'=1+1 x", "1.0", "Observer"],
    ]


def test_columns_and_limit(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Columns come in the order asked for, rows up to the limit."""
    out = written(capfdbinary, Output("jsonl", ("quote", "id"), 1), ROWS)
    assert out == '{"quote": "“No,\\nno”", "id": "s_1"}\n'


def test_unknown_column() -> None:
    """A column that is not there is named with those that are."""
    with pytest.raises(UsageError, match="no such column: quotes") as error:
        write_rows(ROWS, Output(columns=("quotes",)), shape=SHAPE, brief=())
    assert "id, content, quote" in error.value.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """-o with a device or a pipe, as /dev/stdout is, writes into it."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with ThreadPoolExecutor() as others:
        read = others.submit(path.read_bytes)
        write_rows(ROWS, Output("csv", ("id",), path=path), shape=SHAPE, brief=())
        assert read.result(60) == b"id\r\ns_1\r\ns_2\r\n"
    assert path.is_fifo() and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "table"])
def test_file(tmp_path: Path, form: Form, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """-o writes the same bytes to a file, and leaves no half-written file behind."""
    path = tmp_path / "out"
    write_rows(ROWS, Output(form, path=path), shape=SHAPE, brief=("id", "quote"))
    assert path.read_bytes().decode("utf-8") == written(capfdbinary, Output(form), ROWS)
    assert list(tmp_path.iterdir()) == [path]
    path.write_text("old")

    def broken() -> object:
        yield ROWS[0]
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        write_rows(broken(), Output(form, path=path), shape=SHAPE, brief=("id",))  # type: ignore[arg-type]
    assert path.read_text("utf-8") == "old"


def test_what_fails_while_rows_are_made_is_no_fault_of_writing(tmp_path: Path) -> None:
    """Where the system refuses something else, that is told, and the file is not made."""

    def rows() -> Iterator[dict[str, int]]:
        yield {"n": 1}
        raise PermissionError(errno.EACCES, "Permission denied", "reader")

    for path in (None, tmp_path / "rows.csv"):
        with pytest.raises(StorageError, match=r"^reader cannot be read or written: Permission denied"):
            write_rows(rows(), Output("csv", path=path), shape={"n": "int"}, brief=("n",))
    assert list(tmp_path.iterdir()) == []
