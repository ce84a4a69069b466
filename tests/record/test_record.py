"""What is read out of a record is what the texts say: listings, exports, and the check that finds all damage."""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as parquet
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.values import BETWEEN

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from made import QUICK, exported, file, folder, made

import onrecord
from onrecord.errors import UsageError
from onrecord.export import decode_cell, encode_cell, export
from onrecord.store.schema.read import TABLES

DOCS = (Path(__file__).parents[2] / "docs" / "record.md").read_text("utf-8")
ODD = [
    *(
        "\r\n",
        "\r",
        "\u00a0",
        "\u2028",
        "\t",
        "😀",
        "👩‍👩‍👧",
        "مرحبا",
        "שלום",
        "ﬁ",
        "e\u0301",
        "\ufeff",
        "\ud800",
    ),
    *("=", "+", "-", "@", "'", '"', ",", ";", "\x00", "İ", "ß", "東京", "\u202e", "\n\n"),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "a.duckdb"
    made(path, folder(tmp_path_factory.mktemp("reports"), count=12))
    return path


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_and_column_is_documented(table: object) -> None:
    """docs/record.md has a section for each table and a row for each column."""
    name, columns = table.name, table.columns  # type: ignore[attr-defined]
    section = re.search(rf"^### {name}\n.*?(?=^##|\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert section, f"docs/record.md has no section {name}"
    documented = re.findall(r"^\| `(\w+)`", section[0], re.MULTILINE)
    assert documented == [column.name for column in columns]


PIECES = st.lists(st.tuples(st.sampled_from(ODD), st.text(max_size=5)), min_size=1, max_size=6)


@given(st.lists(PIECES, min_size=3, max_size=3))  # as many texts, in fewer records
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_quote_is_its_span_everywhere(
    tmp_path_factory: pytest.TempPathFactory, texts_of_pieces: list[list[tuple[str, str]]]
) -> None:
    """Through the store and every export, the characters of a span are the quote, whatever they are."""
    where = tmp_path_factory.mktemp("odd")
    for number, pieces in enumerate(texts_of_pieces):
        odd = "".join(a + b for a, b in pieces).replace("“", "").replace("”", "")
        text = f"{odd}“one {odd}” said Arve, “{odd} two”{odd}{number}"
        line = {"text": text, "title": odd, "url": f"https://example.org/{number}"}
        file(where / "in" / f"{number}.jsonl", json.dumps(line))
    made(where / "a.duckdb", where / "in")
    with onrecord.open(where / "a.duckdb") as opened:
        assert opened.check() == []
        assert len(list(opened.statements(all=True))) == 3
        export(opened, where, ["csv", "jsonl", "parquet"])
    texts, quotes = {}, []
    for form, rows in (
        ("csv", lambda name: _csv(where / f"{name}.csv")),
        ("jsonl", lambda name: map(json.loads, (where / f"{name}.jsonl").read_bytes().split(b"\n")[:-1])),
        ("parquet", lambda name: parquet.read_table(where / f"{name}.parquet").to_pylist()),
    ):
        texts = {row["id"]: row["text"] for row in rows("documents")}
        for row in rows("statements"):
            for part, quote in (("speaker", "speaker_text"), ("cue", "cue"), ("content", "content")):
                given = row[f"{part}_spans"]
                spans = [_span(one) for one in (given.split() if form == "csv" else given)]
                cut = [texts[row["document"]][a:b] for a, b in spans]
                assert BETWEEN.join(cut) == row[quote], (form, part)
                assert part != "content" or form == "csv" or cut == row["content_pieces"]
            quotes.append((row["id"], row["content"]))
        for name in ("mentions", "times"):
            for row in rows(name):
                assert texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"], (form, name)
        for name, spans, quote, document in (
            ("entities", "context_spans", "context", "document"),
            ("actors", "first_spans", "first_context", "first_document"),
            ("mentions", "name_spans", "name", "document"),
        ):
            for row in rows(name):
                found = [_span(one) for one in (row[spans].split() if form == "csv" else row[spans])]
                assert BETWEEN.join(texts[row[document]][a:b] for a, b in found) == row[quote], (form, name)
    assert len(quotes) == 9 and len(set(quotes)) == 3  # of three texts in three forms


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [{name: decode_cell(cell) for name, cell in row.items()} for row in csv.DictReader(stream)]


def _span(one: object) -> tuple[int, int]:
    if isinstance(one, str):
        start, _, end = one.partition(":")
        return int(start), int(end)
    return (one["start"], one["end"]) if isinstance(one, dict) else (one[0], one[1])  # type: ignore[index]


@given(st.text(st.sampled_from("'\"=+-@＝＋－＠﹣;,|\t\r\n ab"), max_size=8))
@example(" \r=")
def test_no_cell_is_a_formula(text: str) -> None:
    """What a spreadsheet would compute gets an apostrophe, and taking it away gives the text again; also where
    the file is cut at other separators than it was written with."""
    cell = encode_cell(text)
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠﹣"))
    assert not cell.startswith(("\t", "\r", "\n"))
    for part in re.split(r"[;,|\t\r\n]", cell):
        assert not part.lstrip('"').startswith(tuple("=+-@＝＋－＠﹣"))
    assert decode_cell(cell) == text


@pytest.mark.parametrize("text", ["", "Berth 7; closed", "a - b", "2-3", "it's, he said", '["a", "-b"]', "a; -b"])
def test_what_no_spreadsheet_computes_stays(text: str) -> None:
    """Prose with the same signs in other places is not touched."""
    assert encode_cell(text) == text


def test_exports_hold_every_row(record: Path) -> None:
    """Every listing is exported whole, with outlet, address, date and quote in each statement."""
    files = exported(record)
    assert {name.split(".")[0] for name in files} == {
        *("documents", "statements", "actors", "offices", "entities", "mentions", "times", "suggestions"),
        *("decisions", "copies", "utterances", "stories", "positions", "position_seen", "accounts"),
        *("account_members", "failures", "dropped"),
    }
    rows = [json.loads(line) for line in files["statements.jsonl"].splitlines()]
    with onrecord.open(record) as opened:
        assert len(rows) == opened.status().statements + opened.status().hidden
    assert {"outlet", "uri", "url", "published", "content", "content_spans"} <= set(rows[0])
    assert b"path" not in files["failures.csv"].splitlines()[0]


def test_an_unknown_format_is_said(record: Path, tmp_path: Path) -> None:
    """A format that is none: which there are."""
    with onrecord.open(record) as opened, pytest.raises(UsageError, match="xls") as caught:
        export(opened, tmp_path, ["xls"])
    assert "parquet" in caught.value.hint


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        ({"speaker": "ARV"}, lambda row: row.speaker_text == "Arve"),
        ({"speaker": "árve"}, lambda row: row.speaker_text == "Arve"),
        ({"outlet": "herald"}, lambda row: row.outlet == "Herald"),
        ({"kind": "direct"}, lambda row: row.kind == "direct"),
        (
            {"since": "2023-03-04", "by": "published"},
            lambda row: row.published and row.published >= "2023-03-04",
        ),
        (
            {"until": "2023-03-04", "by": "published"},
            lambda row: row.published and row.published <= "2023-03-04",
        ),
        ({"since": "2023", "until": "2023-03", "by": "published"}, lambda row: row.published is not None),
        ({"since": "2023-02-27", "until": "2023-02"}, lambda row: row.said == "2023-02"),
        ({"since": "2024"}, lambda row: False),
        ({"polarity": "asserts"}, lambda row: True),
        ({"polarity": "denies"}, lambda row: False),
        ({"actor": "árve"}, lambda row: row.speaker == "Arve"),
        ({"actor": "Arv"}, lambda row: False),
        ({"state": "nor"}, lambda row: True),
        ({"state": "SWE"}, lambda row: False),
        ({"via": "Reuters"}, lambda row: False),
        ({"parent": "s_0"}, lambda row: False),
        ({"min_confidence": 0.75}, lambda row: True),
        ({"min_confidence": 0.76}, lambda row: False),
        ({"speaker": "%"}, lambda row: False),
    ],
)
def test_filters(record: Path, filters: dict[str, object], holds: object) -> None:
    """A filter keeps what it says and nothing else, and all of it."""
    with onrecord.open(record) as opened:
        every = list(opened.statements())
        assert list(opened.statements(**filters)) == [row for row in every if holds(row)]  # type: ignore[arg-type, operator]


def test_a_date_that_is_none(record: Path) -> None:
    """A date that cannot be: how to write one."""
    with onrecord.open(record) as opened:
        for text in ("2023-13", "2023-02-30", "soon", "", "2023-1-1-1"):
            with pytest.raises(UsageError, match="not a date"):
                opened.statements(since=text)


def test_arrow(record: Path) -> None:
    """Every listing is an Arrow table too, with the same rows."""
    with onrecord.open(record) as opened:
        for listing in (
            opened.documents(),
            opened.statements(),
            opened.failures(),
            opened.dropped(),
            opened.runs(),
        ):
            table = listing.to_arrow()
            assert table.num_rows == len(list(listing)) > 0


def test_parquet_has_the_types_of_arrow(record: Path, tmp_path: Path) -> None:
    """Whatever is in it: a column that happens to be full, or all of whose cells are empty, is typed alike."""
    with onrecord.open(record) as opened:
        export(opened, tmp_path, ["parquet"])
        for name, listing in (
            ("documents", opened.documents()),
            ("statements", opened.statements(all=True)),
            ("positions", opened.positions(all=True)),
            ("decisions", opened.decisions()),
        ):
            assert parquet.read_schema(tmp_path / f"{name}.parquet") == listing.to_arrow().schema


def test_an_arrow_table_alone_needs_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record is written, read and exported without; who asks for an Arrow table is told what to install."""
    for name in ("pyarrow", "pyarrow.parquet", "pandas"):
        monkeypatch.setitem(sys.modules, name, None)
    file(tmp_path / "in" / "a.txt", "“The bridge is open,” said Arve.")
    made(tmp_path / "a.duckdb", tmp_path / "in")
    with onrecord.open(tmp_path / "a.duckdb") as opened:
        assert (tmp_path / "out" / "statements.parquet") in export(opened, tmp_path / "out", ["parquet"])
        with pytest.raises(UsageError, match="pyarrow, which is not installed") as caught:
            opened.statements().to_arrow()
    assert "onrecord[arrow]" in caught.value.hint


def test_show(record: Path) -> None:
    """A statement is shown in its paragraph, with spans that fit there."""
    with onrecord.open(record) as opened:
        for row in opened.statements():
            shown = opened.show(row.id)
            assert shown.statement == row
            assert BETWEEN.join(shown.context[a:b] for a, b in shown.content_spans) == row.content
            assert shown.document.text[shown.start :].startswith(shown.context)
        assert opened.show(row.document).statements
        with pytest.raises(UsageError, match="no such id"):
            opened.show("s_nothing")
        with pytest.raises(UsageError, match="more than one"):
            opened.show("s_")


DAMAGE = {
    "a changed text": "UPDATE document SET text = 'x' || text WHERE id = (SELECT min(id) FROM document)",
    "a changed hash": "UPDATE document SET text_sha256 = repeat('0', 64)",
    "changed bytes": "UPDATE raw SET data = (SELECT max(data) FROM raw)",
    "broken bytes": "UPDATE raw SET data = 'x'::BLOB",
    "a changed size": "UPDATE raw SET size = size + 1",
    "a changed name": """UPDATE raw SET declared = replace(declared, '"name": "', '"name": "x')""",
    "a missing original": "DELETE FROM raw WHERE document_id = (SELECT min(document_id) FROM raw)",
    "a missing place": "DELETE FROM location WHERE document_id = (SELECT min(document_id) FROM location)",
    "a changed quote": """UPDATE statement SET speaker = [{'start': 1, 'end': 2, 'quote': 'Nobody'}]""",
    "a span out of the text": """UPDATE statement SET cue = [{'start': 1, 'end': 999999, 'quote': 'said'}]""",
    "an empty span": """UPDATE statement SET cue = [{'start': 5, 'end': 5, 'quote': ''}]""",
    "pieces out of order": "UPDATE statement SET content = list_reverse(content) WHERE len(content) > 1",
    "nothing said": "UPDATE statement SET cue = [], content = []",
    "a changed id": "UPDATE statement SET id = 's_0000000000000000' WHERE n = 0",
    "an unknown kind": "UPDATE statement SET kind = 'true'",
    "a confidence above one": "UPDATE statement SET confidence = 1.5",
    "a statement of nobody": "UPDATE statement SET document_id = 'd_none' WHERE n = 0",
    "a doubled statement": "INSERT INTO statement SELECT * FROM statement LIMIT 1",
    "a wrong original": "UPDATE document SET duplicate_of = NULL",
    "a date that is none": "UPDATE document SET published_latest = '0001' WHERE published_latest IS NOT NULL",
    "a dropped piece without span": 'UPDATE dropped SET "end" = start',
    "a changed dropped piece": "UPDATE dropped SET text = text || 'x' WHERE n = 0",
    "a repeated line out of the text": 'UPDATE repeated_line SET "end" = 999999',
}


@pytest.mark.parametrize("name", DAMAGE)
def test_every_damage_is_found(record: Path, tmp_path: Path, name: str) -> None:
    """Whatever row is changed behind Onrecord's back, the check says so."""
    path = tmp_path / "a.duckdb"
    path.write_bytes(record.read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute(DAMAGE[name])
    with onrecord.open(path) as opened:
        assert opened.check()


def test_a_sound_record_is_the_same_when_it_is_made_again(record: Path) -> None:
    """Reading and linking what is stored gives what is stored, with failures, copies and repeated lines too."""
    assert list(onrecord.check_again(record, settings=QUICK)) == []


@pytest.mark.long
def test_a_long_text_with_many_statements_is_checked_within_the_memory_it_may_use(tmp_path: Path) -> None:
    """The text is not held once for each of its statements: beside one another they would be 2.4 GB."""
    paragraph = "word " * 1300 + "“We saw {} men,” said Arve.\n\n"
    text = "".join(paragraph.format(number) for number in range(600))
    made(tmp_path / "a.duckdb", [str(file(tmp_path / "long.txt", text))])
    with onrecord.open(tmp_path / "a.duckdb") as opened:
        assert sum(1 for _ in opened.statements()) == 600
        assert list(opened.check()) == []
