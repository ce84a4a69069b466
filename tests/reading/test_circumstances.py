"""Through whom, where and to whom a statement was made."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.statements.channels import channel_of_parent, outlets_in
from onrecord.reading.statements.circumstances import chain_of_report, circumstances_of, with_shared_interview
from onrecord.text.doc import Doc
from onrecord.values import Circumstances, Document, Spans, Via

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/circumstances.jsonl").read_text(encoding="utf-8").splitlines()
]
MARKS = {"{": "speaker", "}": "speaker", "<": "cue", ">": "cue", "[": "content", "]": "content", "|": "other"}


def unmarked(marked: str) -> tuple[str, dict[str, Spans]]:
    """The text without its marks, and the spans of {speaker}, <cue>, [content] and |another's content|."""
    text, places = "", {"speaker": [], "cue": [], "content": [], "other": []}  # type: ignore[var-annotated]
    for character in marked:
        if character in MARKS:
            places[MARKS[character]].append(len(text))
        else:
            text += character
    return text, {role: tuple(zip(at[::2], at[1::2], strict=True)) for role, at in places.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    """Each case has the channels, venues and addressees it names and no others."""
    text, at = unmarked(case["input"])
    found = circumstances_of(Doc.of(text), speaker=at["speaker"], cue=at["cue"], content=at["content"], others=[at["other"]]
    )
    assert [[one.name, one.how] for one in found.via] == case["via"]
    assert [text[a:b] for a, b in found.venue] == case["venue"]
    assert [text[a:b] for a, b in found.addressee] == case["addressee"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the newspaper Norland Tidende and the broadcaster Fjord", ["Norland Tidende", "Fjord"]),
        ("Fjord television said", ["Fjord"]),
        ("the Lake Placid Gazette", ["Lake Placid Gazette"]),
        ("TASS news agency", ["TASS"]),
        ("POLITICO and the BBC", ["Politico", "BBC"]),
        ("a Russian newspaper on Sunday", []),
        pytest.param(
            "Good Times ahead for all", [], marks=pytest.mark.xfail(reason="it ends as newspapers do", strict=True)
        ),
        ("the minister of Norland", []),
    ],
)
def test_outlets(text: str, names: list[str]) -> None:
    """Known ones by name, unknown ones by shape."""
    assert [one.name for one in outlets_in(text)] == names


@pytest.mark.parametrize(
    ("speaker", "cue", "expected"),
    [
        ("Reuters", "reported", ("Reuters", "reported by", "Reuters")),
        ("the CNN news channel", "According to", ("CNN", "according to", "CNN")),
        ("a spokesman for CNN", "said", None),
        ("Ann Roe", "said", None),
    ],
)
def test_an_outlet_around_a_statement_is_its_channel(
    speaker: str, cue: str, expected: tuple[str, str, str] | None
) -> None:
    """Only if the outlet itself is the speaker, with words for its kind at most."""
    text = f"Then {speaker} {cue} it."
    start, behind = text.index(speaker), text.index(cue)
    found = channel_of_parent(
        text, speaker=((start, start + len(speaker)),), cue=((behind, behind + len(cue)),)
    )
    assert (found and (found.name, found.how, text[slice(*found.spans[0])])) == expected


VIA = Via("Coast", "interview", ((5, 10),))
PLAIN, TOLD = Circumstances(), Circumstances((VIA,))


@pytest.mark.parametrize(
    ("told", "with_interview"),
    [
        ([(1, PLAIN), (1, TOLD), (1, PLAIN), (2, PLAIN), (None, PLAIN)], [0, 1, 2]),
        ([(1, PLAIN), (1, PLAIN), (1, TOLD), (1, PLAIN)], [2, 3]),
        ([(1, TOLD), (1, Circumstances(venue=((20, 25),))), (1, PLAIN)], [0, 2]),
        ([(1, TOLD), (2, Circumstances((replace(VIA, spans=((50, 55),)),))), (1, PLAIN)], [0, 1]),
        ([(None, TOLD), (None, PLAIN)], [0]),
        ([(1, PLAIN), (1, PLAIN)], []),
        ([], []),
    ],
)
def test_one_interview_is_shared(told: list[tuple[int | None, Circumstances]], with_interview: list[int]) -> None:
    """Only one speaker's only interview, and never over what a statement has of its own."""
    result = with_shared_interview(told)
    assert [number for number, one in enumerate(result) if one.via] == with_interview


def test_the_report_s_own_chain() -> None:
    """Agency, outlet and translator, as far as they are known."""
    document = Document(
        "d_1", "a.txt", None, "text", "Norland Today", None, None, "AFP", None, "en", None, (), "", "", "", "",
        "utf-8", "x", 0, (),
    )  # fmt: skip
    assert chain_of_report(document) == (Via("AFP", "wire", ()), Via("Norland Today", "outlet", ()))


WORDS = (
    "told ", "said ", "CNN ", "in an interview with ", "at a hearing in ", "London ", "according to ", "Reuters",
    ", ", ". ", "\n", "“", "”", "reporters ", "Norland ", "the news agency ", "\U0001f600", "א", "on Twitter ",
    "He made these comments in ", "U.S. ", "A",
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=8, max_size=40).map("".join), st.data())
def test_spans_hold(text: str, data: st.DataObject) -> None:
    """Whatever the spans, those found are in range, sorted, disjoint and outside the content."""
    bounds = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=6, max_size=8)))
    pairs = [((bounds[at], bounds[at + 1]),) for at in (0, 2, 4)]
    speaker, cue, content = data.draw(st.permutations(pairs))
    others = [((bounds[0], bounds[-1]),)] if len(bounds) > 6 else []
    found = circumstances_of(Doc.of(text), speaker=speaker, cue=cue, content=content, others=others)
    assert circumstances_of(Doc.of(text), speaker=(), cue=(), content=content) == Circumstances()
    for spans in (found.venue, found.addressee, *(one.spans for one in found.via)):
        last = 0
        for start, end in spans:
            assert last <= start < end <= len(text)
            assert end <= content[0][0] or content[0][1] <= start
            last = end


@pytest.mark.parametrize("piece", ["A", "a ", "in ", "in a ", "told CNN, ", "A B ", "the A of ", "(", "'s ", "\0"])
def test_a_huge_text_is_read(piece: str) -> None:
    """Only what is near is looked at, however long the text and whatever it repeats."""
    text = piece * (300_000 // len(piece))
    middle = len(text) // 2
    for at in range(middle, middle + 20):
        found = circumstances_of(Doc.of(text), speaker=(), cue=((at, at + 2),), content=((at + 3, at + 5),))
        assert len(found.via) <= 1
