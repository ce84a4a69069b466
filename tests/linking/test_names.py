"""Names of persons compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.actors.names import acronyms, compare, is_surname, near, person, plain

CASES = Path(__file__).resolve().parent / "cases" / "names.jsonl"
NAMES = st.lists(
    st.sampled_from(["Anna", "A.", "al-", "de", "Sergei", "Petrov", "Jr.", "Mr", "李", "’s", "Melik-Bagrat", "🙂"])
).map(" ".join) | st.text(max_size=40)


@pytest.mark.parametrize(
    "case", [json.loads(line) for line in CASES.read_text("utf-8").splitlines()], ids=lambda case: case["label"]
)
def test_two_names_go_together_or_not(case: dict[str, Any]) -> None:
    """In both directions."""
    one, other = map(person, case["input"])
    assert compare(one, other) == compare(other, one) == case["expected"]


@given(NAMES)
def test_any_text_can_be_taken_for_a_name(name: str) -> None:
    """A name is the same as itself, unless nothing of it is a name."""
    taken = person(name)
    assert compare(taken, taken) == ("same" if taken.tokens else "none")
    assert plain(name) == plain(plain(name))


def test_a_surname_with_a_hyphen_is_one_word() -> None:
    """It is no given name and surname, but the surname of one."""
    alone = person("Melik-Bagrat")
    assert not alone.is_full
    assert is_surname(alone, person("Ivan Melik-Bagrat"))
    assert not is_surname(alone, person("Ivan Bagrat"))


def test_a_name_said_twice_is_two_words() -> None:
    """One word is what stands between spaces."""
    assert person("Boutros Boutros").is_full


def test_a_very_long_name_is_no_trouble() -> None:
    """Whatever the reader takes for a name comes here."""
    assert len(person("a b " * 50_000).tokens) == 100_000


def test_a_given_name_is_no_surname() -> None:
    """The first name of a full name is not taken for its surname."""
    assert is_surname(person("Prado"), person("Luis Prado Gil"))
    assert not is_surname(person("Luis"), person("Luis Prado Gil"))


def test_acronyms_leave_small_words_out_or_not() -> None:
    """Both ways are in use."""
    assert {"OAS", "OOAS"} <= acronyms("the Organization of American States")
    assert acronyms("Parliament") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("pompeo", "pompei", True), ("petrov", "petrova", True), ("petrov", "petrov", False), ("li", "lu", False),
     ("marlow", "harlot", False), ("", "", False)],
)  # fmt: skip
def test_near_names_differ_by_one_letter(one: str, other: str, expected: bool) -> None:
    """Short ones never are."""
    assert near(one, other) is near(other, one) is expected
