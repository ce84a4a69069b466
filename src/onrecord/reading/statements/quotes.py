"""Finds attributions in a text: who, by which words, said what.

The text is read in segments of whole paragraphs, so that memory does not grow with it; each segment in
windows of the encoder; each window gives spans (``decode``) and links between them (``link``). Rules add
what is told by layout alone (``layouts``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.network.assemble import Found, assemble, confidence
from onrecord.reading.network.encoder import Network, Pass, network, pass_over
from onrecord.reading.network.windows import paragraphs, pieces_of
from onrecord.reading.statements.inner import tells
from onrecord.reading.statements.layouts import TRUST, layout_attributions, merge
from onrecord.shipped import digest
from onrecord.text.doc import Doc
from onrecord.values import Span, Spans

SEGMENT = 100_000  # code points read at once: some 20,000 words
PIECES = 30_000  # word pieces read at once; their scores take 4 KB each. A segment of prose has fewer.
_THROUGH = re.compile(r"(?:as )?(?:according to|reported by|quoted by|cited by)", re.IGNORECASE)
_MARKS = re.compile(r"[“”„\"«»]|''")
# One quotation: marks open it and each of its paragraphs and close it; the last may be missing.
_QUOTATION = re.compile(
    r"\s*+(?:[“„\"«]|'')(?:[^“”„\"«»'\n]++|'(?!')|\n[^\S\n]*+(?:[“„\"«]|'')?+)*+(?:[”\"»]|'')?+\W*+"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Speaker, cue and content spans in the text read, with a calibrated confidence."""

    speaker: Spans
    cue: Spans
    content: Spans
    confidence: float


def find_attributions(text: str) -> list[Attribution]:
    """All attributions in ``text``, in the order of their first character.

    Raises:
        ModelError: the shipped model is missing or is not the one whose hash is pinned.
    """
    return attributions_by(network(), text)


def attributions_by(model: Network, text: str) -> list[Attribution]:
    """The same with a given network, as training and evaluation need it."""
    found: list[Attribution] = []
    for start, read in passes(model, text):
        found += attributions_of(model, read, start=start)
    return found


def passes(
    model: Network, text: str, *, most: int = PIECES, known: NDArray[np.uint8] | None = None
) -> Iterator[tuple[int, Pass]]:
    """The passes over all segments of ``text`` in order, each with where it starts.

    A segment of more than ``most`` pieces (marks, figures, scripts without spaces) is cut again, so that
    memory is bounded whatever the text is. ``known``: its ``quotation_state``.
    """
    waiting = list(segments(text))[::-1]
    while waiting:
        start, end = waiting.pop()
        pieces = pieces_of(text[start:end], known if end - start == len(text) else None)
        if len(pieces.ids) > most and end - start > 1:
            halves = segments(text[start:end], size=(end - start + 1) // 2)
            waiting += [(start + a, start + b) for a, b in halves][::-1]
        else:
            yield start, pass_over(model, text[start:end], pieces)


def attributions_of(model: Network, read: Pass, *, start: int, doc: Doc | None = None) -> list[Attribution]:
    """The attributions of one segment that was read already; it begins at ``start`` in the text."""
    found = [
        Attribution(one[0], one[1], _asked(read.text, one[2]), confidence(one[3], model.confidence))
        for one in _all_in_segment(model, read, doc)
    ]
    layouts = [
        Attribution(one.speaker, one.cue, one.content, TRUST[one.rule])
        for one in layout_attributions(read.text, headline=start == 0)
    ]
    return [
        Attribution(
            _shifted(one.speaker, start),
            _shifted(one.cue, start),
            _shifted(one.content, start),
            one.confidence,
        )
        for one in merge(found, layouts)
    ]


def _asked(text: str, content: Spans) -> Spans:
    """``content`` with the mark of the question or exclamation that it ends before: it tells a question."""
    return tuple((start, end + (text[end : end + 1] in ("?", "!"))) for start, end in content)


def reader_name() -> str:
    """Name of the model that reads, with a hash over all data files but the pair model's."""
    return f"{network().name} {digest(without='pairs.onnx')}"


def segments(text: str, *, size: int = SEGMENT) -> Iterator[Span]:
    """Cuts ``text`` into spans of at most ``size``: at a line break, else a full stop, else a space."""
    start = 0
    while len(text) - start > size:
        limit = start + size
        cuts = ((text.rfind(mark, start + size // 2, limit), len(mark)) for mark in ("\n", ". ", " "))
        cut = next((at + width for at, width in cuts if at >= 0), limit)
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)


def raw_attributions(model: Network, text: str) -> list[Found]:
    """What the network alone finds in one segment: spans, and the features its confidence is made from."""
    return _all_in_segment(model, pass_over(model, text))


def _all_in_segment(model: Network, read: Pass, whole: Doc | None = None) -> list[Found]:
    """The attributions of a segment.

    A content that no cue has is a sign that the words before its paragraph misled the network: such a
    paragraph is read again by itself, and what does not overlap the first reading is added.
    """
    text = read.text
    found, loose = _assembled(model, read)
    taken = sorted(span for one in found for spans in one[:3] for span in spans)
    lines = paragraphs(text)
    misled = dict.fromkeys(lines[bisect_right(lines, (start, len(text))) - 1] for start in loose)
    if len(lines) > 1:
        for start, end in misled:
            again = (_moved(one, start) for one in _once(model, text[start:end])[0])
            found += [one for one in again if not any(_meets(taken, spans) for spans in one[:3])]
    through = [one for one in found if _THROUGH.match(text[one[1][0][0] : one[1][-1][1]])]
    if through:
        doc = whole if whole is not None and whole.text == text else Doc.of(text)
        found += _passed_on(model, doc, through)
    return found


def read_within(model: Network, text: str, content: Span) -> list[Attribution]:
    """What the network finds when a content is read as a text of its own, without the marks around it.

    Spans are of ``text``. Not all of it is speech: see ``nesting``.
    """
    found = _within(model, text, content)
    return [Attribution(*one[:3], confidence(one[3], model.confidence)) for one in found]


def _passed_on(model: Network, doc: Doc, through: Sequence[Found]) -> list[Found]:
    """What somebody said according to an agency or outlet: such a content is a text of its own.

    Corpora mark only the outer attribution, and the words of the one who spoke must not be lost in it. All
    other contents are read again by ``nesting``.
    """
    inner = (one for outer in through for content in outer[2] for one in _within(model, doc.text, content))
    return [one for one in inner if tells(doc, *one[:3])]


def _within(model: Network, text: str, content: Span) -> Iterator[Found]:
    start, end = content
    return (_moved(one, start) for one in _once(model, unquoted(text[start:end]))[0])


def unquoted(content: str) -> str:
    """``content`` with spaces for the marks around it, if it is one quotation: as long as before.

    Inside quotation marks the network expects no reporting; other marks show who is quoted inside.

    >>> unquoted("“He told me so,”"), unquoted("“No,” she said, “no.”")
    (' He told me so, ', '“No,” she said, “no.”')
    """
    whole = _QUOTATION.fullmatch(content)
    return _MARKS.sub(lambda mark: " " * len(mark[0]), content) if whole else content


def _once(model: Network, text: str) -> tuple[list[Found], list[int]]:
    return _assembled(model, pass_over(model, text))


def _assembled(model: Network, read: Pass) -> tuple[list[Found], list[int]]:
    return assemble(read.text, read.pieces, read.windows, read.scores, model.chain, model.linker)


def _meets(taken: Sequence[Span], spans: Spans) -> bool:
    """Some of ``spans`` overlaps one of ``taken``, which are sorted and disjoint."""
    for start, end in spans:
        before = bisect_right(taken, (start, start)) - 1
        near = taken[max(0, before) : before + 2]
        if any(a < end and start < b for a, b in near):
            return True
    return False


def _moved(one: Found, by: int) -> Found:
    speaker, cue, content, features = one
    return _shifted(speaker, by), _shifted(cue, by), _shifted(content, by), features


def _shifted(spans: Spans, by: int) -> Spans:
    return tuple((start + by, end + by) for start, end in spans)
