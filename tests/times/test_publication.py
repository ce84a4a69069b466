"""Bounds for a report without a date: what it tells, who holds office, other reports, when it was fetched."""

from __future__ import annotations

from onrecord.linking.publication import Tenure, bound_publication
from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import Interval

WEBB = Tenure("Ann Webb, secretary of state", "2018-04-26", "2021-01-20")
HALE = Tenure("Tom Hale, foreign secretary", "2018-07-09", "2019-07-24")
FETCHED = "2024-01-01T08:00:00Z"


def bound(text: str, **known: object) -> Interval | None:
    return bound_publication(Doc.of(text), find_times(Doc.of(text), anchor=None), **known)  # type: ignore[arg-type]


def test_a_past_day_and_the_fetching_bound_it() -> None:
    """Not before the latest day told of as past, not after it was fetched; the basis says both."""
    found = bound("Troops came on 3 March 2019. The war of 2015 was over.", retrieved_at=FETCHED)
    assert found and (found.earliest, found.latest, found.precision) == (
        "2019-03-03",
        "2024-01-01",
        "interval",
    )
    assert "“3 March 2019”" in found.basis and "fetched" in found.basis


def test_a_day_to_come_is_no_lower_bound() -> None:
    """What will be held in 2023 says nothing of when the report was written."""
    found = bound("Troops came on 3 March 2019. A vote will be held in June 2023.", retrieved_at=FETCHED)
    assert found and found.earliest == "2019-03-03"


def test_a_limit_is_no_lower_bound() -> None:
    """A day up to which something goes may be to come, whatever stands in the past beside it."""
    text = "Troops came on 3 March 2019. He offered tickets for the cancelled crossings until 20 June 2023."
    found = bound(text, retrieved_at=FETCHED)
    assert found and found.earliest == "2019-03-03"


def test_offices_bound_it_on_both_sides() -> None:
    """Both held office at once, give or take two weeks."""
    found = bound("Webb met Hale on Wednesday.", offices=[WEBB, HALE])
    assert found and (found.earliest, found.latest) == ("2018-06-25", "2019-08-07")
    assert "Tom Hale, foreign secretary" in found.basis


def test_an_office_that_contradicts_the_others_is_left_out() -> None:
    """A slip of the report or of the tables does not empty the bounds."""
    wrong = Tenure("Jo Park, minister", "1999-01-01", "2001-01-01")
    assert bound("They met.", offices=[wrong, WEBB, HALE]) == bound("They met.", offices=[WEBB, HALE])


def test_the_same_text_elsewhere_bounds_it_within_a_week() -> None:
    """A copy is closer than an office."""
    copy = Interval("2019-05-09", "2019-05-09", "day", "meta")
    found = bound("Webb met Hale.", offices=[WEBB, HALE], copies=[copy], retrieved_at=FETCHED)
    assert found and (found.earliest, found.latest) == ("2019-05-02", "2019-05-16")
    assert "same text is dated 2019-05-09" in found.basis


def test_a_quotation_elsewhere_bounds_it_within_a_month() -> None:
    """Quotations are carried for longer than texts."""
    other = Interval("2019-05-09", "2019-05-10", "interval", "meta")
    found = bound("They met.", quotations=[other])
    assert found and (found.earliest, found.latest) == ("2019-04-09", "2019-06-09")


def test_a_bound_that_contradicts_those_before_is_left_out() -> None:
    """A quotation repeated years before the latest day told of does not win over the text."""
    old = Interval("2011-05-09", "2011-05-09", "day", "meta")
    found = bound("Troops came on 3 March 2019.", quotations=[old], retrieved_at=FETCHED)
    assert found and (found.earliest, found.latest) == ("2019-03-03", "2024-01-01")


def test_without_any_lower_bound_there_is_no_answer() -> None:
    """When it was fetched alone says nothing of how old it is."""
    assert bound("They met on Friday.", retrieved_at=FETCHED) is None
    assert bound("") is None


def test_dates_nobody_can_read_are_passed_over() -> None:
    """Broken input is no error."""
    found = bound(
        "Troops came on 3 March 2019.",
        offices=[Tenure("X", "soon", None)],
        copies=[Interval("?", "?", "day", "")],
        retrieved_at="yesterday",
    )
    assert found is None
