"""Accounts: sides, silence, order; no chains; nothing depends on the order of what comes in."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.claims.accounts import Claim, Judged, accounts
from onrecord.values import Account, Interval


def claim(id: str, text: str = "", *, by: str | None = None, on: str = "2020-01-01", **more: Any) -> Claim:
    """Claim "x1" stands in report x; the outlet is named like the report."""
    said = Interval(on, on, "day", "given")
    text = text or f"words of {id}"
    return Claim(id, id[0], ((0, len(text)),), text, by, more.pop("outlet", id[0].upper()), said, **more)


def judged(first: str, second: str, relation: str = "supports", confidence: float = 0.9, **more: Any) -> Judged:
    return Judged(first, second, relation, confidence, **more)  # type: ignore[arg-type]


def stances(account: Account) -> dict[str, str]:
    return {one.id: one.stance for one in account.members}


def test_sides_days_outlets() -> None:
    """Who asserts, who denies, who differs, when, where, and who is silent."""
    members = [
        claim("x1", by="a_faro"), claim("y1", by="a_lima", on="2020-01-03"),
        claim("z1", by="a_rybin", on="2020-02-01"), claim("v1", by="a_soto"), claim("w1"),
    ]  # fmt: skip
    pairs = [
        judged("x1", "y1"), judged("z1", "x1", "contradicts"), judged("x1", "w1"),
        judged("x1", "v1", "contradicts", details=("number",), reasons=("54 against 60",)),
    ]  # fmt: skip
    (found,) = accounts(members, pairs, {}, outlets=["X", "Q"])
    assert found.lead == "x1"
    assert (found.asserts, found.denies, found.differs) == (("a_faro", "a_lima", "outlet:W"), ("a_rybin",), ("a_soto",))
    assert (found.first, found.last) == ("2020-01-01", "2020-02-01")
    assert (found.outlets, found.silent) == (("V", "W", "X", "Y", "Z"), ("Q",))
    assert found.disputed
    assert [one.reasons for one in found.members if one.id == "v1"] == [("54 against 60",)]


def test_a_denial_turns_the_pair_round() -> None:
    """The same content, said by one and denied by the other, is a contradiction."""
    members = [claim("x1", by="a"), claim("y1", by="b", polarity="denies")]
    (found,) = accounts(members, [judged("x1", "y1")], {})
    assert (found.lead, stances(found)["y1"]) == ("x1", "contradicts")
    (found,) = accounts(members, [judged("x1", "y1", "contradicts")], {})
    assert stances(found)["y1"] == "supports"
    assert found.members[1].reasons


def test_what_is_denied_leads_rather_than_its_denial() -> None:
    """Also where it has a "not" in it, and whatever their ids."""
    for one, other in (("a", "b"), ("b", "a")):
        members = [claim(one, "The office did not count the boats"), claim(other, "the charge", polarity="denies")]
        (account,) = accounts(members, [judged(one, other)], {})
        assert account.lead == one and stances(account)[other] == "contradicts"


def test_a_denial_of_more_contradicts_nothing() -> None:
    """Who denies that a hundred came does not contradict who says that some came."""
    members = [claim("x1", by="a"), claim("y1", by="b", polarity="denies"), claim("z1", by="c")]
    pairs = [judged("y1", "x1", back=False), judged("x1", "z1")]
    (found,) = accounts(members, pairs, {})
    assert stances(found)["y1"] == "related"
    assert found.denies == ()


def test_questions_and_refusals_take_no_side() -> None:
    """Nor does a call take the side of who says that it is so."""
    for polarity in ("questions", "declines", "calls_for"):
        members = [claim("x1"), claim("y1", polarity=polarity), claim("z1")]
        (found,) = accounts(members, [judged("x1", "y1"), judged("x1", "z1")], {})
        assert stances(found)["y1"] == "related"


def test_two_denials_agree() -> None:
    """Both deny it; their account has a lead too."""
    members = [claim("x1", by="a", polarity="denies"), claim("y1", by="b", polarity="denies")]
    (found,) = accounts(members, [judged("x1", "y1")], {})
    assert stances(found) == {"x1": "supports", "y1": "supports"}


def test_matters_do_not_chain() -> None:
    """A pair of two matters' claims does not make them one: members are judged with their lead."""
    members = [claim(f"{report}1", by=report) for report in "abcdefg"]
    pairs = [judged("a1", "b1"), judged("a1", "c1"), judged("c1", "d1", confidence=0.6), judged("d1", "e1"),
             judged("d1", "f1"), judged("f1", "g1")]  # fmt: skip
    pair_ids = {frozenset((one.first, one.second)) for one in pairs}
    found = accounts(members, pairs, {})
    assert len(found) > 1
    for one in found:
        assert all(frozenset((one.lead, each.id)) in pair_ids for each in one.members[1:])
    assert {each.id for one in found for each in one.members if one.lead == "a1"} == {"a1", "b1", "c1"}


def test_one_quote_in_two_reports_is_one_utterance() -> None:
    """Its occurrences need no judgement; what is judged with one holds for the other."""
    members = [
        claim("x1", "We have an agreement.", by="a"), claim("y1", "“We have an agreement”", by="a"),
        claim("z1", by="b"),
    ]  # fmt: skip
    (found,) = accounts(members[:2], [], {})
    assert stances(found) == {"x1": "supports", "y1": "supports"}
    (found,) = accounts(members, [judged("y1", "z1", "contradicts")], {})
    assert stances(found) == {"x1": "supports", "y1": "supports", "z1": "contradicts"}
    assert found.asserts == ("a",)


def test_what_nobody_was_judged_with_is_no_account() -> None:
    """Nor is a claim with only a question about it, or with unrelated ones."""
    members = [claim("x1"), claim("y1"), claim("z1", polarity="questions")]
    assert accounts(members, [judged("x1", "y1", "unrelated"), judged("x1", "q9")], {}) == []
    assert accounts(members, [judged("x1", "z1")], {}) == []


def test_copies_count_once() -> None:
    """Two copies of one report are one independent report."""
    members = [claim("x1", by="a"), claim("y1", by="b"), claim("z1", by="b")]
    (found,) = accounts(members, [judged("x1", "y1"), judged("x1", "z1")], {"z": "y"})
    assert (found.reports, found.independent) == (3, 2)


def test_disputes_with_more_on_both_sides_come_first() -> None:
    """Then one-sided disputes, then differences of detail, then agreement; later ones first among equals."""
    members = [
        *(claim(f"{report}1", by=report) for report in "abcd"),
        *(claim(f"{report}2", by=report, on="2021-01-01") for report in "abef"),
        claim("g3", by="g"), claim("h3", by="h"), claim("i4", by="i"), claim("j4", by="j"),
        claim("k5", by="k"), claim("l5", by="l", on="2022-01-01"),
    ]  # fmt: skip
    pairs = [
        judged("a1", "b1"), judged("a1", "c1", "contradicts"), judged("a1", "d1", "contradicts"),
        judged("a2", "b2"), judged("a2", "e2"), judged("a2", "f2", "contradicts"),
        judged("g3", "h3", "contradicts", details=("date",)), judged("i4", "j4"), judged("k5", "l5"),
    ]  # fmt: skip
    found = accounts(members, pairs, {})
    assert [one.lead[1] for one in found] == ["1", "2", "3", "5", "4"]


CLAIMS = st.lists(
    st.builds(
        lambda report, number, by, polarity, on: claim(
            f"{report}{number}", f"words {number}", by=by, polarity=polarity, on=on
        ),
        st.sampled_from("xyzvw"), st.integers(0, 5), st.sampled_from([None, "a", "b", "c"]),
        st.sampled_from(["asserts", "asserts", "denies", "questions", "calls_for"]),
        st.sampled_from(["2020-01-01", "2020-03-01"]),
    ),
    max_size=12, unique_by=lambda one: one.id,
)  # fmt: skip


@settings(max_examples=40)
@given(CLAIMS, st.data(), st.randoms(use_true_random=False))
def test_order_does_not_matter(members: list[Claim], data: st.DataObject, random: Any) -> None:
    """No claim is in two accounts, and every member was judged with its lead or has its words."""
    ids = [one.id for one in members] or ["q"]
    pairs = data.draw(
        st.lists(
            st.builds(
                judged, st.sampled_from(ids), st.sampled_from(ids),
                st.sampled_from(["supports", "contradicts", "unrelated"]), st.sampled_from([0.7, 0.9]),
                details=st.sampled_from([(), ("number",), ("polarity",)]), back=st.booleans(),
            ),
            max_size=20,
        )
    )  # fmt: skip
    found = accounts(members, pairs, {"x": "y"}, outlets=["X", "N"])
    mixed, turned = list(members), list(pairs)
    random.shuffle(mixed)
    random.shuffle(turned)
    assert accounts(mixed, turned, {"x": "y"}, outlets=["N", "X"]) == found
    every = [each.id for one in found for each in one.members]
    assert len(every) == len(set(every))
    text = {one.id: (one.text, one.speaker, one.polarity) for one in members}
    judged_with = {frozenset((text[one.first], text[one.second])) for one in pairs if one.relation != "unrelated"
                   and one.first in text and one.second in text}  # fmt: skip
    for one in found:
        for each in one.members[1:]:
            same = text[each.id] == text[one.lead]
            assert same or frozenset((text[each.id], text[one.lead])) in judged_with
