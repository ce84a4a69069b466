"""The same quotation in several reports is one utterance, though it is cut or worded a little differently.

Quotations are compared by their words. Those of one speaker, or where the speaker of one is not known, that
share a run of words are candidates; they are one utterance if nearly all words of the shorter one stand in
the longer one in the same order. The fullest quotations lead and the others join the one they have most
from: a short cut that is in two long ones does not make these two one. The result does not depend on the
order of what is given.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.ids import content_id
from onrecord.linking.wording import QuotedWord, matched, words

# Words in a row that candidates share; of shorter quotations all words.
_RUN = 4
# Share of the words of the shorter quotation that the longer one has in the same order.
_SAME = 0.75
# Words that must be the same, so that two quotations are one utterance though nobody knows who says one of
# them; a run of twelve words was never chance among 180 pairs of articles (see copies).
_UNKNOWN = 12
_SHORT = 4  # of shorter quotations, all words must be the same and be all there is
# Of the quotations that share a run the fullest are looked at, and compared are those that share most runs.
_COMMON, _NEAREST = 64, 8


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A direct quotation as one report has it."""

    id: str  # of the statement
    document_id: str
    text: str  # the words between the marks; pieces of one statement joined with a space
    speaker: str | None  # whatever tells speakers apart across reports, such as an actor's id


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said once, and where it is quoted."""

    id: str
    speaker: str | None
    fullest: str  # id of the occurrence with the most words
    occurrences: tuple[str, ...]  # ids, sorted
    documents: tuple[str, ...]  # ids, sorted


@dataclass(frozen=True, slots=True)
class _Quote:
    of: Occurrence
    words: tuple[QuotedWord, ...]
    keys: tuple[str, ...]  # of the words, without ellipses


def utterances(occurrences: Iterable[Occurrence]) -> list[Utterance]:
    """Quotations gathered, by the ids of their occurrences; one that stands alone is an utterance too.

    Quotations without a word are left out.
    """
    quotes = [_quote(one) for one in occurrences]
    quotes = sorted((one for one in quotes if one.keys), key=lambda one: (-len(one.keys), one.of.id))
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    leads: dict[int, list[_Quote]] = {}
    for number, quote in enumerate(quotes):
        best = _best(quote, quotes, runs, leads)
        if best is None:
            leads[number] = [quote]
            for run in _runs(quote.keys):
                runs[run].append(number)
        else:
            leads[best].append(quote)
    return sorted(map(_utterance, leads.values()), key=lambda one: one.occurrences)


def _best(
    quote: _Quote,
    quotes: Sequence[_Quote],
    runs: dict[tuple[str, ...], list[int]],
    leads: dict[int, list[_Quote]],
) -> int | None:
    """The leading quotation that has most words of this one; the fullest of several."""
    shared: Counter[int] = Counter()
    for run in _runs(quote.keys):
        shared.update(runs.get(run, ())[:_COMMON])
    found = []
    for number in sorted(shared, key=lambda number: (-shared[number], number))[:_NEAREST]:
        count = _same(quotes[number], quote)
        if count and _speakers_agree(quote, leads[number], count):
            found.append((-count, number))
    return min(found)[1] if found else None


def _same(fuller: _Quote, other: _Quote) -> int:
    """How many words of the other the fuller one has in the same order; 0 if too few for one utterance."""
    if len(other.keys) < _SHORT:
        return len(other.keys) * (fuller.keys == other.keys)
    least = _SAME * len(other.keys)
    if sum((Counter(fuller.keys) & Counter(other.keys)).values()) < least:  # in whatever order: quick to see
        return 0
    count = matched(fuller.keys, other.keys)
    return count if count >= least else 0


def _speakers_agree(quote: _Quote, group: Sequence[_Quote], count: int) -> bool:
    speakers = {one.of.speaker for one in group} - {None}
    if quote.of.speaker is None or not speakers:
        return count >= _UNKNOWN or (quote.of.speaker is None and not speakers and count >= _RUN * 2)
    return quote.of.speaker in speakers


def _runs(keys: Sequence[str]) -> set[tuple[str, ...]]:
    """Runs of words by which quotations are looked up; of a short quotation, all its words."""
    width = min(_RUN, len(keys))
    return {tuple(keys[i : i + width]) for i in range(len(keys) - width + 1)}


def _quote(one: Occurrence) -> _Quote:
    found = words(one.text)
    return _Quote(one, found, tuple(word.key for word in found if word.kind != "ellipsis"))


def _utterance(group: Sequence[_Quote]) -> Utterance:
    ids = sorted(one.of.id for one in group)
    speakers = sorted({one.of.speaker for one in group if one.of.speaker})
    return Utterance(
        id=content_id("u", *ids),
        speaker=speakers[0] if speakers else None,
        fullest=group[0].of.id,
        occurrences=tuple(ids),
        documents=tuple(sorted({one.of.document_id for one in group})),
    )
