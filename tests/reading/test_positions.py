"""Positions of one report: who holds what relation to whom, who says so, and when it held."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.facts import office_in
from onrecord.reading.positions.relations import positions_in
from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import (
    Entity,
    Interval,
    Mention,
    Office,
    Party,
    PositionSeen,
    Said,
    Speaker,
    Stance,
    Statement,
)

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "positions.jsonl").read_text(encoding="utf-8").splitlines()
]
DAY = Interval("2020-05-05", "2020-05-05", "day", "line 'date'")
MARK = re.compile(r"\[([^\[\]|]+)\|(\w+)\|(\d+)(?:\|(\w+))?\]")


def plain(marked: str) -> tuple[str, list[Mention], dict[int, Entity]]:
    """The text without its marks [words|kind|entity|state of its office]."""
    text, at, mentions, entities = "", 0, [], {}
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        start, at = len(text), match.end()
        text += match[1]
        span, number, kind = (start, len(text)), int(match[3]), match[2]
        mentions.append(Mention(f"m{start}", "d", span, span, kind, "name", number, "name", 1.0))  # type: ignore[arg-type]
        offices = (Office("Minister", "other_minister", match[4], None, False, span),) if match[4] else ()
        entities[number] = Entity(number, kind, match[1], (match[1],), match[4], offices)  # type: ignore[arg-type]
    text += marked[at:]
    mentions += [
        Mention(f"o{one.start}", "d", (one.start, one.end), None, "office", "nominal", None, "office", 0.9)
        for one in office_in(text)
    ]
    return text, mentions, entities


def statement(text: str, told: list[Any], *, said: str | None = None) -> Statement:
    """[number of the speaker or words of one without a number, content, polarity, kind]."""
    who, content, polarity, *kind = told
    start = text.index(content)
    speakers = (Speaker(who, "name", (), 1.0),) if isinstance(who, int) else ()
    interval = Said(Interval(said, said, "day", "given")) if said else None
    return Statement(
        f"s_{start}", "d", (), ((0, 1),), ((start, start + len(content)),), kind[0] if kind else "indirect",
        1.0, speakers, Stance(polarity), said=interval,
    )  # fmt: skip


def read(marked: str, told: list[list[Any]] = [], *, said: str | None = None) -> tuple[str, list[PositionSeen]]:  # noqa: B006
    """The positions of a marked text with the statements ``told``."""
    text, mentions, entities = plain(marked)
    statements = [statement(text, one, said=said) for one in told]
    times = find_times(Doc.of(text), anchor=DAY)
    return text, positions_in(Doc.of(text), mentions, entities.values(), statements, times, document_id="d", published=DAY
    )


def words(text: str, party: Party) -> str:
    """The words for a party, with its number if it is unnamed."""
    quoted = " ".join(text[slice(*span)] for span in party.spans)
    if party.least is None:
        return quoted
    return f"{quoted} {party.least}-{party.most}" + (" others" if party.others else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    """Exactly these holders, relations, targets and statuses."""
    text, rows = read(case["input"], case.get("statements", []))
    found = [[words(text, one.holder), one.relation, words(text, one.target), one.status] for one in rows]
    assert sorted(found) == sorted(case["expected"])


def test_a_state_is_known_by_its_code_and_its_entity() -> None:
    """A state is found without a mention, and is the report's entity where it has one."""
    _, rows = read("Peru supports Chile.")
    assert [(one.holder.state, one.holder.entity) for one in rows] == [("PER", None)]
    text, mentions, _ = plain("[Peru|state|7] supports [Santiago|place|8] against [Vega|person|9].")
    entities = [Entity(7, "state", "Peru", ("Peru",), "PER", ()), Entity(8, "place", "Santiago", (), None, ())]
    (row,) = positions_in(Doc.of(text), mentions, entities, [], [], document_id="d")
    assert (row.holder.state, row.holder.entity) == ("PER", 7)
    assert (row.target.state, row.target.entity) == ("CHL", None)  # a capital stands for its state


def test_we_of_an_official_is_the_state() -> None:
    """An official's "we" holds the position of the state; the row knows that it is its own word."""
    told: list[list[Any]] = [[3, "We support Soto", "asserts", "direct"]]
    _, rows = read("“We support [Soto|person|1],” said [Rybin|person|3|PER].", told)
    assert [(one.holder.state, one.own) for one in rows] == [("PER", True)]
    _, rows = read("“Chile supports [Soto|person|1],” said [Rybin|person|3|PER].",
                   [[3, "Chile supports Soto", "asserts", "direct"]])  # fmt: skip
    assert [(one.holder.state, one.own) for one in rows] == [("CHL", False)]


@pytest.mark.parametrize(
    ("input", "expected"),
    [
        ("Peru recognizes [Soto|person|1].", ("2020-05-05", "2020-05-05", False)),
        ("Peru has recognized [Soto|person|1] since January 2019.", ("2019-01-01", "2020-05-05", True)),
        ("In March, Peru sent troops to Chile.", ("2020-03-01", "2020-03-31", False)),
        ("[Soto|person|1], who was born in 1961, is backed by Peru.", ("2020-05-05", "2020-05-05", False)),
    ],
)
def test_when_it_held(input: str, expected: tuple[str, str, bool]) -> None:
    """A time of the clause, else the report's; one of another clause says nothing."""
    _, rows = read(input)
    assert rows
    for one in rows:
        assert one.interval
        assert (one.interval.earliest, one.interval.latest, one.since) == expected


def test_when_it_was_claimed() -> None:
    """What stands in a statement held when that was made."""
    _, rows = read("[Rybin|person|3] said Peru supports Chile.", [[3, "Peru supports Chile", "asserts"]],
                   said="2020-04-02")  # fmt: skip
    assert [one.interval.earliest for one in rows if one.interval] == ["2020-04-02"]


def test_capacity_is_quoted() -> None:
    """As what somebody is recognized, and what is present where."""
    text, rows = read("Peru recognizes [Soto|person|1] as acting president of Chile, not as king.")
    assert [text[slice(*one.capacity[0])] for one in rows] == ["as acting president of Chile"]
    text, rows = read("There are hundreds of Peruvian military in Chile.")
    assert [text[slice(*one.capacity[0])] for one in rows] == ["hundreds of Peruvian military"]


PIECES = st.sampled_from(
    ["Peru", "Chile", "the US", "54 other countries", "several states", "and", ",", ", which", "recognizes",
     "support", "is backed by", "sanctions against", "sanctions on", "Peruvian", "troops in", "'s", "its",
     "ally", "allies", "of", "as president", "not", "refuses to", "that", "said", "if", "“", "”", ".", "\n",
     "US-backed", "since 2019", "é😀", "مرحبا", "denied", "accusations", "who", "we", "presence of", "has"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=30))
def test_spans_are_of_the_text(pieces: list[str]) -> None:
    """Every span is in its sentence, not empty, and sorted; the same text gives the same rows."""
    text = " ".join(pieces)
    told = (
        [Statement("s", "d", (), ((0, 1),), ((1, len(text)),), "direct", 1.0, (Speaker(0, "n", (), 1.0),))]
        if len(text) > 2
        else []
    )
    entities = [Entity(0, "person", "Ana", ("Ana",), "PER", ())]
    rows = positions_in(Doc.of(text), [], entities, told, find_times(Doc.of(text), anchor=DAY), document_id="d", published=DAY)
    assert rows == positions_in(Doc.of(text), [], entities, told, find_times(Doc.of(text), anchor=DAY), document_id="d", published=DAY)
    assert len({one.id for one in rows}) == len(rows)
    for one in rows:
        for spans in (one.holder.spans, one.target.spans, one.evidence, one.capacity):
            last = one.sentence[0]
            for start, end in spans:
                assert last <= start < end <= one.sentence[1] <= len(text)
                last = end
        assert one.holder != one.target
        assert one.evidence


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """No text makes it fail."""
    positions_in(Doc.of(text), [], [], [], [], document_id="d")
