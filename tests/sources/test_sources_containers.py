"""Archives, JSON, tables, feeds and web archives: items with their place, name, date and fields."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import STORY, gzipped, http, put, read, warc_record, zipped

from onrecord.errors import UsageError
from onrecord.sources import SourceSettings, decode, find
from onrecord.values import Failure, RawDocument

PAGE = "<!doctype html><title>Port Ansel</title><p>Closed.</p>"
LETTERS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\r\n\",;'😀שלום")),
    max_size=60,
)

# name, content, kind
KINDS = [
    ("a.txt", STORY, "text"),
    ("a", STORY, "text"),
    ("a.html", STORY, "html"),
    ("a.txt", PAGE, "html"),
    ("a", "\n<!-- saved -->\n<HTML><body>x", "html"),
    ("a.md", "# Port\n\nClosed.", "markdown"),
    ("a.md", '<p align="center">Port</p>\n\n# Port\n', "markdown"),
    ("a.md", PAGE, "html"),
    ("a", "---\ntitle: Port\n---\nClosed.", "markdown"),
    ("a", "# Port\n\nSee [this](https://example.org/).", "markdown"),
    ("a.txt", "# Port\n\nSee [this](https://example.org/).", "text"),
    ("a", "<p>Closed.</p><p>It stays so.</p>", "html"),
    ("a.txt", "<MOSADA> - The port is closed.", "text"),
    ("a.txt", "{Port Ansel} The port is closed.", "text"),
    ("a.txt", "[Photo: the port] The port is closed.", "text"),
    ("a.txt", "Closed, said a, b; c. text,title,body\n\nIt is.", "text"),
    ("a.xhtml", '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><p>x</p></html>', "html"),
]


@pytest.mark.parametrize(("name", "content", "kind"), KINDS)
def test_kind_is_decided_by_content_then_name(name: str, content: str, kind: str, tmp_path: Path) -> None:
    """A page is HTML whatever it is called; prose is what its name says."""
    ((report,), failures) = read(put(tmp_path / name, content))
    assert report.kind == kind
    assert not failures


def test_deep_html_is_passed_on(tmp_path: Path) -> None:
    """Depth is no matter here: the bytes go on as they are."""
    data = b"<html><body>" + b"<div>" * 200_000 + b"Closed."
    ((report,), _) = read(put(tmp_path / "a.html", data))
    assert report.data == data


def test_gzip_keeps_the_name_and_so_the_identity(tmp_path: Path) -> None:
    """The same report packed or not has the same bytes and name; only its place tells."""
    ((plain,), _) = read(put(tmp_path / "a/a.txt", STORY))
    ((packed,), _) = read(put(tmp_path / "b/a.txt.gz", gzipped(STORY.encode())))
    assert (plain.data, plain.name) == (packed.data, packed.name)
    assert packed.uri.endswith("b/a.txt.gz")


def test_gzip_of_several_members_is_one_text(tmp_path: Path) -> None:
    """Members follow each other as if they were one; zeros and rubbish after the last are ignored."""
    packed = gzipped(b"One. ") + gzipped(b"Two.")
    for after in (b"", bytes(512), b"rubbish"):
        ((report,), failures) = read(put(tmp_path / "a.gz", packed + after))
        assert report.data == b"One. Two."
        assert not failures


def test_zip_members(tmp_path: Path) -> None:
    """Members are read in the order of their names, each with its own date, hidden ones left out."""
    inner = zipped([("c.jsonl", b'{"text": "One."}\n{"text": "Two."}\n')])
    members = [
        ("x/b.html", PAGE.encode()),
        ("a.txt", STORY.encode()),
        ("__MACOSX/a.txt", b"no"),
        (".git/x", b"no"),
        ("d/", b""),
        ("i.zip", inner),
        ("z.txt.gz", gzipped(b"Packed twice.")),
    ]
    path = put(tmp_path / "a.zip", zipped(members))
    documents, failures = read(path)
    assert not failures
    assert [(one.uri.removeprefix(f"{path}!"), one.name, one.kind) for one in documents] == [
        ("a.txt", "a.txt", "text"),
        ("i.zip!c.jsonl#1", "c.jsonl#1", "text"),
        ("i.zip!c.jsonl#2", "c.jsonl#2", "text"),
        ("x/b.html", "b.html", "html"),
        ("z.txt.gz", "z.txt", "text"),
    ]
    assert {one.retrieved_at for one in documents} == {"2019-04-03T10:20:30Z"}


def test_a_zip_from_standard_input() -> None:
    """What cannot be sought in is copied, and read the same."""
    (report,) = find(["-"], stdin=io.BytesIO(zipped([("a.txt", STORY.encode())])))
    assert isinstance(report, RawDocument)
    assert (report.uri, report.data) == ("-!a.txt", STORY.encode())


SHAPES: list[tuple[dict[str, Any], str, str | None, dict[str, str]]] = [
    (
        {"id": 7, "title": "T", "text": "B", "outlet": "O", "url": "https://e.org/a", "published": "2019",
         "author": "A"},
        "B", "https://e.org/a", {"title": "T", "byline": "A", "outlet": "O", "published": "2019"},
    ),
    (
        {"maintext": "B", "authors": ["A", "C"], "source_domain": "e.org", "date_publish": "2019-04-03",
         "url": None},
        "B", None, {"byline": "A, C", "outlet": "e.org", "published": "2019-04-03"},
    ),
    (
        {"source": {"id": None, "name": "O"}, "author": None, "content": "B", "publishedAt": "2019",
         "url": "e.org/a"},
        "B", "http://e.org/a", {"outlet": "O", "published": "2019"},
    ),
    (
        {"headline": "T", "articleBody": "B", "author": [{"@type": "Person", "name": "A"}],
         "publisher": {"name": "O"}, "datePublished": "2019", "inLanguage": "en"},
        "B", None, {"title": "T", "byline": "A", "outlet": "O", "published": "2019", "language": "en"},
    ),
    (
        {"title": {"rendered": "T"}, "content": {"rendered": "B"},
         "link": "https://e.org/?p=1", "date": "2019"},
        "B", "https://e.org/?p=1", {"title": "T", "published": "2019"},
    ),
    (
        {"text": "B", "author": "NA", "date": "nan", "publisher": "None", "title": "N/A", "outlet": None},
        "B", None, {},
    ),
    ({"text": "B", "author": "Na", "title": "Nan"}, "B", None, {"byline": "Na", "title": "Nan"}),
    ({"Text": ["One.", "Two."], "timestamp": 1554286830}, "One.\n\nTwo.", None,
     {"published": "2019-04-03T10:20:30Z"}),
    ({"body": "B", "date": 1554286830000, "wire": "W", "translated_by": "N"}, "B", None,
     {"published": "2019-04-03T10:20:30Z", "wire": "W", "translator": "N"}),
    ({"text": "", "content": "B", "date": 20190403, "url": "urn:x:1"}, "B", None, {"published": "20190403"}),
]  # fmt: skip


@pytest.mark.parametrize(("record", "body", "url", "fields"), SHAPES)
def test_shapes_of_articles(
    record: dict[str, Any], body: str, url: str | None, fields: dict[str, str], tmp_path: Path
) -> None:
    """The usual shapes of stored articles are understood without a mapping; the line is kept as it is."""
    line = json.dumps(record).encode()
    ((report,), _) = read(put(tmp_path / "a.jsonl", line + b"\r\n"))
    assert (report.body, report.url, report.fields) == (body, url, fields)
    assert report.data == line
    assert report.name == (url or "a.jsonl#1")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_number_longer_than_python_reads(name: str, tmp_path: Path) -> None:
    """It costs nothing but itself, alone and in a list of articles; its digits are kept."""
    article = '{"text": "B", "title": "T", "id": ' + "7" * 9000 + "}"
    data = article if name == "a.jsonl" else '{"articles": [' + article + "]}"
    ((report,), failures) = read(put(tmp_path / name, data))
    assert failures == []
    assert (report.body, report.fields) == ("B", {"title": "T"})
    assert b"7" * 9000 in report.data


def test_a_mapping_names_the_fields(tmp_path: Path) -> None:
    """What is mapped is taken from there and nowhere else, the rest is guessed."""
    line = {"text": "no", "a": {"b": "B"}, "who": "A", "title": "T"}
    path = put(tmp_path / "a.jsonl", json.dumps(line) + '\n{"text": "no"}\n')
    documents, failures = read(path, mapping={"text": "a.b", "byline": "who"})
    assert [(one.body, one.fields) for one in documents] == [("B", {"title": "T", "byline": "A"})]
    assert [one.reason for one in failures] == ["no text: field 'a.b' has none (fields: text)"]
    with pytest.raises(UsageError, match="unknown field 'headline'"):
        SourceSettings(mapping={"headline": "title"})


def test_bad_lines_cost_only_themselves(tmp_path: Path) -> None:
    """A broken line is a failure with its number; blank lines are nothing."""
    lines = ['{"text": "One."}', "{broken", "", '{"title": "x"}', "[1]", '{"text": "Six."}']
    path = put(tmp_path / "a.jsonl", "\n".join(lines))
    documents, failures = read(path)
    assert [one.uri for one in documents] == [f"{path}#1", f"{path}#6"]
    assert [(one.uri, one.reason.partition(":")[0]) for one in failures] == [
        (f"{path}#2", "not json"),
        (f"{path}#4", "no text"),
        (f"{path}#5", "no text"),
    ]


def test_half_a_surrogate_pair_is_mended(tmp_path: Path) -> None:
    """An escape that is half a character must not break what stores it; whole pairs stay."""
    ((report,), _) = read(
        put(tmp_path / "a.jsonl", r'{"text": "a \ud83d b \ud83d\ude00", "title": "\udc00"}')
    )
    assert (report.body, report.fields["title"]) == ("a \ufffd b 😀", "\ufffd")


@given(st.lists(LETTERS.filter(str.strip), min_size=1, max_size=5), st.booleans())
@settings(max_examples=60, deadline=None)
def test_jsonl_gives_back_any_text(texts: list[str], ascii_only: bool) -> None:
    """Emoji, right-to-left text, CRLF and quotes survive in the body, as lines and as an array."""
    records = [{"text": text} for text in texts]
    lines = "".join(json.dumps(one, ensure_ascii=ascii_only) + "\n" for one in records)
    for data in (lines, json.dumps(records, ensure_ascii=ascii_only), json.dumps(records, indent=1)):
        found = list(find(["-"], stdin=io.BytesIO(data.encode())))
        assert [one.body for one in found if isinstance(one, RawDocument)] == texts
        assert all(decode(one).text == one.body for one in found if isinstance(one, RawDocument))


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_jsonl_in_other_encodings(charset: str, tmp_path: Path) -> None:
    """Lines in UTF-16 and Windows-1252 are lines too."""
    path = put(tmp_path / "a.jsonl", '{"text": "Café closed."}\n{"text": "Two – “so”."}\n'.encode(charset))
    documents, failures = read(path)
    assert [one.body for one in documents] == ["Café closed.", "Two – “so”."]
    assert not failures


JSONS: list[tuple[str, list[str | None]]] = [
    ('[{"text": "One."}, {"text": "T,w]o"}]', ["One.", "T,w]o"]),
    ('{"status": "ok", "articles": [{"content": "One."}, {"content": "Two."}]}', ["One.", "Two."]),
    ('{\n "title": "T",\n "text": "One."\n}\n', ["One."]),
    ('{"title": "T", "text": "One."}', ["One."]),
    (r'[{"text": "a\"},{\\"}  ,  {"text": "b", "x": {"y": [1, {"z": "]"}]}}]', ['a"},{\\', "b"]),
]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "cp1251", "utf-8"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_items_in_an_encoding_the_caller_names(charset: str, name: str, tmp_path: Path) -> None:
    """The caller's encoding is applied once, to lines, arrays and tables alike."""
    data = {
        "a.jsonl": '{"text": "Порт"}\n',
        "a.json": '[{"text": "Порт"}]',
        "a.csv": "title,text\nX,Порт\n",
    }[name]
    ((report,), failures) = read(put(tmp_path / name, data.encode(charset)), charset=charset)
    assert report.body == "Порт"
    assert decode(report, charset=charset).text == "Порт"
    assert not failures


@pytest.mark.parametrize(("data", "bodies"), JSONS)
def test_json_files(data: str, bodies: list[str], tmp_path: Path) -> None:
    """An array, an object that holds one, or one article, whatever the file is called."""
    for name in ("a.json", "a.txt"):
        documents, failures = read(put(tmp_path / name, data))
        assert [one.body for one in documents] == bodies
        assert not failures


def test_an_array_is_streamed(tmp_path: Path) -> None:
    """An array of any length is read with the memory of one article; one over the limit is skipped."""
    articles = [json.dumps({"text": f"Report {n}. " + "x" * n * 40_000}) for n in range(5)]
    documents, failures = read(
        put(tmp_path / "a.json", f"[{','.join(articles)}]"), max_document_bytes=100_000
    )
    assert [one.name for one in documents] == ["a.json#1", "a.json#2", "a.json#3"]
    assert [one.reason for one in failures] == [
        "too large: an article, 120 KB where one report may have 100 KB",
        "too large: an article, 160 KB where one report may have 100 KB",
    ]


def table(rows: list[list[str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


@given(
    st.lists(st.tuples(LETTERS, LETTERS.filter(str.strip)), min_size=1, max_size=4), st.sampled_from(",;\t|")
)
@settings(max_examples=80, deadline=None)
def test_tables_give_back_any_text(rows: list[tuple[str, str]], delimiter: str) -> None:
    """What the standard library writes is read back, whatever stands in the cells."""
    data = table([["note", "text"], *map(list, rows)], delimiter)
    found = list(find(["-"], stdin=io.BytesIO(data)))
    assert [one.body for one in found if isinstance(one, RawDocument)] == [text for _, text in rows]


def test_a_table_of_articles(tmp_path: Path) -> None:
    """Rows are numbered as a spreadsheet does; the row is kept as JSON with the names of the header."""
    rows = [
        ["Headline", "Body", "Date"],
        ["T", "Line one.\r\nLine two.", "2019"],
        ["U", "", ""],
        ["V", "Third."],
    ]
    path = put(tmp_path / "a.csv", table(rows, ";") + b"\r\n")
    documents, failures = read(path)
    assert [(one.uri, one.body, one.fields) for one in documents] == [
        (f"{path}#2", "Line one.\r\nLine two.", {"title": "T", "published": "2019"}),
        (f"{path}#4", "Third.", {"title": "V"}),
    ]
    assert json.loads(documents[0].data) == {
        "Headline": "T",
        "Body": "Line one.\r\nLine two.",
        "Date": "2019",
    }
    assert [(one.uri, one.reason) for one in failures] == [
        (f"{path}#3", "no text: no field holds the text (fields: Headline, Body, Date)")
    ]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_in_other_encodings(charset: str, tmp_path: Path) -> None:
    """A table may be in any encoding a spreadsheet writes."""
    data = 'title,text\nÉté,"Le café – fermé"\n'.encode(charset)
    ((report,), failures) = read(put(tmp_path / "a.csv", data))
    assert (report.body, report.fields) == ("Le café – fermé", {"title": "Été"})
    assert not failures


def test_a_row_over_the_limit_is_skipped(tmp_path: Path) -> None:
    """A huge cell costs its row, also over many lines; the rows after it are read."""
    rows = [["text"], ["x" * 300_000], ["line\n" * 60_000], ["Small."]]
    documents, failures = read(put(tmp_path / "a.csv", table(rows, ",")), max_document_bytes=200_000)
    assert [one.name for one in documents] == ["a.csv#4"]
    assert [one.reason.partition(",")[0] for one in failures] == ["too large: a row"] * 2


RSS = """<?xml version="1.0" encoding="{charset}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ansel Post</title><link>https://e.org/</link><language>en-GB</language>
<item><title>Port &amp;amp; café</title><link>https://e.org/1</link><dc:creator>A. Writer</dc:creator>
<pubDate>Wed, 03 Apr 2019 10:20:30 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Long, <script>x()</script>closed.</p><p>Café.</p>]]></content:encoded></item>
<item><title>Two</title><description>Plain words only.</description></item>
<item><title>Three</title><link>https://e.org/3</link></item>
</channel></rss>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_rss(charset: str, tmp_path: Path) -> None:
    """Entries of a feed are reports, their HTML untouched; an entry with only a title is a failure."""
    path = put(tmp_path / "a.xml", RSS.format(charset=charset).encode(charset))
    documents, failures = read(path, mapping={"text": "body"})  # which is for JSON and tables
    first, second = documents
    assert first.body == "<p>Long, <script>x()</script>closed.</p><p>Café.</p>"
    assert (first.kind, first.url, first.name) == ("html", "https://e.org/1", "https://e.org/1")
    assert first.fields == {
        "title": "Port & café",
        "byline": "A. Writer",
        "outlet": "Ansel Post",
        "published": "Wed, 03 Apr 2019 10:20:30 GMT",
        "language": "en-GB",
    }
    assert (second.kind, second.body, second.name) == ("text", "Plain words only.", "a.xml#2")
    assert json.loads(first.data)["text"] == first.body
    assert [(one.uri, one.reason, "https://e.org/3" in one.hint) for one in failures] == [
        (f"{path}#3", "no text: the entry has only a title", True)
    ]


def test_atom(tmp_path: Path) -> None:
    """Atom entries, too."""
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Ansel Post</title><entry><title>T</title>'
        '<link href="https://e.org/1"/><updated>2019-04-03T10:20:30Z</updated><author><name>A</name></author>'
        '<content type="html">&lt;p&gt;Closed.&lt;/p&gt;&lt;p&gt;So.&lt;/p&gt;</content></entry></feed>'
    )
    ((report,), _) = read(put(tmp_path / "feed", atom))
    assert (report.body, report.url) == ("<p>Closed.</p><p>So.</p>", "https://e.org/1")
    assert report.fields["published"] == "2019-04-03T10:20:30Z"


WARC = [
    warc_record("http://e.org/robots.txt", http(b"no", media="text/plain")),
    warc_record(
        "http://e.org/1", http("<p>Café</p>".encode("cp1252"), media="text/html; charset=windows-1252")
    ),
    warc_record("http://e.org/1", b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    warc_record("http://e.org/2", http(b"gone", status="404 Not Found")),
    warc_record("http://e.org/3", http(gzipped(b"<p>Packed.</p>"), more="Content-Encoding: gzip\r\n")),
    warc_record("http://e.org/4", http(b"\x89PNG", media="image/png")),
    warc_record(
        "http://e.org/5",
        http(b"6\r\nClosed\r\n0\r\n\r\n", media="text/plain", more="Transfer-Encoding: chunked\r\n"),
    ),
    warc_record("http://e.org/6", http(b"")),
    warc_record(
        "http://e.org/7", b"A text.", kind="resource", media="text/plain", date="2020-01-02T03:04:05.678Z"
    ),
    warc_record("http://e.org/8", http(b"x", more="Content-Encoding: br\r\n")),
    warc_record("http://e.org/9", http(gzipped(bytes(3_000_000)), more="Content-Encoding: gzip\r\n")),
    warc_record("http://e.org/10", http(b"<p>Last.</p>")),
]


@pytest.mark.parametrize("how", ["plain", "a member each", "one member"])
def test_warc(how: str, tmp_path: Path) -> None:
    """Pages and texts of a web archive are reports with address, date and declared encoding."""
    data = b"".join(gzipped(one) if how == "a member each" else one for one in WARC)
    path = put(tmp_path / "a.warc.gz", gzipped(data) if how == "one member" else data)
    documents, failures = read(path, max_document_bytes=1_000_000)
    assert [(one.uri, one.url, decode(one).text, one.kind) for one in documents] == [
        (f"{path}#2", "http://e.org/1", "<p>Café</p>", "html"),
        (f"{path}#5", "http://e.org/3", "<p>Packed.</p>", "html"),
        (f"{path}#7", "http://e.org/5", "Closed", "text"),
        (f"{path}#9", "http://e.org/7", "A text.", "text"),
        (f"{path}#12", "http://e.org/10", "<p>Last.</p>", "html"),
    ]
    assert [one.name for one in documents] == [one.url for one in documents]
    assert {one.retrieved_at for one in documents} == {"2019-04-03T10:20:30Z", "2020-01-02T03:04:05Z"}
    assert [(one.uri.rpartition("#")[2], one.reason.partition(":")[0]) for one in failures] == [
        ("8", "empty"),
        ("10", "unreadable"),
        ("11", "too large"),
    ]


def test_warcs_are_read_as_warcio_reads_them(tmp_path: Path) -> None:
    """Another reader finds the same pages with the same bytes."""
    archiveiterator = pytest.importorskip("warcio.archiveiterator", reason="warcio is not installed")
    good = [record for number, record in enumerate(WARC) if number in (1, 3, 4, 6, 11)]
    path = put(tmp_path / "a.warc", b"".join(good))
    with path.open("rb") as file:
        theirs = [
            (record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in archiveiterator.ArchiveIterator(file)
            if record.http_headers.get_statuscode() == "200"
        ]
    assert [(one.url, one.data) for one in read(path)[0]] == theirs


def test_an_archive_without_a_page_is_not_met_by_silence(tmp_path: Path) -> None:
    """A file that was given and holds no report is a failure."""
    records = {"a.warc": WARC[3], "b.csv": b"title,text\n", "c.json": b"[]"}
    for name, data in records.items():
        put(tmp_path / name, data)
    documents, failures = read(tmp_path)
    assert not documents
    assert [one.reason for one in failures] == ["empty: no report is in it"] * 3


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    """Reading is a function of the files: nothing of the clock or of the order of a set is in the result."""
    put(tmp_path / "a.zip", zipped([("a.txt", STORY.encode()), ("b.csv", b"text\nOne.\n")]))
    put(tmp_path / "b.warc", b"".join(WARC))
    put(tmp_path / "c.xml", RSS.format(charset="utf-8"))
    first = list(find([str(tmp_path)]))
    assert first == list(find([str(tmp_path)]))
    assert any(isinstance(one, Failure) for one in first)
