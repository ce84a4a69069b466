"""Puts the scores of all windows of a segment together into attributions.

Each window gives spans (best tag path) and link choices among them. A span belongs to the window that reads
its words for good; the context a window begins with only offers candidates to link to. A span cut by the end
of a window is joined with what the next one finds right behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.network.decode import (
    CUE_OF_CONTENT,
    ROLES,
    SPEAKER_OF_CUE,
    Linker,
    TagChain,
    choices,
    log_softmax,
    runs,
)
from onrecord.reading.network.encoder import Scores, paths
from onrecord.reading.network.windows import Pieces, Window
from onrecord.values import Span, Spans

SPEAKER, CUE, CONTENT = range(3)
FEATURES = ("cue", "speaker", "content lowest", "content mean", "content link", "speaker link", "no speaker")
Found = tuple[Spans, Spans, Spans, tuple[float, ...]]


@dataclass(slots=True)
class _Span:
    """A span of pieces found in some window, with the log probabilities of its words."""

    role: int
    begin: int
    end: int
    words: list[float]
    head: int | None = None  # number of the span it chose
    link: float = 0.0  # log probability of that choice


@dataclass(frozen=True, slots=True)
class _Candidate:
    role: int
    first: int  # positions in the window
    last: int  # one behind
    paragraph: int
    number: int  # of the _Span
    asks: bool


@dataclass(slots=True)
class _Segment:
    """All spans found so far, in the order of the text."""

    spans: list[_Span] = field(default_factory=list)

    def take(self, role: int, begin: int, end: int, core: int, words: list[float]) -> int | None:
        """The number of the span over these pieces: one known from before, one prolonged, or a new one."""
        last = next((n for n in range(len(self.spans) - 1, -1, -1) if self.spans[n].begin < end), None)
        if end <= core or (last is not None and self.spans[last].end > begin):
            for number in range(last if last is not None else -1, -1, -1):
                known = self.spans[number]
                if known.end <= begin:
                    break
                if known.role == role:
                    if known.end == core < end:
                        known.end = end
                        known.words += words
                    return number
            if end <= core:
                return None
        if last is not None and self.spans[last].end > begin:
            begin = self.spans[last].end
        if begin >= end:
            return None
        self.spans.append(_Span(role, begin, end, words))
        return len(self.spans) - 1


def assemble(
    text: str,
    pieces: Pieces,
    windows: Sequence[Window],
    scores: Sequence[Scores],
    chain: TagChain,
    linker: Linker,
) -> tuple[list[Found], list[int]]:
    """The attributions with the features of their confidence, and where contents begin that no cue has."""
    segment = _Segment()
    words = [np.flatnonzero((window.piece >= 0) & pieces.first[window.piece]) for window in windows]
    for window, score, at, tags in zip(
        windows,
        scores,
        words,
        paths(pieces, windows, [score.tags for score in scores], words, chain),
        strict=True,
    ):
        found = list(_candidates(segment, pieces, window, score, at, tags))
        _link(text, pieces, segment, found, score, linker)
    found_all = list(_attributions(text, pieces, segment.spans))
    loose = [span for span in segment.spans if span.role == CONTENT and span.head is None]
    return found_all, [int(pieces.start[span.begin]) for span in loose]


def _candidates(
    segment: _Segment,
    pieces: Pieces,
    window: Window,
    score: Scores,
    words: NDArray[np.intp],
    tags: NDArray[np.int8],
) -> Iterator[_Candidate]:
    """The spans of one window, entered into the segment."""
    if not len(words):
        return
    log = log_softmax(score.tags[words])
    real = np.flatnonzero(window.piece >= 0)
    core = int(window.piece[np.flatnonzero(window.core)[0]])
    for role, first, last in runs(tags):
        begin = int(words[first])
        # Up to the next word, but not over the position that ends a paragraph.
        end = int(words[last]) if last < len(words) else int(real[-1]) + 1
        while window.piece[end - 1] < 0:
            end -= 1
        of_role = np.logaddexp(log[first:last, 2 * role + 1], log[first:last, 2 * role + 2])
        number = segment.take(
            role, int(window.piece[begin]), int(window.piece[end - 1]) + 1, core, of_role.tolist()
        )
        if number is not None:
            asks = int(window.piece[end - 1]) >= core
            yield _Candidate(role, begin, end, int(pieces.paragraph[window.piece[begin]]), number, asks)


def _link(
    text: str,
    pieces: Pieces,
    segment: _Segment,
    found: Sequence[_Candidate],
    score: Scores,
    linker: Linker,
) -> None:
    by_role = [[one for one in found if one.role == role] for role in range(len(ROLES))]
    for relation, asking, answering in ((CUE_OF_CONTENT, CONTENT, CUE), (SPEAKER_OF_CUE, CUE, SPEAKER)):
        askers = [one for one in by_role[asking] if one.asks and segment.spans[one.number].head is None]
        heads = by_role[answering]
        if not askers:
            continue
        table = choices(
            linker, score.ask, score.answer, relation,
            [(one.first, one.last) for one in askers], [(one.first, one.last) for one in heads],
        )  # fmt: skip
        for one, row in zip(askers, table, strict=True):
            begin = int(pieces.start[segment.spans[one.number].begin])
            announced = text[max(0, begin - 20) : begin].rstrip("“\"'‘ \n\r\t").endswith(":")
            far = [not _within_reach(one, head, announced=announced) for head in heads]
            best = int(np.where([*far, False], -np.inf, row).argmax())
            span = segment.spans[one.number]
            span.link = float(row[best])
            if best < len(heads):
                span.head = heads[best].number


def _within_reach(asker: _Candidate, head: _Candidate, *, announced: bool) -> bool:
    """Links stay in one paragraph, but for a quotation announced by a colon at the end of the one above.

    Of 39 attributions over a paragraph's end that the scores alone would give on PolNeAR dev, 5 had the right
    contents; under 1 % of the annotated ones reach over one.
    """
    next_one = asker.role == CONTENT and head.paragraph + 1 == asker.paragraph
    return head.paragraph == asker.paragraph or (announced and next_one)


def _continue_quotations(text: str, pieces: Pieces, spans: Sequence[_Span]) -> None:
    """A quotation left open at a paragraph's end goes on in the next one, which repeats the opening mark."""
    contents = [span for span in spans if span.role == CONTENT]
    for before, span in pairwise(contents):
        start, end = int(pieces.start[span.begin]), int(pieces.end[before.end - 1])
        gap = text[end:start]
        opens = text[start] in '“"' and "\n" in gap and not gap.strip()
        if span.head is None and opens and text[end - 1] not in '”"':
            span.head, span.link = before.head, before.link


def _attributions(text: str, pieces: Pieces, spans: Sequence[_Span]) -> Iterator[Found]:
    _continue_quotations(text, pieces, spans)
    contents: dict[int, list[_Span]] = {}
    for span in spans:
        if span.role == CONTENT and span.head is not None:
            contents.setdefault(span.head, []).append(span)
    for number, cue in enumerate(spans):
        if cue.role != CUE or number not in contents:
            continue
        speaker = spans[cue.head] if cue.head is not None else None
        said = contents[number]
        features = (
            min(cue.words),
            min(speaker.words) if speaker else 0.0,
            min(min(span.words) for span in said),
            float(np.mean([value for span in said for value in span.words])),
            min(span.link for span in said),
            cue.link,
            0.0 if speaker else 1.0,
        )
        yield (
            _characters(text, pieces, [speaker] if speaker else []),
            _characters(text, pieces, [cue]),
            _characters(text, pieces, said),
            features,
        )


def _characters(text: str, pieces: Pieces, spans: Sequence[_Span]) -> Spans:
    """Spans of characters; pieces with only white space between them are one, as in PolNeAR."""
    joined: list[Span] = []
    for span in spans:
        start, end = int(pieces.start[span.begin]), int(pieces.end[span.end - 1])
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def confidence(features: Sequence[float], weights: Sequence[float]) -> float:
    """The calibrated probability that an attribution is right: a logistic of FEATURES, offset first."""
    total = weights[0] + sum(w * f for w, f in zip(weights[1:], features, strict=True))
    return float(1.0 / (1.0 + np.exp(-total)))
