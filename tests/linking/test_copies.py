"""Copies: what is paired and of which kind, groups and their origin, and that no order and no batches matter."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.copies import pairs
from onrecord.linking.copies.find import Copies, CopyReport, counted, find_copies, passage_spans
from onrecord.linking.copies.grow import added
from onrecord.linking.copies.shingles import SHINGLE, WINDOW, Prints, each_once, prints

# Invented words: 4,000 of them, so that chance shares no five in a row.
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def text(seed: int, size: int = 240) -> str:
    """Words of no language, in lines of twelve, the same for the same seed."""
    draw = random.Random(seed)
    words = ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(size)]
    return "\n".join(" ".join(words[i : i + 12]) + "." for i in range(0, size, 12))


def kinds(*reports: CopyReport) -> dict[tuple[str, str], str]:
    return {tuple(sorted((one.first, one.second))): one.kind for one in find_copies(reports).pairs}


def changed(whole: str, every: int) -> str:
    """Each ``every``-th word is another one."""
    return " ".join("zzz" if n % every == 0 else word for n, word in enumerate(whole.split()))


A = CopyReport("a", text(1), "one.example", "2019-05-02")
B = CopyReport("b", text(2), "two.example", "2019-05-01")
QUOTE = "“we will carry the stones to the river ourselves if nobody else comes to help us before winter”"
WHOLE = [
    ("the same text", text(1), "copy"),
    ("capitals and other marks", text(1).upper().replace(".", " —"), "copy"),
    ("one word in twenty is another", changed(text(1), 20), "copy"),
    ("one word in seven is another", changed(text(1), 7), "copy"),
    ("the first half", text(1)[: len(text(1)) // 2], "copy"),
    ("the first quarter", text(1)[: len(text(1)) // 4], "cut"),
    ("all of it, in a longer one", text(3) + "\n" + text(1) + "\n" + text(4), "embedded"),
    ("a third of it, in another one", text(3) + "\n" + text(1)[600:1200] + "\n" + text(4), "passage"),
]


@pytest.mark.parametrize(("label", "other", "kind"), WHOLE, ids=lambda value: str(value)[:30])
def test_wording_that_is_shared_makes_a_pair(label: str, other: str, kind: str) -> None:
    """Each way of reusing a text has its kind."""
    assert kinds(A, replace(B, text=other)) == {("a", "b"): kind}


def test_a_quotation_makes_a_pair_between_outlets() -> None:
    """Twelve words of a quotation and more."""
    first, second = replace(A, text=f"{text(1)}\n{QUOTE}"), replace(B, text=f"{QUOTE}\n{text(2)}")
    assert kinds(first, second) == {("a", "b"): "quote"}


UNPAIRED = [
    ("other texts", text(1), text(2)),
    ("no text", "", ""),
    ("a few words", "Rain again.", "Rain again."),
    ("a phrase of seven words", f"{text(1)} at the end of the long day", f"at the end of the long day {text(2)}"),
    ("eleven words of a quotation", f"{text(1)} “{QUOTE[1:56]}”", f"“{QUOTE[1:56]}” {text(2)}"),
    ("an office of fifteen words", f"{text(1)} {QUOTE[1:72]} {text(3)}", f"{text(4)} {QUOTE[1:72]} {text(2)}"),
    ("words that stand only in both", text(1), "\n".join(reversed(text(1).split()))),
]


@pytest.mark.parametrize(("label", "first", "second"), UNPAIRED, ids=lambda value: str(value)[:30])
def test_what_any_two_reports_share_makes_no_pair(label: str, first: str, second: str) -> None:
    """Idioms, offices and short quotations are in many reports."""
    assert kinds(replace(A, text=first), replace(B, text=second)) == {}


def test_a_note_about_the_author_makes_no_pair() -> None:
    """The same words at the foot of both texts."""
    note = text(9, 36)
    assert kinds(replace(A, text=text(1) + note), replace(B, text=text(2) + note)) == {}


def test_lines_an_outlet_repeats_make_no_pair() -> None:
    """A long box in six short reports of one outlet; in a report elsewhere it is nothing either."""
    box = text(9, 150)
    reports = [CopyReport(f"r{n}", f"{text(n, 60)}\n{box}", "one.example") for n in range(20, 26)]
    assert kinds(*reports, CopyReport("x", f"{text(30, 60)}\n{box}", "two.example")) == {}


def test_text_that_becomes_standing_text_unmakes_earlier_pairs() -> None:
    """Four reports share a box with one elsewhere; the fifth shows that it is a box."""
    box = text(9, 40)
    four = [CopyReport(f"r{n}", f"{text(n, 120)}\n{box}\n{text(n + 50, 120)}", "one.example") for n in range(20, 24)]
    other = CopyReport("x", f"{text(30, 120)}\n{box}\n{text(31, 120)}", "two.example")
    fifth = replace(four[0], id="r5", text=f"{text(32, 120)}\n{box}\n{text(33, 120)}")
    before = find_copies([*four, other])
    assert len(before.pairs) == 4
    assert find_copies([fifth], before=before) == find_copies([*four, other, fifth])
    assert find_copies([fifth], before=before).pairs == ()


def test_a_gallery_in_two_reports_of_an_outlet_makes_no_pair() -> None:
    """Most of both texts, but not where either begins."""
    gallery = text(9, 600)
    first, second = f"{text(1)}\n{gallery}", f"{text(2)}\n{gallery}"
    assert kinds(replace(A, text=first), replace(B, text=second, outlet="one.example")) == {}
    assert kinds(replace(A, text=first), replace(B, text=second)) != {}


def test_versions_do_not_make_a_story_the_standing_text_of_its_outlet() -> None:
    """Seven versions of one report are one group, and a copy elsewhere is found."""
    reports = [CopyReport(f"v{n}", text(1) + f"\nLine {n} is new.", "one.example") for n in range(7)]
    found = find_copies([*reports, replace(B, text=text(1))])
    (group,) = found.groups
    assert len(group.members) == 8


def test_a_report_that_carries_two_others_does_not_make_them_one() -> None:
    """A round-up of two texts leaves these two independent."""
    round_up = CopyReport("r", f"{text(5, 400)}\n{text(1)}\n{text(5, 12)}\n{text(2)}", "three.example")
    found = find_copies([A, B, round_up])
    assert {one.kind for one in found.pairs} == {"embedded"} and found.groups == ()


ORIGINS = [
    ("earliest", [("a", None, "2019-05-02", None), ("b", None, "2019-05-01", None)], "b", "earliest, 2019-05-01"),
    ("the agency", [("a", "Reuters", "2019-05-02", None), ("b", "x", "2019-05-01", "Reuters")], "a", "agency"),
    ("credit", [("a", None, None, None), ("b", None, "2019-05-01", "AFP")], "b", "credits AFP"),
    ("no date, no credit", [("b", None, None, None), ("a", None, None, None)], "a", "first of equals"),
]


@pytest.mark.parametrize(("label", "given", "origin", "reason"), ORIGINS, ids=lambda value: str(value)[:20])
def test_the_likely_origin_and_why(label: str, given: list, origin: str, reason: str) -> None:
    """Agency, date, credit and length, in this order."""
    (group,) = find_copies(CopyReport(one, text(1), outlet, day, wire) for one, outlet, day, wire in given).groups
    assert group.origin == origin and reason in group.reason


def test_the_fullest_text_is_the_origin_of_its_cuts() -> None:
    """Where neither date nor credit tells."""
    cut = CopyReport("a", text(1)[:700])
    (group,) = find_copies([cut, CopyReport("b", text(1)), CopyReport("c", text(1)[:900])]).groups
    assert (group.origin, group.reason) == ("b", "fullest text, 240 words")


def test_reports_are_counted_in_three_ways() -> None:
    """Two copies in two outlets, one other report, one without an outlet."""
    copy = replace(A, id="c", outlet="three.example")
    none = CopyReport("n", text(7))
    found = find_copies([A, B, copy, none])
    assert (*vars_of(counted(["a", "b", "c", "n"], found)),) == (4, 3, 4)
    assert (*vars_of(counted(["c"], found)),) == (1, 1, 1)
    assert (*vars_of(counted([], found)),) == (0, 0, 0)


def vars_of(counts: object) -> list[int]:
    return [getattr(counts, name) for name in ("reports", "independent", "outlets")]


def test_passages_are_found_in_both_texts() -> None:
    """The characters of a passage are the words both have."""
    other = f"{text(3)}\n{text(1)[600:1200]}\n{text(4)}"
    (pair,) = find_copies([A, replace(B, text=other)]).pairs
    (passage,) = pair.passages
    first, second = (other, A.text) if pair.first == "b" else (A.text, other)
    mine, theirs = passage_spans(passage, first, second)
    assert first[slice(*mine)].split() == second[slice(*theirs)].split()
    assert abs(len(first[slice(*mine)]) - 600) < 30


POOL = [text(1), text(2), changed(text(1), 10), text(1)[:900], text(3) + text(1), f"{text(5)} {QUOTE}", QUOTE, ""]
SOME = st.lists(
    st.tuples(st.sampled_from(POOL), st.sampled_from(["p", "q", None]), st.sampled_from(["2019-05-01", None])),
    max_size=12,
)


@settings(deadline=None, max_examples=40)
@given(SOME, st.randoms(use_true_random=False), st.integers(0, 12))
def test_neither_order_nor_batches_matter(given: list, draw, first: int) -> None:
    """Any order, in one go or in two, gives the same pairs and groups."""
    reports = [CopyReport(f"r{n}", *one) for n, one in enumerate(given)]
    at_once = find_copies(reports)
    mixed = draw.sample(reports, len(reports))
    assert find_copies(mixed) == at_once
    assert find_copies(mixed[first:], before=find_copies(mixed[:first])) == at_once


class Everything:
    """What a record keeps of reports, here of those that have been found copies among."""

    def __init__(self, found: Copies) -> None:
        ranked = sorted(found.known.values(), key=lambda one: one[0].rank)
        self.facts = [one for one, _ in ranked]
        self._prints = [made for _, made in ranked]
        self._once = [each_once(made) for made in self._prints]

    def having(self, hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        rows = [
            (key, number, said)
            for number, (keys, quoted) in reversed(list(enumerate(self._once)))
            for key, said in zip(keys, quoted, strict=True)
            if key in hashes
        ]
        kinds = (np.uint64, np.int64, np.bool_)
        return tuple(np.array([row[at] for row in rows], kind) for at, kind in enumerate(kinds))  # type: ignore

    def hashes(self, numbers: list[int]) -> list[np.ndarray]:
        return [self._once[number][0] for number in numbers]

    def prints(self, number: int) -> Prints:
        return self._prints[number]


BOX = text(9, 24)
ADDED = [*POOL, *(f"{text(60 + n, 30)}\n{BOX}\n{text(80 + n, 30)}" for n in range(6))]
SEVERAL = st.lists(
    st.tuples(st.sampled_from(ADDED), st.sampled_from(["p", "p", "q", None]), st.none()), min_size=1, max_size=14
)


@settings(deadline=None, max_examples=60)
@given(SEVERAL, st.integers(0, 14), st.sampled_from([(12, 4), (2, 1), (1, 0)]))
def test_reports_that_come_change_only_what_they_touch(given: list, size: int, partners: tuple[int, int]) -> None:
    """Pairs that are left and pairs that are found are those of all at once, however few partners lists give."""
    reports = [CopyReport(f"r{n}", *one) for n, one in enumerate(given)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "FIRST", partners[0])
        patch.setattr(pairs, "BEFORE", partners[1])
        before, whole = find_copies(reports[:size]), find_copies(reports)
        every = Everything(whole)
        place = {one.id: number for number, one in enumerate(every.facts)}
        new = {place[one.id] for one in reports[size:]}
        was = {(place[one.first], place[one.second]): one for one in before.pairs}
        found = added(every.facts, new, was, before.standing, every)
    left = [
        one for ends, one in was.items() if not {*ends} & set(found.fresh) and ends not in set(found.apart)
    ]
    assert sorted([*left, *found.pairs], key=lambda one: (one.first, one.second)) == list(whole.pairs)
    standing = {**before.standing, **found.outlets}
    assert {name: list(keys) for name, keys in standing.items() if len(keys)} == {
        name: list(keys) for name, keys in whole.standing.items()
    }


def test_reports_in_between_push_a_pair_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a list gives few partners, a pair that is left out of it is none any more."""
    monkeypatch.setattr(pairs, "FIRST", 1)
    monkeypatch.setattr(pairs, "BEFORE", 0)
    first, second, fuller = (CopyReport(n, f"{QUOTE}\n{text(k, size)}") for n, k, size in (("a", 1, 60), ("b", 2, 50), ("c", 3, 90)))
    before, whole = find_copies([first, second]), find_copies([first, second, fuller])
    found = added(Everything(whole).facts, {0}, [(1, 2)], before.standing, Everything(whole))
    assert len(before.pairs) == 1 and found.apart == [(1, 2)]


@settings(deadline=None)
@given(st.text())
def test_any_text_has_prints(some: str) -> None:
    """Fingerprints lie within the words, in order; the same text has the same ones."""
    one, same = prints(some), prints(some)
    assert list(one.hashes) == list(same.hashes)
    assert all(0 <= at <= len(one.words) - SHINGLE for at in one.at)
    assert list(one.at) == sorted(set(one.at))


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 99))
def test_eight_words_in_common_are_never_missed(before: int, after: int, seed: int) -> None:
    """Wherever they stand, two texts that share them share a fingerprint."""
    run = " ".join(text(seed + 500, SHINGLE + WINDOW - 1).split())
    first, second = prints(f"{text(1, before)} {run} {text(2, after)}"), prints(f"{text(3, after)} {run}")
    assert set(first.hashes) & set(second.hashes)
