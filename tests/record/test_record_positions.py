"""Positions in the record: what all reports tell of each actor towards each other, and what decisions do."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from held_reports import HELD, REPORTS, held_folder, held_record
from made import exported, made

import onrecord
from onrecord.errors import UsageError

AT = "2024-05-01T10:00:00Z"
TABLES = ("position", "position_evidence", "position_change")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return held_record(tmp_path_factory.mktemp("held") / "a.duckdb")


@pytest.fixture
def copy(record: Path, tmp_path: Path) -> Path:
    """A record that a test may change."""
    return Path(shutil.copy(record, tmp_path / "a.duckdb"))


def short(path: Path, **asked: Any) -> list[tuple[str, str, str, str]]:
    """Holder (or how many), relation, target, status of the positions asked for, as listed."""
    with onrecord.open(path) as opened:
        rows = list(opened.positions(**asked))
    return [(one.holder or " ".join(one.unnamed), one.relation, one.target, one.status) for one in rows]


ALL = [
    ("Bolivia", "supports", "Ana Soto", "asserted"),
    ("Bolivia", "has_forces_in", "Chile", "claimed"),
    ("Chile", "supports", "Hana Soltau", "asserted"),
    ("Chile", "supports", "Iva Vega", "asserted"),
    ("Peru", "opposes", "Ana Soto", "asserted"),
    ("Peru", "recognizes", "Ana Soto", "asserted"),
    ("10", "recognizes", "Ana Soto", "asserted"),
]


def test_positions_by_holder_then_unnamed(record: Path) -> None:
    """One row for each holder, relation and target; a state counts by its name alone, too."""
    assert short(record) == ALL
    with onrecord.open(record) as opened:
        assert opened.check() == []
        unnamed = list(opened.positions())[-1]
        assert (unnamed.holder_id, unnamed.unnamed, unnamed.reports) == (None, ("10",), 1)


def test_evidence_is_characters_of_the_report(record: Path) -> None:
    """Every span of every row covers its quote, nested and flat alike."""
    with onrecord.open(record) as opened:
        texts = {row.id: row.text for row in opened.documents()}
        flat = {row.id: row for row in opened.positions_seen()}
        nested = [one for row in opened.positions() for one in row.seen]
    assert len(flat) == 8 and {one.id: one for one in nested} == flat
    for one in nested:
        text = texts[one.document]
        assert text[one.start : one.end] == one.sentence
        for spans, quote in (
            (one.quote_spans, one.quote),
            (one.holder_spans, one.holder_text),
            (one.target_spans, one.target_text),
            (one.capacity_spans, one.capacity or ""),
        ):
            assert " … ".join(text[a:b] for a, b in spans) == quote
            assert all(one.start <= a < b <= one.end for a, b in spans)


def test_a_change_over_time_is_told(record: Path) -> None:
    """Both positions know of it, in ids and in words."""
    with onrecord.open(record) as opened:
        opposes, recognizes = opened.positions(holder="Peru", target="Ana Soto")
    assert (opposes.before, opposes.after) == ((recognizes.id,), ())
    assert (recognizes.before, recognizes.after) == ((), (opposes.id,))
    told = ("recognizes until 2019-02-01, opposes since 2021-05-06",)
    assert opposes.changed == recognizes.changed == told
    assert not opposes.disputed and not recognizes.disputed


def test_who_says_so_and_who_denies(record: Path) -> None:
    """A claim and its denial by one who speaks for the holder are one position, in dispute."""
    with onrecord.open(record) as opened:
        (one,) = opened.positions(relation="has_forces_in")
        said = {row.id: row.speaker for row in opened.statements()}
    assert one.disputed and one.status == "claimed" and one.reports == 2
    assert [(seen.speaker, seen.status, seen.own) for seen in one.seen] == [
        ("Iva Vega", "claimed", False),
        ("Ira Rey", "denied", True),
    ]
    assert [said[seen.statement or ""] for seen in one.seen] == ["Iva Vega", "Ira Rey"]


def test_an_undated_report_takes_the_bounds_of_the_record(record: Path) -> None:
    """It has an upper bound only, so its position has no days, and comes last among the evidence."""
    with onrecord.open(record) as opened:
        (one,) = opened.positions(target="Soltau")
        assert (one.first, one.last) == (None, None)
        (seen,) = one.seen
        assert seen.earliest is None and seen.latest is not None


def test_copies_tell_nothing_more(record: Path) -> None:
    """What the exact copy of a report tells is no evidence, and is listed with the reason."""
    with onrecord.open(record) as opened:
        rows = list(opened.positions_seen(all=True))
    hidden = [one for one in rows if one.hidden]
    assert len(hidden) == 3 and {(one.hidden, one.position) for one in hidden} == {("duplicate", None)}


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({"actor": "Chile"}, ALL[1:4]),
        ({"state": "Bolivia"}, ALL[:2]),
        ({"holder": "peru"}, ALL[4:6]),
        ({"target": "Ana Soto", "relation": "recognizes"}, ALL[5:]),
        ({"status": "claimed"}, ALL[1:2]),
        ({"since": "2020"}, ALL[4:5]),
        ({"until": "2019-02-01"}, [ALL[1], *ALL[5:]]),
        ({"min_confidence": 0.99}, []),
        ({"outlet": "nobody"}, []),
    ],
)
def test_filters(record: Path, asked: dict[str, Any], rows: list[tuple[str, str, str, str]]) -> None:
    """Each filter keeps what it names."""
    assert short(record, **asked) == rows


def test_document_and_story_filters(record: Path) -> None:
    """Only what this report, or a report of this story, tells of."""
    with onrecord.open(record) as opened:
        spring = next(row for row in opened.documents() if row.text.startswith("Minister"))
    assert short(record, document=spring.id) == ALL[:2]
    assert set(short(record, story=spring.story)) >= set(ALL[:2])
    with pytest.raises(UsageError, match="not a state"), onrecord.open(record) as opened:
        opened.positions(state="Atlantis")


def actor(path: Path, name: str) -> str:
    with onrecord.open(path) as opened:
        return next(row.id for row in opened.actors(all=True) if row.name == name)


@pytest.mark.long
def test_a_merge_joins_positions_and_its_undo_parts_them(copy: Path) -> None:
    """Positions follow actors, as exact as before once the decision is taken back."""
    before = exported(copy)["positions.jsonl"]
    merge = onrecord.decide(copy, "merge", actor(copy, "Ana Soto"), actor(copy, "Hana Soltau"), at=AT)
    assert ("Chile", "supports", "Ana Soto", "asserted") in short(copy)
    with onrecord.open(copy) as opened:
        assert opened.check() == []
    onrecord.decide(copy, "undo", merge.id, at=AT)
    assert exported(copy)["positions.jsonl"] == before


def test_a_rejected_statement_tells_nothing(copy: Path) -> None:
    """Without the claim only the denial is left; undone, both are."""
    with onrecord.open(copy) as opened:
        claim = next(row.id for row in opened.statements(actor="Vega"))
    reject = onrecord.decide(copy, "reject", claim, at=AT)
    assert ("Bolivia", "has_forces_in", "Chile", "denied") in short(copy)
    with onrecord.open(copy) as opened:
        assert f"rejected by {reject.id}" in {row.hidden for row in opened.positions_seen(all=True)}
        assert opened.check() == []
    onrecord.decide(copy, "undo", reject.id, at=AT)
    assert short(copy) == ALL


def test_positions_of_a_rejected_actor_are_left_out(copy: Path) -> None:
    """Its own and those towards it; ``all`` shows them with the reason."""
    reject = onrecord.decide(copy, "reject", actor(copy, "Ana Soto"), at=AT)
    assert {target for _, _, target, _ in short(copy)} == {"Chile", "Hana Soltau", "Iva Vega"}
    assert short(copy, all=True) == ALL
    with onrecord.open(copy) as opened:
        hidden = {row.hidden for row in opened.positions(target="Soto", all=True)}
        (shown,) = {row.hidden for row in opened.positions(all=True) if row.target == "Ana Soto"}
    assert shown == f"rejected by {reject.id}" and hidden <= {shown}


@pytest.mark.long
def test_no_order_of_reading_shows(record: Path, tmp_path: Path) -> None:
    """One report after the other, backwards, gives the same rows as all at once."""
    folder = tmp_path / "in"
    for name in reversed(REPORTS):
        held_folder(folder, [name])
        made(tmp_path / "b.duckdb", folder, HELD)
    with onrecord.open(record) as one, onrecord.open(tmp_path / "b.duckdb") as other:
        known = [{**vars_of(row), "seen": [vars_of(each) for each in row.seen]} for row in one.positions()]
        again = [{**vars_of(row), "seen": [vars_of(each) for each in row.seen]} for row in other.positions()]
    assert json.dumps(known) == json.dumps(again)


def vars_of(row: Any) -> dict[str, Any]:
    """The columns of a row but the place as typed, which is another folder here."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in ("uri", "seen")}


def test_building_again_writes_nothing(copy: Path) -> None:
    """A build that brings nothing leaves the tables as they are."""
    with duckdb.connect(str(copy), read_only=True) as connection:
        before = [connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in TABLES]
    made(copy, held_folder(copy.parent / "in", list(REPORTS)), HELD)
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert before == [
            connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in TABLES
        ]


NOWHERE = "[{'start': 0, 'end': 4, 'quote': 'Lima'}]"
DAMAGE = {
    "a sentence": "UPDATE position_seen SET quote = 'Lima'",
    "a holder": f"UPDATE position_seen SET holder = {NOWHERE}",
    "a target": f"UPDATE position_seen SET target = {NOWHERE}",
    "the words of the relation": f"UPDATE position_seen SET evidence = {NOWHERE}",
    "what is there": f"UPDATE position_seen SET capacity = {NOWHERE}",
    "another relation": "UPDATE position_seen SET relation = 'denies' WHERE relation = 'supports'",
    "an unknown status": "UPDATE position_seen SET status = 'true'",
    "a confidence": "UPDATE position_seen SET confidence = 2.0",
    "a time that ends before it begins": "UPDATE position_seen SET earliest = '2999-01-01'",
    "a holder that is nobody": "UPDATE position_seen SET holder_entity = 99",
    "a statement that is not there": "UPDATE position_seen SET statement = 's_0' WHERE statement IS NOT NULL",
    "a place twice": "INSERT INTO position_seen SELECT * FROM position_seen LIMIT 1",
    "a position of nobody": "UPDATE position SET target = 'a_0'",
    "a position without evidence": "DELETE FROM position_evidence",
    "evidence of nothing": "DELETE FROM position WHERE relation = 'opposes'",
    "evidence that is not there": "UPDATE position_evidence SET seen_id = 'p_0' WHERE n = 0",
    "a change that nothing shows": "UPDATE position_change SET first_seen = 'p_0'",
}


@pytest.mark.long
@pytest.mark.parametrize("name", DAMAGE)
def test_every_damage_is_found(copy: Path, name: str) -> None:
    """The check says that something is wrong with the table that was changed, or with what refers to it."""
    with duckdb.connect(str(copy)) as connection:
        connection.execute(DAMAGE[name])
    with onrecord.open(copy) as opened:
        assert any(problem.table.startswith("position") for problem in opened.check())
