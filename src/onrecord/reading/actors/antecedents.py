"""Pronouns and descriptions: to which earlier mention each goes back, if to any.

Each is taken in the order of the text. Every chain seen lately is a candidate; what speaks for it and
against it is a
row of numbers (`FEATURES`), and a small network with one hidden layer, fitted on texts with annotated
chains, gives
each row a score. The best wins if it beats the row for "nothing said before".
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log1p

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onrecord.reading.actors.board import Board, Chain
from onrecord.reading.actors.items import Item
from onrecord.reading.actors.roles import by_role, is_role, phrases_around, subject_of_copula
from onrecord.reading.network.encoder import COREFERENCE
from onrecord.shipped import shipped

Floats = NDArray[np.float32]

REACH = 90  # mentions looked back at for a pronoun or description
MOST = 30  # candidate chains for one mention: the right one is nearly always among the last dozen
FAR = 30  # named chains further back that a description may still mean
_TYPES = (
    "he", "she", "it", "they", "i", "we", "you", "that", "other",
    "nominal the", "nominal this", "nominal possessive", "nominal a", "nominal bare",
)  # fmt: skip
_PAIR = (
    "network best", "network last", "mentions between", "same sentence", "one sentence back", "two back",
    "further back",
    "last is name", "last is nominal", "last is pronoun", "same word", "last subject", "last first",
    "last possessive",
    "last oblique", "both subject", "size", "named", "subjects", "is person", "is organisation", "is place",
    "is thing",
    "is time", "same kind", "numbers agree", "numbers differ", "genders agree", "gender unknown",
    "same quotation",
    "only mention quoted", "only last quoted", "head match", "head in name", "words within", "same text",
    "states agree",
    "states differ", "speaker of the quotation", "previous speaker", "in own content", "copula",
    "most recent",
    "most recent of kind", "most recent subject", "one over rank", "has office", "object of subject",
    "same paragraph",
    "last voice", "voice before last",
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
DIGITS = 4  # of the ranker's scores


@dataclass(frozen=True, slots=True)
class Ranker:
    """One hidden layer: first [H, F], bias [H], second [H]; scores rows [N, F] -> [N]."""

    first: Floats
    bias: Floats
    second: Floats

    def scores(self, rows: Floats) -> NDArray[np.float64]:
        """How well each candidate suits; only differences between them mean something."""
        hidden = np.maximum(rows.astype(np.float64) @ self.first.T + self.bias, 0)
        scores = np.asarray(hidden @ self.second, np.float64)
        return scores.round(DIGITS)  # sums differ in their last bits


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    """The ranker that is shipped.

    Raises:
        ValueError: its features are not those of this version.
    """
    return ranker_of(shipped("antecedents.json").decode("utf-8"))


def ranker_of(data: str) -> Ranker:
    """A ranker from its JSON: features, first, bias, second."""
    weights = json.loads(data)
    if weights["features"] != list(FEATURES):
        raise ValueError(
            "antecedents.json was made for other features; fit it again with training.antecedents"
        )
    return Ranker(*(np.array(weights[part], np.float32) for part in ("first", "bias", "second")))


@dataclass(slots=True)
class Seen:
    """What was read before the mention at hand: chains by when they were last mentioned."""

    last: dict[int, list[int]] = field(
        default_factory=dict
    )  # chain: its mentions so far, the latest chain last
    heads: dict[str, list[int]] = field(
        default_factory=dict
    )  # head word: chains that a description with it named
    speaker: int = -1  # chain of the speaker of the attribution before
    voices: list[tuple[int, int]] = field(default_factory=list)  # mention and chain of who spoke or acted

    def note(self, item: Item, chain: Chain) -> None:
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


Choose = Callable[[Item, Sequence[Chain], Floats], int | None]


def link(
    board: Board,
    telling: Telling,
    choose: Choose,
    *,
    skip: frozenset[int] = frozenset(),
    overrule: bool = True,
) -> None:
    """Goes through all mentions and ties what is in no chain yet.

    ``choose`` gets a mention, its candidates and their rows, the last of which is for nothing before; it
    gives
    the number of a candidate, or None for a new chain. Mentions in ``skip`` are left as they are. A pronoun
    that speaks goes to
    who spoke last (see ``_voice``) whatever is chosen, if ``overrule``.
    """
    seen = Seen()
    table = _Table(board, telling)
    for item in board.items:
        chain = board.of(item)
        if chain is None and item.number not in skip and item.kind != "nationality":
            candidates, rows = _rows(board, telling, seen, item, table)
            voice = _voice(board, telling, seen, item)
            chosen = choose(item, candidates, rows) if candidates else None
            if chosen is not None and overrule and _listed(board, seen, item, candidates[chosen]):
                chosen = None
            same = subject_of_copula(board, item)
            if same is not None:
                chain = same
                board.add(item, chain, "is a", 0.85)
            elif voice is not None and overrule:
                chain = voice
                board.add(item, chain, "who spoke last", 0.9)
            elif body := _body(board, telling, seen, item, None if chosen is None else candidates[chosen]):
                chain = body
                board.add(item, chain, f"the {item.head}", 0.65)
            elif person := _role(board, telling, seen, item, None if chosen is None else candidates[chosen]):
                chain = person
                board.add(item, chain, f"the {item.head}", 0.7)
            elif chosen is None:
                chain = board.new(item, "first mention", 0.7)
            else:
                chain = candidates[chosen]
                board.add(item, chain, "model", _share(rows, chosen))
        if chain is not None:
            seen.note(item, chain)
            table.note(chain, seen.last[chain.number])
            if item.number in telling.speaks:
                seen.speaker = chain.number
            if _has_voice(telling, item):
                seen.voices.append((item.number, chain.number))


# Bare descriptions of bodies: reports use them once they have named one.
_BODIES = frozenset(
    """
    company firm manufacturer retailer bank airline agency bureau department ministry commission office group
    organization organisation union association foundation nonprofit newspaper paper outlet magazine website
    site network broadcaster university school church charity party
    """.split()  # noqa: SIM905
)
_PLACES = frozenset({"town", "city", "county", "state", "country"})
SELDOM_NEW = 1.5  # off the score of "nothing before" for he and she: reports name people before they say so
VOICES = 6  # sentences back in which "he said" is who spoke last


# Before a pronoun: what it goes back to stands in the same sentence, more often than not.
_SUBORDINATE = re.compile(
    r"\b(?:which|who|whom|because|as|when|since|that|while|after|before|although|though|if|where|until)\s$"
)


def _has_voice(telling: Telling, item: Item) -> bool:
    """Whether an item is an actor whom the report itself lets speak or act: no words of others, a subject."""
    if item.kind in ("thing", "time", "nationality") or item.number in telling.told or item.quotation >= 0:
        return False
    if item.pronoun and item.pronoun.case == "other":
        return False
    return item.number in telling.speaks or (item.subject and not item.oblique and not item.possessive)


def _voice(board: Board, telling: Telling, seen: Seen, item: Item) -> Chain | None:
    """Whom "he", "she", "it" or "they" of "he said" goes on from: who of that kind spoke or acted last.

    Corpora of annotated chains hold few reports, and in those this is nearly always so.
    """
    if item.number not in telling.speaks or item.pronoun is None or item.quotation >= 0:
        return None
    around = set(phrases_around(board, item))
    if _SUBORDINATE.search(board.page.text[max(0, item.start - 12) : item.start]):
        return _main_subject(board, item, around)
    for number, at in reversed(seen.voices):
        chain = board.chains[at]
        if item.sentence - board.items[number].sentence > VOICES:
            return None
        if at not in around and _may_say(item, chain):
            return chain
    return None


def _main_subject(board: Board, item: Item, around: set[int]) -> Chain | None:
    """Who "he" of "Ann Lee spoke as he arrived" is: the one named subject before it in its sentence."""
    if item.gender is None:
        return None
    found: dict[int, Chain] = {}
    for one in reversed(board.items[max(0, item.number - 25) : item.number]):
        if one.sentence != item.sentence:
            break
        chain = board.of(one)
        if chain is not None and one.quotation < 0 and not one.possessive and _may_say(item, chain):
            found[chain.number] = chain
            if one.subject and not one.oblique and chain.number not in around and one.form == "name":
                return chain if len(found) == 1 else None
    return None


def _body(board: Board, telling: Telling, seen: Seen, item: Item, chosen: Chain | None) -> Chain | None:
    """The body that a speaking, bare "the company" goes back to, where the ranker knows of none with a name.

    Of those named within a few sentences the one mentioned last; of places for a town, else of organisations.
    """
    if item.number not in telling.speaks or item.form != "nominal" or item.definite != "the":
        return None
    if len(item.words) > 1 or (chosen is not None and chosen.named):
        return None
    kind = "place" if item.head in _PLACES else "organisation" if item.head in _BODIES else None
    for number in reversed(seen.last) if kind else ():
        chain = board.chains[number]
        if item.sentence - board.items[seen.last[number][-1]].sentence > VOICES:
            return None
        if chain.kind == kind and chain.bodies and chain.many != "many":
            return chain
    return None


def _listed(board: Board, seen: Seen, item: Item, chain: Chain) -> bool:
    """Whether a description stands in a list right behind a mention of ``chain``: it is somebody else."""
    last = board.items[seen.last[chain.number][-1]]
    gap = board.page.text[last.end : item.start] if 0 < item.start - last.end < 7 else ""
    listed = gap.strip() in ("and", ", and", "or") or (
        gap == ", " and board.page.text.startswith((" and ", ", and "), item.end)
    )
    return item.form == "nominal" and listed


def _role(board: Board, telling: Telling, seen: Seen, item: Item, chosen: Chain | None) -> Chain | None:
    """Whose role "the nominee" is, where the ranker knows of nobody with a name."""
    if not is_role(item) or item.quotation >= 0 or (chosen is not None and chosen.named):
        return None
    voices = seen.voices if item.number in telling.speaks else ()
    return by_role(board, item, reversed(seen.last), voices, within=VOICES)


def _may_say(item: Item, chain: Chain) -> bool:
    """Whether a speaking pronoun can be of a chain; one of pronouns alone has nobody behind it."""
    if not (chain.named or chain.heads) or item.pronoun is None:
        return False
    if item.pronoun.gender:
        return chain.kind == "person" and chain.gender in (None, item.gender) and chain.many != "many"
    if item.head == "it":
        return chain.kind in ("organisation", "place") and chain.many != "many"
    return item.head == "they" and chain.many == "many"


def _share(rows: Floats, chosen: int) -> float:
    """Confidence is set by whoever chose; this is only where nobody does."""
    return 0.6


def by_model(model: Ranker, confidences: dict[int, float]) -> Choose:
    """Chooses by score, and notes the share of the chosen one among all."""

    def choose(item: Item, candidates: Sequence[Chain], rows: Floats) -> int | None:
        scores = model.scores(rows)
        if item.pronoun and item.pronoun.gender:
            scores[-1] -= SELDOM_NEW
        best = int(scores.argmax())
        shares = np.exp(scores - scores.max())
        confidences[item.number] = float(shares[best] / shares.sum())
        return None if best == len(candidates) else best

    return choose


def _rows(
    board: Board, telling: Telling, seen: Seen, item: Item, table: _Table
) -> tuple[list[Chain], Floats]:
    """Candidates with their rows; the last row is for nothing before."""
    candidates = list(_candidates(board, telling, seen, item))
    rows = np.zeros((len(candidates) + 1, len(FEATURES)), np.float32)
    rows[:, _TYPE_AT[_type(item)]] = 1
    rows[:, 1 + len(_TYPES) : 1 + len(_TYPES) + len(_OWN)] = _own(telling, seen, item)
    rows[-1, 0] = 1
    if candidates:
        _fill(rows[:-1, 1 + len(_TYPES) + len(_OWN) :], board, telling, seen, item, candidates, table)
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


def _own(telling: Telling, seen: Seen, item: Item) -> list[float]:
    return [
        item.subject, item.possessive, item.quotation >= 0, item.number in telling.speaks, item.first,
        item.pronoun is None and item.head in seen.heads, item.kind == "person", item.kind == "organisation",
        item.kind == "place", item.kind == "thing", item.many == "many", bool(item.offices), item.number < 12,
    ]  # fmt: skip


def _candidates(board: Board, telling: Telling, seen: Seen, item: Item) -> Iterator[Chain]:
    """Chains that may be meant, the one mentioned last first."""
    around = set(phrases_around(board, item))
    telling_of = telling.within.get(item.number)
    itself = board.chain_of[telling.speaker[telling_of]] if telling_of in telling.speaker else None
    third = item.pronoun is not None and item.pronoun.person == 3 and item.quotation >= 0
    count = far = 0
    for number in reversed(seen.last):
        chain = board.chains[number]
        distance = item.number - seen.last[number][-1]
        if distance > REACH:
            if item.pronoun is not None and item.head not in ("he", "she", "his", "her", "him"):
                break
            far += chain.named
            if far > FAR:
                break
            if not chain.named:
                continue
        if number in around or (third and number == itself) or not _possible(item, chain):
            continue
        yield chain
        count += 1
        if count >= MOST:
            break
    if item.pronoun is None:
        for number in seen.heads.get(item.head, ())[-4:]:
            if number in seen.last and item.number - seen.last[number][-1] > REACH and number not in around:
                yield board.chains[number]


def _possible(item: Item, chain: Chain) -> bool:
    """No plain conflict of kind, gender or number."""
    kind, gender, many = chain.kind, chain.gender, chain.many
    if item.gender and gender and item.gender != gender:
        return False
    word = item.pronoun
    if word is None:
        return _possible_description(item, chain, kind, many)
    if word.animate and kind not in ("person", "organisation", "thing"):
        return False
    if (word.gender or (word.person == 1 and word.number == "one")) and (
        many == "many" or kind == "organisation"
    ):
        return False
    if word.animate is False and word.case != "other" and kind in ("person", "time"):
        return kind == "person" and not chain.persons and gender is None and many != "many"
    return not (word.number == "many" and chain.persons and many == "one")


def _possible_description(item: Item, chain: Chain, kind: str, many: str | None) -> bool:
    if item.many and many and item.many != many:
        return False
    if item.definite == "a" and chain.persons:
        return False  # "a spokeswoman" is nobody who was named before
    if item.kind == kind or item.head in chain.heads:
        return True
    return {item.kind, kind} in ({"organisation", "place"}, {"organisation", "thing"}, {"place", "thing"})


class _Table:
    """What ``_fill`` asks of mentions and of chains, as arrays by their numbers."""

    def __init__(self, board: Board, telling: Telling) -> None:
        items = board.items
        count, chains = len(items), board.next + len(items)
        heads: dict[str, int] = {}
        texts: dict[str, int] = {}
        breaks = [at for at, mark in enumerate(board.page.text) if mark == "\n"]
        self.targets = np.array([item.raw.target for item in items], np.float32).reshape(-1, COREFERENCE)
        self.sentence = np.fromiter((item.sentence for item in items), np.int64, count)
        self.start = np.fromiter((item.start for item in items), np.int64, count)
        self.end = np.fromiter((item.end for item in items), np.int64, count)
        self.line = np.fromiter((bisect_left(breaks, item.start) for item in items), np.int64, count)
        self.head = np.fromiter((heads.setdefault(item.head, len(heads)) for item in items), np.int64, count)
        self.wording = np.fromiter(
            (texts.setdefault(item.text.lower(), len(texts)) for item in items), np.int64, count
        )
        self.quotation = np.fromiter((item.quotation for item in items), np.int64, count)
        self.within = np.fromiter((telling.within.get(at, -1) for at in range(count)), np.int64, count)
        self.form = np.array(
            [
                (
                    item.form == "name", item.form == "nominal", item.form == "pronoun",
                    item.subject, item.first, item.possessive, item.oblique,
                )
                for item in items
            ],
            np.float32,
        ).reshape(-1, 7)  # fmt: skip
        self.recent = np.full((chains, RECENT), -1, np.int64)  # the last mentions of a chain, the latest last
        self.many = np.zeros(chains, np.int64)
        self.gender = np.zeros(chains, np.int64)
        self.kind = np.zeros(chains, np.int64)
        self.office = np.zeros(chains, np.float32)
        self.size = np.zeros((chains, 3 + len(_KINDS)), np.float32)  # columns "size" to "is time"

    def note(self, chain: Chain, mentions: Sequence[int]) -> None:
        """A chain has got a mention."""
        at, kind = chain.number, _KIND_AT.get(chain.kind, len(_KINDS))
        self.recent[at, :-1] = self.recent[at, 1:]
        self.recent[at, -1] = mentions[-1]
        self.many[at], self.gender[at], self.kind[at] = _NUMBER[chain.many], _GENDER[chain.gender], kind
        self.office[at] = bool(chain.offices)
        row = self.size[at]
        row[:3] = log1p(len(mentions)) / 2, chain.named, log1p(chain.subjects) / 2
        row[3:] = 0
        if kind < len(_KINDS):
            row[3 + kind] = 1


RECENT = 6  # mentions of a chain that are looked at
_KIND_AT = {kind: at for at, kind in enumerate(_KINDS)}
_NUMBER = {None: 0, "one": 1, "many": 2}
_GENDER = {None: 0, "m": 1, "f": 2}
_AT = {name: at for at, name in enumerate(_PAIR)}
_BETWEEN = np.array([log1p(apart) / 3 for apart in range(1024)], np.float32)
_OVER_RANK = np.array([1 / (1 + rank) for rank in range(MOST + 8)], np.float32)


def _fill(
    into: Floats, board: Board, telling: Telling, seen: Seen, item: Item, candidates: Sequence[Chain],
    table: _Table,
) -> None:  # fmt: skip
    """What speaks for and against each candidate: ``into`` [candidates, _PAIR]."""

    def put(name: str, values: ArrayLike) -> None:
        into[:, _AT[name]] = values

    chains = np.array([chain.number for chain in candidates], np.int64)
    recent = table.recent[chains]
    last = recent[:, -1]
    low = max(0, item.number - 4 * REACH)
    network = np.append(table.targets[low : item.number] @ item.raw.back / _ROOT, np.float32(-np.inf))
    near = network[np.where(recent >= low, recent - low, -1)]
    near[~(last >= low)] = 0  # none of them is near
    put("network best", near.max(axis=1) / 4)
    put("network last", near[:, -1] / 4)
    put("mentions between", [_between(item.number - one) for one in last.tolist()])
    apart = item.sentence - table.sentence[last]
    put("same sentence", apart == 0)
    put("one sentence back", apart == 1)
    put("two back", apart == 2)
    put("further back", apart > 2)
    forms = table.form[last]
    into[:, _AT["last is name"] : _AT["last is pronoun"] + 1] = forms[:, :3]
    into[:, _AT["last subject"] : _AT["last oblique"] + 1] = forms[:, 3:]
    same_head = table.head[last] == table.head[item.number]
    put("same word", same_head)
    subject = forms[:, 3] > 0
    put("both subject", subject & item.subject)
    into[:, _AT["size"] : _AT["is time"] + 1] = table.size[chains]
    kinds = table.kind[chains]
    put("same kind", kinds == _KIND_AT.get(item.kind, -1))
    if item.many:
        many = table.many[chains]
        put("numbers agree", many == _NUMBER[item.many])
        put("numbers differ", (many != 0) & (many != _NUMBER[item.many]))
    gender = table.gender[chains]
    if item.gender:
        put("genders agree", gender == _GENDER[item.gender])
    put("gender unknown", gender == 0)
    quotation = table.quotation[last]
    if item.quotation >= 0:
        put("same quotation", quotation == item.quotation)
        put("only mention quoted", quotation < 0)
    else:
        put("only last quoted", quotation >= 0)
    if item.pronoun is None:
        _fill_words(put, board, item, candidates, recent, table)
    if item.of_state:
        put("states agree", [item.of_state in chain.states for chain in candidates])
        put("states differ", [bool(one.states) and item.of_state not in one.states for one in candidates])
    told, own_told = telling.within.get(item.number), telling.speaks.get(item.number)
    if told in telling.speaker:
        put("speaker of the quotation", chains == _number(board.chain_of[telling.speaker[told]]))
    put("previous speaker", chains == seen.speaker)
    if own_told is not None:
        put("in own content", table.within[last] == own_told)
    gap = item.start - table.end[last]
    for rank in np.flatnonzero((gap > 0) & (gap < 16)).tolist():
        into[rank, _AT["copula"]] = _copula(board, board.items[last[rank]], item)
    into[0, _AT["most recent"]] = 1
    put("most recent of kind", _first_of_each(kinds.tolist()))
    if subject.any():
        into[int(subject.argmax()), _AT["most recent subject"]] = 1
    put("one over rank", _OVER_RANK[: len(chains)])
    put("has office", table.office[chains])
    if not item.subject and not item.possessive:
        put("object of subject", (apart == 0) & subject)
    put("same paragraph", table.line[last] >= table.line[item.number])
    for name, back in (("last voice", 1), ("voice before last", 2)):
        if len(seen.voices) >= back:
            put(name, chains == seen.voices[-back][1])


def _fill_words(
    put: Callable[[str, ArrayLike], None], board: Board, item: Item, candidates: Sequence[Chain],
    recent: NDArray[np.int64], table: _Table,
) -> None:  # fmt: skip
    """What the words of a mention that is no pronoun have in common with those of each candidate."""
    words = item.words - {item.head, "the", "a", "an", "this", "that"}
    named = np.where(recent >= 0, table.head[recent], -1) == table.head[item.number]
    put("head match", [item.head in chain.heads for chain in candidates])
    put("head in name", [any(item.head == name[-1] for name in chain.bodies) for chain in candidates])
    within = np.zeros(len(candidates), bool)
    for rank in np.flatnonzero(named.any(axis=1)).tolist():
        within[rank] = any(words <= board.items[one].words for one in recent[rank, named[rank]].tolist())
    put("words within", within)
    put(
        "same text",
        (np.where(recent >= 0, table.wording[recent], -1) == table.wording[item.number]).any(axis=1),
    )


def _between(mentions: int) -> float:
    return float(_BETWEEN[mentions]) if mentions < len(_BETWEEN) else log1p(mentions) / 3


def _number(chain: int | None) -> int:
    return -1 if chain is None else chain


def _first_of_each(kinds: Sequence[int]) -> list[bool]:
    met: set[int] = set()
    return [not (kind in met or met.add(kind)) for kind in kinds]  # type: ignore[func-returns-value]


def _copula(board: Board, last: Item, item: Item) -> bool:
    gap = board.page.text[last.end : item.start] if 0 < item.start - last.end < 16 else ""
    return gap.strip().lower() in (
        "is",
        "was",
        "are",
        "were",
        "became",
        "is not",
        "was not",
        "remains",
        "has been",
    )
