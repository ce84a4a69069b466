"""The surface for Python: what is offered by ``onrecord`` itself, and listings one can look at and into."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.errors import UsageError
from onrecord.values import Failure, Reading

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "examples" / "reports" / "05-northern-observer-report.md"


@pytest.fixture(scope="module")
def record(example_record: Path) -> Any:
    """The record of the example reports, open."""
    with onrecord.open(example_record) as opened:
        yield opened


def test_build_and_read_take_one_input_or_several(tmp_path: Path) -> None:
    """A path, a text, or a list of them; what cannot be read comes as its failure."""
    one = next((ROOT / "examples" / "reports").glob("01-*"))
    report = onrecord.build(tmp_path / "a.duckdb", one, settings=onrecord.BuildSettings(workers=0))
    assert (report.documents, report.new) == (1, 1)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    read = list(onrecord.read([str(one), empty]))
    assert [type(found) for found in read] == [Reading, Failure]
    with onrecord.open(tmp_path / "a.duckdb") as opened:
        assert len(opened.statements()) == len(read[0].statements)  # type: ignore[union-attr]


def test_a_listing_is_a_sequence(record: Any) -> None:
    """Length, places and slices are those of the list of its rows."""
    for listing in (record.statements(), record.actors(), record.accounts(), record.stories(), record.copies()):
        rows = list(listing)
        assert len(listing) == len(rows) and bool(listing) is bool(rows)
        assert listing[0] == rows[0] and listing[-1] == rows[-1]
        for some in (slice(1, 4), slice(-3, None), slice(None, None, -2), slice(5, 2), slice(2, 900, 3)):
            assert listing[some] == rows[some]
        for place in (len(rows), -len(rows) - 1):
            with pytest.raises(IndexError, match=str(place)):
                listing[place]
    assert not record.statements(actor="nobody at all")


def test_a_listing_shows_its_first_rows(record: Any) -> None:
    """Neither form prints SQL; the table escapes what reports say."""
    said = record.statements()
    shown = repr(said)
    assert shown.startswith(f"{len(said):,} × StatementRow\n") and said[0].id in shown and "SELECT" not in shown
    html = said._repr_html_()
    assert html.count("<tr>") == 6 and said[0].id in html
    answer = record.sql("SELECT '<script>' AS a, NULL AS b")
    assert "&lt;script&gt;" in answer._repr_html_() and "<script>" not in answer._repr_html_()


@pytest.mark.parametrize(
    ("ask", "message", "hint"),
    [
        (lambda record: record.statements(speakr="x"), "no filter 'speakr'", "speaker"),
        (lambda record: record.timeline(polarity="denied"), "polarity cannot be 'denied'", "denies"),
        (lambda record: record.statements(order="date"), "order cannot be 'date'", "said"),
        (lambda record: record.facets(outlte="x"), "no filter 'outlte'", "outlet"),
        (lambda record: record.positions(relation="recognises"), "relation cannot be", "recognizes"),
        (lambda record: record.accounts(kind="dispute"), "kind cannot be 'dispute'", "disputed"),
        (lambda record: record.account_members(actr="x"), "no filter 'actr'", "actor"),
        (lambda record: record.actors(kind="persn"), "kind cannot be 'persn'", "person"),
        (lambda record: record.mentions(kind="monney"), "kind cannot be 'monney'", "money"),
        (lambda record: record.copies(kind="cutt"), "kind cannot be 'cutt'", "cut"),
        (lambda record: record.sql("DELETE FROM statement"), "one SELECT", "only read"),
        (lambda record: record.sql("SELECT 1; SELECT 2"), "one SELECT", "only read"),
        (lambda record: record.sql("COPY statement TO 'x.csv'"), "one SELECT", "only read"),
        (lambda record: record.sql("SELECT nothing FROM statement"), "nothing", "docs/record.md"),
        (lambda record: record.sql("SELECT * FROM read_text('/etc/hostname')"), "disabled", "docs/record.md"),
    ],
)
def test_what_is_misspelt_is_refused(record: Any, ask: Any, message: str, hint: str) -> None:
    """A filter, a value, a question: the error says which, the hint what may have been meant."""
    with pytest.raises(UsageError, match=message) as caught:
        ask(record)
    assert hint in (caught.value.hint or "")


def test_sql_answers_by_column(record: Any) -> None:
    """Values are bound, rows come as dictionaries."""
    answer = record.sql("SELECT id, outlet FROM document WHERE outlet = ? ORDER BY id", ["Northern Observer"])
    assert len(answer) >= 1 and answer.columns == ("id", "outlet")
    assert answer[0] == next(iter(answer)) and answer[0]["outlet"] == "Northern Observer"


def test_a_record_is_rebuilt_from_what_it_keeps(example_record: Path, tmp_path: Path) -> None:
    """The same rows without the inputs; what was decided holds; an earlier version is no obstacle."""
    old, new = tmp_path / "old.duckdb", tmp_path / "new.duckdb"
    old.write_bytes(example_record.read_bytes())
    with onrecord.open(old) as opened:
        first, second = (row.id for row in opened.actors()[:2])
        wrong = opened.statements()[0].id
    onrecord.decide(old, "reject", wrong)
    onrecord.decide(old, "merge", first, second)
    with onrecord.open(old) as opened:
        said, actors = list(opened.statements()), list(opened.actors())
    import duckdb

    with duckdb.connect(str(old)) as connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'version'")
    with pytest.raises(onrecord.errors.RecordVersion) as caught:
        onrecord.open(old)
    assert f"onrecord rebuild {old}" in (caught.value.hint or "")
    report, carried = onrecord.rebuild(old, new, settings=onrecord.BuildSettings(workers=0))
    assert (report.failed, carried.added, carried.lost) == (0, 2, ())
    with onrecord.open(new) as opened:
        assert list(opened.statements()) == said and list(opened.actors()) == actors
        assert opened.check() == []
    with pytest.raises(UsageError, match="there already"):
        onrecord.rebuild(old, new)


def test_the_page_on_python_names_what_there_is() -> None:
    """Every function it tells is offered, and every one offered is told."""
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    told = set(re.findall(r"`onrecord\.(\w+)\(", page))
    assert told == {name for name in onrecord.__all__ if name.islower() and not name.startswith("_")}
