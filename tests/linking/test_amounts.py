"""How the numbers and times of two texts stand to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.claims.quantities import STANDINGS, standings

# Two texts, and what each amount of the second finds in the first.
CASES = [
    ("The town counted 532 sick people.", "More than 500 people were sick.", ["more_fits"]),
    ("The town counted 532 sick people.", "Fewer than 500 people were sick.", ["more_apart"]),
    ("The town counted 532 sick people.", "It counted 532 sick people.", ["equal"]),
    # The number of the same thing is the one to compare with, though another is nearer.
    ("It lost 14 nets and 16 boats.", "It lost 13 boats.", ["more_apart"]),
    ("It lost 3.5 million nets.", "It lost 3,512,000 nets.", ["less_fits"]),
    ("The share rose to 12 %.", "The share rose to 12 boats.", ["alone"]),
    ("The ferry left on 3 March 2020.", "The ferry left before 2 March 2020.", ["more_apart"]),
    ("The ferry left on 3 March.", "The ferry left after March 1.", ["more_fits"]),
    ("The ferry left in March 2020.", "The ferry left in 2019.", ["more_apart"]),
    ("The ferry left in March 2020.", "The ferry left in 2020.", ["equal"]),
    ("The ferry left.", "The ferry left with 12 people.", ["alone"]),
    ("The ferry took 12 people.", "The ferry took 400 people.", ["less_far"]),
    ("Two games were lost.", "The scores were bad, said scores of people.", ["less_far"]),
]
TEXTS = st.lists(
    st.sampled_from(
        ["more than", "fewer than", "no", "50", "54", "60", "3.5 million", "%", "boats", "3 March 2020", "March 4",
         "2019", "before", "after", ",", "🙂"]
    ),
    max_size=20,
).map(" ".join)


@pytest.mark.parametrize(("first", "second", "expected"), CASES)
def test_cases(first: str, second: str, expected: list[str]) -> None:
    """Equal, larger or smaller, and whether both can be so."""
    assert [STANDINGS[code] for _, code in standings(first, second)[1]] == expected


@given(TEXTS, TEXTS)
def test_spans_lie_in_their_texts_and_one_text_equals_itself(first: str, second: str) -> None:
    """Turned round, the two sides change places; every amount of a text is equal to itself."""
    there, back = standings(first, second), standings(second, first)
    assert there == (back[1], back[0])
    for text, found in zip((first, second), there, strict=True):
        assert all(0 <= a < b <= len(text) for (a, b), _ in found)
    assert all(STANDINGS[code] == "equal" for _, code in standings(first, first)[0])
