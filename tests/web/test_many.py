"""A page of many rows: which rows it has, how few questions it takes, and facets that count rightly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from many import many

from onrecord.store import Record, open_record
from onrecord.store.record import _asked
from onrecord.web.ask import Ask
from onrecord.web.views import VIEWS

SHOWN = 380  # of 400: the last of twenty in each report is hidden


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many(tmp_path_factory.mktemp("many") / "many.duckdb", 400)


@pytest.fixture()
def record(path: Path) -> Iterator[Record]:
    with open_record(path) as opened:
        yield opened


LISTINGS: dict[str, Callable[[Record], Any]] = {
    "by report": lambda record: record.statements(),
    "by time": lambda record: record.statements(order="said"),
    "surest": lambda record: record.statements(order="confidence", polarity="asserts"),
    "searched": lambda record: record.statements(text="grain", outlet="paper 1"),
    "of an actor": lambda record: record.statements(actor=next(iter(record.actors())).id),
    "reports": lambda record: record.documents(outlet="paper 1"),
    "actors": lambda record: record.actors(kind="person"),
    "actors by outlet": lambda record: record.actors(count="outlet"),
    "stories": lambda record: record.stories(all=True),
    "positions": lambda record: record.positions(),
    "positions by target": lambda record: record.positions(order="target", outlet="Paper 1"),
    "said of an actor": lambda record: record.cast.said_of(next(iter(record.actors())).id),
    "reports of an actor": lambda record: record.cast.appearances(next(iter(record.actors())).id),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_page_has_the_rows_of_the_whole(record: Record, name: str) -> None:
    listing = LISTINGS[name](record)
    rows = list(listing)
    assert listing.count() == len(rows)
    for limit, offset in ((5, 0), (7, 3), (10_000, 1), (5, 10_000)):
        assert list(listing.page(limit, offset)) == rows[offset : offset + limit]


@pytest.mark.parametrize("name", ["of an actor", "said of an actor", "actors by outlet", "positions by target"])
def test_the_first_rows_come_with_how_many_there_are(record: Record, name: str) -> None:
    rows = list(LISTINGS[name](record))
    assert LISTINGS[name](record).first(7) == (rows[:7], len(rows))
    assert LISTINGS[name](record).first_ids(3) == ([row.id for row in rows[:3]], len(rows))
    assert record.statements(text="nowhere").first(7) == ([], 0)


@pytest.mark.parametrize("name", ["by report", "surest", "searched", "reports", "actors", "positions"])
def test_a_page_asks_for_its_rows_only(record: Record, name: str) -> None:
    """What is made whole is named by its id, however many others fit."""
    listing = LISTINGS[name](record)
    page = listing.page(3)
    assert list(page.values) == [row.id for row in page]
    assert len(page.values) == 3 < listing.count()


class Counting:
    """A connection that counts what is asked of it and of its cursors."""

    def __init__(self, connection: Any, asked: list[str]) -> None:
        self._connection, self.asked = connection, asked

    def execute(self, sql: str, *rest: Any) -> Any:
        self.asked.append(sql)
        return self._connection.execute(sql, *rest)

    def cursor(self) -> Counting:
        return Counting(self._connection.cursor(), self.asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.mark.parametrize(
    ("path_of", "query", "most"),
    [
        ("/statements", (), 3),  # facets with all numbers, ids of the page, its rows
        ("/statements", (("text", "grain"), ("kind", "direct")), 4),  # one more for the facet filtered by
        ("/statements", (("page", "4"), ("order", "confidence")), 3),
        ("/reports", (), 4),  # how many, ids, rows, outlets
        ("/actors", (), 4),
        ("/positions", (), 5),  # how many, relations and outlets to choose from, ids, rows
        ("/positions", (("relation", "supports"), ("page", "2"), ("per", "3")), 5),
        ("/actor/{id}", (), 16),
        ("/position/{id}", (), 1),
    ],
)
def test_a_page_takes_few_questions(
    record: Record, path_of: str, query: tuple[tuple[str, str], ...], most: int
) -> None:
    asked: list[str] = []
    counting = Record(record.path, Counting(record._connection, asked))  # type: ignore[arg-type]
    view = next(one for one in VIEWS if one.path == path_of)
    of: Any = record.positions() if path_of.startswith("/position/") else record.actors()
    page = view.make(counting, Ask(path_of, {"id": next(iter(of)).id}, query))
    assert page.values
    assert len(asked) <= most, asked


FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"all": True},
    {"kind": "direct"},
    {"text": "grain", "polarity": "asserts"},
    {"outlet": "Paper 1"},
    {"via": "north", "min_confidence": 0.7},
    {"state": "FRA", "kind": "mixed"},
)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_facets_count_what_is_there(record: Record, filters: dict[str, Any]) -> None:
    """Each facet counts the rows under all filters but its own; the numbers are those one gets by choosing it."""
    found = record.facets(**filters)
    assert found.total == record.statements(**filters).count()
    whole = record.statements(**{**filters, "all": True}).count()
    assert found.hidden == (0 if filters.get("all") else whole - found.total)
    for name, key in (("kind", "kind"), ("polarity", "polarity"), ("outlet", "outlet")):
        others = {k: v for k, v in filters.items() if k != name}
        rows = Counter(getattr(row, key) for row in record.statements(**others))
        if name == "outlet":  # a filter by "Paper 1" takes "Paper 12", too
            rows = Counter({one: sum(n for other, n in rows.items() if one in other) for one in rows})
        assert {one.value: one.count for one in found.by[name]} == dict(rows)
    for name in ("actor", "state", "via", "min_confidence"):
        for one in found.by[name][:2]:
            value: Any = float(one.value) if name == "min_confidence" else one.value
            assert record.statements(**{**filters, name: value}).count() == one.count, (name, one)


def test_who_speaks_most_comes_first(record: Record) -> None:
    counts = [one.count for one in record.facets().by["actor"]]
    assert counts == sorted(counts, reverse=True)
    assert 0 < len(counts) <= 15
    assert record.facets().total == SHOWN


def test_statements_of_many_stand_where_they_say(record: Record) -> None:
    """The generator makes a record that holds: its spans are those of its texts."""
    texts = {row.id: row.text for row in record.documents()}
    for row in record.statements(all=True):
        pieces = [texts[row.document][start:end] for start, end in row.content_spans]
        assert pieces == list(row.content_pieces)


def test_a_filter_of_words_is_a_condition() -> None:
    """No text that is searched for gets into the question itself."""
    where = _asked({"text": "x'); DROP TABLE statement; --", "all": True})
    assert "DROP" not in str(where)
    assert " drop table statement " not in str(where)
