"""Which chains a mention may go back to, and what speaks for and against each: a row of numbers.

All mentions and chains of a report are kept as arrays, because a report has thousands of pairs of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log1p

import numpy as np
from numpy.typing import NDArray

from onrecord.lang import word_list
from onrecord.reading.actors.items import Item
from onrecord.reading.actors.roles import Board, MentionChain, phrases_around
from onrecord.reading.network.encoder import COREFERENCE

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

REACH = 90  # mentions looked back at for a pronoun or description
MOST = 30  # candidate chains for one mention: the right one is nearly always among the last dozen
FAR = 30  # named chains further back that a description may still mean
_TYPES = (
    "he", "she", "it", "they", "i", "we", "you", "that", "other",
    "nominal the", "nominal this", "nominal possessive", "nominal a", "nominal bare",
)  # fmt: skip
# What is set together stands together: a run of columns is set several times as fast as columns apart.
_PAIR = (
    # Whether the last mention of the candidate is what is asked of the mention; ``Table.items``.
    "same sentence", "one sentence back", "two back", "same word", "same quotation", "in own content",
    # Whether the candidate is; ``Table.equal``.
    "same kind", "numbers agree", "genders agree", "gender unknown", "speaker of the quotation",
    "previous speaker", "last voice", "voice before last",
    # Of the last mention; ``Table.form``, and of the candidate: ``Table.shown``.
    "last is name", "last is nominal", "last is pronoun", "last subject", "last first", "last possessive",
    "last oblique",
    "size", "named", "subjects", "is person", "is organisation", "is place", "is thing", "is time",
    "has office",
    "network best", "network last", "mentions between", "further back", "both subject", "numbers differ",
    "only mention quoted", "only last quoted", "head match", "head in name", "words within", "same text",
    "states agree", "states differ", "copula", "most recent", "most recent of kind", "most recent subject",
    "one over rank", "object of subject", "same paragraph",
)  # fmt: skip
_OWN = (
    "subject", "possessive", "quoted", "speaks", "first", "seen head", "person", "organisation", "place",
    "thing",
    "many", "office", "early",
)  # fmt: skip
FEATURES = ("nothing before", *_TYPES, *(f"own {name}" for name in _OWN), *_PAIR)
_TYPE_AT = {name: 1 + at for at, name in enumerate(_TYPES)}
_KINDS = ("person", "organisation", "place", "thing", "time")
_ROOT = float(np.sqrt(COREFERENCE))


@dataclass(slots=True)
class SeenChains:
    """What was read before the mention at hand: chains by when they were last mentioned."""

    last: dict[int, list[int]] = field(
        default_factory=dict
    )  # chain: its mentions so far, the latest chain last
    heads: dict[str, list[int]] = field(
        default_factory=dict
    )  # head word: chains that a description with it named
    speaker: int = -1  # chain of the speaker of the attribution before
    voices: list[tuple[int, int]] = field(default_factory=list)  # mention and chain of who spoke or acted

    def note(self, item: Item, chain: MentionChain) -> None:
        """``item`` of ``chain`` has been read."""
        before = self.last.pop(chain.number, [])
        before.append(item.number)
        self.last[chain.number] = before
        if item.form != "pronoun":
            chains = self.heads.setdefault(item.head, [])
            if chain.number not in chains[-4:]:
                chains.append(chain.number)


@dataclass(frozen=True, slots=True)
class Telling:
    """Which attributions an item has a part in."""

    speaks: dict[int, int]  # item: attribution whose main speaker it is
    within: dict[int, int]  # item: innermost attribution in whose quoted content it stands
    speaker: dict[int, int]  # attribution: item of its main speaker
    told: dict[int, int]  # item: innermost attribution in whose content it stands, quoted or not


def rows_of(
    board: Board, telling: Telling, seen: SeenChains, item: Item, table: CandidateTable
) -> tuple[list[MentionChain], Floats]:
    """Candidates with their rows; the last row is for nothing before."""
    chains = _candidates(board, telling, seen, item, table)
    candidates = [board.chains[number] for number in chains.tolist()]
    rows = np.zeros((len(candidates) + 1, len(FEATURES)), np.float32)
    rows[:, _TYPE_AT[_type(item)]] = 1
    rows[:, 1 + len(_TYPES) : 1 + len(_TYPES) + len(_OWN)] = _own(telling, seen, item)
    rows[-1, 0] = 1
    if candidates:
        _fill(rows[:-1, 1 + len(_TYPES) + len(_OWN) :], board, telling, seen, item, candidates, chains, table)
    return candidates, rows


def _type(item: Item) -> str:
    if item.pronoun is None:
        return f"nominal {item.definite}"
    word = item.pronoun
    if word.case == "other":
        return "that"
    if word.person == 1:
        return "i" if word.number == "one" else "we"
    if word.person == 2:
        return "you"
    if word.gender:
        return "he" if word.gender == "m" else "she"
    return "they" if word.number == "many" else "it"


def _own(telling: Telling, seen: SeenChains, item: Item) -> list[float]:
    return [
        item.subject, item.possessive, item.quotation >= 0, item.number in telling.speaks, item.first,
        item.pronoun is None and item.head in seen.heads, item.kind == "person", item.kind == "organisation",
        item.kind == "place", item.kind == "thing", item.many == "many", bool(item.offices), item.number < 12,
    ]  # fmt: skip


def _candidates(board: Board, telling: Telling, seen: SeenChains, item: Item, table: CandidateTable) -> Ints:
    """Numbers of the chains that may be meant, the one mentioned last first."""
    order = np.fromiter(reversed(seen.last), np.int64, len(seen.last))
    near = int(np.count_nonzero(table.last[order] >= item.number - REACH))
    further = order[near:]
    order = order[:near]
    if len(further) and (item.pronoun is None or item.head in ("he", "she", "his", "her", "him")):
        order = np.concatenate((order, further[table.named[further]][:FAR]))
    around: set[int | None] = set(phrases_around(board, item))
    barred, telling_of = around, telling.within.get(item.number)
    third = item.pronoun is not None and item.pronoun.person == 3 and item.quotation >= 0
    if third and telling_of in telling.speaker:
        barred = around | {board.chain_of[telling.speaker[telling_of]]}
    free = order[_possible(item, order, table)][: MOST + len(barred)].tolist()
    found = [one for one in free if one not in barred][:MOST]
    if item.pronoun is None:
        for number in seen.heads.get(item.head, ())[-4:]:
            if item.number - int(table.last[number]) > REACH and number not in around:
                found.append(number)
    return np.array(found, np.int64)


def _possible(item: Item, chains: Ints, table: CandidateTable) -> Flags:
    """Of ``chains`` those without a plain conflict of kind, gender or number."""
    kind, many, gender, persons = table.equal[chains, _TRAITS].T
    fits: Flags = np.ones(len(chains), np.bool_)
    if item.gender:
        fits &= (gender == 0) | (gender == _GENDER[item.gender])
    word = item.pronoun
    if word is None:
        if item.many:
            fits &= (many == 0) | (many == _NUMBER[item.many])
        if item.definite == "a":
            fits &= persons == 0  # "a spokeswoman" is nobody who was named before
        alike = _ALIKE[_KIND_AT.get(item.kind, _OTHER)][kind]
        if named := table.of_head.get(item.head):
            alike |= np.fromiter((one in named for one in chains.tolist()), np.bool_, len(chains))
        fits &= alike
        return fits
    if word.animate:
        fits &= (kind != _PLACE) & (kind != _TIME) & (kind != _OTHER)
    if word.gender or (word.person == 1 and word.number == "one"):
        fits &= (many != _NUMBER["many"]) & (kind != _ORGANISATION)
    if word.animate is False and word.case != "other":
        unknown = (persons == 0) & (gender == 0) & (many != _NUMBER["many"])
        fits &= (kind != _TIME) & ((kind != _PERSON) | unknown)
    if word.number == "many":
        fits &= (persons == 0) | (many != _NUMBER["one"])
    return fits


RECENT = 6  # mentions of a chain that are looked at
_KIND_AT = {kind: at for at, kind in enumerate(_KINDS)}
_PERSON, _ORGANISATION, _PLACE, _THING, _TIME = range(len(_KINDS))
_OTHER = len(_KINDS)
# Which kinds a description of a kind may be of: its own, and of things, places and bodies each other's.
_ALIKE = np.eye(_OTHER + 1, dtype=np.bool_)
for _one in (_ORGANISATION, _PLACE, _THING):
    _ALIKE[_one, [_ORGANISATION, _PLACE, _THING]] = True
_ALIKE[_OTHER] = False
_IS = [*map(tuple, np.eye(_OTHER + 1, _OTHER).tolist())]  # of each kind the columns "is person" to "is time"
_NUMBER = {None: 0, "one": 1, "many": 2}
_GENDER = {None: 0, "m": 1, "f": 2}
_NONE = -9  # equal to nothing
_AT = {name: at for at, name in enumerate(_PAIR)}
_OVER_RANK = np.array([1 / (1 + rank) for rank in range(MOST + 8)], np.float32)


_OF_LAST = slice(_AT["same sentence"], _AT["in own content"] + 1)
_OF_CHAIN = slice(_AT["same kind"], _AT["voice before last"] + 1)
_EQUAL = slice(0, _OF_CHAIN.stop)
_FORM = slice(_AT["last is name"], _AT["last oblique"] + 1)
_SHOWN = slice(_FORM.start, _AT["has office"] + 1)
_FORMS = _FORM.stop - _FORM.start
# Columns of ``Table.equal``: kind, number, gender and, behind those compared, whether it has a person's name.
_TRAITS = slice(_EQUAL.stop, _EQUAL.stop + 4)


class CandidateTable:
    """What ``_fill`` asks of mentions and of chains, as arrays by their numbers."""

    def __init__(self, board: Board, telling: Telling) -> None:
        items = board.items
        count, chains = len(items), board.next + len(items)
        breaks = [at for at, mark in enumerate(board.page.text) if mark == "\n"]
        self.targets = np.array([item.raw.target for item in items], np.float32).reshape(-1, COREFERENCE)
        self.between = np.array([log1p(apart) / 3 for apart in range(count + 1)], np.float32)
        self.end = np.fromiter((item.end for item in items), np.int64, count)
        self.line = np.fromiter((bisect_left(breaks, item.start) for item in items), np.int64, count)
        self.head, self.new_head = _numbered([item.head for item in items])
        self.wording, self.new_wording = _numbered([item.text.lower() for item in items])
        self.items = np.array(
            [
                (
                    item.sentence, item.sentence, item.sentence, head,
                    item.quotation if item.quotation >= 0 else _NONE + 1, telling.within.get(item.number, -1),
                )
                for item, head in zip(items, self.head.tolist(), strict=True)
            ],
            np.int64,
        ).reshape(-1, _OF_LAST.stop)  # fmt: skip
        self.form = np.array(
            [
                (
                    item.form == "name", item.form == "nominal", item.form == "pronoun",
                    item.subject, item.first, item.possessive, item.oblique,
                )
                for item in items
            ],
            np.float32,
        ).reshape(-1, _FORMS)  # fmt: skip
        self.last = np.full(chains, -1, np.int64)
        self.recent = np.full((chains, RECENT), -1, np.int64)  # the last mentions of a chain, the latest last
        self.named = np.zeros(chains, np.bool_)
        self.of_head: dict[str, set[int]] = {}  # chains that a description with this head has named
        self.of_name: dict[str, set[int]] = {}  # chains of bodies with a name that ends so
        # What is compared with the mention at hand, and behind it the traits of a chain.
        self.equal = np.zeros((chains, _TRAITS.stop), np.int64)
        self.equal[:, _OF_CHAIN.start + 4 : _OF_CHAIN.stop] = np.arange(chains)[:, None]
        self.shown = np.zeros((chains, _SHOWN.stop - _SHOWN.start), np.float32)

    def note(self, chain: MentionChain, mentions: Sequence[int], item: Item) -> None:
        """A chain has got the mention ``item``."""
        at, kind = chain.number, _KIND_AT.get(chain.kind, _OTHER)
        for heads, found in (
            (self.of_head, chain.heads),
            (self.of_name, {name[-1] for name in chain.bodies}),
        ):
            for head in found:
                heads.setdefault(head, set()).add(at)
        self.last[at] = item.number
        self.named[at] = chain.named
        self.recent[at, :-1] = self.recent[at, 1:]
        self.recent[at, -1] = item.number
        number, gender = _NUMBER[chain.many], _GENDER[chain.gender]
        equal, shown = self.equal[at], self.shown[at]
        equal[_OF_LAST] = self.items[item.number]
        equal[_OF_CHAIN.start : _OF_CHAIN.start + 4] = kind, number, gender, gender
        equal[_TRAITS] = kind, number, gender, bool(chain.persons)
        shown[:_FORMS] = self.form[item.number]
        shown[_FORMS:] = (
            log1p(len(mentions)) / 2, chain.named, log1p(chain.subjects) / 2, *_IS[kind], bool(chain.offices),
        )  # fmt: skip

    def names_anew(self, item: Item) -> bool:
        """Whether a description of a thing or place names what was not named before: none of its words was.

        Of 3,300 such in 60 articles the ranker tied seven in a thousand. Persons and bodies may still be
        meant by other words, and so may what "the" and "this" point to ("the company").
        """
        definite = item.definite in ("the", "this")
        if item.form != "nominal" or definite or item.kind in ("person", "organisation"):
            return False
        new = self.new_head[item.number] and self.new_wording[item.number]
        return new and item.head not in self.of_head and item.head not in self.of_name


def _numbered(words: Sequence[str]) -> tuple[Ints, list[bool]]:
    """A number for each different word, and whether each stands there for the first time."""
    numbers: dict[str, int] = {}
    made, new = [], []
    for word in words:
        new.append(word not in numbers)
        made.append(numbers.setdefault(word, len(numbers)))
    return np.array(made, np.int64), new


def _fill(
    into: Floats, board: Board, telling: Telling, seen: SeenChains, item: Item,
    candidates: Sequence[MentionChain], chains: Ints, table: CandidateTable,
) -> None:  # fmt: skip
    """What speaks for and against each candidate: ``into`` [candidates, _PAIR]."""
    recent, equal, shown = table.recent[chains], table.equal[chains], table.shown[chains]
    last = recent[:, -1]
    told, own_told = telling.within.get(item.number), telling.speaks.get(item.number)
    sentence, quoted = item.sentence, item.quotation >= 0
    into[:, _EQUAL] = equal[:, _EQUAL] == (
        sentence, sentence - 1, sentence - 2, table.head[item.number],
        item.quotation if quoted else _NONE, _NONE if own_told is None else own_told,
        _KIND_AT.get(item.kind, _NONE),
        _NUMBER[item.many] if item.many else _NONE,
        _GENDER[item.gender] if item.gender else _NONE,
        0,
        _number(board.chain_of[telling.speaker[told]]) if told in telling.speaker else _NONE,
        seen.speaker if seen.speaker >= 0 else _NONE,
        *(seen.voices[-back][1] if len(seen.voices) >= back else _NONE for back in (1, 2)),
    )  # fmt: skip
    into[:, _SHOWN] = shown
    _fill_near(into, item, recent, table)
    into[:, _AT["mentions between"]] = table.between[item.number - last]
    into[:, _AT["further back"]] = equal[:, 0] < sentence - 2
    subject = shown[:, _AT["last subject"] - _SHOWN.start]
    if item.subject:
        into[:, _AT["both subject"]] = subject
    elif not item.possessive:
        into[:, _AT["object of subject"]] = subject * into[:, _AT["same sentence"]]
    kinds, many = equal[:, _TRAITS.start], equal[:, _TRAITS.start + 1]
    if item.many:
        into[:, _AT["numbers differ"]] = (many != 0) & (many != _NUMBER[item.many])
    outside = equal[:, _AT["same quotation"]] == _NONE + 1
    into[:, _AT["only mention quoted" if quoted else "only last quoted"]] = outside == quoted
    if item.of_state:
        of = item.of_state
        into[:, _AT["states agree"]] = [of in chain.states for chain in candidates]
        into[:, _AT["states differ"]] = [bool(one.states) and of not in one.states for one in candidates]
    into[:, _AT["one over rank"]] = _OVER_RANK[: len(chains)]
    into[:, _AT["same paragraph"]] = table.line[last] >= table.line[item.number]
    into[:, _AT["most recent of kind"]] = _first_of_each(kinds.tolist())
    into[0, _AT["most recent"]] = 1
    if subject[first := int(subject.argmax())]:
        into[first, _AT["most recent subject"]] = 1
    gap = item.start - table.end[last]
    for rank in np.flatnonzero((gap > 0) & (gap < 16)).tolist():
        into[rank, _AT["copula"]] = _copula(board, board.items[last[rank]], item)
    if item.pronoun is None:
        _fill_words(into, board, item, chains.tolist(), recent, table)


def _fill_near(into: Floats, item: Item, recent: Ints, table: CandidateTable) -> None:
    """What the network says of the mention and the last ones of each chain."""
    low = max(0, item.number - 4 * REACH)
    scores = table.targets[low : item.number] @ item.raw.back / _ROOT
    network = np.append(scores, np.float32(-np.inf))  # the last place is for what is too far back
    near = network[np.where(recent >= low, recent - low, -1)]
    near[recent[:, -1] < low] = 0
    into[:, _AT["network best"]] = near.max(axis=1) / 4
    into[:, _AT["network last"]] = near[:, -1] / 4


def _fill_words(
    into: Floats, board: Board, item: Item, chains: Sequence[int], recent: Ints, table: CandidateTable
) -> None:
    """What the words of a mention that is no pronoun have in common with those of each candidate."""
    if named := table.of_head.get(item.head):
        into[:, _AT["head match"]] = [one in named for one in chains]
    if named := table.of_name.get(item.head):
        into[:, _AT["head in name"]] = [one in named for one in chains]
    if not table.new_head[item.number]:
        words = item.words - {item.head, "the", "a", "an", "this", "that"}
        alike = (recent >= 0) & (table.head[recent] == table.head[item.number])
        for rank in np.flatnonzero(alike.any(axis=1)).tolist():
            mentions = recent[rank, alike[rank]].tolist()
            into[rank, _AT["words within"]] = any(words <= board.items[one].words for one in mentions)
    if not table.new_wording[item.number]:
        same = (recent >= 0) & (table.wording[recent] == table.wording[item.number])
        into[:, _AT["same text"]] = same.any(axis=1)


def _number(chain: int | None) -> int:
    return _NONE if chain is None else chain


def _first_of_each(kinds: Sequence[int]) -> list[bool]:
    first: dict[int, int] = {}
    for rank, kind in enumerate(kinds):
        first.setdefault(kind, rank)
    return [first[kind] == rank for rank, kind in enumerate(kinds)]


def _copula(board: Board, last: Item, item: Item) -> bool:
    gap = board.page.text[last.end : item.start] if 0 < item.start - last.end < 16 else ""
    return gap.strip().lower() in word_list("actors", "copula")
