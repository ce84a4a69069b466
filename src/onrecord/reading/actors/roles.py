"""Descriptions by a role, "the Republican nominee", "the senator": to the person whom the report gave it.

A report names a person once with what he is and then takes him up by it, in other words as often as not. What
the report said of each named person is compared with the description: its head, and the words before the
head. Where nobody stands out, who speaks by such a description is who spoke or acted last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from onrecord.lang import word_list
from onrecord.reading.actors.board import Board, Chain
from onrecord.reading.actors.items import Item

# Roles that reports of politics take somebody up by without ever having said that he has them.
ROLES = word_list("actors", "roles")
_ONE_WORD = {
    "sen": "senator", "gov": "governor", "rep": "congressman", "gop": "republican", "democratic": "democrat",
    "congresswoman": "congressman", "representative": "congressman", "lawmaker": "congressman",
    "front-runner": "candidate", "frontrunner": "candidate", "hopeful": "candidate", "contender": "candidate",
    "nominee": "candidate", "billionaire": "businessman", "mogul": "businessman", "tycoon": "businessman",
    "magnate": "businessman", "businesswoman": "businessman",
}  # fmt: skip
_EMPTY = word_list("actors", "empty")
_PARTIES = frozenset({"democrat", "republican"})
# Whoever is said to be one of these is not taken up as "the nominee" without a word of it.
_OTHER_WORK = word_list("actors", "other_work")
# Those of whom a report has many.
_ANYONE = word_list("actors", "anyone")
_OFTEN = 3  # mentions of whom a report is about
_CHAINS = 300  # chains of any kind looked at
_BACK = 30  # named persons looked at, the one mentioned last first
_TOLD = 24  # mentions of a person whose words are looked at


_COPULA = re.compile(
    r"(?: \([^()\n]{1,120}\))?,?\s(?:(?:has|have|had) been|is|was|are|were|became|becomes|remains|remained"
    r"|(?:\w+ed|works) as)\s(?:(?:also|still|now|then|once|always|currently|formerly)\s)?"
)
_LONGEST = 150  # characters from the subject's end to what is said to be it


def subject_of_copula(board: Board, item: Item) -> Chain | None:
    """Who a description is said to be by a verb: "Ann Lee (born 1960) is a singer", "he served as mayor"."""
    if item.form != "nominal" or item.kind in ("thing", "time", "nationality"):
        return None
    for number in range(item.number - 1, max(-1, item.number - 8), -1):
        one = board.items[number]
        chain = board.of(one)
        if one.end > item.start or chain is None:
            continue
        if item.start - one.end > _LONGEST:
            return None
        if one.sentence != item.sentence or not _COPULA.fullmatch(board.page.text, one.end, item.start):
            continue
        if one.oblique or one.possessive or (one.pronoun and one.pronoun.case == "other"):
            return None
        return chain if _may_be_said(item, one, chain) else None
    return None


def _may_be_said(item: Item, one: Item, chain: Chain) -> bool:
    """Kind, number and gender go together."""
    if item.kind != chain.kind or (item.gender and chain.gender and item.gender != chain.gender):
        return False
    own = one.many or chain.many
    return item.many is None or own is None or own == item.many


def is_role(item: Item) -> bool:
    """Whether an item may be "the" holder of a role: one person, described."""
    if item.form != "nominal" or item.definite != "the" or item.many == "many" or item.kind != "person":
        return False
    return not item.head.endswith("s") and item.head not in _ANYONE


def by_role(
    board: Board, item: Item, recent: Iterable[int], voices: Sequence[tuple[int, int]], *, within: int
) -> Chain | None:
    """The named person whom the description ``item`` is of, if the report tells.

    Args:
        board: what is tied so far.
        item: one that `is_role`.
        recent: numbers of chains, the one mentioned last first.
        voices: item and chain of whoever spoke or acted, in order; empty if ``item`` does not speak.
        within: sentences back in which ``voices`` count.
    """
    said = _meant(item.words)
    around = set(phrases_around(board, item))
    possible = [
        chain
        for number in islice(recent, _CHAINS)
        if (chain := board.chains[number]).persons and number not in around and _may_be(item, chain)
    ][:_BACK]
    told = {chain.number: _told_of(board, chain) for chain in possible}
    possible = [one for one in possible if not _other_party(said, told[one.number])]
    head = _meant([item.head])
    often = item.head in ROLES or item.head.endswith("-year-old")
    if not often:
        possible = [one for one in possible if head & told[one.number]]
    marks = {one.number: len((said - _PARTIES) & told[one.number]) for one in possible}
    most = max(marks.values(), default=0)
    best = [one for one in possible if marks[one.number] == most] if most else []
    if best and (often or len(best) == 1):
        return best[0]
    if not voices or not often:
        return None
    possible = [one for one in possible if not told[one.number] & _OTHER_WORK]
    allowed = {one.number for one in possible}
    for number, at in reversed(voices):
        if item.sentence - board.items[number].sentence > within:
            break
        if at in allowed:
            return board.chains[at]
    return next((one for one in possible if len(one.items) > _OFTEN), None)


def _may_be(item: Item, chain: Chain) -> bool:
    if chain.kind != "person" or chain.many == "many":
        return False
    return item.gender is None or chain.gender in (None, item.gender)


def _told_of(board: Board, chain: Chain) -> frozenset[str]:
    """What the report's phrases for a person say of him, his names left out."""
    found: set[str] = set()
    for number in chain.items[:_TOLD]:
        one = board.items[number]
        if one.form != "pronoun":
            found |= one.words - set(one.name_words)
    for office in chain.offices[:_TOLD]:
        found.update(office.title.lower().split())
    return _meant(found)


def _meant(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_ONE_WORD.get(word, word) for word in words if word not in _EMPTY)


def _other_party(said: frozenset[str], told: frozenset[str]) -> bool:
    ours, theirs = said & _PARTIES, told & _PARTIES
    return bool(ours and theirs) and not ours & theirs


def phrases_around(board: Board, item: Item) -> Iterator[int]:
    """Chains of the phrases the item stands in: "his" in "his wife" is not the wife."""
    outer = item.outer
    while outer >= 0:
        chain = board.chain_of[outer]
        if chain is not None:
            yield chain
        outer = board.items[outer].outer
