"""Who held which office when, and bodies by name."""

from __future__ import annotations

import pytest

from onrecord.facts import holders, key, organisation_of, outlet_of, table, terms


@pytest.mark.parametrize(
    ("kind", "state", "when", "expected"),
    [
        ("foreign_minister", "USA", "2019-04-12", "Mike Pompeo"),
        ("foreign_minister", "USA", "2022-02", "Antony Blinken"),
        ("foreign_minister", "GBR", "2019-05-08", "Jeremy Hunt"),
        ("head_of_state", "VEN", "2019-05", "Nicolás Maduro"),
        ("deputy_head_of_government", "RUS", "2008-05", "Sergey Sobyanin"),
        ("head_of_state", "USA", "2019", "Donald Trump"),
    ],
)
def test_the_holder_of_an_office_at_a_time(kind: str, state: str, when: str, expected: str) -> None:
    """The same office gives another person at another time."""
    assert expected in [one.person for one in holders(kind, state, earliest=when, latest=when)]


def test_a_claimed_office_stands_behind() -> None:
    """Somebody recognised by some is found, but not first."""
    found = holders("head_of_state", "VEN", earliest="2019-05-01", latest="2019-05-01")
    assert [one.person for one in found] == ["Nicolás Maduro", "Juan Guaidó"]


def test_a_body_tells_holders_apart() -> None:
    """A state has many spokespersons."""
    found = holders(
        "spokesperson", "RUS", earliest="2019-05", latest="2019-05", organisation="Foreign Ministry"
    )
    assert [one.person for one in found] == ["Maria Zakharova"]


def test_nobody_holds_an_office_far_beyond_what_is_known() -> None:
    """An open term does not last for ever."""
    assert not holders("foreign_minister", "TUV", earliest="2060-01-01", latest="2060-12-31")


def test_an_unknown_office_has_no_holder() -> None:
    """No kind, no state, no date that is one: nothing, and no error."""
    assert holders("astronaut", "USA", earliest="2019", latest="2019") == []
    assert holders("foreign_minister", "QQQ", earliest="", latest="?") == []


@pytest.mark.parametrize("name", ["Sergey Lavrov", "Sergei Lavrov", "Serguei Lavroff", "Lavrov"])
def test_terms_by_any_spelling(name: str) -> None:
    """A transliteration or the surname alone gives the same terms."""
    assert "foreign_minister" in {one.kind for one in terms(name, state="RUS")}


@pytest.mark.parametrize("name", ["", "Nobody Whatsoever", "Sergey", "?!", "Лавров"])
def test_no_terms(name: str) -> None:
    """Given names alone and strangers have none."""
    assert not terms(name, kind="foreign_minister", state="RUS")


def test_every_fact_has_its_source_and_dates_in_order() -> None:
    """No term without a source, none that ends before it begins."""
    facts = table.offices()
    for line in facts.terms:
        _, since, until, _, source, *_ = line.split("\t")
        assert facts.sources[int(source)]
        assert not until or since[: len(until)] <= until


def test_shipped_keys_are_those_of_today() -> None:
    """The table was made with the rules of spelling that it is looked up with."""
    for line in table.offices().persons[::50]:
        name, _, _, keys = line.split("\t")
        assert {key(token) for token in _tokens(name)} <= set(keys.split(" "))


def _tokens(name: str) -> list[str]:
    from onrecord.facts import fold

    return fold(name).split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO", "North Atlantic Treaty Organization"),
        ("Nato", "North Atlantic Treaty Organization"),
        ("the U.N.", "United Nations"),
        ("Southern Command", "US Southern Command"),
        ("WHO", "World Health Organization"),
        ("who", None),
        ("Who", None),
        ("Care", None),
        ("can", None),
        ("Some Club", None),
        ("", None),
    ],
)
def test_organisations_by_name_and_acronym(text: str, expected: str | None) -> None:
    """A word that happens to be spelt like an acronym is none."""
    found = organisation_of(text)
    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reuters", "Reuters"),
        ("AP", "Associated Press"),
        ("https://www.reuters.com/a?b=c", "Reuters"),
        ("bbc.co.uk", "BBC"),
        ("reuters.com.example.org", None),
        ("Time", None),
        ("time", None),
        ("", None),
    ],
)
def test_outlets_by_name_and_address(text: str, expected: str | None) -> None:
    """A domain counts with what stands before it, not with what stands behind."""
    found = outlet_of(text)
    assert (found.name if found else None) == expected
