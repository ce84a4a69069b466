"""Speech inside speech: what is taken as such, and whose child it is."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.network.encoder import network
from onrecord.reading.statements.inner import tells, trimmed
from onrecord.reading.statements.nesting import DEPTH, nested, parents
from onrecord.reading.statements.quotes import Attribution, find_attributions, unquoted
from onrecord.text.doc import Doc
from onrecord.values import Spans


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    path = Path(__file__).parent / "cases" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


PIECES = ("said ", "told us that ", "“", "”", "Venn ", "as ", "we ", ", ", ". ", "\n", "\U0001f600", "א")
INNER, TREES = cases("inner.jsonl"), cases("nesting.jsonl")


def spans(text: str, quote: str) -> Spans:
    """The first place of ``quote``; nothing for nothing."""
    return ((text.index(quote), text.index(quote) + len(quote)),) if quote else ()


@pytest.mark.parametrize("case", INNER, ids=[case["label"] for case in INNER])
def test_what_is_speech(case: dict[str, Any]) -> None:
    """Words of saying with a holder are speech; plans, hedges and states of mind are not."""
    text = case["text"]
    assert tells(Doc.of(text), *(spans(text, case[role]) for role in ("speaker", "cue", "content"))) is case["expected"]


@pytest.mark.parametrize("case", TREES, ids=[case["label"] for case in TREES])
def test_trees(case: dict[str, Any]) -> None:
    """Each case has the rows it names, each under the speaker it names."""
    text = case["input"]
    tree = nested(network(), Doc.of(text), find_attributions(text))
    said = [" … ".join(text[a:b] for a, b in one.speaker) for one, _ in tree]
    rows = [
        [said[number], " … ".join(text[a:b] for a, b in one.cue), None if parent is None else said[parent]]
        for number, (one, parent) in enumerate(tree)
    ]
    assert sorted(rows, key=str) == sorted(case["expected"], key=str)
    contents = [" … ".join(text[a:b] for a, b in one.content) for one, _ in tree]
    assert set(case["contents"]) <= set(contents)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("as Venn said two days ago, we leave", "we leave"),
        ("Venn said two days ago, we left", "two days ago, we left"),  # nothing says that it only introduces
        ("as Venn said the dam, once built, is safe", "the dam, once built, is safe"),
    ],
)
def test_asides(text: str, kept: str) -> None:
    """Only after "as" and only words on when and where are cut off."""
    content = ((text.index("said ") + 5, len(text)),)
    start, end = trimmed(text, spans(text, "Venn"), spans(text, "said"), content)[0]
    assert text[start:end] == kept


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("“We go,”", " We go, "),
        ("“One.\n“Two.”", " One.\n Two. "),
        ('"We go"', " We go "),
        ("''We don't.''", "  We don't.  "),
        ("“We go,” she said, “now.”", "“We go,” she said, “now.”"),
        ("that they “go”", "that they “go”"),
    ],
)
def test_marks_around_a_quotation(content: str, read: str) -> None:
    """They are blank in what is read again, if all of it is one quotation."""
    assert unquoted(content) == read


@st.composite
def attributions(draw: st.DrawFn) -> list[Attribution]:
    """Attributions with bounds drawn anywhere in a short text."""
    made = []
    for _ in range(draw(st.integers(0, 8))):
        a, b, c, d = sorted(draw(st.lists(st.integers(0, 40), min_size=4, max_size=4, unique=True)))
        cue, content = draw(st.sampled_from([((a, b), (c, d)), ((c, d), (a, b))]))
        made.append(Attribution((), (cue,) if draw(st.booleans()) else (), (content,), 0.5))
    return made


def extent(one: Attribution) -> tuple[int, int]:
    """From its first character to its last."""
    every = [*one.cue, *one.content]
    return min(a for a, _ in every), max(b for _, b in every)


@given(attributions())
def test_a_parent_holds_its_child(found: list[Attribution]) -> None:
    """A parent's content is around all of the child, no smaller one is, and none is its own ancestor."""
    result = parents(found)
    for number, parent in enumerate(result):
        start, end = extent(found[number])
        around = [
            one for one in found
            if extent(one) != (start, end) and any(a <= start and end <= b for a, b in one.content)
        ]  # fmt: skip
        assert (parent is None) == (not around)
        if parent is not None:
            assert found[parent] in around
            assert extent(found[parent]) != (start, end)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_has_a_tree(text: str) -> None:
    """Spans in range and never empty, children inside their parent's content, three deep at most."""
    given_ones = find_attributions(text)
    tree = nested(network(), Doc.of(text), given_ones)
    assert [one for one, _ in tree[: len(given_ones)]] == given_ones
    for one, parent in tree:
        assert all(0 <= a < b <= len(text) for a, b in (*one.speaker, *one.cue, *one.content))
        depth = 1
        while parent is not None:
            assert any(a <= one.cue[0][0] and one.cue[-1][1] <= b for a, b in tree[parent][0].content)
            one, parent, depth = tree[parent][0], tree[parent][1], depth + 1
        assert depth <= DEPTH


@pytest.mark.parametrize(
    ("text", "cue", "kept"),
    [
        ("Oria has often denied allegations by Venn that it sold arms.", "has often denied allegations", "allegations"),
        ("Oria denied allegations, Venn said, that it sold arms.", "denied allegations", "denied allegations"),
        ("Allegations denied by Venn that it sold arms.", "Allegations denied", "Allegations denied"),
        ("Oria heard allegations by Venn that it sold arms.", "heard allegations", "heard allegations"),
    ],
)
def test_what_another_does_to_a_claim_is_not_the_claimants(text: str, cue: str, kept: str) -> None:
    """A verb of denial that the network takes for the accuser's is left to who denies."""
    given = Attribution(spans(text, "Venn"), spans(text, cue), spans(text, "that it sold arms"), 0.9)
    assert nested(network(), Doc.of(text), [given])[0][0].cue == spans(text, kept)
