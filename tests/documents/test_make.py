"""From a report as found to a document: canonical text, what is dropped, what is known about it."""

import hashlib
import os
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.documents.make import body_of
from onrecord.values import Document, Failure

sys.path.insert(0, str(Path(__file__).parent))
from documents_made import document, make

TRANSLATED = """ date 2022-01-29 The envoy of Tessaly in Merrow considers that the talks are a stabilizing factor in the region.

“Our ships have reached the harbour,” Envoy Dorn stated.

RELATED CONTENT: Merrow doubles its grain exports

Two states in permanent contact

He also said that nobody had left.

Featured image: Ships in the harbour. Photo: Press TV

(Press TV)

Translation: Merrow Tribune

MT/GMS/SC

Please leave this field empty Want More ? SIGN UP TO RECEIVE OUR LETTER We don’t spam! Read our privacy policy.
"""
PAGE = """<html lang=en><head><title>Envoy leaves Merrow after talks fail | Merrow Daily</title>
<meta property="og:site_name" content="Merrow Daily">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-04-03T08:00:00+02:00",
"headline":"Envoy leaves Merrow after talks fail","author":{"@type":"Person","name":"Ana Ruiz"}}</script></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Envoy leaves Merrow after talks fail</h1>
<p>MERROW (Reuters) - The envoy of Tessaly left on Wednesday after three days of talks over the harbour had failed, two officials said.</p>
<p>“We came to listen, and we have listened,” Envoy Dorn told reporters at the gate, before he boarded a ship for home.</p>
<p>The ministry in Merrow denied that the talks had failed and said that they would go on in the spring, after the vote.</p>
</article><div class="newsletter"><p>Sign up for our newsletter</p></div><footer>© 2019 Merrow Daily</footer></body></html>"""


def test_text_with_leftovers() -> None:
    """Leftovers go with their place and reason, every paragraph stays, and what they say is known."""
    made = document(TRANSLATED)
    assert made.text.split("\n\n") == [
        "The envoy of Tessaly in Merrow considers that the talks are a stabilizing factor in the region.",
        "“Our ships have reached the harbour,” Envoy Dorn stated.",
        "Two states in permanent contact",
        "He also said that nobody had left.",
    ]
    assert [one.reason for one in made.dropped] == [
        "date line",
        "related content",
        "caption",
        "credit",
        "translator",
        "credit",
        "newsletter box",
    ]
    assert (made.wire, made.translator, made.outlet) == ("Press TV", "Merrow Tribune", None)
    assert made.published is not None
    assert (made.published.earliest, made.published.latest) == ("2022-01-29", "2022-01-29")


def test_dropped_pieces_are_the_original_characters() -> None:
    """A dropped piece of a text is exactly what stands at its place; pieces are in order."""
    made = document(TRANSLATED)
    assert all(TRANSLATED[one.start : one.end] == one.text for one in made.dropped)
    assert [one.start for one in made.dropped] == sorted(one.start for one in made.dropped)


def test_page() -> None:
    """A page gives its article under its headline, and what its source says of it."""
    made = document(PAGE, "html", url="https://www.merrow.example/2019/04/04/x")
    assert made.text.startswith("Envoy leaves Merrow after talks fail\n\nMERROW (Reuters) - The envoy")
    assert "newsletter" not in made.text
    assert (made.title, made.byline, made.outlet, made.wire, made.language) == (
        "Envoy leaves Merrow after talks fail",
        "Ana Ruiz",
        "Merrow Daily",
        "Reuters",
        "en",
    )
    assert made.published is not None
    assert (made.published.earliest, made.published.basis) == ("2019-04-03", "JSON-LD datePublished")
    assert {one.reason for one in made.dropped} >= {"navigation", "newsletter box", "credit"}
    assert not body_of(made).startswith("Envoy leaves")


def test_headline_with_a_speaker_stays_the_first_line() -> None:
    """A headline is part of the canonical text: statements stand in headlines."""
    text = "Minister Dorn: No\u00a0More Ships to Merrow\r\n\r\nThe minister said on Monday that no more ships would be sent to the harbour of Merrow.\r\n"
    made = document(text)
    assert made.title == "Minister Dorn: No More Ships to Merrow"
    assert made.text.startswith(made.title + "\n\nThe minister")


def test_headline_given_by_a_field_is_put_in_front_once() -> None:
    """A title from the container becomes the first line unless it is already."""
    body = "The minister said so on Monday, and nobody in Merrow or Tessaly denied it afterwards."
    assert document(body, title="Dorn: No").text == f"Dorn: No\n\n{body}"
    assert document(f"Dorn: No\n{body}", title="Dorn: no.").text == f"Dorn: No\n\n{body}"


@pytest.mark.parametrize(
    "line",
    [
        "We lost another. — Merrow Dockers (@merrowdockers) July 8, 2016",
        "In December 2018, The Merrow Daily reported the gains since August:",
        "Dorn speaks to reporters at the gate, October 3, 2017. (A. Ruiz/Reuters)",
    ],
)
def test_line_that_holds_a_date_is_no_date_line(line: str) -> None:
    """Embedded posts and captions with a date stay, and are not when the report was published."""
    made = document(
        f"The envoy left on Monday, two officials of the ministry said.\n{line}\nNobody else left."
    )
    assert line in made.text
    assert made.published is None


def test_as_is_keeps_every_character() -> None:
    """With ``as_is`` the text is the original, dates and leftovers included."""
    made = document(TRANSLATED, as_is=True)
    assert (made.text, made.dropped) == (TRANSLATED, ())


def test_markdown_loses_its_marks() -> None:
    """Marks go, words stay, the front matter becomes fields."""
    text = "---\ntitle: Envoy leaves\ndate: 2019-04-03\n---\n\n## The *harbour*\n\nHe **said** [so](https://a.example/x) to two reporters of the paper on Monday.\n"
    made = document(text, "markdown")
    assert made.text == "Envoy leaves\n\nThe harbour\n\nHe said so to two reporters of the paper on Monday."
    assert made.published is not None
    assert made.published.basis == "field published"


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\x00\x01", "- Advertisement -", "…—…", "\ud800"])
def test_no_text_is_a_failure(text: str) -> None:
    """Nothing to read is a failure with a reason and a hint, not a document."""
    made = make(text)
    assert isinstance(made, Failure)
    assert (made.stage, made.reason.split(":")[0]) == ("document", "empty")
    assert made.hint


@given(st.text(max_size=400), st.sampled_from(["text", "html", "markdown"]))
@example("a\x00b\u2028c\u00adc\r\rd\ufeff", "text")
def test_any_string_ends_in_a_document_or_a_failure(text: str, kind: str) -> None:
    """No string raises; canonical text has no control character but line breaks, and can be stored."""
    made = make(text, kind)  # type: ignore[arg-type]
    if isinstance(made, Document):
        assert not {c for c in made.text if ord(c) < 32 and c != "\n"}
        assert "\n\n\n" not in made.text and made.text == made.text.strip("\n ")
        assert made.text_sha256 == hashlib.sha256(made.text.encode()).hexdigest()
        assert all(0 <= one.start < one.end <= len(text) for one in made.dropped)


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "<div>" * 100_000 + "<p>The envoy said on Monday that the talks would go on in the spring.</p>",
            "html",
        ),
        ("<p>The envoy said that the talks would go on." * 3_000, "html"),
        ("<table><tr><td>" * 5_000 + "The envoy said that the talks would go on.", "html"),
        ("word " * 1_000_000, "text"),
        ("word\n" * 200_000, "text"),
        ("x" * 5_000_000, "text"),
        ("By " * 100_000 + "\n" + "A. " * 100_000, "text"),
        ("[" * 100_000 + "*" * 100_000, "markdown"),
    ],
    ids=["deep", "long", "tables", "one line", "lines", "one word", "bylines", "marks"],
)
def test_hostile_input_ends(text: str, kind: str) -> None:
    """Deep, long or odd input ends in a document or a failure."""
    assert isinstance(make(text, kind), Document | Failure)  # type: ignore[arg-type]


REPORTS = Path(__file__).parents[3] / "shared" / "reports"


@pytest.mark.corpus
@pytest.mark.skipif(not REPORTS.is_dir(), reason="needs the model reports in ../shared/reports")
def test_model_reports_keep_their_last_paragraph_and_lose_what_follows() -> None:
    """Of the three model reports, all that is dropped is no sentence of the article."""
    for path in sorted(os.scandir(REPORTS), key=lambda entry: entry.name):
        text = Path(path.path).read_text(encoding="utf-8")
        made = document(text)
        lost = {one.reason for one in made.dropped}
        assert lost <= {
            "advertisement", "newsletter box", "comment form", "related content", "caption", "credit", "translator",
            "date line",
        }  # fmt: skip
        assert made.text.endswith((".", "”")) and "spam" not in made.text and "log in" not in made.text
