"""Scoring of times: what is read from a corpus, and what counts as right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.specs import Case, Wanted, is_right
from evaluation.times import evaluate, parse_timex
from onrecord.errors import NothingReadable

TML = (
    '<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2009-12-19">2009-12-19</TIMEX3></DCT><TEXT>\n'
    'Salt &amp; tin fell on <TIMEX3 tid="t1" type="DATE" value="1941-07-02">2 July 1941</TIMEX3> and again '
    '<TIMEX3 tid="t2" type="DATE" value="null">some day</TIMEX3>.\n</TEXT></TimeML>'
)


def test_tags_go_and_spans_stay() -> None:
    """Offsets are those of the text without tags, entities read."""
    document = parse_timex("a", TML)
    assert document.anchor and document.anchor.earliest == "2009-12-19"
    assert [document.text[slice(*one.span)] for one in document.times] == ["2 July 1941", "some day"]
    assert "Salt & tin" in document.text and "<" not in document.text


def test_precision_is_over_what_is_found_and_recall_over_the_gold(tmp_path: Path) -> None:
    """One of two is found, with its value."""
    (tmp_path / "a.tml").write_text(TML, encoding="utf-8")
    report = evaluate(tmp_path)
    assert (report["gold"], report["found"]) == (2, 1)
    assert report["value"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}


def test_an_empty_folder_says_what_to_give(tmp_path: Path) -> None:
    """No figures are made up for no documents."""
    with pytest.raises(NothingReadable, match=r"no \*\.tml"):
        evaluate(tmp_path)


def case(text: str, *wanted: Wanted) -> Case:
    return Case("DateParser", text, "2016-11-07T00:00:00", wanted, True)


def want(text: str, part: str, kind: str, values: set[str], days: set[tuple[str, str]]) -> Wanted:
    start = text.index(part)
    return Wanted((start, start + len(part)), kind, frozenset(values), frozenset(days))


def test_a_year_left_open_is_right_by_either_day() -> None:
    """A spec gives the past and the future day; another day is wrong."""
    text = "It was closed on October 2."
    days = {("2016-10-02", "2016-10-02"), ("2017-10-02", "2017-10-02")}
    assert is_right(case(text, want(text, "October 2", "date", {"XXXX-10-02"}, days)))
    wrong = {("2015-10-02", "2015-10-02")}
    assert not is_right(case(text, want(text, "October 2", "date", {"XXXX-10-02"}, wrong)))


def test_a_range_may_be_two_expressions() -> None:
    """Both ends must be there."""
    text = "It ran from 2014 to 2018."
    ends = {("2014-01-01", "2017-12-31")}
    assert is_right(
        case(text, want(text, "from 2014 to 2018", "daterange", {"(2014-01-01,2018-01-01,P4Y)"}, ends))
    )
    other = {("2014-01-01", "2015-12-31")}
    assert not is_right(case(text, want(text, "from 2014 to 2018", "daterange", set(), other)))


def test_what_is_found_too_much_is_wrong() -> None:
    """A case with nothing to find is wrong if something is found."""
    assert is_right(case("They may go.")) and not is_right(case("They go on Friday."))


def test_specs_are_reported_by_category(tmp_path: Path) -> None:
    """What does not apply is told apart, not left out."""
    rows = [
        {
            "Input": "on 3 May 2019",
            "Results": [{"Text": "3 May 2019", "Type": "date", "Start": 3, "Length": 10}],
        },
        {
            "Input": "at 5pm",
            "Results": [
                {
                    "Text": "5pm",
                    "TypeName": "datetimeV2.time",
                    "Start": 3,
                    "Resolution": {"values": [{"timex": "T16"}]},
                }
            ],
        },
        {
            "Input": "on 4 May",
            "NotSupported": "java",
            "Results": [{"Text": "4 May", "Type": "date", "Start": 3}],
        },
    ]
    (tmp_path / "DateParser.json").write_text(json.dumps(rows), encoding="utf-8-sig")
    report = evaluate(tmp_path)
    assert report["applies"] == {"cases": 2, "right": 0.5}
    assert report["category time"] == {"cases": 1, "right": 0.0}
    assert report["category unsettled"]["cases"] == 1
