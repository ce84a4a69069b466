"""What a file is: decided by its first bytes, then by its name."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.sources.decoding import guess_charset
from onrecord.sources.fields import has_text_field, header_fields, parsed
from onrecord.sources.markup import after_preamble, is_html, is_markdown, is_page
from onrecord.sources.origin import SourceProblem
from onrecord.sources.streams import HEAD

Kind = Literal["html", "text", "markdown", "json", "jsonl", "table", "feed", "warc", "gzip", "zip"]

_PDFTOTEXT = "extract its text first: pdftotext FILE.pdf FILE.txt"
_SAVE_AS = "save it as text or HTML and give that file"
_UNPACK = "unpack it and give the folder"
_NOT_TEXT = "give the report itself as text or HTML"
_BINARY: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "this is a PDF file", _PDFTOTEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old Word, Excel or PowerPoint file", _SAVE_AS),
    (b"{\\rtf", "this is an RTF file", _SAVE_AS),
    (b"\x89PNG", "this is a PNG image", "run text recognition (OCR) on it and give the text"),
    (b"\xff\xd8\xff", "this is a JPEG image", "run text recognition (OCR) on it and give the text"),
    (b"GIF8", "this is a GIF image", _NOT_TEXT),
    (b"RIFF", "this is an image, sound or film", _NOT_TEXT),
    (b"II*\x00", "this is a TIFF image", "run text recognition (OCR) on it and give the text"),
    (b"\x7fELF", "this is a program", _NOT_TEXT),
    (b"MZ\x90", "this is a program", _NOT_TEXT),
    (b"ID3", "this is a sound file", _NOT_TEXT),
    (b"OggS", "this is a sound or film file", _NOT_TEXT),
    (b"SQLite format 3", "this is an SQLite database", "export its articles as CSV or JSONL"),
    (b"PAR1", "this is a Parquet file", "export its articles as CSV or JSONL"),
)
_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_FEED = re.compile(r"<(?:rss|feed|(?:\w+:)?RDF|channel)[\s>]", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_MHTML = re.compile(r"(?im)\A(?=.*^MIME-Version:)(?=.*^Content-Type:\s*multipart/related)", re.DOTALL)
_OBJECT = re.compile(r'\s*\{\s*["}]')
_ARRAY = re.compile(r"\s*\[\s*(?:\{\s*[\"}]|\]\s*\Z)")
_SUFFIXES: dict[str, Kind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jl": "jsonl",
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".txt": "text",
    ".text": "text",
}


def sniff(head: bytes, name: str, *, mapped: str | None = None, charset: str | None = None) -> Kind:
    """The kind of a file that starts with ``head`` and is called ``name``.

    Args:
        head: its first bytes; all of them if it is no longer than that.
        name: its file name, without ``.gz``.
        mapped: the field name the caller says holds the text.
        charset: the encoding the caller says it is in.

    Raises:
        Problem: "empty", "binary" or "unsupported".
    """
    packed = _by_signature(head)
    if packed is not None:
        return packed
    charset = charset or guess_charset(head)
    if charset is None:
        raise SourceProblem("binary", "these bytes are not text", _NOT_TEXT)
    text = head.decode(charset, "ignore").removeprefix("\ufeff")
    if len(head) < HEAD and not text.strip("\x00 \t\r\n\f\v\xa0"):
        raise SourceProblem(
            "empty", "there are no characters but white space", "nothing to do unless it should have text"
        )
    return _by_text(text, name, mapped)


def suffix(name: str) -> str:
    """The last extension of a file name, in lower case, with its dot.

    >>> suffix("a.b.HTML"), suffix("README")
    ('.html', '')
    """
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def _by_signature(head: bytes) -> Kind | None:
    if not head:
        raise SourceProblem("empty", "the file has no bytes", "nothing to do unless it should have text")
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(b"WARC/"):
        return "warc"
    for start, what, hint in _BINARY:
        if head.startswith(start):
            raise SourceProblem("binary", what, hint)
    for start, what in _PACKED:
        if head.startswith(start):
            raise SourceProblem("unsupported", f"this is a {what} archive", _UNPACK)
    if head[257:262] == b"ustar":
        raise SourceProblem("unsupported", "this is a tar archive", _UNPACK)
    if head[8:12] == b"DUCK":
        raise SourceProblem(
            "binary", "this is a DuckDB database", "keep the record outside the folder that is read"
        )
    if head[4:8] == b"ftyp":
        raise SourceProblem("binary", "this is a film or image", _NOT_TEXT)
    return None


def _by_text(text: str, name: str, mapped: str | None) -> Kind:
    named = _SUFFIXES.get(suffix(name))
    if _MHTML.match(text[:2000]):
        raise SourceProblem(
            "unsupported", "this is a web page saved as MHTML", "save it from the browser as HTML only"
        )
    if text.lstrip().startswith("<"):
        return _by_tags(text, named)
    if named != "jsonl" and _ARRAY.match(text):
        return "json"
    if _OBJECT.match(text):
        return "jsonl" if named == "jsonl" or _is_json_line(text, name) else "json"
    if named in ("jsonl", "table", "html", "markdown"):
        return named
    if named is None and _is_table(text, mapped):
        return "table"
    if named is None and is_html(text):
        return "html"
    return "markdown" if named is None and is_markdown(text) else "text"


def _by_tags(text: str, named: Kind | None) -> Kind:
    if is_page(text):
        return "html"
    root = _ROOT.match(_after_doctype(after_preamble(text)))
    if root and _FEED.match(f"<{root[1]} "):
        return "feed"
    if _XML.match(text) and root and root[1].lower() not in ("html", "div", "p", "article", "body"):
        raise SourceProblem("unsupported", f"this is XML ({root[1]}), neither HTML nor a feed", _SAVE_AS)
    if named in ("markdown", "jsonl", "table"):
        return named
    return "html" if named == "html" or is_html(text) else "text"


def _after_doctype(text: str) -> str:
    """``text`` without a document type and the entities declared in it."""
    if not text[:9].lower().startswith("<!doctype"):
        return text
    close, bracket = text.find(">"), text.find("[")
    if 0 <= bracket < close:
        close = text.find(">", text.find("]", bracket))
    return after_preamble(text[close + 1 :]) if close >= 0 else ""


def _is_json_line(text: str, name: str) -> bool:
    """Whether one of the first lines is a JSON object of its own, or a line too long to tell."""
    first, newline, rest = text.partition("\n")
    if not newline:  # a whole object is read as a document, a cut one as a line
        return suffix(name) != ".json" and not _is_json(first)
    return _is_json(first) or _is_json(rest.partition("\n")[0])


def _is_json(line: str) -> bool:
    try:
        return isinstance(parsed(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(text: str, mapped: str | None) -> bool:
    """Whether the first line is a header: several short cells, one of them known to hold the text."""
    first, newline, _ = text.partition("\n")
    cells = header_fields(first)
    short = all(len(cell) <= 40 for cell in cells)
    return bool(newline) and len(cells) > 1 and short and has_text_field(cells, mapped)
