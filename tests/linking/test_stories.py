"""Stories: reports of one development together, those of others apart, the same in any order and in batches."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.stories.groups import average_linkage
from onrecord.linking.stories.stories import StoryReport, find_stories
from onrecord.linking.stories.words import WeighedWords, key, rarity, shares, subject, vectors, weighed

DAM = [
    ("Dam above Vellin breaks after week of rain", "The Korso dam above Vellin broke on Monday night. Rescuers took "
     "forty families from their roofs, the mayor of Vellin said.", "2019-05-07"),
    ("Vellin: forty families rescued after Korso dam breaks", "Rescue boats reached forty families in Vellin after "
     "the Korso dam gave way in heavy rain.", "2019-05-07"),
    ("Engineers had warned of Korso dam", "Engineers warned two years ago that the Korso dam above Vellin leaked, "
     "a letter shows.", "2019-05-09"),
]  # fmt: skip
STRIKE = [
    ("Ferry pilots of Ostrava strait go on strike", "Pilots of the strait ferries stopped work on Tuesday over pay; "
     "the harbour of Lund was silent.", "2019-05-08"),
    ("Ferries stay in Lund harbour as pilots strike", "No ferry left Lund as pilots struck over pay for a second "
     "day.", "2019-05-09"),
]  # fmt: skip
ALL = [StoryReport(f"r{n}", *row) for n, row in enumerate([*DAM, *STRIKE])]


def groups(*reports: StoryReport) -> list[tuple[str, ...]]:
    return [story.members for story in find_stories(reports).stories]


def test_reports_of_one_event_are_a_story() -> None:
    """Two events on the same days are two stories, each with its first and last day."""
    found = find_stories(ALL).stories
    assert [(one.members, one.first, one.last) for one in found] == [
        (("r0", "r1", "r2"), "2019-05-07", "2019-05-09"),
        (("r3", "r4"), "2019-05-08", "2019-05-09"),
    ]


def test_the_same_kind_of_event_a_year_later_is_another_story() -> None:
    """Alike in words, but far away in time; without a date it stays."""
    again = ("Storm floods farms along the river", "Insurers speak of losses that farmers near Vellin cannot bear; "
             "the Korso dam held, a spokeswoman of the province said.")  # fmt: skip
    assert ("again",) in groups(*ALL, StoryReport("again", *again, "2020-08-01"))
    assert ("r0", "r1", "r2", "again") in groups(*ALL, StoryReport("again", *again, "2019-05-10"))
    assert ("r0", "r1", "r2", "again") in groups(*ALL, StoryReport("again", *again, None))


APART = [
    ("no words in common", ("Rain", "It rains in the north."), ("Prices", "Bread costs more since spring.")),
    ("common words only", ("He said it", "He said that this was what they had."), ("What he said", "It was said.")),
    ("no text", ("", ""), ("", "")),
    ("no title", (None, "…"), (None, "…")),
]


@pytest.mark.parametrize(("label", "first", "second"), APART, ids=lambda value: str(value)[:20])
def test_other_reports_stay_alone(label: str, first: tuple, second: tuple) -> None:
    """Words that all reports have, or none, tie nothing together."""
    assert groups(StoryReport("a", *first), StoryReport("b", *second)) == [("a",), ("b",)]


def left(reports: list[WeighedWords]) -> dict[int, float]:
    about, nothing = subject(vectors(reports))
    assert len(nothing.keys) == 0
    return dict(zip(about.keys.tolist(), about.left.tolist(), strict=True))


def test_what_the_whole_record_is_about_counts_less() -> None:
    """In a record of one affair its own name does not make one story of it."""
    reports = [weighed("Korso", f"Korso word{n}") for n in range(200)]
    about = left(reports)
    assert about[key("korso")] == 0.0 and key("word7") not in about
    every = vectors(reports)
    counts = shares(every, subject(every)[0])
    assert not counts[every.keys == key("korso")].any() and counts[every.keys == key("word7")].all()


def test_a_few_reports_do_not_make_a_subject() -> None:
    """Three reports of one event share its words because of the event."""
    assert key("korso") not in left([weighed(title, text) for title, text, _ in DAM])


def test_rare_words_weigh_more() -> None:
    """As the shipped table has it; a word it lacks is rare."""
    assert rarity("the") < rarity("police") < rarity("korso")


PIECES = ["korso", "dam", "vellin", "breaks", "rescued", "families", "pilots", "strike", "ferry", "the", "said", "🌊"]
REPORTS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
        st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
        st.sampled_from(["2019-05-07", "2019-06-01", "2020-01-01T08:00:00Z", "soon", None]),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=60)
@given(REPORTS, st.randoms(use_true_random=False), st.integers(0, 14))
def test_neither_order_nor_batches_matter(rows: list, draw: random.Random, first: int) -> None:
    """Any order, at once or in two batches, gives the same stories; each report is in one."""
    reports = [StoryReport(f"r{n}", *row) for n, row in enumerate(rows)]
    at_once = find_stories(reports)
    mixed = draw.sample(reports, len(reports))
    assert find_stories(mixed) == at_once
    assert find_stories(mixed[first:], before=find_stories(mixed[:first])) == at_once
    assert sorted(one for story in at_once.stories for one in story.members) == sorted(one.id for one in reports)


def test_a_subject_that_comes_up_late_counts_for_earlier_reports_too() -> None:
    """Weights change for what came before, so that a stream ends as if all had come at once."""
    early = [StoryReport(f"a{n}", "Korso dam", f"Korso dam {'abcdefgh'[n]}lpha", "2019-05-07") for n in range(4)]
    late = [StoryReport(f"b{n:03}", f"Korso town{n}", f"Korso town{n} hall{n}", "2019-05-08") for n in range(60)]
    state = find_stories(early)
    for start in range(0, 60, 7):
        state = find_stories(late[start : start + 7], before=state)
    assert state == find_stories([*late, *early])
    assert key("korso") in left([one for one, *_ in state.known.values()])


def plain_average_linkage(likeness: np.ndarray, least: float) -> list[list[int]]:
    """The nearest two groups first, each time all averages anew."""
    found = [[n] for n in range(len(likeness))]
    while len(found) > 1:
        best, i, j = max(
            (likeness[np.ix_(found[i], found[j])].mean(), -i, -j)
            for i in range(len(found))
            for j in range(i + 1, len(found))
        )
        if best < least:
            break
        found[-i] += found.pop(-j)
    return sorted(map(sorted, found))


@given(st.integers(1, 12), st.integers(0, 10_000), st.floats(0.2, 0.8))
def test_chains_give_what_plain_average_linkage_gives(size: int, seed: int, least: float) -> None:
    """The groups of the textbook, on likeness without ties."""
    drawn = np.random.default_rng(seed).random((size, size))
    likeness = ((drawn + drawn.T) / 2).astype(np.float32)
    assert average_linkage(likeness.copy(), least=least) == plain_average_linkage(likeness, least)
