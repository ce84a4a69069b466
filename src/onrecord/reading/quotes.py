"""Finds attributions in a text: who, by which words, said what.

The text is read in segments of whole paragraphs, so that memory does not grow with it; each segment in
windows of the encoder; each window gives spans (``decode``) and links between them (``link``). Rules add
what is told by layout alone (``layouts``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.reading.assemble import assemble
from onrecord.reading.encoder import Network, network
from onrecord.reading.layouts import TRUST, LayoutAttribution, layout_attributions, merge
from onrecord.reading.windows import pieces_of, spans_of_windows, window_of
from onrecord.values import Span, Spans

SEGMENT = 100_000  # code points read at once: some 20,000 words


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
    for start, end in segments(text):
        part = text[start:end]
        read = [_made(model, part, *one) for one in _by_model(model, part)]
        layouts = [_told(one) for one in layout_attributions(part, headline=start == 0)]
        found += [_moved(one, start) for one in merge(read, layouts)]
    return found


def reader_name() -> str:
    """Name of the model that reads, with the head of its hash."""
    from onrecord.reading.encoder import SHA256

    return f"{network().name} {SHA256[:12]}"


def segments(text: str, *, size: int = SEGMENT) -> Iterator[Span]:
    """Cuts ``text`` at line breaks into spans of about ``size`` code points, else at a space."""
    start = 0
    while len(text) - start > size:
        limit = start + size
        cut = (
            text.rfind("\n", start + size // 2, limit) + 1
            or text.rfind(" ", start + size // 2, limit) + 1
            or limit
        )
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)


def raw_attributions(model: Network, text: str) -> list[tuple[Spans, Spans, Spans, tuple[float, ...]]]:
    """What the network alone finds in one segment: spans, and the features its confidence is made from."""
    return list(_by_model(model, text))


def _by_model(model: Network, text: str) -> Iterator[tuple[Spans, Spans, Spans, tuple[float, ...]]]:
    pieces = pieces_of(text)
    windows = [window_of(pieces, span) for span in spans_of_windows(pieces)]
    scores = dict(model.read(windows))
    yield from assemble(
        text, pieces, windows, [scores[n] for n in range(len(windows))], model.chain, model.linker
    )


def _made(
    model: Network, text: str, speaker: Spans, cue: Spans, content: Spans, features: Sequence[float]
) -> Attribution:
    from onrecord.reading.assemble import confidence

    return Attribution(speaker, cue, content, confidence(features, model.confidence))


def _told(one: LayoutAttribution) -> Attribution:
    return Attribution(one.speaker, one.cue, one.content, TRUST[one.rule])


def _moved(one: Attribution, by: int) -> Attribution:
    speaker, cue, content = (
        tuple((start + by, end + by) for start, end in spans) for spans in (one.speaker, one.cue, one.content)
    )
    return Attribution(speaker, cue, content, one.confidence)
