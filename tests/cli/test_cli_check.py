"""``onrecord check``: what it finds in a record that was changed, in one that is damaged, and what it leaves out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from running import run

from onrecord.derive.remake import NOT_DERIVED, compared
from onrecord.store.schema.read import BY_NAME, TABLES
from onrecord.store.schema.tables import SQL_TYPES, Column, Table

_PIECE = "{'start': 0, 'end': 1, 'quote': 'x'}"
_MADE_UP = {
    "text": "'x'", "int": "7", "long": "7", "key": "7", "real": "0.5", "flag": "true", "bytes": "'x'::BLOB",
    "quotes": f"[{_PIECE}]", "texts": "['x']", "keys": "[7]", "reals": "[0.5]", "flags": "[true]",
    "speakers": f"[{{'entity': 0, 'rule': 'x', 'evidence': [{_PIECE}], 'confidence': 0.5}}]",
    "vias": f"[{{'name': 'x', 'how': 'x', 'pieces': [{_PIECE}]}}]",
    "offices": "[{'title': 'x', 'kind': 'x', 'state': 'x', 'organisation': 'x', 'former': true, 'start': 0, "
    "'end': 1, 'quote': 'x'}]",
    "seen": "[{'document_id': 'x', 'start': 0, 'end': 1, 'quote': 'x'}]",
    "anchors": "[{'document_id': 'x', 'entity': 0}]",
    "known": "[{'start': 0, 'end': 1, 'actor': 'x', 'name': 'x', 'pronoun': true, 'confidence': 0.5}]",
}  # fmt: skip
_OTHER = {"int": "coalesce({0}, 0) + 1", "long": "{0} + 1", "key": "xor({0}, 1::UBIGINT)", "flag": "NOT {0}"}


@contextmanager
def changed(record: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of ``record`` that is changed behind Onrecord's back; it lies in ``folder``."""
    with duckdb.connect(str(shutil.copy(record, folder / "a.duckdb"))) as connection:
        yield connection


def other_value(column: Column) -> str:
    """SQL for another value than the one that stands there."""
    name = f'"{column.name}"'
    if column.type in _OTHER:
        return _OTHER[column.type].format(name)
    if column.type == "text":
        return f"coalesce({name}, '') || 'x'"
    if column.type == "real":
        return f"coalesce({name}, 0) + 0.01"
    return f"CASE WHEN len({name}) > 0 THEN {name}[:-2] ELSE {_MADE_UP[column.type]} END"


def change_all(connection: duckdb.DuckDBPyConnection, table: Table) -> set[tuple[str, str]]:
    """Change each derived column of ``table`` in one row, and put in a row with each other key; what must be
    found: table and column, or table and key of the row."""
    columns = [one for one in table.columns if one.name in compared(table)]
    if connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchall() == [(0,)]:
        values = ", ".join(f"{_MADE_UP[one.type]}::{SQL_TYPES[one.type]}" for one in table.columns)
        connection.execute(f'INSERT INTO "{table.name}" VALUES ({values})')
        return {(table.name, "")}
    # Those of "meta" that say by whom all was made decide what is compared at all.
    where = "WHERE key = 'stories'" if table.name == "meta" else ""
    first = f'SELECT * FROM "{table.name}" {where} LIMIT 1'
    wanted = set()
    for one in [one for one in columns if one.name in table.apart]:
        row = f'SELECT * REPLACE ({other_value(one)} AS "{one.name}") FROM ({first})'
        connection.execute(f'INSERT INTO "{table.name}" {row}')
        wanted.add((table.name, ""))
    apart = ", ".join(f'"{name}"' for name in table.apart)
    for one in [one for one in columns if one.name not in table.apart]:
        connection.execute(
            f'UPDATE "{table.name}" SET "{one.name}" = {other_value(one)} '
            f"WHERE ({apart}) IN (SELECT ({apart}) FROM ({first}))"
        )
        wanted.add((table.name, one.name))
    return wanted


@pytest.mark.long
def test_check_again_compares_every_column_of_every_table(example_record: Path, tmp_path: Path) -> None:
    """Whatever derived value is changed behind Onrecord's back, its table, row and column are named."""
    with changed(example_record, tmp_path) as connection:
        wanted = set().union(*(change_all(connection, table) for table in TABLES if compared(table)))
    assert {table for table, _ in wanted} == {one.name for one in TABLES if compared(one)}
    result = run("check", tmp_path / "a.duckdb", "--again", "--jsonl")
    found = {(row["table"], row["column"]) for row in result.jsonl() if "made again" in row["problem"]}
    assert wanted - found == set()
    assert result.code == 1
    (polarity,) = [row for row in result.jsonl() if row["column"] == "polarity" and row["table"] == "statement"]
    assert polarity["stands"] == polarity["should"][:-1] + 'x"'


def test_what_is_left_out_has_a_reason() -> None:
    """What does not follow from what is kept is a table or a column that is there, each with its reason."""
    for table, columns in NOT_DERIVED.items():
        assert {*columns} <= {"", *(one.name for one in BY_NAME[table].columns)}
        assert all(columns.values())


@pytest.mark.long
def test_a_sound_record_is_the_same_when_it_is_made_again(example_record: Path, tmp_path: Path) -> None:
    """After decisions and a second build too; the inputs are not needed."""
    path = tmp_path / "a.duckdb"
    shutil.copy(example_record, path)
    actors = run("actors", path, "--jsonl").jsonl()
    statement = run("statements", path, "--jsonl").jsonl()[3]
    assert run("decide", path, "merge", actors[0]["id"], actors[1]["id"]).code == 0
    assert run("decide", path, "reject", statement["id"]).code == 0
    new = tmp_path / "new.txt"
    new.write_text("Minister Marta Vellin denied on Tuesday that the ferry was late.", "utf-8")
    assert run("build", path, new).code == 0
    new.unlink()
    result = run("check", path, "--again", "--jsonl")
    assert (result.code, result.out) == (0, ""), result.stderr


@pytest.mark.long
def test_what_another_reader_read_is_not_compared_and_that_is_said(example_record: Path, tmp_path: Path) -> None:
    """It is taken as it stands; what follows from it is worked out again."""
    with changed(example_record, tmp_path) as connection:
        for table in ("run", "document"):
            connection.execute(f"UPDATE {table} SET reader = 'reader-0 000000000000'")
        connection.execute("UPDATE mention SET rule = 'another rule'")
        connection.execute("UPDATE actor SET basis = 'guessed' WHERE id = (SELECT min(id) FROM actor)")
    result = run("check", tmp_path / "a.duckdb", "--again", "--jsonl")
    (problem,) = result.jsonl()
    assert (result.code, problem["table"], problem["column"], problem["stands"]) == (1, "actor", "basis", '"guessed"')
    assert "read by reader-0 000000000000" in result.stderr and "not compared" in result.stderr


def test_no_more_is_claimed_than_was_compared(tmp_path: Path) -> None:
    """Of a record whose last build did not finish, what is worked out at its end is not called the same."""
    (tmp_path / "a.txt").write_text("Minister Marta Vellin denied on Tuesday that the ferry was late.", "utf-8")
    assert run("build", tmp_path / "a.duckdb", tmp_path / "a.txt", "--workers", "0").code == 0
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        connection.execute("UPDATE meta SET value = 'no' WHERE key = 'finished'")
    result = run("check", tmp_path / "a.duckdb", "--again", "--workers", "0")
    assert (result.code, result.out) == (0, ""), result.stderr
    assert "are not compared" in result.stderr and "every value compared is the same" in result.stderr


def test_plain_check_says_what_it_leaves_out(example_record: Path) -> None:
    """Nobody takes it for more than it is."""
    result = run("check", example_record)
    assert result.code == 0
    assert "not worked out again" in result.stderr and "--again" in result.stderr
