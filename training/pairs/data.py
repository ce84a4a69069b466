"""The pairs that are learned from: which, in what parts, and as batches.

Kept from training: of VitaminC's train part 4 of 100 pages, of SNLI and MNLI 4 of 100 premises, for the
confidence and the threshold; and a tenth of the premises of SNLI and MNLI, for the figures. FEVER says only
what supports and what does not; its short pairs are learned once. Pairs of pages that have nothing to do with
each other but share words are added as unrelated: news is full of them, and none of the corpora has them.
"""

from __future__ import annotations

import pickle
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.pair_corpora import GoldPair, read_pairs, share
from onrecord.linking.claims.entailment import RELATIONS, PairInput, pair_input, turned_pair

FIGURES = 0.10  # share of premises whose pairs are for the figures
CONFIDENCE = 0.04  # and of pages and premises for the confidence, above it
NOT_SUPPORTED = -1  # label of a pair that is only known not to support
NOT_CONTRADICTED = -2  # and of one that is only known not to contradict
_SHORT = 72  # positions of FEVER's pairs that are learned


@dataclass(frozen=True, slots=True)
class Example:
    """One pair with its label: an index into RELATIONS, NOT_SUPPORTED or NOT_CONTRADICTED."""

    pair: PairInput
    label: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What is learned in every pass, what in the first only, and what the confidence is fitted on."""

    every: tuple[Example, ...]
    once: tuple[Example, ...]
    confidence: tuple[tuple[GoldPair, ...], tuple[GoldPair, ...]]  # of VitaminC; of SNLI and MNLI


def is_two_way(pair: GoldPair) -> bool:
    """Whether the pair comes from FEVER."""
    return pair.source.startswith("fever")


def for_confidence(pair: GoldPair) -> bool:
    """Whether the pair is kept for the confidence."""
    return FIGURES <= share(pair) < FIGURES + CONFIDENCE and not is_two_way(pair)


def parts(vitaminc: Sequence[GoldPair], nli: Sequence[GoldPair], *, strangers: int = 2500) -> Parts:
    """Cuts the corpora along pages and premises.

    Args:
        vitaminc: pairs of its train part.
        nli: pairs of SNLI, MNLI and FEVER.
        strangers: how many pairs of unlike pages to add.
    """
    fever = [one for one in nli if is_two_way(one) and share(one) >= FIGURES]
    three = [one for one in nli if not is_two_way(one) and share(one) >= FIGURES]
    learned = [one for one in (*vitaminc, *three) if not for_confidence(one)]
    learned += unlike([one for one in vitaminc if not for_confidence(one)], strangers)
    once = [one for one in map(example, fever) if len(one.pair.ids) <= _SHORT]
    kept = tuple(tuple(filter(for_confidence, some)) for some in (vitaminc, three))
    return Parts(tuple(map(example, learned)), tuple(once), (kept[0], kept[1]))


def example(pair: GoldPair) -> Example:
    """The pair as the network takes it."""
    label = NOT_SUPPORTED if pair.label is None else RELATIONS.index(pair.label)
    return Example(pair_input(pair.first, pair.second), label)


def unlike(pairs: Sequence[GoldPair], count: int) -> list[GoldPair]:
    """Claims beside the evidence of another page that shares most of their rarer words."""
    chance = random.Random(5)
    claims = sorted({(one.second, one.group) for one in pairs})
    evidence = sorted({(one.first, one.group) for one in pairs})
    where: dict[str, list[int]] = defaultdict(list)
    for number, (text, _) in enumerate(evidence):
        for word in set(text.lower().split()):
            where[word].append(number)
    found = []
    for claim, page in chance.sample(claims, min(count, len(claims))):
        votes: dict[int, float] = defaultdict(float)
        for word in set(claim.lower().split()):
            known = where.get(word, ())
            if 1 < len(known) < 2000:
                for number in known:
                    votes[number] += 1 / len(known) ** 0.5
        ranked = sorted((n for n in votes if evidence[n][1] != page), key=lambda n: (-votes[n], n))[:3]
        if ranked:
            found.append(GoldPair(evidence[chance.choice(ranked)][0], claim, "unrelated", "unlike", page))
    return found


def turned_round(one: Example) -> Example:
    """The pair in the other order.

    A contradiction stays one. What supports, or says nothing of the other, does not contradict it; more is
    not known. Both kinds are turned, so that the order tells the network nothing.
    """
    if one.label == NOT_SUPPORTED:
        return one
    label = one.label if one.label == RELATIONS.index("contradicts") else NOT_CONTRADICTED
    return Example(turned_pair(one.pair), label)


def batches(
    examples: Sequence[Example], *, positions: int, seed: int, turned: float = 0.0
) -> list[list[Example]]:
    """Batches of like length, at most ``positions`` with padding, in an order fixed by ``seed``.

    The share ``turned`` of the pairs is read in the other order.
    """
    chance = random.Random(seed)
    shuffled = [turned_round(one) if chance.random() < turned else one for one in examples]
    chance.shuffle(shuffled)
    made: list[list[Example]] = []
    for begin in range(0, len(shuffled), 2000):
        pool = sorted(shuffled[begin : begin + 2000], key=lambda one: len(one.pair.ids))
        batch: list[Example] = []
        for one in pool:
            if batch and (len(batch) + 1) * len(one.pair.ids) > positions:
                made.append(batch)
                batch = []
            batch.append(one)
        made.append(batch)
    chance.shuffle(made)
    return made


def load(data: Path, cache: Path) -> Parts:
    """The parts from the corpora under ``data``; made once, then read from ``cache``."""
    if cache.exists():
        made: Parts = pickle.loads(cache.read_bytes())
        return made
    made = parts(read_pairs(data / "vitaminc" / "train.jsonl"), read_pairs(data / "nli"))
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_bytes(pickle.dumps(made))
    return made
