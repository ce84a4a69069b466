"""The dossier as a page and as Markdown: nothing in a report becomes a tag, a script, a link or a heading."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from dossiers import BOAT, PIER, Page, dossier, record_of, texts_of

from onrecord.export.dossier.html import html, policy, text
from onrecord.export.dossier.markdown import escape, markdown
from onrecord.export.dossier.parts import AsGiven, Dossier, Paragraph, Section, Web

VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</q></p></article><svg onload=alert(1)>",
    '"><iframe src="https://evil.example/">',
    "</style><style>*{background:url(https://evil.example)}",
    "<!-- ",
    "]]><b>",
    "&lt;script&gt;",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "</title><script>1</script>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
]
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "p", "nav", "ol", "ul"),
    *("li", "main", "section", "div", "article", "blockquote", "q", "b", "bdi", "sup", "span", "svg", "rect", "text"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hostile = " ".join(VECTORS)
    odd = {
        "text": f"Eva {VECTORS[0]} said {hostile} today. Ivo said # no\n\n- none\n\n> 1. nil | `x` at www.evil.example.",
        "statements": [
            {"who": f"Eva {VECTORS[0]}", "speaker": f"Eva {VECTORS[0]}", "cue": "said", "content": hostile},
            {"who": "Ivo", "speaker": "Ivo", "cue": "said", "content": "# no\n\n- none\n\n> 1. nil | `x` at www.evil.example"},
        ],
    }
    return record_of(tmp_path_factory.mktemp("hostile"), odd, PIER, BOAT)


@pytest.fixture(scope="module")
def whole(record: Path) -> Dossier:
    return dossier(record)


def test_no_element_and_no_address_comes_from_a_report(whole: Dossier) -> None:
    """The page has the elements we write and no other, no handler, no style attribute, and links within only."""
    page = Page(html(whole))
    assert page.open == []
    for tag, attributes in page.elements:
        assert tag in ALLOWED, tag
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")]
        if "href" in attributes:
            assert (attributes["href"] or "").startswith("#")
    for vector in VECTORS:
        assert vector in "".join(text for _, text in page.quotes)


def test_quotes_in_the_page_are_their_characters(record: Path, whole: Dossier) -> None:
    """A browser shows for each quote exactly text[a:b] of the report that it names."""
    texts = texts_of(record)
    quotes = Page(html(whole)).quotes
    assert len(quotes) > 30
    for at, quote in quotes:
        document, start, end = re.fullmatch(r"(\w+):(\d+)-(\d+)", at).groups()  # type: ignore[union-attr]
        assert quote == texts[document][int(start) : int(end)]


def test_marks_and_notes_lead_to_each_other(whole: Dossier) -> None:
    """Every link of the page has its place, ids are unique, and each mark can be gone back to."""
    page = Page(html(whole))
    ids = [one["id"] for _, one in page.elements if "id" in one]
    links = {(one["href"] or "")[1:] for _, one in page.elements if "href" in one}
    assert len(ids) == len(set(ids)) and links <= set(ids)
    assert {one for one in ids if one and one.startswith(("mark-", "note-"))} <= links


def test_the_page_loads_and_runs_nothing(whole: Dossier) -> None:
    """The policy forbids all but the one style, which is the one in the page and asks for nothing."""
    page = html(whole)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]  # type: ignore[index]
    given = next(one["content"] for tag, one in Page(page).elements if one.get("http-equiv"))
    assert given == policy(style) and given.startswith("default-src 'none'; style-src 'sha256-")  # type: ignore[union-attr]
    assert "unsafe" not in given and "url(" not in style and "@import" not in style
    assert page.count("<style>") == 1 and "<script" not in page and "<link" not in page


def test_style_serves_dark_and_print_and_narrow(whole: Dossier) -> None:
    page = html(whole)
    for wanted in ("prefers-color-scheme: dark", "@media print", "max-width: 30rem", 'name="viewport"'):
        assert wanted in page


def test_only_the_web_becomes_a_link(tmp_path: Path) -> None:
    """An address that runs something is text; one of the web is a link that sends no referrer."""
    web = Dossier("t", (), (Section("s", "S", (Paragraph((Web('https://a.example/"><b>'), AsGiven("javascript:x"))),)),), ())
    page = Page(html(web))
    links = [one for tag, one in page.elements if tag == "a" and not (one["href"] or "").startswith("#")]
    assert [one["href"] for one in links] == ['https://a.example/"><b>']
    assert links[0]["rel"] == "noopener noreferrer"
    assert "](<https://a.example/%22%3E%3Cb%3E>)" in markdown(web)


@pytest.mark.parametrize("given", ["\x00\x08\x1b", "a\rb", "\u202e", "<&\"'>"])
def test_text_comes_back_from_the_page(given: str) -> None:
    """Every character that HTML can hold is kept; the few it cannot are replaced, not dropped."""
    back = unescape(text(given))
    assert len(back) == len(given)
    assert all(a == b or b == "\ufffd" for a, b in zip(given, back, strict=True))


@pytest.mark.parametrize(
    ("given", "forbidden"),
    [
        ("# no", r"^#"),
        ("- none", r"^-"),
        ("1. one", r"^1\."),
        ("> q", r"^>"),
        ("a\n\n# b", r"\n"),
        ("<b>", r"(?<!\\)<"),
        ("[x](y)", r"(?<!\\)[\[\]]"),
        ("a|b", r"(?<!\\)\|"),
        ("https://evil.example", r"https:"),
        ("www.evil.example", r"www\."),
        ("&lt;", r"(?<!\\)&lt"),
        ("===", r"^="),
    ],
)
def test_markdown_takes_nothing_for_a_sign(given: str, forbidden: str) -> None:
    assert not re.search(forbidden, escape(given))
    assert _shown(escape(given)) == given


def test_markdown_holds_every_quote(record: Path, whole: Dossier) -> None:
    """The passage of each note stands in the Markdown whole, and shows as the characters of the report."""
    lines = re.findall(r"characters (\d+)–(\d+): “(.*)”$", markdown(whole), re.MULTILINE)
    wanted = [one for note in whole.notes for one in note.passages]
    assert [(int(a), int(b), _shown(quote)) for a, b, quote in lines] == [(x.start, x.end, x.text) for x in wanted]


def test_every_footnote_of_markdown_is_defined_once(whole: Dossier) -> None:
    page = markdown(whole)
    defined = re.findall(r"^\[\^(\d+)\]:", page, re.MULTILINE)
    used = re.findall(r"(?<!\\)\[\^(\d+)\](?!:)", page)
    assert len(defined) == len(set(defined)) and set(used) == set(defined)


def _shown(source: str) -> str:
    """What Markdown shows for ``source``: signs without their backslash, references as characters."""
    plain = re.sub(r"&#(\d+);|\\(.)", lambda one: chr(int(one[1])) if one[1] else one[2], source)
    return plain
