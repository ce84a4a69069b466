"""Actors across reports: what is joined, what is kept apart, what is only suggested."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_made import at, decision, office, seen

from onrecord.linking.actors.actors import Linked, link
from onrecord.values import Actor, Decision, Seen

PRESIDENT = office("President", "head_of_state", "BRA")
MINISTER = office("Foreign Minister", "foreign_minister", "PER")


def groups(linked: Linked) -> set[tuple[tuple[str, int], ...]]:
    """The members of each actor."""
    return {one.members for one in linked.actors}


def of(linked: Linked, place: str) -> Actor:
    """The actor that the entity at a place is."""
    return next(one for one in linked.actors if at(place)[0] in one.members)


@pytest.mark.parametrize(
    "pair",
    [
        (seen("a0", "Sergei Tikhonov", "Tikhonov"), seen("b0", "Sergey Tikhonov")),
        (seen("a0", "Luis Prado"), seen("b0", "Luis Prado Gil")),
        (seen("a0", "J. Tolland"), seen("b0", "John Tolland")),
        (seen("a0", "Mike Harlow", state="CAN"), seen("b0", "Michael Harlow")),
        (seen("a0", "Wei Zhang", state="CHN"), seen("b0", "Zhang Wei", state="CHN")),
        (seen("a0", "Tolland"), seen("b0", "John Tolland")),
        (seen("a0", "Tolland", state="CAN"), seen("b0", "Tolland")),
        (seen("a0", "Rui Costa", offices=(PRESIDENT,)), seen("b0", "Costa", offices=(PRESIDENT,))),
        (seen("a0", "Russia", kind="state", state="RUS"), seen("b0", "Moscow", kind="state", state="RUS")),
        (seen("a0", "Peru", kind="place"), seen("b0", "Peru", kind="state", state="PER")),
        (seen("a0", "NATO", kind="organisation"), seen("b0", "North Atlantic Treaty Organization", kind="force")),
        (seen("a0", "Reuters", kind="organisation"), seen("b0", "Reuters News", kind="outlet")),
        (
            seen("a0", "Peruvian Foreign Ministry", kind="organisation"),
            seen("b0", "Ministry of Foreign Affairs", kind="organisation", state="PER"),
        ),
        (seen("a0", "Acme Group", kind="organisation"), seen("b0", "the Acme Group", kind="organisation")),
        (
            seen("a0", "Blue River Front", "BRF", kind="force"),
            seen("b0", "BRF", kind="force"),
        ),
    ],
    ids=lambda pair: f"{pair[0].entity.name} = {pair[1].entity.name}",
)  # fmt: skip
def test_one_actor(pair: tuple[Seen, Seen]) -> None:
    """Names that differ by spelling, or a part of a name with nothing against it."""
    linked = link(pair)
    assert groups(linked) == {at("a0", "b0")}
    assert linked.actors[0].basis != "seen in one report only"


@pytest.mark.parametrize(
    "pair",
    [
        (seen("a0", "Bob Marlow"), seen("b0", "Sue Marlow")),
        (seen("a0", "Rui Costa", offices=(PRESIDENT,)), seen("b0", "Rui Costa", offices=(MINISTER,))),
        (seen("a0", "Rui Costa", offices=(PRESIDENT,)), seen("b0", "Costa", offices=(MINISTER,))),
        (seen("a0", "Mrs. Anna Costa"), seen("b0", "Mr. Costa")),
        (seen("a0", "Robert Costa"), seen("b0", "Mrs. Costa")),
        (seen("a0", "David"), seen("b0", "David")),
        (seen("a0", "Anna Maria Bell"), seen("b0", "Anna Ruth Bell")),
        (seen("a0", "Wei Zhang"), seen("b0", "Zhang Wei")),
        (seen("a0", "Luis"), seen("b0", "Luis Prado")),
        (
            seen("a0", "John Tolland", offices=(office("CEO", "company_head", of="Acme"),)),
            seen("b0", "John Tolland", offices=(office("judge", "judicial_or_legal"),)),
        ),
        (
            seen("a0", "Foreign Ministry", kind="organisation", state="PER"),
            seen("b0", "Foreign Ministry", kind="organisation", state="BRA"),
        ),
        (seen("a0", "Foreign Ministry", kind="organisation"), seen("b0", "Foreign Ministry", kind="organisation")),
        (seen("a0", "Georgia Moss"), seen("b0", "Georgia", kind="state", state="GEO")),
        (seen("a0", "Springfield", kind="place", state="USA"), seen("b0", "Springfield", kind="place", state="CAN")),
        (seen("a0", "Niger", kind="state", state="NER"), seen("b0", "Nigeria", kind="state", state="NGA")),
    ],
    ids=lambda pair: f"{pair[0].entity.name} / {pair[1].entity.name}",
)  # fmt: skip
def test_two_actors(pair: tuple[Seen, Seen]) -> None:
    """A common surname, other states, other lanes of life: never one without a person's word."""
    assert groups(link(pair)) == {at("a0"), at("b0")}


def test_a_surname_that_two_bear_joins_neither() -> None:
    """It is its own actor, with a suggestion for each."""
    linked = link([seen("a0", "Bob Marlow"), seen("b0", "Sue Marlow"), seen("c0", "Marlow")])
    assert groups(linked) == {at("a0"), at("b0"), at("c0")}
    assert {one.first for one in linked.suggestions} == {of(linked, "a0").id, of(linked, "b0").id}
    assert all("may be" in one.reason for one in linked.suggestions)


def test_a_report_that_names_both_apart_is_believed() -> None:
    """A surname is joined to a full name of the same report only if an office or a state ties the two."""
    pair = [seen("a0", "Bob Marlow"), seen("a1", "Marlow")]
    assert groups(link(pair)) == {at("a0"), at("a1")}
    assert "apart" in link(pair).suggestions[0].reason
    pair = [seen("a0", "Bob Marlow", state="CAN"), seen("a1", "Marlow", state="CAN")]
    assert groups(link(pair)) == {at("a0", "a1")}


def test_a_people_is_no_surname() -> None:
    """Neither is a word such as everyone an actor."""
    linked = link([seen("a0", "Sue Finn"), seen("b0", "Finns"), seen("c0", "Everyone"), seen("d0", "anti-Finn")])
    assert groups(linked) == {at("a0"), at("b0"), at("d0")}
    assert linked.suggestions == ()


def test_an_acronym_of_two_bodies_joins_neither() -> None:
    """Though one report explains it in one way and another in another."""
    linked = link(
        [
            seen("a0", "Blue River Front", "BRF", kind="force"), seen("b0", "Bold Rural Forum", "BRF", kind="force"),
            seen("c0", "BRF", kind="force"),
        ]
    )  # fmt: skip
    assert groups(linked) == {at("a0"), at("b0"), at("c0")}


def test_a_middle_name_is_likelier_than_a_second_surname() -> None:
    """A garbled longer name does not keep the plain ones apart."""
    linked = link([seen("a0", "Sue Marlow"), seen("b0", "Sue Ann Marlow"), seen("c0", "Sue Marlow Says")])
    assert at("a0", "b0") in groups(linked)


def test_an_office_tells_which_of_two_a_surname_is() -> None:
    """The one that holds it."""
    linked = link(
        [
            seen("a0", "Bob Marlow", offices=(office("President", "head_of_state", "BRA"),)),
            seen("b0", "Sue Marlow", state="BRA"),
            seen("c0", "Marlow", offices=(office("Brazilian President", "head_of_state", "BRA"),)),
        ]
    )
    assert of(linked, "c0").name == "Bob Marlow"
    assert "office" in of(linked, "c0").basis


def test_an_office_and_a_date_give_a_name() -> None:
    """The same words mean another person at another time, by the facts, whether or not a report names them."""
    secretary = (office("Secretary of State", "foreign_minister", "USA"),)
    linked = link(
        [
            seen("a0", offices=secretary, on="2019-04-12"),
            seen("b0", offices=secretary, on="2022-03-01"),
            seen("c0", "Mike Pompeo", state="USA", on="2019-05-01"),
        ]
    )
    assert of(linked, "a0") == of(linked, "c0")
    assert of(linked, "a0").name == "Mike Pompeo"
    assert of(linked, "b0").name == "Antony Blinken"
    assert "office and date" in of(linked, "b0").basis


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("The US Secretary of State said no.", "Mike Pompeo"),
        ("It was for the US Secretary of State to say.", "Mike Pompeo"),
        ("She may become US Secretary of State.", None),
        ("He named her as the Secretary of State.", None),
        ("A US Secretary of State has to travel.", "Secretary of State of the United States"),
        ("No Secretary of State has said so.", "Secretary of State of the United States"),
    ],
)
def test_an_office_is_not_always_its_holder(context: str, expected: str | None) -> None:
    """Who may come to an office is not who holds it; and an office that nobody holds is no actor."""
    secretary = (office("Secretary of State", "foreign_minister", "USA"),)
    one = replace(seen("a0", offices=secretary, on="2019-04-12"), context=context)
    assert [actor.name for actor in link([one]).actors] == ([expected] if expected else [])


def test_an_office_that_another_held_keeps_nobody_apart() -> None:
    """The reader gave it to the wrong one: the facts know who held it."""
    linked = link(
        [
            seen("a0", "Sergei Lavrov", offices=(office("Foreign Minister", "foreign_minister", "RUS"),), on="2019-05-01"),
            seen("b0", "Sergei Lavrov", offices=(office("President", "head_of_state", "FRA"),), on="2019-05-01"),
        ]
    )
    assert groups(linked) == {at("a0", "b0")}


def test_a_homonym_of_a_later_office_holder_is_nobody_the_facts_know() -> None:
    """An office that begins long after the reports is another's."""
    before = link([seen("a0", "Mike Pompeo", state="USA", on="1980-01-01")])
    assert before.actors[0].offices == ()


def test_a_title_that_no_report_gives_the_full_name_is_not_joined() -> None:
    """Ambassador Marlow need not be Bob Marlow."""
    linked = link([seen("a0", "Bob Marlow"), seen("b0", "Marlow", offices=(office("Ambassador", "ambassador_other"),))])
    assert groups(linked) == {at("a0"), at("b0")}
    assert linked.suggestions[0].reason == "Ambassador Marlow may be Bob Marlow, whom no report calls that"


def test_a_surname_and_a_leading_office_give_a_name() -> None:
    """Even where the report does not say of which state: only one had both at the time."""
    president = (office("President", "head_of_state"),)
    linked = link([seen("a0", "Trump", offices=president, on="2019-04-01"), seen("b0", "Moon", offices=president)])
    assert (of(linked, "a0").name, of(linked, "a0").state) == ("Donald Trump", "USA")
    assert of(linked, "b0").name == "Moon"


def test_a_body_is_of_the_state_said_right_before_it() -> None:
    """In the sentence it is first mentioned in."""
    one = replace(seen("a0", "Foreign Ministry", kind="organisation"), context="A note of Peru’s Foreign Ministry said so.")
    assert link([one]).actors[0].state == "PER"


def test_an_office_without_a_date_names_nobody() -> None:
    """It stays what the report calls it."""
    linked = link([seen("a0", offices=(office("Secretary of State", "foreign_minister", "USA"),))])
    assert linked.actors[0].name == "Secretary of State of the United States"


def test_a_mistranslated_surname_is_suggested() -> None:
    """Same office, same given name, same state at the time: two actors and a reason in words."""
    linked = link(
        [
            seen("a0", "Nicolas Ripe", offices=(office("President", "head_of_state", "VEN"),), on="2019-10-04"),
            seen("a1", "Maduro", state="VEN", on="2019-10-04"),
            seen("b0", "Nicolás Maduro", offices=(office("President", "head_of_state", "VEN"),), on="2019-09-01"),
        ]
    )  # fmt: skip
    assert groups(linked) == {at("a0"), at("a1", "b0")}
    (one,) = linked.suggestions
    assert one.reason == "both are called president of Venezuela and share the given name Nicolás"
    assert (one.first, one.second) == (of(linked, "b0").id, of(linked, "a0").id)


def test_no_suggestion_for_successors() -> None:
    """Who held an office long after another is not the same for a given name."""
    linked = link(
        [
            seen("a0", "Rui Costa", offices=(PRESIDENT,), on="2001-01-01"),
            seen("b0", "Rui Alves", offices=(PRESIDENT,), on="2019-01-01"),
        ]
    )
    assert linked.suggestions == ()


def test_a_slip_of_the_pen_is_suggested() -> None:
    """One letter is not enough to merge."""
    linked = link([seen("a0", "Anna Tolland", state="CAN"), seen("b0", "Anna Tollend", state="CAN")])
    assert len(linked.actors) == 2
    assert linked.suggestions[0].reason == "Anna Tolland and Anna Tollend differ by one letter and are of one state, Canada"


def test_facts_give_dates_and_reports_give_places() -> None:
    """An office of the facts has its dates and source, and the reports that say it."""
    linked = link([seen("a0", "Sergei Lavrov", offices=(office("Foreign Minister", "foreign_minister", "RUS"),), on="2019-04-01")])
    (held,) = [one for one in linked.actors[0].offices if one.kind == "foreign_minister"]
    assert (held.since, held.seen) == ("2004-03-09", (("a", (0, 16)),))
    assert held.source.startswith("every-politician")


def test_an_actor_absent_from_the_facts_has_its_offices_from_reports() -> None:
    """With the source "report" and where it stands."""
    linked = link([seen("a0", "Zora Quill", offices=(office("Mayor", "subnational_head", former=True),))])
    (held,) = linked.actors[0].offices
    assert (held.title, held.source, held.since) == ("former Mayor", "report", None)


def test_entities_without_name_or_office_are_no_actors() -> None:
    """Nothing can be said of who they are."""
    assert link([seen("a0"), seen("a1", kind="organisation"), seen("a2", kind="place")]).actors == ()


def test_more_reports_keep_the_id() -> None:
    """An actor that only grows is still the same."""
    few = link([seen("a0", "Luis Prado", state="PER")])
    more = link([seen("a0", "Luis Prado", state="PER"), seen("b0", "Luis Prado Gil"), seen("c0", "Prado")])
    assert few.actors[0].id == more.actors[0].id


RECORD = [
    seen("a0", "Luis Prado", state="PER", mentions=3), seen("b0", "Luis Prado Gil"), seen("c0", "Prado"),
    seen("a1", "Rui Costa", offices=(PRESIDENT,)), seen("b1", "Rui Costa", offices=(MINISTER,)),
    seen("c1", "Rui Costa"), seen("c2", "Peru", kind="state", state="PER"), seen("d0", offices=(PRESIDENT,)),
]  # fmt: skip


def test_a_merge_unites_and_its_undo_gives_back() -> None:
    """Merge then undo equals before, ids and all."""
    before = link(RECORD)
    merge = decision(1, "merge", "a1", "b1")
    merged = link(RECORD, decisions=[merge])
    assert set(at("a1", "b1")) <= set(of(merged, "a1").members)
    assert "decision x_1" in of(merged, "a1").basis
    assert link(RECORD, decisions=[merge, decision(2, "undo", target="x_1")]) == before


def test_a_split_takes_its_anchors_out() -> None:
    """And the rest keeps its id."""
    before = link(RECORD)
    after = link(RECORD, decisions=[decision(1, "split", "c0")])
    assert of(after, "c0").members == at("c0")
    assert of(after, "a0").members == at("a0", "b0")
    assert of(after, "a0").id == of(before, "a0").id


def test_a_rename_gives_the_name() -> None:
    """What reports say is an alias then."""
    after = link(RECORD, decisions=[decision(1, "rename", "a0", "b0", value="L. Prado of Lima")])
    assert of(after, "a0").name == "L. Prado of Lima"
    assert "Luis Prado" in of(after, "a0").aliases


def test_a_rejected_suggestion_is_gone_and_a_confirmed_one_merged() -> None:
    """Both stand for the pair of actors, not for their ids."""
    pair = [seen("a0", "Anna Tolland"), seen("b0", "Anna Tollend")]
    (one,) = link(pair).suggestions
    more = [*pair, seen("c0", "Anna Tolland")]
    reject = decision(1, "reject", "a0", "b0", target=one.id)
    assert link(more, decisions=[reject]).suggestions == ()
    confirm = decision(1, "confirm", "a0", "b0", target=one.id)
    assert groups(link(more, decisions=[confirm])) == {at("a0", "b0", "c0")}


NAMES = ("Luis Prado", "Luis Prado Gil", "Prado", "L. Prado", "Luis", "Sergei Ivanov", "Sergey Ivanov", "Ivanov", "NATO")
ENTITIES = st.builds(
    seen,
    st.integers(0, 60).map(lambda n: f"{'abcdefghij'[n % 10]}{n}"),
    st.sampled_from(NAMES),
    kind=st.sampled_from(["person", "person", "person", "organisation", "outlet", "place", "state"]),
    state=st.sampled_from([None, "PER", "RUS"]),
    offices=st.sampled_from([(), (PRESIDENT,), (MINISTER,)]),
    on=st.sampled_from([None, "2019-04-01", ("2010-01-01", "2022-01-01")]),
)
DECISIONS = st.lists(
    st.builds(
        decision,
        st.integers(1, 9),
        st.sampled_from(["merge", "split", "rename", "reject", "confirm"]),
        st.sampled_from("abc").map(lambda letter: f"{letter}{'abcdefghij'.index(letter)}"),
        st.just("d3"),
        value=st.just("Somebody"),
        target=st.sampled_from(["a_1", "u_1"]),
    ),
    max_size=3,
    unique_by=lambda one: one.id,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ENTITIES, max_size=14, unique_by=lambda one: (one.document_id, one.entity.number)), DECISIONS, st.randoms())
def test_the_order_of_entities_does_not_matter(some: list[Seen], decisions: list[Decision], rng: random.Random) -> None:
    """Same entities and decisions, same actors and suggestions; every entity is of one actor at most."""
    first = link(some, decisions=decisions)
    mixed = list(some)
    rng.shuffle(mixed)
    assert link(mixed, decisions=decisions) == first
    members = [member for one in first.actors for member in one.members]
    assert len(members) == len(set(members)) == len(some)
    assert len({one.id for one in first.actors}) == len(first.actors)
    ids = {one.id for one in first.actors}
    assert all({one.first, one.second} <= ids and one.first != one.second for one in first.suggestions)
