"""Text of HTML with its place in the source, whatever the source is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.documents.blocks import blocks, blocks_and_depth, strip_tags

PAGE = """<!doctype html><html><head><title>No</title><script>var a = "<p>no</p>";</script></head>
<body><nav class="menu"><ul><li><a href="/">Home</a><li><a href="/w">World</a></ul></nav>
<h1>Envoy&nbsp;leaves</h1><p>He <b>said</b> so.<br>Twice.<p>Then left.
<div class="newsletter-box"><p>Sign up</p></div><figure><figcaption>A ship</figcaption></figure></body>"""


def test_blocks_of_a_page() -> None:
    """One block per block element or line break, inline elements within, hidden ones out."""
    found = [(block.text, block.label) for block in blocks(PAGE)]
    assert found == [
        ("Home", "navigation"),
        ("World", "navigation"),
        ("Envoy leaves", ""),
        ("He said so.", ""),
        ("Twice.", ""),
        ("Then left.", ""),
        ("Sign up", "newsletter box"),
        ("A ship", "caption"),
    ]


def test_spans_point_into_the_source() -> None:
    """The span of a block begins and ends with its own characters."""
    for block in blocks(PAGE):
        piece = PAGE[block.start : block.end]
        assert piece.startswith(block.text.split()[0][:5])
        assert strip_tags(f"<p>{piece}</p>").replace("\n", " ") == block.text


@given(st.text(alphabet="<>/!-abp \"'=&;\n", max_size=200))
def test_any_string_has_blocks_in_order(source: str) -> None:
    """Whatever the source, blocks come in order, do not overlap and stand in it."""
    end = 0
    for block in blocks(source):
        assert end <= block.start < block.end <= len(source)
        end = block.end


@pytest.mark.long
@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + "x" + "</p>" * 100_000,
        '<a "' * 200_000,
        "<!--" * 200_000,
        "<" * 1_000_000,
        '<a ">"<b ">"' * 50_000,
        "<script>" * 100_000,
        "<p>x" * 50_000,
    ],
    ids=lambda source: source[:12],
)
def test_hostile_sources_end(source: str) -> None:
    """Nesting, open quotes and comments that never end cost no more than their length."""
    found, depth = blocks_and_depth(source, most=1_000_000)
    assert len(found) <= 50_000
    assert depth <= 200_000
