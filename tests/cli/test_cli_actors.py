"""Actors, timeline, mentions, decide and show: what they print, filter and explain."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from running import run

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from told_reports import told_record

DEMANDED = {
    "id", "speaker", "speaker_text", "speaker_state", "cue", "content", "kind", "polarity", "said", "via",
    "venue", "addressee", "parent", "document", "outlet", "said_earliest", "said_latest", "said_basis", "hedged",
    "distanced", "confidence", "speaker_spans", "cue_spans", "content_spans", "content_pieces",
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_record(tmp_path_factory.mktemp("told") / "affair.duckdb")


@pytest.fixture
def record(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(told, tmp_path))


def rows(*args: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run(*args, "--json").json()
    return found


def by_words(record: Path, words: str) -> dict[str, Any]:
    (row,) = [row for row in rows("statements", record, "--all") if row["speaker_text"] == words]
    return row


def test_a_statement_says_who_when_and_whether(told: Path) -> None:
    """Every column that was promised is there, with its own value."""
    row = by_words(told, "Minister Marta Vellin")
    assert set(row) >= DEMANDED
    assert (row["speaker"], row["speaker_state"], row["polarity"]) == ("Marta Vellin", "NOR", "denies")
    assert (row["said"], row["said_earliest"], row["via"]) == ("2023-05-02", "2023-05-02", "Norden Wire")
    assert row["said_spans"] and row["via_spans"]
    row = by_words(told, "she")
    assert (row["speaker"], row["venue"], row["addressee"]) == (
        "Marta Vellin",
        "a briefing in Merrin",
        "reporters",
    )
    assert by_words(told, "Arve Strand")["parent"] == row["id"]
    assert by_words(told, "Arve Strand")["hedged"] == "may"
    unknown = by_words(told, "So-called experts")
    assert (unknown["speaker"], unknown["distanced"], unknown["content"]) == (None, "So-called", "")
    later = by_words(told, "Arve Strond")
    assert later["said_latest"] and later["said_basis"], "every statement has a time"


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (["--actor", "márta vellin"], {"Minister Marta Vellin", "she", "Marta Velin"}),
        (["--actor", "strand"], {"Arve Strand"}),
        (["--actor", "Stran"], set()),
        (["--state", "Norway", "--polarity", "denies"], {"Minister Marta Vellin"}),
        (["--state", "SWE"], set()),
        (["--via", "norden"], {"Minister Marta Vellin"}),
        (["--since", "2023-05-02", "--until", "2023-05-02"], {"Minister Marta Vellin"}),
        (["--until", "2023-05-01"], set()),
        (
            ["--until", "2023-05", "--by", "published"],
            {"Minister Marta Vellin", "she", "Arve Strand", "So-called experts"},
        ),
        (["--parent", "{she}"], {"Arve Strand"}),
        (["--min-confidence", "0.7", "--actor", "Marta Vellin", "--polarity", "asserts"], {"Marta Velin"}),
    ],
)
@pytest.mark.parametrize("command", ["statements", "timeline"])
def test_filters(told: Path, command: str, filters: list[str], words: set[str]) -> None:
    """Statements and timeline keep what a filter says and nothing else."""
    she = by_words(told, "she")["id"]
    found = rows(command, told, *(one.format(she=she) for one in filters))
    assert {row["speaker_text"] for row in found} == words


def test_an_actor_is_found_by_its_id(told: Path) -> None:
    """The id that a listing shows is a filter, also for documents and mentions."""
    (actor,) = rows("actors", told, "--actor", "Marta Vellin")
    assert len(rows("statements", told, "--actor", actor["id"])) == 3
    assert len(rows("documents", told, "--actor", actor["id"])) == 2
    assert {row["quote"] for row in rows("mentions", told, "--actor", actor["id"])} == {
        "Marta Vellin",
        "Marta Velin",
    }
    assert rows("mentions", told, "--kind", "place") == []


def test_a_state_that_is_none(told: Path) -> None:
    """A state nobody knows is a usage error with what to write."""
    result = run("statements", told, "--state", "Ruritania")
    assert result.code == 2
    assert "not a state" in result.stderr and "ISO 3166" in result.stderr


def test_timeline_is_in_order(told: Path) -> None:
    """What was said first comes first; a time without bounds comes last and is shown as such."""
    said = [row["said_earliest"] for row in rows("timeline", told)]
    bounded = [day for day in said if day is not None]
    assert said == [*sorted(bounded), *[None] * (len(said) - len(bounded))]
    out = run("timeline", told).out
    assert out.splitlines()[1].startswith("2023-04-28/05-05") or "2023-05-02" in out.splitlines()[1]
    assert re.search(r"^\.\./\d{4}-\d\d-\d\d ", out, re.MULTILINE)


def test_the_table_marks_a_denial(told: Path) -> None:
    """Whoever reads the table cannot take a denial for a claim, nor words for a name."""
    out = run("statements", told).out
    assert "denied [denies]" in out
    assert "So-called experts" in out
    assert "[asserts]" not in out


def test_actors(told: Path) -> None:
    """Who says most comes first, with names, office, counts, and the first mention in its sentence."""
    first, *_ = found = rows("actors", told)
    assert first["name"] == "Marta Vellin"
    assert (first["statements"], first["mentions"], first["documents"]) == (3, 2, 2)
    assert first["aliases"] == ["Marta Velin"]
    assert first["offices"] == ["Minister (NOR)"] or first["offices"] == ["Minister"]
    texts = {row["id"]: row["text"] for row in rows("documents", told)}
    for row in found:
        ((start, end),) = row["first_spans"]
        assert texts[row["first_document"]][start:end] == row["first_context"]
        assert row["name"] in row["first_context"] or row["aliases"]
    assert {row["kind"] for row in found} == {"person"}
    assert rows("actors", told, "--kind", "state") == []


def test_a_suggestion_says_what_to_type(record: Path) -> None:
    """The command shown beside a suggestion does what it says."""
    (row,) = rows("actors", record, "--suggestions")
    assert {row["first_name"], row["second_name"]} == {"Arve Strand", "Arve Strond"}
    assert row["reason"]
    assert f"may be one (onrecord actors {record} --suggestions)" in run("status", record).out
    words = row["command"].split()
    assert words[:2] == ["onrecord", "decide"]
    result = run(*words[1:], "--note", "a slip")
    assert (result.code, result.stdout) == (0, b""), result.stderr
    assert "one actor: " in result.stderr and "2 documents" in result.stderr
    assert rows("actors", record, "--suggestions") == []
    undo = re.search(r"onrecord (decide \S+ undo x_\w+)", result.stderr)
    assert undo
    assert run(*undo[1].split()).code == 0
    assert len(rows("actors", record, "--suggestions")) == 1
    verbs = [(row["verb"], row["note"], bool(row["undone_by"])) for row in rows("decide", record, "list")]
    assert verbs == [("merge", "a slip", True), ("undo", None, False)]


def test_decisions_of_another_record(record: Path, told: Path, tmp_path: Path) -> None:
    """What was exported from one record is imported into another of the same reports."""
    (row,) = rows("actors", record, "--suggestions")
    assert run("decide", record, "confirm", row["id"]).code == 0
    assert run("export", record, "--to", tmp_path / "out", "--format", "jsonl").code == 0
    other = Path(shutil.copy(told, tmp_path / "other.duckdb"))
    result = run("decide", other, "import", tmp_path / "out" / "decisions.jsonl")
    assert (result.code, result.stdout) == (0, b"")
    assert result.stderr == "1 decision added, 0 there already\n"
    assert rows("actors", other) == rows("actors", record)
    assert run("decide", other, "import").code == 2


def test_rejecting_hides_with_the_reason(record: Path) -> None:
    """A rejected statement goes from the listings and stays under --all, with the decision."""
    id = by_words(record, "she")["id"]
    assert run("decide", record, "reject", id).code == 0
    assert id not in {row["id"] for row in rows("statements", record)}
    assert by_words(record, "she")["hidden"].startswith("rejected by x_")
    assert "rejected by x_" in run("show", record, id).out


@pytest.mark.parametrize(
    "args", [["merge", "Marta", "a_0"], ["undo", "x_0"], ["split", "a_0"], ["forget", "a_0"]]
)
def test_a_decision_that_cannot_be_made(record: Path, args: list[str]) -> None:
    """It ends with 2, says what to type, prints no data and changes nothing."""
    before = record.read_bytes()
    result = run("decide", record, *args)
    assert (result.code, result.stdout) == (2, b"")
    assert re.search("→ .|is not one of", result.stderr)
    assert record.read_bytes() == before


def test_show_a_statement_explains(told: Path) -> None:
    """Who, when, polarity and channel: each with its rule and the words that show it, marked."""
    out = run("show", told, by_words(told, "Minister Marta Vellin")["id"]).out
    assert re.search(r"^speaker +Marta Vellin a_\w+; by: surname; confidence 0.80\n.*Marta Vellin.*\n +\^{12}$", out, re.MULTILINE)
    assert re.search(r"^said +2023-05-02; by: written down\n.*on Tuesday.*\n +\^{10}$", out, re.MULTILINE)
    assert "denies: the speaker says that the content is not so" in out
    assert re.search(r"^via +Norden Wire; by: according to$", out, re.MULTILINE)
    out = run("show", told, by_words(told, "So-called experts")["id"]).out
    assert "no actor that the report names could be tied to these words" in out
    assert re.search(r"^distanced +So-called$", out, re.MULTILINE)


def test_show_a_tree(told: Path) -> None:
    """Speech inside speech is shown from the outermost in, wherever one begins."""
    outer, inner = by_words(told, "she")["id"], by_words(told, "Arve Strand")["id"]
    for id in (outer, inner):
        out = run("show", told, id).out
        assert re.search(rf"^. {outer} .*\n(  .*\n)*.   {inner} ", out, re.MULTILINE)
        assert f"→ {'  ' if id == inner else ''}{id}" in out
    shown = run("show", told, inner, "--json").json()
    assert [(depth, row["id"]) for depth, row in shown["tree"]] == [(0, outer), (1, inner)]


def test_show_an_actor(told: Path) -> None:
    """Names, offices with where they were read, each report in a sentence, statements by time, suggestions."""
    (row,) = rows("actors", told, "--actor", "Arve Strand")
    out = run("show", told, row["id"]).out
    assert "may be" in out and "Arve Strond" in out
    assert by_words(told, "Arve Strand")["id"] in out
    (row,) = rows("actors", told, "--actor", "Marta Vellin")
    out = run("show", told, row["id"]).out
    assert re.search(r"^also +Marta Velin$", out, re.MULTILINE)
    assert re.search(r"^office +Minister.*d_\w+ 17-25: Minister$", out.replace("\n              ", " "), re.MULTILINE)


def test_show_the_rest(record: Path) -> None:
    """A mention in its paragraph, a suggestion with its two actors, a decision with what it was made for."""
    mention = rows("mentions", record)[0]
    out = run("show", record, mention["id"]).out
    assert "stands for" in out and "^" in out
    (suggestion,) = rows("actors", record, "--suggestions")
    out = run("show", record, suggestion["id"]).out
    assert suggestion["reason"] in " ".join(out.split())
    assert run("decide", record, "confirm", suggestion["id"], "--note", "seen on air").code == 0
    (decision,) = rows("decide", record, "list")
    out = run("show", record, decision["id"]).out
    assert "seen on air" in out and "Arve Strond" in out
    for id in (mention["id"], decision["id"]):
        assert run("show", record, id, "--json").json()
    assert run("check", record).code == 0


def test_a_report_without_a_date_says_what_bounds_it(told: Path) -> None:
    """Its page tells between what days it was published, and why."""
    (document,) = [row["id"] for row in rows("documents", told) if row["published"] is None]
    assert re.search(r"^published +.*/20\d\d.* \(not after .*\)$|^published +\.\./20", run("show", told, document).out, re.MULTILINE)
