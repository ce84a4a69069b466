"""Which claims are brought together: the same in any parts and any order, and all that a comparison of all gives."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.derive.claims import Sides, keep
from onrecord.derive.comparing import pair_all
from onrecord.linking.claims.accounts import Claim, utterance_key
from onrecord.linking.claims.candidates import LEAST, likeness, weighed
from onrecord.linking.claims.concepts import concepts
from onrecord.linking.claims.sides import Side
from onrecord.store.file.connection import scratch
from onrecord.store.schema.linked import CLAIMS

WORDS = ["harbour", "boats", "Talvik", "treaty", "missile", "bridge", "the", "54", "Orlen", "vetoed", "Peru", "مرحبا"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
KEPT = ("claim_words", "claim_pair", "claim_weighed")


def side(number: int, text: str, *, report: int | None = None, speaker: str | None = "a") -> Side:
    """A claim of a report of its own, and by a speaker of its own, unless these are given."""
    document = f"d_{number if report is None else report:03}"
    id = f"s_{number:03}"
    voice = f"a_{number}" if speaker == "a" else speaker
    return Side(Claim(id, document, ((0, len(text)),) if text else (), text, voice, polarity="asserts"))


@contextmanager
def tables() -> Iterator[Any]:
    with scratch() as connection:
        for table in CLAIMS:
            connection.execute(table.ddl())
        yield connection


def put(connection: Any, sides: Sequence[Side], documents: Sequence[str], **limits: int) -> set[tuple[str, str]]:
    """Let documents have these claims and no others; the pairs that are chosen then."""
    keep(connection, documents, sides)
    pair_all(connection, Sides(connection), **limits)
    return set(connection.execute("SELECT first, second FROM chosen").fetchall())


def chosen(sides: Sequence[Side], **limits: int) -> set[tuple[str, str]]:
    with tables() as connection:
        return put(connection, sides, [one.claim.document_id for one in sides], **limits)


def compared(sides: Sequence[Side], *, most: int, per_claim: int) -> set[tuple[str, str]]:
    """What a comparison of all with all gives."""
    groups = defaultdict(list)
    for one in sides:
        groups[utterance_key(one.claim)].append(one)
    standing = [min(group, key=lambda one: (-len(one.text), one.claim.id)) for group in groups.values()]
    made = {one.claim.id: weighed(one.spoken, one.topics, concepts(one.text)) for one in standing}
    keys = {id: set(one.words[:20]) for id, one in made.items()}
    often = Counter(word for some in keys.values() for word in some)
    near = defaultdict(list)
    for one, other in combinations(sorted(standing, key=lambda one: one.claim.id), 2):
        a, b = one.claim.id, other.claim.id
        shared = sum(often[word] <= most for word in keys[a] & keys[b])
        like = likeness(made[a], made[b])
        if shared >= min(2, len(keys[a]), len(keys[b])) and shared and like >= LEAST and one.meanings & other.meanings:
            near[a].append((-like, b))
            near[b].append((-like, a))
    return {(min(a, b), max(a, b)) for a, some in near.items() for _, b in sorted(some)[:per_claim]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("54 countries recognise Orlo Venn as president.", "Venn is recognised by 60 countries."),
        ("The harbour was mined at night, Talvik said.", "According to the navy, Talvik's harbour has no mines."),
        ("Military contractors are stationed in the country.", "He ruled out any military contractors there."),
    ],
)
def test_the_same_matter_worded_differently(first: str, second: str) -> None:
    """Turned round, inflected, negated: still one matter."""
    others = ["The weather will be mild on Sunday.", "A film about chess won three prizes in spring."]
    assert chosen([side(n, text) for n, text in enumerate([first, second, *others])]) == {("s_000", "s_001")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The minister said that he would not say more.", "She said that it was not what she had said."),
        ("The bridge was opened in spring.", "The mayor praised the chess players."),
        ("The harbour.", "a"),
        ("🙂", "مرحبا بكم"),
    ],
)
def test_other_matters(first: str, second: str) -> None:
    """Common words bring nothing together, nor does nothing."""
    assert chosen([side(0, first), side(1, second)]) == set()


def test_one_voice_of_one_report_is_not_compared_with_itself() -> None:
    """Nor are words within words of another; two speakers of one report are."""
    one, other = "Talvik vetoed the harbour treaty.", "The harbour treaty was vetoed by Talvik today."
    same = [side(0, one, report=1, speaker="a_1"), side(1, other, report=1, speaker="a_1")]
    assert chosen(same) == set()
    apart = [side(0, one, report=1, speaker="a_1"), side(1, other, report=1, speaker="a_2")]
    assert chosen(apart) == set()  # both begin at 0: one stands in the other
    second = Side(Claim("s_001", "d_001", ((100, 100 + len(other)),), other, "a_2"))
    assert chosen([apart[0], second]) == {("s_000", "s_001")}


def test_a_denial_that_points_back_is_chosen_with_what_it_answers_alone() -> None:
    """By its words it would meet another claim; what it answers is what is compared for that utterance."""
    claim, like = "Talvik vetoed the harbour treaty.", "The ministry rejected the claim about Orlen."
    denial = Claim("s_001", "d_000", ((100, 144),), like, "a_1", polarity="denies")
    answer = Side(denial, answers="s_000", pointing="the claim", apart=True)
    assert chosen([side(0, claim), answer, side(2, like)]) == {("s_000", "s_001")}
    fuller = side(3, f"{claim} ...", speaker="a_0")
    assert chosen([side(0, claim), answer, fuller]) == {("s_001", "s_003")}
    with tables() as connection:
        assert put(connection, [side(0, claim), answer], ["d_000", "d_001"]) == {("s_000", "s_001")}
        assert put(connection, [fuller], ["d_003"]) == {("s_001", "s_003")}
        assert put(connection, [], ["d_000", "d_003"]) == set()


def test_opposed_assessments_are_chosen_however_worded() -> None:
    """They need not be among the likest."""
    one = side(0, "cooperation between Peru and Chile is a stabilising factor")
    other = side(1, "the deployment of Peru in Chile is harmful")
    assert chosen([one, other], per_claim=0) == {("s_000", "s_001")}


@settings(max_examples=20)
@given(st.lists(TEXTS, max_size=12), st.integers(1, 5), st.integers(0, 3))
def test_all_that_a_comparison_of_all_gives(texts: list[str], most: int, per_claim: int) -> None:
    """Whatever is found by joins, bounds and places."""
    sides = [side(number, text) for number, text in enumerate(texts)]
    assert chosen(sides, most=most, per_claim=per_claim) == compared(sides, most=most, per_claim=per_claim)


@pytest.mark.long
@settings(max_examples=20)
@given(
    st.lists(st.lists(st.tuples(st.integers(0, 5), TEXTS), max_size=5), min_size=1, max_size=6),
    st.integers(1, 4),
    st.integers(0, 1000),
)
def test_any_parts_and_any_changes_give_the_same(
    parts: list[list[tuple[int, str]]], most: int, seed: int
) -> None:
    """Claims come, change and go, words cross the bound in both directions: the rows are those of all at once."""
    limits = {"most": most, "per_claim": 2}
    there: dict[int, list[Side]] = {}
    with tables() as connection:
        for part in parts:
            said = defaultdict(list)
            for report, text in part:
                said[report].append(text)
            drawn = random.Random(seed)
            drawn.shuffle(part)
            for report, texts in said.items():
                there[report] = [side(report * 10 + n, text, report=report) for n, text in enumerate(texts)]
            now = [one for report in said for one in there[report]]
            found = put(connection, now, [f"d_{report:03}" for report in said], **limits)
        kept = rows(connection)
    with tables() as connection:
        every = [one for some in there.values() for one in some]
        assert put(connection, every, [f"d_{report:03}" for report in there], **limits) == found
        assert rows(connection) == kept


def rows(connection: Any) -> dict[str, list[Any]]:
    return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in ("claim", *KEPT)}


def test_only_what_is_touched_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim that comes is compared with others; those are not compared with each other again."""
    asked: list[int] = []

    def counted(vectors: Any, first: Any, second: Any) -> Any:
        asked.append(len(first))
        return likenesses(vectors, first, second)

    from onrecord.derive.comparing import likenesses

    monkeypatch.setattr("onrecord.derive.comparing.likenesses", counted)
    sides = [side(n, f"Talvik vetoed the harbour treaty {word}.") for n, word in enumerate(WORDS)]
    with tables() as connection:
        put(connection, sides[:-1], [one.claim.document_id for one in sides[:-1]])
        assert sum(asked) == (len(sides) - 1) * (len(sides) - 2) / 2
        asked.clear()
        put(connection, sides[-1:], [sides[-1].claim.document_id])
        assert sum(asked) == len(sides) - 1
        asked.clear()
        put(connection, sides[:1], [sides[0].claim.document_id])  # read again, and as it was
        assert sum(asked) == 0
