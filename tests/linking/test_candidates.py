"""Which texts are brought together: the same whatever the order, and no pair for want of words."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.candidates import Candidate, Piece, candidates, likeness, weight
from onrecord.values import Interval

WORDS = ["harbour", "boats", "Talvik", "treaty", "missile", "bridge", "the", "of", "54", "Orlen", "vetoed", "مرحبا"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=14)


def pairs(found: list[Candidate]) -> list[tuple[str, str]]:
    return [(one.first, one.second) for one in found]


def pieces(texts: list[str]) -> list[Piece]:
    return [Piece(f"s_{number:03}", text) for number, text in enumerate(texts)]


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
    assert pairs(candidates(pieces([first, second, *others]))) == [("s_000", "s_001")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The minister said that he would not say more.", "She said that it was not what she had said."),
        ("The bridge was opened in spring.", "The mayor praised the chess players."),
        ("", ""),
        ("The harbour.", ""),
        ("🙂", "مرحبا بكم"),
    ],
)
def test_other_matters(first: str, second: str) -> None:
    """Common words bring nothing together, nor does nothing."""
    assert candidates(pieces([first, second])) == []


@given(TEXTS, st.integers(0, 1000))
def test_the_order_of_the_pieces_changes_nothing(texts: list[str], seed: int) -> None:
    """Same pieces, same pairs."""
    given_pieces = pieces(texts)
    mixed = given_pieces[:]
    random.Random(seed).shuffle(mixed)
    assert candidates(mixed) == candidates(given_pieces)


@given(TEXTS)
def test_pairs_are_sorted_and_come_once(texts: list[str]) -> None:
    """Ids in their order, likeness within bounds and falling."""
    found = candidates(pieces(texts))
    assert all(one.first < one.second and 0.3 <= one.likeness <= 1.0 for one in found)
    assert len(set(pairs(found))) == len(found)
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)


@given(TEXTS, TEXTS)
def test_more_pieces_change_no_pair_that_was_there(texts: list[str], more: list[str]) -> None:
    """Likeness depends on the two texts alone; only the places of a piece are limited."""
    before = candidates(pieces(texts), per_piece=1000)
    after = candidates(pieces(texts + more), per_piece=1000)
    kept = {one.id for one in pieces(texts)}
    assert [one for one in after if {one.first, one.second} <= kept] == before


def test_likeness_is_the_same_both_ways() -> None:
    """And 1 for a text beside itself."""
    one, other = pieces(["Talvik opened the bridge.", "The bridge of Orlen is closed."])
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == pytest.approx(1.0)


def test_a_shared_actor_brings_texts_nearer() -> None:
    """He and Talvik are one to the record."""
    texts = ("He vetoed the treaty.", "Talvik blocked the treaty.")
    plain = likeness(Piece("a", texts[0]), Piece("b", texts[1]))
    known = frozenset({"a_1"})
    assert likeness(Piece("a", texts[0], known), Piece("b", texts[1], known)) > plain


def test_each_piece_keeps_its_likest() -> None:
    """Of many alike only so many are kept, the likest."""
    texts = ["Talvik vetoed the harbour treaty."] + [
        f"Talvik vetoed the harbour treaty {' '.join(words)}."
        for words in combinations(["yesterday", "quietly", "again", "abroad", "angrily"], 2)
    ]
    found = candidates(pieces(texts), per_piece=1)
    assert len(found) < len(texts) * (len(texts) - 1) / 2
    assert {name for one in found for name in (one.first, one.second)} == {one.id for one in pieces(texts)}


def test_far_apart_in_time() -> None:
    """Only where both times are known, and further apart than was asked for."""
    text = "Talvik vetoed the harbour treaty."
    spring, summer = (Interval(day, day, "day", "given") for day in ("2021-03-01", "2021-08-01"))
    there = [Piece("a", text, when=spring), Piece("b", text, when=summer)]
    assert candidates(there, days=30) == []
    assert pairs(candidates(there, days=200)) == [("a", "b")]
    assert pairs(candidates([there[0], Piece("b", text)], days=30)) == [("a", "b")]


def test_rare_words_weigh_more() -> None:
    """By their rank in the vocabulary."""
    assert weight("the") < weight("said") < weight("harbour") < weight("treaties") < weight("talvikova")


def test_why_they_were_brought_together() -> None:
    """The shared words are told, the weightiest first."""
    (one,) = candidates(pieces(["Talvik vetoed the treaty.", "The treaty was vetoed by Talvik."]))
    assert set(one.shared) == {"talvik", "veto", "treaty"}
