"""Disputes side by side, positions with their evidence, and what an outlet has alone: from plain values."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import BOAT, PIER, dossier, pieces, record_of, texts_of

import onrecord
from onrecord.export.dossier.html import html
from onrecord.export.dossier.markdown import markdown
from onrecord.export.dossier.parts import (
    AsGiven,
    Columns,
    Dossier,
    DossierTold,
    Entry,
    Heading,
    Label,
    Link,
    Quoted,
)
from onrecord.store import PositionRow, PositionSeenRow
from onrecord.values import Account, AccountMember, Interval

DAY = Interval("2023-03-06", "2023-03-06", "day", "written down")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record_of(tmp_path_factory.mktemp("sides"), PIER, BOAT)


@pytest.fixture(scope="module")
def whole(record: Path) -> Dossier:
    """One dispute of two statements and a sentence, and one position with one piece of evidence."""
    with onrecord.open(record) as opened:
        rows = {row.content: row for row in opened.statements()}
        actors = {row.name: row.id for row in opened.actors()}
    first, second = rows["that the pier was closed"], rows["that a ship had sunk"]
    boat = rows["the boat was hers"]
    sentence = (0, len(BOAT["text"]))
    members = (
        _member(first.id, first.document, first.content_spans, first.content, actors["Ada Holm"], "supports"),
        _member(second.id, second.document, second.content_spans, second.content, actors["Ada Holm"], "contradicts",
                polarity="denies", reasons=("polarity differs",)),
        _member("x_1", boat.document, (sentence,), BOAT["text"], None, "differs", reasons=("54 against 60",)),
    )  # fmt: skip
    account = Account(
        "acc_1", first.id, members, (actors["Ada Holm"],), (), (), "2023-03-06", "2023-03-06", ("A",), ("B",), 2, 1, True
    )
    seen = PositionSeenRow(
        id="p_1", position="pos_1", relation="opposes", holder=None, target="Ada Holm", document=boat.document,
        uri="0.txt", outlet=None, published=None, start=0, end=len(BOAT["text"]), sentence=BOAT["text"],
        quote="said", quote_spans=((8, 12),), holder_text="Bo Lind", holder_spans=((0, 7),),
        target_text="Ada Holm", target_spans=((18, 26),), capacity=None, capacity_spans=(), status="claimed",
        statement=boat.id, speaker="Bo Lind", own=False, earliest="2023-03-06", latest="2023-03-06", since=False,
        rule="verb", confidence=0.9, hidden=None,
    )  # fmt: skip
    position = PositionRow(
        id="pos_1", holder=None, holder_id=None, holder_state=None, unnamed=("54", "2 or more"),
        relation="opposes", target="Ada Holm", target_id=actors["Ada Holm"], target_state=None, status="claimed",
        disputed=True, first="2023-03-06", last=None, reports=1, independent=1, outlet=(), before=(), after=(),
        changed=("supports until 2023-03-01, opposes since 2023-03-06",), confidence=0.9, hidden=None, seen=(seen,),
    )  # fmt: skip
    return dossier(record, accounts=[account], held=[position])


def _member(id, document, spans, text, speaker, stance, polarity="asserts", reasons=()):  # type: ignore[no-untyped-def]
    return AccountMember(id, document, spans, text, speaker, None, DAY, polarity, stance, 0.9, reasons, ())


def _section(whole: Dossier, anchor: str):  # type: ignore[no-untyped-def]
    return next(one for one in whole.sections if one.anchor == anchor)


def _said(value: object) -> str:
    return " ".join(one for one in pieces(value) if isinstance(one, str))


def _given(value: object) -> str:
    return " ".join(one.text for one in pieces(value) if isinstance(one, AsGiven))


def test_sides_stand_beside_each_other(whole: Dossier) -> None:
    """Each member is on its side, once, with its stance, its reasons and its own words."""
    (columns,) = [one for one in _section(whole, "disputes").blocks if isinstance(one, Columns)]
    titles = [title[0] for title, _ in columns.columns]
    assert titles == ["On the one side", "On the other side", "Different in a detail"]
    (lead,), (other,), (differing,) = (blocks for _, blocks in columns.columns)
    assert isinstance(lead, DossierTold) and "that the pier was closed" in _said(lead.what) and "lead" in lead.about
    assert [one.text for one in pieces(other.who) if isinstance(one, Label)] == ["denies"]  # type: ignore[union-attr]
    assert "54 against 60" in _said(differing.about)  # type: ignore[union-attr]
    assert "in its own name" in _said(differing.who)  # type: ignore[union-attr]


def test_counts_and_silence_are_told(whole: Dossier) -> None:
    text = _said(_section(whole, "disputes").blocks)
    assert "2 reports, 1 independent" in text and "not mentioned by" in text and "disputed" in text


def test_who_said_what_is_by_matter(whole: Dossier) -> None:
    """Statements of a matter stand below a link to it, the others below their report."""
    blocks = _section(whole, "said").blocks
    links = [pieces(one.line)[0] for one in blocks if isinstance(one, Heading) and one.level == 4]
    assert Link("Matter 1", "matter-1") in links
    assert any(isinstance(one, Link) and one.anchor.startswith("report-") for one in links)


def test_a_position_has_its_count_and_its_evidence(record: Path, whole: Dossier) -> None:
    """Unnamed holders are counted, not named; the sentence is quoted, and told as its speaker's."""
    (entry,) = [one for one in _section(whole, "positions").blocks if isinstance(one, Entry)]
    assert "54 others or 2 or more others" in _said(entry.head) and "oppose " in _said(entry.head)
    assert "claimed by speakers" in _said(entry.lines[0])
    assert [_given(line) for line in entry.lines if "changed: " in line] == [
        "supports until 2023-03-01, opposes since 2023-03-06"
    ]
    quoted = next(one for one in pieces(entry.lines[-1]) if isinstance(one, Quoted))
    assert texts_of(record)[quoted.document][quoted.start : quoted.end] == quoted.text == BOAT["text"]


def test_without_accounts_and_positions_there_are_no_such_sections(record: Path) -> None:
    anchors = {one.anchor for one in dossier(record).sections}
    assert not anchors & {"disputes", "positions"}


def test_both_forms_hold_both_sections(whole: Dossier) -> None:
    assert 'id="disputes"' in html(whole) and "## Positions" in markdown(whole)
