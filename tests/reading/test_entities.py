"""Mentions of one report tied to entities, and statements to those who speak."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.actors.entities import Resolved, resolve
from onrecord.reading.mentions import Name, RawMention, _with_given, _Words
from onrecord.reading.network.encoder import COREFERENCE, network, pass_over
from onrecord.text.doc import Doc
from onrecord.values import MentionForm, Spans

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/entities.jsonl").read_text(encoding="utf-8").splitlines()
]
KINDS: dict[str, Any] = {"p": "person", "o": "organisation", "l": "place", "t": "thing", "n": "nationality"}
NOTHING = np.zeros(COREFERENCE, np.float32)
PRONOUNS = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "we",
        "they",
        "you",
        "him",
        "her",
        "his",
        "its",
        "them",
        "their",
        "who",
        "me",
        "my",
    ]
)


@dataclass(frozen=True)
class Told:
    """An attribution as a case gives it."""

    speaker: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True)
class Marked:
    """A report without its marks; ``entity`` is the number that each mention's mark gives it."""

    text: str
    mentions: list[RawMention]
    entity: dict[tuple[int, int], str]
    told: list[Told]


def unmark(marked: str) -> Marked:
    """Reads ``[p1 Ann Lee]`` as a mention of person 1, ``<s1 …>``, ``<q1 …>``, ``<c1 …>`` as the speaker,
    cue and
    content of attribution 1.

    A mention hangs on its last word before a comma or preposition.
    """
    text, opened, mentions, entity = "", [], [], {}
    told: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for token in re.findall(r"\[[a-z]\d+ |<[sqc]\d |\]|>|[^\[\]<>]+", marked):
        if token[0] in "[<":
            opened.append((token.strip("[< "), len(text)))
        elif token in "]>":
            mark, start = opened.pop()
            if token == ">":
                parts = told.setdefault(mark[1:], {"s": [], "q": [], "c": []})
                parts[mark[0]].append((start, len(text)))
            else:
                mentions.append(mention(text, start, mark[0]))
                entity[start, len(text)] = mark[1:]
        else:
            text += token
    return Marked(text, mentions, entity, [Told(*(tuple(told[n][k]) for k in "sqc")) for n in sorted(told)])


def mention(text: str, start: int, kind: str) -> RawMention:
    """The phrase from ``start`` to the end of ``text``."""
    core = re.split(r",| (?:of|in|for|to|who) ", text[start:])[0]
    last = list(re.finditer(r"[\w.-]*\w(?=['’]s|\W|$)", core))[-1]
    word = last[0].removesuffix("'s").removesuffix("’s")
    head = (start + last.start(), start + last.start() + len(word))
    form: MentionForm = "pronoun" if word.lower() in PRONOUNS else "name" if word[0].isupper() else "nominal"
    return RawMention((start, len(text)), head, None, KINDS[kind], form, 0.9, NOTHING, NOTHING)


def read(marked: str) -> tuple[Marked, Resolved]:
    """A case resolved."""
    one = unmark(marked)
    return one, resolve(Doc.of(one.text), one.mentions, one.told, document_id="d")


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, marks=pytest.mark.xfail(strict=True, reason=case["fails"]) if "fails" in case else ()
        )
        for case in CASES
    ],
    ids=[case["label"] for case in CASES],
)
def test_cases(case: dict[str, Any]) -> None:
    """Mentions with one number are one entity, and those with another are another."""
    one, resolved = read(case["input"])
    found = {m.span: m.entity for m in resolved.mentions}
    alone = iter(range(-1, -1000, -1))
    given = {span: number for span, number in one.entity.items() if number != "0"}
    ours = {span: e if (e := found.get(span)) is not None else next(alone) for span in given}
    words = {span: one.text[slice(*span)] for span in given}
    expected = sorted(sorted((s, words[s]) for s in given if given[s] == n) for n in set(given.values()))
    assert (
        sorted(sorted((s, words[s]) for s in given if ours[s] == n) for n in set(ours.values())) == expected
    )
    if "speakers" in case:
        names = [[resolved.entities[s.entity].name for s in group] for group in resolved.speakers]
        assert names == case["speakers"]


def test_an_office_is_on_the_entity() -> None:
    """Title, kind, state and body of what the report calls a person."""
    _, resolved = read(
        "[p1 Russian Deputy Foreign Minister Sergei Ryabkov] spoke. [p1 The deputy minister] left."
    )
    office = resolved.entities[0].offices[0]
    assert (office.title, office.kind, office.state) == (
        "Deputy Foreign Minister",
        "deputy_minister",
        "RUS",
    )
    assert resolved.entities[0].state == "RUS"


def test_evidence_leads_to_the_name() -> None:
    """A described speaker is shown with the name that it goes back to."""
    one, resolved = read(
        "[p1 Ambassador Ilse Brandt] met reporters. <c1 “All is calm,”> <s1 [p1 the ambassador]> <q1 said>."
    )
    speaker = resolved.speakers[0][0]
    assert [one.text[a:b] for a, b in speaker.evidence] == ["Ilse Brandt", "the ambassador"]
    assert speaker.rule == "the ambassador"


def test_a_speaker_that_the_network_passed_over() -> None:
    """Whoever speaks is an entity, even where no mention was found, and even without a name."""
    text = "Officials said it rained."
    resolved = resolve(Doc.of(text), [], [Told(((0, 9),), ((10, 14),), ((15, 24),))], document_id="d")
    assert resolved.entities[resolved.speakers[0][0].entity].name is None
    assert text[slice(*resolved.mentions[0].span)] == "Officials"


def test_nobody_speaks() -> None:
    """An attribution without words for a speaker has none."""
    resolved = resolve(Doc.of("It was said to rain."), [], [Told((), ((3, 11),), ((12, 19),))], document_id="d")
    assert resolved.speakers == ((),)


WORDS = st.sampled_from(
    [
        "he",
        "she",
        "it",
        "they",
        "I",
        "said",
        "Ann",
        "Lee",
        "Mr.",
        "Lee’s",
        "the",
        "minister,",
        "of",
        "and",
        "Moscow",
        "“",
        "”",
        ".",
        "\n",
        "(NATO)",
        "é",
        "🙂",
        "مرحبا",
        "who",
    ]
)


@given(st.lists(WORDS, max_size=40), st.data())
def test_any_text_and_any_spans_are_resolved(words: list[str], data: st.DataObject) -> None:
    """No text raises; spans point into it, mentions are in order and entities are those that are
    mentioned."""
    text = " ".join(words)
    spans = st.integers(0, max(0, len(text) - 1)).flatmap(
        lambda a: st.integers(a + 1, max(a + 1, min(len(text), a + 30))).map(lambda b: (a, b))
    )
    places = data.draw(st.lists(spans, max_size=8)) if text else []
    kinds: st.SearchStrategy[Any] = st.sampled_from(sorted(KINDS.values()))
    mentions = [
        RawMention(
            span,
            span,
            span if data.draw(st.booleans()) else None,
            data.draw(kinds),
            "name",
            0.5,
            NOTHING,
            NOTHING,
        )
        for span in places
    ]
    told = [Told((span,), (), (span,)) for span in places[:3]]
    resolved = resolve(Doc.of(text), mentions, told, document_id="d")
    assert all(0 <= m.span[0] < m.span[1] <= len(text) for m in resolved.mentions)
    assert all(m.name is None or text[slice(*m.name)].strip() for m in resolved.mentions)
    assert [m.span[0] for m in resolved.mentions] == sorted(m.span[0] for m in resolved.mentions)
    assert len(resolved.speakers) == len(told)
    numbers = {m.entity for m in resolved.mentions} - {None}
    assert numbers == set(range(len(resolved.entities)))
    assert all(0 <= s.confidence <= 1 for group in resolved.speakers for s in group)


@pytest.mark.parametrize(
    ("text", "tagged", "wanted"),
    [
        ("Deputy Minister Sergei Ryabkov spoke.", "Ryabkov", "Sergei Ryabkov"),
        ("Sergei, Ryabkov and Orlo spoke.", "Ryabkov", "Ryabkov"),  # a name of its own
        ("He met Sergei. Ryabkov spoke.", "Ryabkov", "Ryabkov"),  # of another sentence
        ("The will of Ryabkov counts.", "Ryabkov", "Ryabkov"),  # no given name
    ],
)
def test_a_surname_takes_the_given_name_before_it(text: str, tagged: str, wanted: str) -> None:
    """Where the tags of a person begin with the surname, the name begins before it."""
    words = _Words.of(pass_over(network(), text), [a for a, _ in Doc.of(text).sentences])
    number = list(words.start).index(text.index(tagged))
    (name,) = _with_given(text, words, [Name(number, number, "person", 0.9)])
    assert text[slice(*words.span(name.first, name.last))] == wanted
