"""What two claims say of each other, the model's word weighed with the rest; half the cases must not be disputes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.claims.accounts import Claim, Judged, accounts
from onrecord.linking.claims.assessments import assessments, opposed_pairs
from onrecord.linking.claims.candidates import likeness, weighed
from onrecord.linking.claims.concepts import concepts
from onrecord.linking.claims.entailment import Thresholds, judgement
from onrecord.linking.claims.sides import KnownMention, Side
from onrecord.linking.claims.weighing import ClaimPair, marks, matters, weigh
from onrecord.values import Interval

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "weighing.jsonl").read_text("utf-8").splitlines()
]
TOLD = Thresholds(supports=0.85, contradicts=0.9)
SENTENCES = st.lists(
    st.sampled_from(
        ["Peru", "Chile", "Danish", "troops", "are", "not", "harmful", "useful", "sanctions", "sold", "54", "the", "in", "on", "Monday", "…", "“", "”", "\xa0", "🙂", "denied,", "whose", "achieve", "nothing", "except", "prolong", "May", "2021", "مرحبا"]
    ),
    max_size=14,
).map(" ".join)


def side(id: str, given: dict[str, Any]) -> Side:
    text = given["text"]
    day = given.get("said", "2021-05-09")
    said = Interval(day, day, "day", "written down")
    claim = Claim(
        id, id, ((0, len(text)),), text, given.get("speaker", f"a_{id}"), None, said, given.get("polarity", "asserts")
    )
    return Side(claim, (), said, given.get("hedged", False))


def stance(case: dict[str, Any]) -> str | None:
    """How the one of two claims that is not the lead stands to it; None: they are in no account."""
    one, other = side("x", case["one"]), side("y", case["other"])
    like = likeness(*(weighed(s.spoken, s.topics, concepts(s.text)) for s in (one, other)))
    read = judgement(*case["read"], TOLD) if "read" in case else None
    judged = weigh(ClaimPair(one, other, like, read), TOLD)
    if judged is None:
        return None
    back = None
    if read is not None:
        back = judgement(read.back, read.forward, read.contradicts, TOLD)
    turned = weigh(ClaimPair(other, one, like, back), TOLD)
    assert turned is not None, "whichever comes first"
    assert (turned.relation, turned.confidence, set(turned.details)) == (
        judged.relation, judged.confidence, set(judged.details),
    )  # fmt: skip
    claims = [one.claim, other.claim]
    found = accounts(claims, [judged], {})
    if not found:  # claims that are only related are no account: a third that agrees with the lead makes it one
        lead = next(each for each in claims if each.polarity == "asserts")
        agrees = Judged(lead.id, "z", "supports", 0.99)
        found = accounts([*claims, Claim("z", "z", ((0, 5),), "not z", "a_z")], [judged, agrees], {})
    (account,) = found
    return next(each.stance for each in account.members[1:] if each.id in ("x", "y"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases(case: dict[str, Any]) -> None:
    """See ``comment`` of a case for why."""
    assert stance(case) == case["expected"]


def test_there_are_as_many_cases_that_are_no_contradiction() -> None:
    """Precision counts."""
    told = sum(case["expected"] == "contradicts" for case in CASES)
    assert len(CASES) >= 40 and 12 <= told <= len(CASES) / 2


def test_reasons_name_the_lead_first() -> None:
    """Whichever came first when they were judged."""
    texts = "Fourteen sailors from Laos were detained in Oslo", "Nineteen sailors from Laos were detained in Oslo"
    for order in ((0, 1), (1, 0)):
        one, other = (side("xy"[n], {"text": texts[n]}) for n in order)
        judged = weigh(ClaimPair(one, other, 0.9, judgement(0.02, 0.02, 0.96, TOLD)), TOLD)
        (found,) = accounts([one.claim, other.claim], [judged], {}) if judged else ()
        first, second = ("Fourteen", "Nineteen") if found.lead == "x" else ("Nineteen", "Fourteen")
        assert found.members[1].reasons == (f"{first} against {second} sailors",)


def test_marks_stand_under_the_words_that_differ() -> None:
    """In places of the reports, also where a claim is in pieces."""
    text = "The ferry, he said, has 14 cabins in Oslo. The ferry has 19 cabins in Oslo."
    pieces = ((0, 9), (20, 41))
    one = Claim("x", "x", pieces, " … ".join(text[a:b] for a, b in pieces), "a_x")
    other = Claim("y", "y", ((43, 74),), text[43:74], "a_y")
    first, second = marks(Side(one), Side(other))
    assert [text[a:b] for a, b in first] == ["14"] and [text[a:b] for a, b in second] == ["19"]
    assert [Side(one).quote(span) for span in first] == ["14"]


def test_pronouns_are_read_as_names() -> None:
    """The model reads who is meant; "that", quotation marks and "reports that" before a denial are left out."""
    text = "speculation that “he sold her boat”"
    known = (KnownMention((18, 20), "a_1", "Arve", pronoun=True), KnownMention((26, 29), "a_2", "Bodil", pronoun=True, confidence=0.2))
    claim = Claim("x", "x", ((0, len(text)),), text, polarity="denies")
    assert Side(claim, known).spoken == "Arve sold her boat."


READS = [(0.99, 0.99, 0.0), (0.99, 0.0, 0.0), (0.0, 0.99, 0.0), (0.0, 0.0, 0.99), (0.0, 0.0, 0.0)]


def test_the_model_is_asked_only_where_its_word_matters() -> None:
    """What is told of all others is the same whatever it says, and without its word."""
    spared = 0
    for case in CASES:
        one, other = side("x", case["one"]), side("y", case["other"])
        like = likeness(*(weighed(s.spoken, s.topics, concepts(s.text)) for s in (one, other)))
        if not matters(ClaimPair(one, other, like, None)):
            spared += 1
            found = [weigh(ClaimPair(one, other, like, judgement(*read, TOLD)), TOLD) for read in READS]
            assert found == [weigh(ClaimPair(one, other, like, None), TOLD)] * len(READS)
    assert 8 <= spared <= len(CASES) / 2


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("Denmark sent 40 troops to Mali in May", "Denmark sent 60 troops to Mali in May", True),
        ("Denmark will send 40 troops to Mali", "Denmark sent 40 troops to Mali", False),
        ("Let us send troops to Mali", "Denmark sent troops to Mali", False),
        ("A ferry left the harbour", "A choir won the prize", False),
    ],
)
def test_what_is_seen_before_the_model_is_asked(first: str, second: str, asked: bool) -> None:
    """From the words alone."""
    one, other = side("x", {"text": first}), side("y", {"text": second})
    assert matters(ClaimPair(one, other, 0.4, None)) == matters(ClaimPair(other, one, 0.4, None)) == asked


@given(SENTENCES, SENTENCES, st.sampled_from(["asserts", "denies", "questions", "promises"]), st.integers(0, 1000))
def test_any_two_texts_can_be_weighed(first: str, second: str, polarity: Any, at: int) -> None:
    """Nothing is raised; marks and words of value lie in the texts; the order changes no relation."""
    one, other = side("x", {"text": first, "polarity": polarity}), side("y", {"text": second})
    read = judgement(at % 10 / 10, at % 7 / 7, at / 1000, TOLD)
    there = weigh(ClaimPair(one, other, 0.6, read), TOLD)
    back = weigh(ClaimPair(other, one, 0.6, judgement(read.back, read.forward, read.contradicts, TOLD)), TOLD)
    assert (there and there.relation) == (back and back.relation)
    assert matters(ClaimPair(one, other, 0.6, None)) or there == weigh(ClaimPair(one, other, 0.6, None), TOLD)
    for each in assessments(one):
        assert 0 <= each.subject[0] <= each.subject[1] <= each.cue[0] < each.cue[1] <= len(first)
    for which, spans in zip((first, second), marks(one, other), strict=True):
        assert all(0 <= a < b <= len(which) for a, b in spans)
    assert opposed_pairs([one, other]) == opposed_pairs([other, one])
