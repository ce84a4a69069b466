"""Publication dates: read where they are written, with their precision, and never out of numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.documents.dates import dates
from onrecord.documents.html import page_meta
from onrecord.documents.published import candidates
from onrecord.values import DateCandidate

WRITTEN = [
    ("2019-04-03", "2019-04-03", "2019-04-03", "day"),
    ("2019-04-03T10:22:00Z", "2019-04-03", "2019-04-03", "day"),
    ("April 3, 2019", "2019-04-03", "2019-04-03", "day"),
    ("Apr. 3rd, 2019", "2019-04-03", "2019-04-03", "day"),
    ("3 April 2019", "2019-04-03", "2019-04-03", "day"),
    ("3 de abril de 2019", "2019-04-03", "2019-04-03", "day"),
    ("3. März 2019", "2019-03-03", "2019-03-03", "day"),
    ("3 апреля 2019", "2019-04-03", "2019-04-03", "day"),
    ("13/04/2019", "2019-04-13", "2019-04-13", "day"),
    ("04/13/2019", "2019-04-13", "2019-04-13", "day"),
    ("03/04/2019", "2019-03-04", "2019-04-03", "interval"),
    ("April 2019", "2019-04-01", "2019-04-30", "month"),
]
NO_DATES = [
    "3.5 million in 2019",
    "1-2 in 2019",
    "$20,190,403",
    "version 1.2.2019.4",
    "call 2019-555-0101",
    "31 April 2019",
    "2019",
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), WRITTEN)
def test_written_dates(text: str, earliest: str, latest: str, precision: str) -> None:
    """Each way of writing a date gives its days, and both readings where there are two."""
    (found,) = dates(text)
    assert (found.earliest, found.latest, found.precision) == (earliest, latest, precision)


@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_are_no_dates(text: str) -> None:
    """A number is never taken for a date."""
    assert list(dates(text)) == []


@given(st.text(alphabet="0123456789/-. ,:AprilMay", max_size=60))
def test_every_date_stands_in_the_text(text: str) -> None:
    """Whatever the text, a date has its place in it and its ends in order."""
    for found in dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.earliest <= found.latest


def _found(**given: object) -> tuple[DateCandidate, ...]:
    known: dict[str, object] = {
        "field": None,
        "meta": None,
        "lines": [],
        "headline": 0,
        "url": None,
        "name": "a.txt",
    }
    return candidates(**(known | given))  # type: ignore[arg-type]


def _chosen(**given: object) -> tuple[str, str, str] | None:
    found = [one.interval for one in _found(**given) if one.chosen]
    return (found[0].earliest, found[0].latest, found[0].basis) if found else None


def test_nothing_said_nothing_chosen() -> None:
    """A text without a date of its own has none: days of the week are not guessed at."""
    lines = [
        "Envoy leaves",
        "The envoy left on Thursday, after talks that began in March.",
        "He was born on 3 May 1961, and lives in Merrow with his wife and three of his children, he said.",
    ]
    assert _chosen(lines=lines) is None


def test_field_comes_first() -> None:
    """What the container says outranks all that the text says."""
    found = _found(
        field="2020-02-01", lines=["Published: January 5, 2019"], url="https://a.example/2018/01/02/x"
    )
    assert [one.interval.basis for one in found] == ["field published", "line 'published'", "address"]
    assert [one.chosen for one in found] == [True, False, False]


def test_date_field_glued_to_the_first_line() -> None:
    """A scraper's date field before the text is read as such."""
    assert _chosen(lines=["date 2022-01-29 The envoy said that the talks would go on."]) == (
        "2022-01-29",
        "2022-01-29",
        "line 'date'",
    )


def test_address_is_the_last_resort() -> None:
    """The path of an address gives a day, or only a month."""
    assert _chosen(url="https://a.example/2019/04/03/talks") == ("2019-04-03", "2019-04-03", "address")
    assert _chosen(url="https://a.example/2019/04/talks") == ("2019-04-01", "2019-04-30", "address")


def test_another_candidate_settles_an_ambiguous_one() -> None:
    """03/04/2019 is both days, unless something else says which."""
    assert _chosen(lines=["Published: 03/04/2019"]) == ("2019-03-04", "2019-04-03", "line 'published'")
    both = _chosen(lines=["Published: 03/04/2019"], url="https://a.example/2019/04/03/talks")
    assert both is not None
    assert both[:2] == ("2019-04-03", "2019-04-03")


def test_dateline_takes_its_year_from_elsewhere() -> None:
    """A wire's dateline has no year; alone it is no date."""
    lines = ["MERROW, April 3 (Reuters) - The envoy left."]
    assert _chosen(lines=lines) is None
    assert _chosen(lines=lines, url="https://a.example/2019/04/talks") == (
        "2019-04-03",
        "2019-04-03",
        "dateline, year from address",
    )


def test_page_that_shows_only_its_update_says_so() -> None:
    """The date of a change is taken only when nothing better is there, and the basis names it."""
    html = "<h1>Envoy leaves</h1><p>Updated August 3, 2019</p>"
    lines = ["Envoy leaves", "Updated August 3, 2019"]
    assert _chosen(meta=page_meta(html), lines=lines) == ("2019-08-03", "2019-08-03", "line 'updated'")
    better = '<meta property="article:published_time" content="2019-07-01T08:00:00Z">' + html
    assert _chosen(meta=page_meta(better), lines=lines) == (
        "2019-07-01",
        "2019-07-01",
        "meta article:published_time",
    )


def test_broken_json_ld_still_gives_its_date() -> None:
    """JSON-LD that is no JSON is searched for its date."""
    html = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-07-01", }</script>'
    assert _chosen(meta=page_meta(html)) == ("2019-07-01", "2019-07-01", "JSON-LD datePublished")


@pytest.mark.parametrize(
    "piece",
    [
        "<p itemprop=",
        "<meta ",
        "<h1>",
        "<time ",
        '<script type="ld+json" ',
        '<script type="ld+json">{',
        "<title",
    ],
)
def test_hostile_metadata_ends(piece: str) -> None:
    """Tags that never end do not make the search for metadata slow."""
    assert page_meta(piece * 20_000).meta == ()
