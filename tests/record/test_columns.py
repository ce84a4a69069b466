"""Rows on their way into tables and back: nothing is rounded, cut or taken for something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.file.connection import Connection, scratch
from onrecord.store.schema.columns import arrays_of, incoming
from onrecord.store.schema.read import BY_NAME

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.lists(st.integers(0, 2**64 - 1))
REALS = st.lists(st.floats(allow_nan=False, allow_infinity=False))


@pytest.fixture(scope="module")
def database() -> Iterator[Connection]:
    """A database that is quicker to empty than to make."""
    with scratch() as connection:
        yield connection


def fill(database: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    """The table of the record called ``name`` with ``rows`` and nothing else."""
    database.execute(f'DROP TABLE IF EXISTS "{name}"')
    database.execute(BY_NAME[name].ddl())
    sql, values = incoming(name, rows)
    database.execute(f'INSERT INTO "{name}" {sql}', values)


@given(made=st.lists(st.tuples(KEYS, REALS), max_size=4))
def test_numbers_come_back_to_the_last_bit(
    database: Connection, made: list[tuple[list[int], list[float]]]
) -> None:
    """As they were given, row by row; and end to end, as arrays of their own type even where there is none."""
    rows = [
        {"document_id": f"d_{n}", "keys": np.array(keys, np.uint64), "weights": np.array(reals, np.float64)}
        for n, (keys, reals) in enumerate(made)
    ]
    fill(database, "story_words", rows)
    found = database.execute("SELECT keys, weights FROM story_words ORDER BY document_id").fetchall()
    sql = "SELECT document_id, keys, weights FROM story_words ORDER BY document_id"
    ids, columns = arrays_of(database, sql)
    assert found == made
    assert ids == [row["document_id"] for row in rows]
    assert [values.dtype for values, _ in columns] == [np.uint64, np.float64]
    for number, (values, starts) in enumerate(columns):
        cut = [values[start:end].tolist() for start, end in pairwise(starts)]
        assert cut == [row[number] for row in made]


@given(text=TEXTS, data=st.binary(), body=st.none() | st.binary(), size=st.integers(-(2**63), 2**63 - 1))
def test_texts_and_bytes_come_back_as_they_were(
    database: Connection, text: str, data: bytes, body: bytes | None, size: int
) -> None:
    """Whatever characters they have; what is not given is empty."""
    row = {"document_id": text, "sha256": "", "size": size, "data": data, "declared": text, "run": 1}
    fill(database, "raw", [row if body is None else {**row, "body": body}])
    found = database.execute("SELECT document_id, size, data, body, declared FROM raw").fetchall()
    assert found == [(text, size, data, body, text)]


@given(text=TEXTS, anchors=st.lists(st.tuples(TEXTS, st.none() | st.integers(0, 2**31 - 1))))
def test_rows_within_rows_come_back(
    database: Connection, text: str, anchors: list[tuple[str, int | None]]
) -> None:
    made = [{"document_id": document, "entity": entity} for document, entity in anchors]
    row = {"id": "x", "n": 1, "made_at": "", "verb": "", "targets": [text, ""], "anchors": made}
    fill(database, "decision", [{**row, "value": "", "note": ""}])
    found = database.execute("SELECT targets, anchors FROM decision").fetchall()
    assert found == [([text, ""], made)]
