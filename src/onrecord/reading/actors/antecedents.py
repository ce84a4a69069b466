"""Pronouns and descriptions: to which earlier mention each goes back, if to any.

Each is taken in the order of the text. Every chain seen lately is a candidate; what speaks for it and against
it is a row of numbers (``candidates``), and a small network with one hidden layer, fitted on texts with
annotated chains, gives each row a score. The best wins if it beats the row for "nothing said before".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.lang import either, word_list
from onrecord.reading.actors.candidates import FEATURES, CandidateTable, Floats, SeenChains, Telling, rows_of
from onrecord.reading.actors.items import Item
from onrecord.reading.actors.roles import (
    Board,
    MentionChain,
    by_role,
    is_role,
    phrases_around,
    subject_of_copula,
)
from onrecord.shipped import shipped

DIGITS = 4  # of the ranker's scores


@dataclass(frozen=True, slots=True)
class Ranker:
    """One hidden layer: first [F, H], bias [H], second [H]; scores rows [N, F] -> [N]."""

    first: NDArray[np.float64]
    bias: Floats
    second: NDArray[np.float64]

    def scores(self, rows: Floats) -> NDArray[np.float64]:
        """How well each candidate suits; only differences between them mean something."""
        hidden = np.maximum(rows.astype(np.float64) @ self.first + self.bias, 0)
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
    named = weights["features"]
    if sorted(named) != sorted(FEATURES):
        raise ValueError(
            "antecedents.json was made for other features; fit it again with training.antecedents"
        )
    first, bias, second = (np.array(weights[part], np.float32) for part in ("first", "bias", "second"))
    order = [named.index(name) for name in FEATURES]
    return Ranker(np.ascontiguousarray(first[:, order].T, np.float64), bias, second.astype(np.float64))


Choose = Callable[[Item, Sequence[MentionChain], Floats], int | None]


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
    gives the number of a candidate, or None for a new chain. Mentions in ``skip`` are left as they are. A
    pronoun that speaks goes to who spoke last (see ``_voice``) whatever is chosen, if ``overrule``.
    """
    seen = SeenChains()
    table = CandidateTable(board, telling)
    for item in board.items:
        chain = board.of(item)
        if chain is None and item.number not in skip and item.kind != "nationality":
            candidates: list[MentionChain] = []
            rows: Floats | None = None
            same = subject_of_copula(board, item)
            voice = _voice(board, telling, seen, item) if overrule else None
            anew = table.names_anew(item)
            if not anew and not (overrule and (same or voice)):
                candidates, rows = rows_of(board, telling, seen, item, table)
            chosen = choose(item, candidates, rows) if rows is not None and candidates else None
            if chosen is not None and overrule and _listed(board, seen, item, candidates[chosen]):
                chosen = None
            if same is not None:
                chain = same
                board.add(item, chain, "is a", 0.85)
            elif voice is not None:
                chain = voice
                board.add(item, chain, "who spoke last", 0.9)
            elif body := _body(board, telling, seen, item, None if chosen is None else candidates[chosen]):
                chain = body
                board.add(item, chain, f"the {item.head}", 0.65)
            elif person := _role(board, telling, seen, item, None if chosen is None else candidates[chosen]):
                chain = person
                board.add(item, chain, f"the {item.head}", 0.7)
            elif chosen is None:
                chain = board.new(item, "first mention", SURE * ANEW if anew else 0.7)
            else:
                chain = candidates[chosen]
                board.add(item, chain, "model", UNSURE)
        if chain is not None:
            seen.note(item, chain)
            table.note(chain, seen.last[chain.number], item)
            if item.number in telling.speaks:
                seen.speaker = chain.number
            if _has_voice(telling, item):
                seen.voices.append((item.number, chain.number))


# Bare descriptions of bodies: reports use them once they have named one.
_BODIES = word_list("actors", "bodies")
_PLACES = word_list("actors", "places")
SELDOM_NEW = 1.5  # off the score of "nothing before" for he and she: reports name people before they say so
VOICES = 6  # sentences back in which "he said" is who spoke last


# Before a pronoun: what it goes back to stands in the same sentence, more often than not.
_SUBORDINATE = re.compile(rf"\b(?:{either('actors', 'subordinate')})\s$")


def _has_voice(telling: Telling, item: Item) -> bool:
    """Whether an item is an actor whom the report itself lets speak or act: no words of others, a subject."""
    if item.kind in ("thing", "time", "nationality") or item.number in telling.told or item.quotation >= 0:
        return False
    if item.pronoun and item.pronoun.case == "other":
        return False
    return item.number in telling.speaks or (item.subject and not item.oblique and not item.possessive)


def _voice(board: Board, telling: Telling, seen: SeenChains, item: Item) -> MentionChain | None:
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


def _main_subject(board: Board, item: Item, around: set[int]) -> MentionChain | None:
    """Who "he" of "Ann Lee spoke as he arrived" is: the one named subject before it in its sentence."""
    if item.gender is None:
        return None
    found: dict[int, MentionChain] = {}
    for one in reversed(board.items[max(0, item.number - 25) : item.number]):
        if one.sentence != item.sentence:
            break
        chain = board.of(one)
        if chain is not None and one.quotation < 0 and not one.possessive and _may_say(item, chain):
            found[chain.number] = chain
            if one.subject and not one.oblique and chain.number not in around and one.form == "name":
                return chain if len(found) == 1 else None
    return None


def _body(
    board: Board, telling: Telling, seen: SeenChains, item: Item, chosen: MentionChain | None
) -> MentionChain | None:
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


def _listed(board: Board, seen: SeenChains, item: Item, chain: MentionChain) -> bool:
    """Whether a description stands in a list right behind a mention of ``chain``: it is somebody else."""
    last = board.items[seen.last[chain.number][-1]]
    gap = board.page.text[last.end : item.start] if 0 < item.start - last.end < 7 else ""
    listed = gap.strip() in ("and", ", and", "or") or (
        gap == ", " and board.page.text.startswith((" and ", ", and "), item.end)
    )
    return item.form == "nominal" and listed


def _role(
    board: Board, telling: Telling, seen: SeenChains, item: Item, chosen: MentionChain | None
) -> MentionChain | None:
    """Whose role "the nominee" is, where the ranker knows of nobody with a name."""
    if not is_role(item) or item.quotation >= 0 or (chosen is not None and chosen.named):
        return None
    voices = seen.voices if item.number in telling.speaks else ()
    return by_role(board, item, reversed(seen.last), voices, within=VOICES)


def _may_say(item: Item, chain: MentionChain) -> bool:
    """Whether a speaking pronoun can be of a chain; one of pronouns alone has nobody behind it."""
    if not (chain.named or chain.heads) or item.pronoun is None:
        return False
    if item.pronoun.gender:
        return chain.kind == "person" and chain.gender in (None, item.gender) and chain.many != "many"
    if item.head == "it":
        return chain.kind in ("organisation", "place") and chain.many != "many"
    return item.head == "they" and chain.many == "many"


SURE = 0.9  # of a tie by the ranker, times its share among all candidates
ANEW = 0.99  # of what no word ties to anything before, so many are not tied
UNSURE = 0.6  # confidence in a tie where nobody who chooses tells one


def by_model(model: Ranker, confidences: dict[int, float]) -> Choose:
    """Chooses by score, and notes the share of the chosen one among all."""

    def choose(item: Item, candidates: Sequence[MentionChain], rows: Floats) -> int | None:
        scores = model.scores(rows)
        if item.pronoun and item.pronoun.gender:
            scores[-1] -= SELDOM_NEW
        best = int(scores.argmax())
        shares = np.exp(scores - scores.max())
        confidences[item.number] = float(shares[best] / shares.sum())
        return None if best == len(candidates) else best

    return choose
