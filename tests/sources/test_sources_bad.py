"""What cannot be read ends in one clear failure, within bounded memory."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
from pathlib import Path

import pytest
from sources_helpers import STORY, gzipped, http, put, read, warc_record, zipped

from onrecord.sources import WORDS, find
from onrecord.values import Failure

NOISE = bytes((i * i * 31 + (i >> 3) * 7 + i) % 251 for i in range(4000))
LONG_NUMBER = b'{"text": "Closed.", "a": ' + b"1" * 9000 + b"}"
WORD_FILE = zipped([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")])

# label, file name, bytes, what the reason starts with, what the hint says
BAD: list[tuple[str, str, bytes, str, str]] = [
    ("no bytes", "a.txt", b"", "empty: the file has no bytes", "nothing to do"),
    ("white space", "a.txt", b" \n\t\xc2\xa0\r\n", "empty: ", "nothing to do"),
    ("only a mark", "a.txt", b"\xef\xbb\xbf\n", "empty: ", "nothing to do"),
    ("only NULs", "a.txt", bytes(500), "binary: these bytes are not text", "text or HTML"),
    ("PDF", "a.txt", b"%PDF-1.7\n...", "binary: this is a PDF file", "pdftotext"),
    ("PNG", "a.html", b"\x89PNG\r\n\x1a\n" + NOISE, "binary: this is a PNG image", "OCR"),
    ("JPEG", "a.jpg", b"\xff\xd8\xff\xe0" + NOISE, "binary: this is a JPEG image", "OCR"),
    ("program", "a", b"\x7fELF\x02\x01\x01" + bytes(500), "binary: this is a program", "text or HTML"),
    ("noise", "a.txt", NOISE, "binary: these bytes are not text", "text or HTML"),
    ("Word", "a.docx", WORD_FILE, "binary: this is a Word file", "save it as text or HTML"),
    ("Word, other name", "a.txt", WORD_FILE, "binary: this is a Word file", "save it as text or HTML"),
    ("old Word", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "binary: this is an old", "save it"),
    ("RTF", "a.rtf", b"{\\rtf1\\ansi Closed.}", "binary: this is an RTF file", "save it"),
    ("record", "a.duckdb", bytes(8) + b"DUCK" + bytes(90), "binary: this is a DuckDB", "outside the folder"),
    ("xz", "a.xz", b"\xfd7zXZ\x00" + NOISE, "unsupported: this is a xz archive", "unpack"),
    ("tar", "a.tar", b"x".ljust(257, b"\0") + b"ustar\0", "unsupported: this is a tar archive", "unpack"),
    ("tar.gz", "a.tgz", gzipped(b"x".ljust(257, b"\0") + b"ustar\0"), "unsupported: this is a tar", "unpack"),
    ("other XML", "a.xml", b"<?xml version='1.0'?><nitf/>", "unsupported: this is XML (nitf)", "save it"),
    ("MHTML", "a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "unsupported: ", "HTML"),
    ("cut gzip", "a.txt.gz", gzipped(NOISE.hex().encode())[:-500], "truncated: the gzip", "again"),
    ("gzip of nothing", "a.txt.gz", gzipped(b""), "empty: ", "nothing to do"),
    ("only a gzip mark", "a.txt.gz", b"\x1f\x8b", "truncated: ", "again"),
    ("broken gzip", "a.gz", gzipped(STORY.encode())[:12] + NOISE, "unreadable: the gzip data is", "gzip -t"),
    ("cut zip", "a.zip", zipped([("a.txt", NOISE)])[:-40], "truncated: the zip", "again"),
    ("zip of nothing", "a.zip", zipped([]), "empty: the zip has no files", "nothing to do"),
    ("empty feed", "a.xml", b"<rss version='2.0'><channel/></rss>", "empty: no report", "nothing to do"),
    ("no articles", "a.json", b'{"a": 1}', "no text: no field holds the text (fields: a)", "--field text="),
    ("list of numbers", "a.jsonl", b"[1, 2]\n", "no text: this is a JSON list", '"text"'),
    ("no JSON", "a.jsonl", b'{"text": "a\n', "not json: ", "one JSON object on each line"),
    ("deep JSON", "a.jsonl", b'{"a":' + b"[" * 100_000, "not json: it is nested too deeply", "flat"),
    ("long number", "a.jsonl", b'{"a": ' + b"1" * 9000 + b"}", "no text: no field", "--field text="),
    ("cut array", "a.json", b'[{"t": 1', "truncated: the JSON array", "again"),
    ("no text column", "a.csv", b"id,name\n1,x\n", "no text: no field holds the text", "--field text="),
    ("open quotes", "a.csv", b'text\n"never closed\n', "truncated: a quotation mark", "close or double"),
    ("cut WARC", "a.warc", warc_record("http://a/", http(b"<p>Closed.</p>"))[:-20], "truncated: ", "again"),
    ("WARC of noise", "a.warc", b"WARC/1.0\r\n" + NOISE, "unreadable: ", "again"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "reason", "hint"), [case[1:] for case in BAD], ids=[c[0] for c in BAD]
)
def test_one_clear_failure(name: str, data: bytes, reason: str, hint: str, tmp_path: Path) -> None:
    """Each bad file is exactly one failure: a stable word, what was met, what to do next, where to retry."""
    path = put(tmp_path / name, data)
    documents, failures = read(path)
    assert documents == []
    (failure,) = failures
    assert failure.reason.startswith(reason)
    assert hint in failure.hint
    assert failure.reason.startswith(tuple(f"{word}: " for word in WORDS))
    assert "\n" not in failure.reason
    assert failure.path == str(path)
    assert failure.stage == "source"


def test_a_bad_file_does_not_end_the_reading(tmp_path: Path) -> None:
    """All the bad files in one folder give a failure each, and the good one between them is read."""
    for number, (_, name, data, _, _) in enumerate(BAD):
        put(tmp_path / f"{number:02d}/{name}", data)
    put(tmp_path / "10b/good.txt", STORY)
    documents, failures = read(tmp_path)
    assert [one.name for one in documents] == ["good.txt"]
    assert len(failures) == len(BAD)


def sparse(path: Path, size: int, start: bytes = b"a") -> Path:
    """A file of ``size`` bytes that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(start * 70_000)
        file.truncate(size)
    return path


@pytest.mark.parametrize("name", ["line.txt", "page.html", "line"])
def test_a_line_of_200_megabytes_is_refused_unread(name: str, tmp_path: Path) -> None:
    """A file over the limit is refused by its size: little of it is read, and less than 2 MB are held."""
    path = sparse(tmp_path / name, 200_000_000)
    tracemalloc.start()
    documents, failures = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert documents == []
    assert [one.reason for one in failures] == ["too large: 200 MB where one report may have 20 MB"]
    assert "--max-document-bytes" in failures[0].hint
    assert peak < 2_000_000


def test_a_file_of_zeros_over_the_limit_is_too_large(tmp_path: Path) -> None:
    """A hole of 200 MB says nothing of itself but its size."""
    path = tmp_path / "a.txt"
    path.touch()
    os.truncate(path, 200_000_000)
    assert [one.reason[:9] for one in read(path)[1]] == ["too large"]


def test_five_million_words(tmp_path: Path) -> None:
    """A text of five million words is over the limit, and passes when the limit is raised."""
    path = put(tmp_path / "a.txt", b"harbour " * 5_000_000)
    documents, failures = read(path)
    assert not documents
    assert failures[0].reason == "too large: 40 MB where one report may have 20 MB"
    assert len(read(path, max_document_bytes=50_000_000)[0]) == 1


def test_a_long_jsonl_line_is_skipped_and_the_rest_read(tmp_path: Path) -> None:
    """A line over the limit is a failure with its number; it is streamed past, not held."""
    long = b'{"text": "' + b"a" * 30_000_000 + b'"}\n'
    path = put(tmp_path / "a.jsonl", b'{"text": "one"}\n' + long + b'{"text": "three"}')
    tracemalloc.start()
    documents, failures = read(path, max_document_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.uri for one in documents] == [f"{path}#1", f"{path}#3"]
    assert [(one.uri, one.reason) for one in failures] == [
        (f"{path}#2", "too large: a line, 30 MB where one report may have 1 MB")
    ]
    assert peak < 4_000_000


def test_a_gzip_bomb(tmp_path: Path) -> None:
    """A few KB that unpack to far more than text ever does are refused as a bomb, little being held."""
    path = put(tmp_path / "a.txt.gz", gzipped(bytes(15_000_000)))
    tracemalloc.start()
    documents, failures = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert documents == []
    assert [one.reason[:5] for one in failures] == ["bomb:"]
    assert peak < 25_000_000


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "a.bin"])
def test_a_zip_bomb(name: str, tmp_path: Path) -> None:
    """One member that is a bomb ends the reading of the whole archive, what came before is kept."""
    members = [("0.txt", STORY.encode()), (name, b'"' * 15_000_000), ("z.txt", STORY.encode())]
    documents, failures = read(put(tmp_path / "a.zip", zipped(members)))
    assert [one.name for one in documents] == ["0.txt"]
    assert [one.reason[:5] for one in failures] == ["bomb:"]


def test_many_members_that_unpack_to_too_much(tmp_path: Path) -> None:
    """The members of a zip are counted together."""
    members = [(f"{n}.txt", (STORY * 100).encode()) for n in range(10)]
    documents, failures = read(put(tmp_path / "a.zip", zipped(members)), max_archive_bytes=30_000)
    assert len(documents) == 3
    assert [one.reason for one in failures] == ["bomb: it unpacks to more than 30 KB"]
    assert "--max-archive-bytes" in failures[0].hint


def test_nested_bombs(tmp_path: Path) -> None:
    """Archives in archives in archives end in one failure, not in one for each of them."""
    data = zipped([("a.txt", STORY.encode())])
    for _ in range(5):
        data = zipped([(f"{n}.zip", data) for n in range(10)])
    documents, failures = read(put(tmp_path / "a.zip", data))
    assert documents == []
    assert [one.reason for one in failures] == ["bomb: archives are nested more than 3 deep"]


def test_gzip_in_gzip_in_gzip(tmp_path: Path) -> None:
    """Three layers are unpacked, a fourth is not."""
    data = STORY.encode()
    for _ in range(3):
        data = gzipped(data)
    assert len(read(put(tmp_path / "a.gz", data))[0]) == 1
    assert read(put(tmp_path / "b.gz", gzipped(data)))[1][0].reason.startswith("bomb: ")


def test_a_list_of_members_without_end(tmp_path: Path) -> None:
    """A zip that claims a list of members of 1 GB is refused before the list is read."""
    data = bytearray(zipped([("a.txt", STORY.encode())]))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 10**9)
    (failure,) = read(put(tmp_path / "a.zip", bytes(data)))[1]
    assert failure.reason.startswith("bomb: its list of members")


def test_names_in_a_zip_are_only_labels(tmp_path: Path) -> None:
    """A name that climbs out of the archive is a label, and nothing is written anywhere."""
    members = [("../../evil.txt", STORY.encode()), ("/etc/evil.txt", b"B."), ("c:\\d\\e.txt", b"C.")]
    path = put(tmp_path / "in/a.zip", zipped(members))
    before = sorted(tmp_path.rglob("*"))
    documents, failures = read(path)
    assert not failures
    assert [one.uri.partition("!")[2] for one in documents] == [
        "../../evil.txt",
        "etc/evil.txt",
        "c:/d/e.txt",
    ]
    assert [one.name for one in documents] == ["evil.txt", "evil.txt", "e.txt"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_member_with_a_password(tmp_path: Path) -> None:
    """An encrypted member is a failure of its own; the others are read."""
    data = bytearray(zipped([("a.txt", b"Open."), ("b.txt", b"Closed.")]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.rfind(mark)
        data[start + at] |= 1
    documents, failures = read(put(tmp_path / "a.zip", bytes(data)))
    assert [one.name for one in documents] == ["a.txt"]
    assert [(one.uri[-6:], one.reason) for one in failures] == [
        ("!b.txt", "encrypted: a password protects it")
    ]


def test_a_member_that_is_damaged(tmp_path: Path) -> None:
    """A wrong checksum costs the member, not the archive."""
    data = bytearray(zipped([("a.txt", NOISE.hex().encode()), ("b.txt", b"Whole.")]))
    data[200] ^= 0xFF
    documents, failures = read(put(tmp_path / "a.zip", bytes(data)))
    assert [one.name for one in documents] == ["b.txt"]
    assert [one.reason for one in failures] == ["unreadable: the zip member is damaged"]


def test_what_stands_before_the_cut_is_kept(tmp_path: Path) -> None:
    """Lines of a cut gzip and records of a cut WARC are read up to the cut."""
    rows = b"".join(
        b'{"text": "Report %d of %s."}\n' % (n, NOISE[n : n + 50].hex().encode()) for n in range(3000)
    )
    documents, failures = read(put(tmp_path / "a.jsonl.gz", gzipped(rows)[:-2000]))
    assert 2000 < len(documents) < 3000
    assert [one.reason[:10] for one in failures] == ["truncated:"]
    records = b"".join(warc_record(f"http://a/{n}", http(b"<p>Closed.</p>")) for n in range(3))
    documents, failures = read(put(tmp_path / "a.warc", records[:-20]))
    assert [one.url for one in documents] == ["http://a/0", "http://a/1"]
    assert [one.reason[:10] for one in failures] == ["truncated:"]


def test_a_number_without_end_costs_nothing(tmp_path: Path) -> None:
    """One of more digits than can be converted stays text; one too large for a date is no date."""
    good, year = b'{"text": "Closed."}', b'{"text": "Closed.", "published": ' + b"9" * 400 + b"}"
    articles = [good, LONG_NUMBER, year, good]
    put(tmp_path / "a.jsonl", b"\n".join(articles))
    put(tmp_path / "b.json", b"[" + b",".join(articles) + b"]")
    put(tmp_path / "d", b"\n".join([LONG_NUMBER, LONG_NUMBER]))
    put(tmp_path / "c.json", b'{"n": 1, "articles": [' + b",".join(articles) + b"]}")
    documents, failures = read(tmp_path)
    assert [one.name[-2:] for one in documents] == ["#1", "#2", "#3", "#4"] * 3 + ["#1", "#2"]
    assert failures == []
    assert all("published" not in one.fields for one in documents)


class Counting:
    """An endless line that counts how much of it is read."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int) -> bytes:
        self.given += size
        return b"a" * size


def test_an_endless_input_is_read_to_the_limit_only() -> None:
    """Of standard input without end no more is read than the limit and one look ahead."""
    endless = Counting()
    (failure,) = find(["-"], stdin=endless)  # type: ignore[arg-type]  # only read is asked for
    assert isinstance(failure, Failure)
    assert failure.reason == "too large: more than 20 MB where one report may have 20 MB"
    assert endless.given <= 20_000_001 + 70_000


def test_a_bomb_of_entities_in_a_feed(tmp_path: Path) -> None:
    """Entities that would expand without end are not expanded."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    feed = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss version="2.0"><channel>'
        "<title>T</title><item><title>A</title><description>&e11;</description></item></channel></rss>"
    )
    documents, failures = read(put(tmp_path / "a.xml", feed))
    assert all(len(one.data) < 100_000 for one in documents)
    assert len(documents) + len(failures) == 1


HOSTILE = [  # label, bytes, what it ends in: each takes hours where time grows with the square of the size
    ("comments that do not end", b"<!--" * 1_000_000, None),
    ("comments without end", b"<!---->" * 1_000_000, None),
    ("instructions that do not end", b"<?" * 1_000_000, None),
    ("tags that do not end", b"<p " * 1_000_000, None),
    (
        "a feed of open tags",
        b"<rss><channel>" + b"<item>" * 300_000,
        "unreadable: the feed is",
    ),
    (
        "a feed of ampersands",
        b"<rss><channel><title>" + b"&" * 2_000_000,
        "unreadable: the feed is",
    ),
    ("a row of half a million cells", b"title,text\nT" + b"," * 500_000, "no text: "),
    ("an array of brackets", b'[{"text": ' + b"[" * 3_000_000, "truncated: "),
]


@pytest.mark.parametrize(("data", "reason"), [case[1:] for case in HOSTILE], ids=[c[0] for c in HOSTILE])
def test_hostile_repetition_ends(data: bytes, reason: str | None) -> None:
    """Input made to keep a parser busy is looked through once."""
    (found,) = find(["-"], stdin=io.BytesIO(data))
    if reason is None:
        assert not isinstance(found, Failure)
    else:
        assert isinstance(found, Failure)
        assert found.reason.startswith(reason)
