"""A dossier tells what the record holds: each quote to the letter, each stance as it is, no verdict."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from dossiers import BOAT, PIER, dossier, pieces, record_of, texts_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import file

import onrecord
from onrecord.errors import UsageError
from onrecord.export import DOSSIERS, export
from onrecord.export.dossier.html import html
from onrecord.export.dossier.markdown import markdown
from onrecord.export.dossier.parts import (
    Dossier,
    DossierTable,
    DossierTold,
    Heading,
    Label,
    Link,
    Mark,
    Period,
    Quoted,
    Section,
    when_in_words,
)

ODD = ["\n\n", "\u00a0", "😀", "שלום", "\u202e", "<b>", "&amp;", "`", "*", "|", "[^1]", "]]>", "\u2028", "# ", "- "]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record_of(tmp_path_factory.mktemp("dossier"), PIER, BOAT)


@pytest.fixture(scope="module")
def whole(record: Path) -> Dossier:
    return dossier(record)


def section(whole: Dossier, anchor: str) -> Section:
    return next(one for one in whole.sections if one.anchor == anchor)


def words(value: object) -> str:
    """What a reader sees of ``value``."""
    found = pieces(value)
    ids = {one.document for one in found if isinstance(one, Quoted)}
    return "".join(one for one in found if isinstance(one, str) and one not in ids)


def told_of(whole: Dossier, anchor: str, words_in_it: str) -> DossierTold:
    blocks = section(whole, anchor).blocks
    return next(one for one in blocks if isinstance(one, DossierTold) and words_in_it in words(one.what))


@pytest.mark.long
@given(st.lists(st.tuples(st.sampled_from(ODD), st.text(max_size=6)), min_size=1, max_size=5))
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
def test_every_quote_is_its_characters(
    tmp_path_factory: pytest.TempPathFactory, odd: list[tuple[str, str]]
) -> None:
    """Whatever a report holds, each quote equals text[a:b] and lies in its report as its note says."""
    middle = "".join(a + b for a, b in odd).encode("utf-8", "ignore").decode()
    text = f"{middle}Ada Holm said: x{middle}y{middle} and no more."
    content = text[text.index("said: ") + 6 : -len(" and no more.")]
    path = record_of(
        tmp_path_factory.mktemp("odd"),
        {"text": text, "statements": [
            {"who": "Ada Holm", "speaker": "Ada Holm", "cue": "said", "content": content}]},
    )  # fmt: skip
    whole, texts = dossier(path), texts_of(path)
    quotes = [one for one in pieces(whole.sections) if isinstance(one, Quoted)]
    assert any(one.text == content for one in quotes)
    for one in quotes:
        assert texts[one.document][one.start : one.end] == one.text
        assert whole.notes[one.note - 1].document == one.document
    for note in whole.notes:
        for passage in note.passages:
            assert texts[note.document][passage.start : passage.end] == passage.text
            assert passage.text


def test_every_statement_is_told_with_its_note(record: Path, whole: Dossier) -> None:
    """Timeline and speakers hold every statement, and the note of each covers all that is quoted of it."""
    with onrecord.open(record) as opened:
        rows = list(opened.statements())
    for anchor in ("timeline", "said"):
        found = [one for one in section(whole, anchor).blocks if isinstance(one, DossierTold)]
        assert len(found) == len(rows)
        for block in found:
            for quoted in (one for one in pieces(block) if isinstance(one, Quoted)):
                note = whole.notes[quoted.note - 1]
                assert any(one.start <= quoted.start and quoted.end <= one.end for one in note.passages)


def test_notes_are_numbered_as_they_come(whole: Dossier) -> None:
    """The first marks of the notes run 1, 2, 3 ... and no note is without a mark."""
    marks = [one.note for one in pieces(whole.sections) if isinstance(one, Mark)]
    assert list(dict.fromkeys(marks)) == [one.number for one in whole.notes]


@pytest.mark.parametrize(
    ("content", "verb"),
    [
        ("that a ship had sunk", "denies"),
        ("“We will reopen it,”", "promises"),
        ("who had paid", "declines"),
    ],
)
def test_a_stance_is_told_as_such(whole: Dossier, content: str, verb: str) -> None:
    """Whoever denies, promises or declines is not told as saying, in any section."""
    for anchor in ("acts", "timeline", "said"):
        labels = (one.text for one in pieces(told_of(whole, anchor, content).who) if isinstance(one, Label))
        assert next(labels) == verb


def test_an_assertion_has_the_report_s_word_and_no_label(whole: Dossier) -> None:
    block = told_of(whole, "timeline", "that the pier was closed")
    assert not [one for one in pieces(block) if isinstance(one, Label)]
    assert "“said”" in words(block.who)
    assert "that the pier was closed" not in words(section(whole, "acts").blocks)


def test_a_doubtful_reading_is_marked(whole: Dossier) -> None:
    """What is more likely read wrongly than rightly says so beside it."""
    assert "uncertain reading, 31 %" in words(told_of(whole, "said", "who had paid").who)
    assert "uncertain" not in words(told_of(whole, "said", "that the pier was closed").who)


def test_speech_within_speech_names_who_tells_it(whole: Dossier) -> None:
    """An inner statement stands below the outer one, and elsewhere says within whose words it stands."""
    depths = {words(one.what)[:17]: one.depth for one in section(whole, "second-hand").blocks if isinstance(one, DossierTold)}
    assert depths["the boat was hers"] == 1
    assert "within what Bo Lind" in words(told_of(whole, "said", "the boat was hers").about)
    assert "through Nordwire" in words(told_of(whole, "said", "that a ship had sunk").about)


def test_nobody_is_given_a_name(whole: Dossier) -> None:
    """A speaker whom the record does not know is told in the report's words."""
    assert words(told_of(whole, "timeline", "who had paid").who).startswith("“The harbour master")
    heading = next(one for one in section(whole, "said").blocks if one == Heading(("Nobody named",), "said-nobody"))
    assert heading


def test_a_time_that_is_not_known_is_no_day(tmp_path: Path) -> None:
    """Bounds stand in the heading as bounds; the bar covers all of them; without bounds there is no bar."""
    path = record_of(tmp_path, PIER, BOAT, PIER | {"published": "2023-05-01", "statements": PIER["statements"][:1]})
    periods = [one for one in section(dossier(path), "timeline").blocks if isinstance(one, Period)]
    assert words(periods[0].line) == "6 March 2023"
    assert words(periods[-1].line) == "Undated" and periods[-1].start is periods[-1].end is None
    assert all(0 <= one.start <= one.end <= 1 for one in periods[:-1] if one.start is not None and one.end is not None)


def test_one_day_far_off_does_not_press_all_others_together(tmp_path: Path) -> None:
    """The scale holds nearly all days; what lies beyond stands at its edge."""
    first = PIER["statements"][0]
    days = ["1990-01-01", *(f"2023-03-{day:02}" for day in range(1, 27))]
    reports = [
        {"text": f"{PIER['text']} {day}", "published": day, "statements": [first | {"said": day}]}
        for day in days
    ]
    path = record_of(tmp_path, *reports)
    periods = [one for one in section(dossier(path), "timeline").blocks if isinstance(one, Period)]
    assert periods[0].start == periods[0].end == 0
    assert len({one.start for one in periods}) > 20


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("2023-03-06", "2023-03-06", "6 March 2023"),
        ("2023-03-06", "2023-03-08", "between 6 and 8 March 2023"),
        ("2022-12-30", "2023-03-08", "between 30 December 2022 and 8 March 2023"),
        ("2022-03-30", "2023-03-31", "between 30 March 2022 and 31 March 2023"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2023-02-01", "2024-02-29", "between 1 February 2023 and 29 February 2024"),
        ("2023-01-01", "2023-12-31", "2023"),
        (None, "2023-03-06", "no later than 6 March 2023"),
        ("2023-03-06", None, "no earlier than 6 March 2023"),
        (None, None, "undated"),
    ],
)
def test_dates_in_words(earliest: str | None, latest: str | None, expected: str) -> None:
    """No date is told more exactly, or less, than it is known."""
    assert when_in_words(earliest, latest) == expected


def test_no_verdict(whole: Dossier) -> None:
    """The dossier's own words never call anything true, false or fake."""
    own = " ".join(one for one in _own(whole))
    assert not re.search(r"\b(true|truth|false|fake|lie[sd]?|correct|proven?)\b", own, re.IGNORECASE)


def _own(value: object) -> list[str]:
    """Texts of lines that are neither quoted nor given."""
    found: list[str] = []
    for one in pieces(value):
        if isinstance(one, Label | Link):
            found.append(one.text)
        for name in ("line", "who", "what", "about", "head"):
            line = getattr(one, name, ())
            found += [each for each in line if isinstance(each, str)] if isinstance(line, tuple) else []
    return found


def test_every_link_has_its_place(whole: Dossier) -> None:
    """No link within the dossier leads nowhere, and no two places have one name."""
    places = [one.anchor for one in pieces(whole) if getattr(one, "anchor", None) and not isinstance(one, Link)]
    assert len(places) == len(set(places))
    assert {one.anchor for one in pieces(whole) if isinstance(one, Link)} <= set(places)


def test_what_could_not_be_read_is_named(tmp_path: Path) -> None:
    file(tmp_path / "in" / "empty.txt", "")
    whole = dossier(record_of(tmp_path, BOAT))
    table = next(one for one in section(whole, "scope").blocks if isinstance(one, DossierTable))
    assert len(table.rows) == 1 and "empty.txt" in words(table.rows[0][0]) and "empty" in words(table.rows[0][1])
    assert "1 input could not be read." in words(section(whole, "method").blocks)


def test_all_read_is_said_so(whole: Dossier) -> None:
    assert "Everything that was given could be read." in words(section(whole, "scope").blocks)


def test_a_record_without_statements_has_a_dossier(tmp_path: Path) -> None:
    """A report in which nobody speaks is listed, and sections without content are left out."""
    whole = dossier(record_of(tmp_path, {"text": "Nothing was said.", "statements": []}))
    anchors = [one.anchor for one in whole.sections]
    assert "scope" in anchors and "acts" not in anchors and "disputes" not in anchors
    assert "No speaker is named." in words(whole.lead)
    assert html(whole) and markdown(whole)


def test_files_are_the_same_bytes_wherever_the_record_lies(record: Path, tmp_path: Path) -> None:
    """``export`` writes dossier.md and dossier.html, the same from a record of another name."""
    other = tmp_path / "other name.duckdb"
    shutil.copyfile(record, other)
    found = []
    for path, folder in ((record, tmp_path / "one"), (other, tmp_path / "two")):
        with onrecord.open(path) as opened:
            written = export(opened, folder, DOSSIERS)
        assert [one.name for one in written] == ["dossier.md", "dossier.html"]
        assert {one.name for one in folder.iterdir()} == {"dossier.md", "dossier.html"}
        found.append([one.read_bytes() for one in written])
    assert found[0] == found[1]


def test_an_unknown_format_names_all_there_are(record: Path, tmp_path: Path) -> None:
    with onrecord.open(record) as opened, pytest.raises(UsageError, match="unknown format: pdf") as caught:
        export(opened, tmp_path, ["html", "pdf"])
    assert "markdown, html" in str(caught.value.hint)
    assert not list(tmp_path.iterdir())
