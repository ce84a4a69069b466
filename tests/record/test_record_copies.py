"""Copies, stories, utterances in the record: who copies whom, what counts, and that no order shows."""

from __future__ import annotations

import shutil
import sys
from itertools import permutations
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from copied_reports import copied_folder, copied_record
from made import exported, made

import onrecord
from onrecord.derive.dates import date_all
from onrecord.documents.published import GUESSED


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_record(tmp_path_factory.mktemp("copied") / "a.duckdb")


def test_one_text_is_one_group_with_its_origin(record: Path) -> None:
    """The three that are one text are a group, the fourth is none of it; every passage is in both texts."""
    with onrecord.open(record) as opened:
        by_title = {row.title: row for row in opened.documents()}
        texts = {row.id: row.text for row in opened.documents()}
        groups = {row.copy_group for title, row in by_title.items() if title != "R3"}
        assert len(groups) == 1 and None not in groups
        assert by_title["R3"].copy_group is None and by_title["R3"].origin is None
        (origin,) = {row.origin for row in by_title.values()} - {None}
        assert sum(row.origin is None for row in by_title.values()) == 2  # the origin and the fourth
        pairs = list(opened.copies())
        assert {row.kind for row in pairs if row.group} == {"copy"} and sum(
            bool(row.group) for row in pairs
        ) == 3
        assert {(row.origin, bool(row.reason)) for row in pairs if row.group} == {(origin, True)}
        for row in pairs:
            for id, spans, quotes in (
                (row.first, row.first_spans, row.first_pieces),
                (row.second, row.second_spans, row.second_pieces),
            ):
                assert spans and [texts[id][a:b] for a, b in spans] == list(quotes)
        assert list(opened.copies(document=by_title["R3"].id)) == []
        assert len(list(opened.copies(outlet="dispatch"))) == 2
        assert opened.check() == []


def test_counts_by_report_by_independent_report_and_by_outlet(record: Path) -> None:
    """A text in three outlets is three reports, one independent one, and three outlets."""
    counted = {}
    with onrecord.open(record) as opened:
        for count in ("report", "independent", "outlet"):
            (arve,) = opened.actors(actor="Arve", count=count)
            counted[count] = (
                arve.documents,
                arve.mentions,
                arve.statements,
                opened.status(count=count).statements,
            )
        status = opened.status()
    assert counted == {"report": (4, 4, 4, 5), "independent": (2, 2, 2, 3), "outlet": (3, 3, 3, 3)}
    assert (status.documents, status.copied, status.independent, status.sources) == (4, 2, 2, 3)


def test_one_quotation_is_one_utterance(record: Path) -> None:
    """Each statement that has it knows the others, and how they word it; another quotation is none of it."""
    with onrecord.open(record) as opened:
        rows = list(opened.statements())
        shared = [row for row in rows if row.utterance]
        assert {row.speaker for row in shared} == {"Arve"} and len(shared) == 4
        assert len({row.utterance for row in shared}) == 1
        assert [row.content for row in rows if not row.utterance] == ["“Coal is short,”"]
        cut = min(shared, key=lambda row: len(row.content))
        shown = opened.show(cut.id)
        assert {one.statement.id for one in shown.also} == {row.id for row in shared} - {cut.id}
        for one in shown.also:
            assert [(each.kind, each.here) for each in one.differences] == [("cut", None)]
            assert one.differences[0].there.startswith("and nobody has been asked")
        full = opened.show(next(row.id for row in shared if row.id != cut.id))
        assert sorted(len(one.differences) for one in full.also) == [0, 0, 1]
        assert [one.fullest for one in opened.utterances()].count(True) == 1


def test_reports_of_one_development_are_a_story(record: Path) -> None:
    """The three are a story under the title of the earliest one; what one report tells is listed if asked."""
    with onrecord.open(record) as opened:
        (story,) = opened.stories()
        titles = {row.id: row.title for row in opened.documents(story=story.id)}
        assert [titles[one] for one in story.documents] == ["R0", "R1", "R2"] and story.title == "R0"
        assert (story.first, story.last, story.reports) == ("2023-03-02", "2023-03-03", 3)
        assert (story.independent, story.outlets) == (1, 3)
        assert story.outlet == ("Dispatch", "Herald", "Norden Wire")
        assert len(list(opened.statements(story=story.id))) == 3
        alone = [row for row in opened.stories(all=True) if row.reports == 1]
        assert len(alone) == 1 and alone[0].first == "2023-03-05"
        assert list(opened.stories(outlet="Herald", all=True)) == list(opened.stories(all=True))
        assert list(opened.stories(since="2023-03-04", all=True)) == alone
        shown = opened.show(story.id[:9])
        assert [row.title for row in shown.documents] == ["R0", "R1", "R2"]


def test_a_near_copy_bounds_the_date(record: Path) -> None:
    """A report without a date was published within days of its dated copies."""
    with onrecord.open(record) as opened:
        (row,) = [one for one in opened.documents() if one.published is None]
    assert row.bounded_earliest is not None and "2023-02-23" <= row.bounded_earliest[:10] < "2023-03-03"
    assert row.bounded_latest is not None and row.bounded_latest[:10] <= "2023-03-10"
    assert row.bounded_basis is not None and "same text" in row.bounded_basis


def test_a_guessed_date_bounds_no_copy(record: Path, tmp_path: Path) -> None:
    """What is but a guess, or the day of a change, stays with its own report."""
    path = Path(shutil.copy(record, tmp_path / "a.duckdb"))
    for basis, bounded in ((GUESSED[0], False), ("line with a date", True), ("line 'updated'", False)):
        with duckdb.connect(str(path)) as connection:
            connection.execute(
                "UPDATE document SET published_basis = ? WHERE published_latest IS NOT NULL", [basis]
            )
            date_all(connection)
        with onrecord.open(path) as opened:
            (row,) = [one for one in opened.documents() if one.published is None]
        assert ("same text" in (row.bounded_basis or "")) is bounded, basis


@pytest.mark.long
def test_no_order_shows(tmp_path: Path) -> None:
    """The reports one after the other, in several orders: the record of all at once, with nothing left over."""
    inputs = copied_folder(tmp_path / "in")
    made(tmp_path / "a.duckdb", inputs)
    expected = exported(tmp_path / "a.duckdb")
    for number, order in enumerate(list(permutations(inputs))[5::6]):
        path = tmp_path / f"{number}.duckdb"
        for one in order:
            made(path, [one])
        assert exported(path) == expected
        with onrecord.open(path) as opened:
            assert opened.check() == []


@pytest.mark.long
def test_a_rejected_statement_is_no_occurrence(record: Path, tmp_path: Path) -> None:
    """What a person rejected is not said again elsewhere; taking that back brings it back."""
    path = Path(shutil.copy(record, tmp_path))
    with onrecord.open(path) as opened:
        gone = next(row for row in opened.utterances())
    decision = onrecord.decide(path, "reject", gone.statement)
    with onrecord.open(path) as opened:
        left = list(opened.utterances())
        assert len(left) == 3 and gone.statement not in {row.statement for row in left}
    onrecord.decide(path, "undo", decision.id)
    assert exported(path)["utterances.csv"] == exported(record)["utterances.csv"]


DAMAGE = {
    "a quote of a passage": "UPDATE copy_passage SET second_quote = 'Lima'",
    "a span of a passage": "UPDATE copy_passage SET first_end = 999999",
    "a passage of no pair": "DELETE FROM copy_pair",
    "a pair without a passage": "DELETE FROM copy_passage",
    "a pair of nobody": "UPDATE copy_pair SET second = 'd_0'; UPDATE copy_passage SET second = 'd_0'",
    "a pair twice": "INSERT INTO copy_pair SELECT * FROM copy_pair LIMIT 1",
    "a group that is gone": "DELETE FROM copy_group",
    "a group of nobody": "UPDATE document SET copy_group = NULL, origin = NULL",
    "an origin that is none": "UPDATE document SET origin = id",
    "a story that is gone": "DELETE FROM story",
    "a story of nobody": "UPDATE document SET story = NULL",
    "a story that counts wrong": "UPDATE story SET reports = reports + 1",
    "prints of nobody": "UPDATE copy_print SET document_id = 'd_0' WHERE document_id = (SELECT min(id) FROM document)",
    "prints twice": "INSERT INTO copy_print SELECT * FROM copy_print LIMIT 1",
    "alike to nobody": "UPDATE story_pair SET second = 'd_0'",
    "a piece of nobody": "UPDATE story_piece SET document_id = 'd_0'",
    "words of a report twice": "INSERT INTO story_words SELECT * FROM story_words LIMIT 1",
    "an utterance of nobody": "UPDATE utterance SET statement_id = 's_0'",
    "an utterance twice": "INSERT INTO utterance SELECT * FROM utterance LIMIT 1",
}


@pytest.mark.long
@pytest.mark.parametrize("name", DAMAGE)
def test_every_damage_is_found(record: Path, tmp_path: Path, name: str) -> None:
    """Whatever is changed behind Onrecord's back, the check says so."""
    path = Path(shutil.copy(record, tmp_path))
    with duckdb.connect(str(path)) as connection:
        connection.execute(DAMAGE[name])
    with onrecord.open(path) as opened:
        assert opened.check()
