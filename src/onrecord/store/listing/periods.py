"""When many things were said, counted and cut into pages in the database.

A drawing of a hundred thousand statements needs their number in each week, and a page needs fifty of them:
neither reads them all. What is known only to lie between two days is counted twice over: in how many weeks it
may lie, and in which it lies surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from onrecord.store.file.database import Connection, first_row
from onrecord.store.listing.filters import By, Where
from onrecord.store.listing.listing import SPOKEN_FROM, Listing, Order, statements
from onrecord.store.schema.rows import StatementRow

LaneKind = Literal["speaker", "outlet", "state", "none"]
Unit = Literal["day", "month", "year"]
_SHORT = 40  # days; what is known less exactly says little of where most lies
_BOUNDS: dict[By, tuple[str, str]] = {
    "said": ("statement.said_earliest", "statement.said_latest"),
    "published": ("document.published_earliest", "document.published_latest"),
}
_LEFT_OVER: dict[By, tuple[str, str]] = {  # what bounds those without a date, if anything
    "said": ("statement.said_earliest", "statement.said_latest"),
    "published": ("publication.earliest", "publication.latest"),
}
_ORDER: dict[By, Order] = {"said": "said", "published": "document"}
_SPEAKER = """
LEFT JOIN actor_member AS member
     ON member.document_id = statement.document_id AND member.entity = statement.speakers[1].entity
LEFT JOIN actor ON actor.id = member.actor_id AND actor.rejected IS NULL
"""
# Kind of lane -> what one is known by, what it is called, and what tells it.
_LANES: dict[LaneKind, tuple[str, str, str]] = {
    "speaker": ("actor.id", "actor.name", _SPEAKER),
    "outlet": ("document.outlet", "document.outlet", ""),
    "state": ("actor.state", "actor.state", _SPEAKER),
    "none": ("NULL::VARCHAR", "NULL::VARCHAR", ""),
}


@dataclass(frozen=True, slots=True)
class Extent:
    """How many statements there are, and the days between which they lie, ISO 8601.

    ``total``: all; ``dated``: those bounded on both sides; ``short``: of these, those known to some weeks.
    ``first`` to ``last``: all that are dated; ``short_first`` to ``short_last``: the short ones;
    ``most_first`` to ``most_last``: of these again all but the outermost fiftieth on each side. None: there
    are none.
    """

    total: int
    dated: int
    short: int
    first: str | None
    last: str | None
    short_first: str | None
    short_last: str | None
    most_first: str | None
    most_last: str | None


@dataclass(frozen=True, slots=True)
class Steps:
    """``number`` stretches of ``step`` units each; the first begins with the day ``start``, ISO 8601."""

    unit: Unit
    step: int
    start: str
    number: int


@dataclass(frozen=True, slots=True)
class LaneCount:
    """A lane: what it is known by (of a speaker, the id), its name, and how many statements are in it."""

    key: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Binned:
    """``number`` things of a lane (None: the others) that lie from stretch ``first`` to ``last``; before all
    stretches is -1, behind them their number."""

    lane: str | None
    first: int
    last: int
    number: int


@dataclass(frozen=True, slots=True)
class Undated:
    """``number`` statements without a date of which only these bounds are known, None: not even that."""

    earliest: str | None
    latest: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Periods:
    """Statements as they lie in time.

    Attributes:
        connection: to the record.
        where: which statements.
        undated_where: the same without conditions on dates.
        by: whether times are those when they were said, or when their report was published.
    """

    connection: Connection
    where: Where
    undated_where: Where
    by: By

    def extent(self) -> Extent:
        """How many, and from when to when."""
        first, last = _BOUNDS[self.by]
        sql = f"SELECT {first} AS first, {last} AS last {SPOKEN_FROM} {self.where}"
        return extent(self.connection, sql, self.where.values)

    def undated(self, most: int) -> list[Undated]:
        """Those without a date, whatever ``since`` and ``until`` say, by what bounds them; where there are
        more than ``most`` bounds, only by whether there is a lower one."""
        open_ended = _with(self.undated_where, f"NOT ({self._dated()})")
        first, last = (f"left({one}, 10)" for one in _LEFT_OVER[self.by])
        sql = f"""
        SELECT {first}, {last}, count(*) {SPOKEN_FROM}
        LEFT JOIN publication ON publication.document_id = document.id {open_ended}
        GROUP BY ALL ORDER BY 3 DESC, 1 NULLS FIRST, 2 NULLS LAST"""
        found = [Undated(*row) for row in self.connection.execute(sql, open_ended.values).fetchall()]
        return found if len(found) <= most else _folded(found)

    def lanes(self, kind: LaneKind, most: int) -> list[LaneCount]:
        """The ``most`` lanes with most statements that have a date, those first."""
        key, name, joins = _LANES[kind]
        some = _with(self.where, self._dated(), f"{key} IS NOT NULL")
        sql = f"""SELECT {key}, min({name}), count(*) {SPOKEN_FROM} {joins} {some}
        GROUP BY 1 ORDER BY 3 DESC, 2, 1 LIMIT {most:d}"""
        return [LaneCount(*row) for row in self.connection.execute(sql, some.values).fetchall()]

    def binned(self, steps: Steps, kind: LaneKind, lanes: Sequence[str]) -> list[Binned]:
        """How many lie from which stretch to which, in each of ``lanes`` and in all others together."""
        key, _, joins = _LANES[kind]
        some = _with(self.where, self._dated())
        first, last = _BOUNDS[self.by]
        sql = f"""SELECT {key} AS lane, {first} AS first, {last} AS last {SPOKEN_FROM} {joins} {some}"""
        return binned(self.connection, sql, some.values, steps, lanes)

    def listing(self) -> Listing[StatementRow]:
        """All of them in order of time, those without a date last."""
        return statements(self.connection, self.where, order=_ORDER[self.by])

    def among(self, since: str, until: str) -> Periods:
        """Only those that may lie from ``since`` to ``until``, both days."""
        where = _with(self.where)
        where.overlaps(*_BOUNDS[self.by], since, until)
        return replace(self, where=where)

    def outside(self, since: str, until: str) -> tuple[int, int]:
        """How many with a date lie wholly before the day ``since``, and wholly behind the day ``until``."""
        first, last = (f"left({one}, 10)" for one in _BOUNDS[self.by])
        some = _with(self.where, self._dated())
        sql = f"SELECT count(*) FILTER ({last} < ?), count(*) FILTER ({first} > ?) {SPOKEN_FROM} {some}"
        found = first_row(self.connection, sql, [since, until, *some.values])
        assert found is not None
        return found[0], found[1]

    def _dated(self) -> str:
        return dated(self.by)


def dated(by: By) -> str:
    """The condition that a statement is bounded on both sides."""
    return " AND ".join(f"{one} IS NOT NULL" for one in _BOUNDS[by])


def extent(connection: Connection, sql: str, values: Sequence[Any] = ()) -> Extent:
    """How many rows ``sql`` has, which gives first and last, and between which days these lie."""
    found = first_row(
        connection,
        f"""
        WITH these AS (SELECT left(first, 10) AS first, left(last, 10) AS last FROM ({sql})),
        dated AS (SELECT *, date_diff('day', try_cast(first AS DATE), try_cast(last AS DATE)) <= {_SHORT}
                            AS short FROM these WHERE first IS NOT NULL AND last IS NOT NULL)
        SELECT (SELECT count(*) FROM these), count(*), count(*) FILTER (short), min(first), max(last),
               min(first) FILTER (short), max(last) FILTER (short),
               quantile_disc(first, 0.02) FILTER (short), quantile_disc(last, 0.98) FILTER (short) FROM dated
        """,
        values,
    )
    assert found is not None
    return Extent(*found)


def binned(
    connection: Connection, sql: str, values: Sequence[Any], steps: Steps, lanes: Sequence[str]
) -> list[Binned]:
    """How many rows of ``sql``, which gives lane, first and last, lie from which stretch to which."""
    found = connection.execute(
        f"""WITH these AS ({sql})
        SELECT CASE WHEN lane IN (SELECT unnest(?)) THEN lane END, {_stretch("first", steps)},
               {_stretch("last", steps)}, count(*)
        FROM these GROUP BY ALL ORDER BY ALL""",
        [*values, list(lanes)],
    ).fetchall()
    return [Binned(*row) for row in found]


def _stretch(column: str, steps: Steps) -> str:
    """The number of the stretch that a moment lies in."""
    day = f"try_cast(left({column}, 10) AS DATE)"
    start = f"DATE '{steps.start}'"
    return f"""CASE WHEN {day} < {start} THEN -1 ELSE
    least(date_diff('{steps.unit}', {start}, {day}) // {steps.step:d}, {steps.number:d}) END"""


def _folded(found: Sequence[Undated]) -> list[Undated]:
    made = []
    for bounded in (False, True):
        own = [one for one in found if (one.earliest is not None) == bounded]
        if own:
            earliest = min((one.earliest for one in own if one.earliest), default=None)
            latest = max((one.latest for one in own if one.latest), default=None)
            made.append(Undated(earliest, latest, sum(one.number for one in own)))
    return made


def _with(where: Where, *conditions: str) -> Where:
    return Where([*where.conditions, *conditions], list(where.values))
