"""Mentions of actors and places in a text, from the network's scores for each window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.lang import word_list
from onrecord.reading.actors.words import gender_of_given
from onrecord.reading.network.decode import log_softmax, runs
from onrecord.reading.network.encoder import (
    COREFERENCE,
    EDGE,
    MENTION_KINDS,
    NAME_KINDS,
    MentionWeights,
    Pass,
    Scores,
    edge_bucket,
    paths,
)
from onrecord.values import MentionForm, Span

Floats = NDArray[np.float32]
RawKind = Literal["person", "organisation", "place", "nationality", "thing", "time"]

PRONOUNS = word_list("reading", "pronouns")
_ABBREVIATED = word_list("reading", "abbreviated")


@dataclass(frozen=True, slots=True)
class RawMention:
    """One mention as the network sees it, before anything is tied together.

    ``kind`` "thing" and "time" are mentions that no actor stands behind; they matter because a pronoun may
    go back to them. ``actor_kinds.actor_kind`` tells states, forces and outlets apart. ``back`` and
    ``target`` [COREFERENCE] are the vectors of its head: how well a later mention j goes back to an earlier
    one i is told by ``j.back @ i.target / sqrt(COREFERENCE)``, one of the features of ``antecedents``.
    """

    span: Span  # the whole phrase
    head: Span  # the word it hangs on
    name: Span | None  # the proper name in it
    kind: RawKind
    form: MentionForm
    confidence: float
    back: Floats
    target: Floats


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as the tags have it: words first to last, with the probability of its tags."""

    first: int
    last: int
    kind: RawKind
    confidence: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: int  # words of the text
    last: int
    head: int
    kind: RawKind
    confidence: float


def find_mentions(read: Pass, weights: MentionWeights, begins: Sequence[int]) -> list[RawMention]:
    """All mentions in the text of ``read``, in the order of their first character, outer ones first.

    ``begins``: where its sentences begin.
    """
    if not len(read.pieces.ids):
        return []
    words = _Words.of(read, begins)
    names = _with_given(read.text, words, _names(read, weights, words))
    phrases = list(_phrases(read, weights, words))
    return _together(read, words, names, phrases)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text: characters, sentence, and in which window and position each is read for good."""

    number: NDArray[np.int64]  # of the word each piece belongs to
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    window: NDArray[np.int64]
    position: NDArray[np.int64]
    sentence: NDArray[np.int64]  # number of the sentence each word stands in

    @staticmethod
    def of(read: Pass, begins: Sequence[int]) -> _Words:
        pieces = read.pieces
        first = np.flatnonzero(pieces.first)
        window, position = (np.zeros(len(first), np.int64) for _ in range(2))
        number = np.cumsum(pieces.first) - 1
        for at, (one, places) in enumerate(zip(read.windows, read.words(), strict=True)):
            core = places[one.core[places]]
            here = number[one.piece[core]]
            window[here], position[here] = at, core
        end = pieces.end[np.append(first[1:], len(pieces.ids)) - 1]
        start = pieces.start[first]
        sentence = np.searchsorted(np.array(begins, np.int64), start, side="right")
        return _Words(number, start, end, window, position, sentence)

    def span(self, first: int, last: int) -> Span:
        """The characters of words ``first`` to ``last``."""
        return int(self.start[first]), int(self.end[last])

    def name(self, text: str, first: int, last: int) -> Span:
        """The same of a name, with the stop of an abbreviation that ends it ("Enron Corp.")."""
        start, end = self.span(first, last)
        stopped = text[end : end + 1] == "." and text[self.start[last] : end] in _ABBREVIATED
        return start, end + stopped


def _names(read: Pass, weights: MentionWeights, words: _Words) -> Iterator[Name]:
    """Names in order, without overlaps; of one that two windows see, the version of the later is taken."""
    found: list[Name] = []
    places_of = read.words()
    emissions = [score.names for score in read.scores]
    tagged = paths(read.pieces, read.windows, emissions, places_of, weights.names, opens=True)
    for one, score, places, tags in zip(read.windows, read.scores, places_of, tagged, strict=True):
        if not len(places):
            continue
        here = words.number[one.piece[places]]
        log = log_softmax(score.names[places])
        core = int(here[np.flatnonzero(one.core[places])[0]])
        for kind, first, last in runs(tags):
            begin, end = int(here[first]), int(here[last - 1])
            if end < core:
                continue
            while found and found[-1].last >= begin:
                found.pop()
            sure = float(
                np.exp(np.logaddexp(log[first:last, 2 * kind + 1], log[first:last, 2 * kind + 2]).min())
            )
            found.append(Name(begin, end, NAME_KINDS[kind], sure))  # type: ignore[arg-type]
    yield from found


def _with_given(text: str, words: _Words, names: Iterable[Name]) -> list[Name]:
    """``names``; a person whose tags begin with the surname takes the given name right before it."""
    found: list[Name] = []
    for one in names:
        given = one.first - 1
        free = given > (found[-1].last if found else -1)
        if one.kind == "person" and free and words.sentence[given] == words.sentence[one.first]:
            word = text[slice(*words.span(given, given))]
            gap = text[words.end[given] : words.start[one.first]]
            if gap == " " and word[:1].isupper() and gender_of_given(word.lower()):
                one = replace(one, first=given)
        found.append(one)
    return found


def _phrases(read: Pass, weights: MentionWeights, words: _Words) -> Iterator[_Phrase]:
    for number, (one, score, places) in enumerate(zip(read.windows, read.scores, read.words(), strict=True)):
        if not len(places):
            continue
        here = words.number[one.piece[places]]
        log = log_softmax(score.mentions[places])
        kinds = score.mentions[places].argmax(1)
        heads = np.flatnonzero((kinds > 0) & (words.window[here] == number))
        if not len(heads):
            continue
        firsts, lasts, sure = _edges(score, places, heads, words.sentence[here], weights)
        for head, first, last, edge in zip(heads.tolist(), firsts, lasts, sure, strict=True):
            kind = MENTION_KINDS[int(kinds[head])]
            confidence = float(np.exp(log[head, kinds[head]])) * edge
            yield _Phrase(int(here[first]), int(here[last]), int(here[head]), kind, confidence)  # type: ignore[arg-type]


def _edges(
    score: Scores, places: NDArray[np.intp], heads: NDArray[np.intp], sentence: NDArray[np.int64],
    weights: MentionWeights,
) -> tuple[list[int], list[int], list[float]]:  # fmt: skip
    """The first and last word (numbers in the window) of the phrase of each head, and how sure both are."""
    vectors = score.edges[places]
    apart = np.arange(len(places))[None, :] - heads[:, None]
    bucket = edge_bucket(apart)
    same = sentence[None, :] == sentence[heads][:, None]
    chosen, sure = [], np.ones(len(heads))
    for side, allowed in ((0, same & (apart <= 0)), (1, same & (apart >= 0))):
        ask = vectors[heads, side * EDGE : (side + 1) * EDGE]
        answer = vectors[:, (2 + side) * EDGE : (3 + side) * EDGE]
        scores = ask @ answer.T / np.float32(EDGE**0.5) + weights.edge_distance[side][bucket]
        scores = np.where(allowed, scores, np.float32(-1e4))
        log, best = log_softmax(scores), scores.argmax(1)
        chosen.append(best.tolist())
        sure = sure * np.exp(log[np.arange(len(heads)), best])
    return chosen[0], chosen[1], sure.tolist()


def _together(
    read: Pass, words: _Words, names: Sequence[Name], phrases: Sequence[_Phrase]
) -> list[RawMention]:
    of_word = {word: name for name in names for word in range(name.first, name.last + 1)}
    heads = {one.head for one in phrases}
    taken: set[Name] = set()
    found = []
    for one in sorted(phrases, key=lambda p: (p.last - p.first, p.first)):  # inner ones first
        name = of_word.get(one.head) or _closing(one, of_word, heads)
        if name is not None and name in taken and name.first <= one.first and one.last <= name.last:
            continue  # a second word of one name ("Melik" and "Bagdasarov") makes no second mention
        if name is not None and (name in taken or not _fits(one, name)):
            name = None
        first, last = one.first, one.last
        if name is not None:
            taken.add(name)
            first, last = min(first, name.first), max(last, name.last)
        found.append(_raw(read, words, (first, last), one.head, name, one.kind, one.confidence))
    found += [
        _raw(read, words, (name.first, name.last), name.last, name, name.kind, name.confidence)
        for name in names
        if name not in taken
    ]
    return _one_a_span(found)


def _one_a_span(found: list[RawMention]) -> list[RawMention]:
    """``found`` in order, of those over the very same characters the one with a name, else the surer."""
    best: dict[Span, RawMention] = {}
    for one in found:
        known = best.get(one.span)
        if known is None or (known.name is None, -known.confidence) > (one.name is None, -one.confidence):
            best[one.span] = one
    return sorted(best.values(), key=lambda m: (m.span[0], -m.span[1], m.head))


def _closing(one: _Phrase, of_word: dict[int, Name], heads: set[int]) -> Name | None:
    """The name a title leads to: "Deputy Prime Minister Yuri Borisov" may hang on "Minister"."""
    after = of_word.get(one.head + 1)
    if one.kind == "person" and after is not None and after.kind == "person" and after.last <= one.last:
        return after if not heads & set(range(after.first, after.last + 1)) else None
    return None


def _fits(one: _Phrase, name: Name) -> bool:
    """A phrase that hangs on a nationality or a name of quite another kind has no name of its own."""
    return name.kind != "nationality" and (name.kind == "person") == (one.kind == "person")


def _raw(
    read: Pass,
    words: _Words,
    edges: tuple[int, int],
    head: int,
    name: Name | None,
    kind: RawKind,
    sure: float,
) -> RawMention:
    span, hangs_on = words.span(*edges), words.span(head, head)
    # A copy: a view would keep the scores of the whole window for as long as the mention is kept.
    corefer = read.scores[int(words.window[head])].corefer[int(words.position[head])].copy()
    form: MentionForm = "nominal"
    if name is not None:
        form, kind = "name", name.kind
    elif read.text[hangs_on[0] : hangs_on[1]].lower() in PRONOUNS:
        form = "pronoun"
    named = None if name is None else words.name(read.text, name.first, name.last)
    if named is not None:
        span = span[0], max(span[1], named[1])
    return RawMention(
        span, hangs_on, named, kind, form, round(sure, 4), corefer[:COREFERENCE], corefer[COREFERENCE:]
    )
