"""How well mentions are tied together, on texts in GUM's format.

Two questions. The measures of ``evaluation.clusters`` compare the clusters. GUM annotates ten kinds of
mentions, and mentions that stand alone; the main row takes persons, organisations and places, which Onrecord
finds, and leaves clusters of one out on both sides, as CoNLL's corpora do. Further rows keep them, and take
every kind, which Onrecord does not look for, to stand beside figures of others.

``tied`` asks what a reader of reports asks: of the pronouns and descriptions whose annotated cluster has a
name somewhere, how many are found in a cluster that has a name of the same annotated cluster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from evaluation import corpora
from evaluation.as_is import read_as_is
from evaluation.clusters import MEASURES, Share, clusters, score_clusters
from evaluation.corpora import GoldMention, GoldText
from onrecord.values import ActorKind, Mention, Span

ACTORS = ("person", "organization", "place")  # GUM's names of what Onrecord finds
_KINDS = frozenset(get_args(ActorKind))


def gold_clusters(text: GoldText, *, kinds: Collection[str] | None, alone: bool) -> list[frozenset[Span]]:
    """The annotated clusters of mentions of ``kinds`` (None: of every kind)."""
    return clusters(
        ((one.span, one.cluster) for one in text.mentions if kinds is None or one.kind in kinds), alone=alone
    )


def found_clusters(mentions: Iterable[Mention], *, alone: bool) -> list[frozenset[Span]]:
    """The found clusters of actors and places; a mention of no entity stands alone."""
    return clusters(
        (
            (one.span, one.entity if one.entity is not None else ("alone", number))
            for number, one in enumerate(mentions)
            if one.kind in _KINDS
        ),
        alone=alone,
    )


@dataclass(frozen=True, slots=True)
class Tied:
    """Mentions without a name that could be tied to one: how many, found at all, tied to the right one."""

    mentions: int = 0
    seen: int = 0
    right: int = 0

    def __add__(self, other: Tied) -> Tied:
        """The sums of both."""
        return Tied(self.mentions + other.mentions, self.seen + other.seen, self.right + other.right)

    @property
    def share(self) -> float:
        """Right of all, 0 if there are none."""
        return self.right / self.mentions if self.mentions else 0.0

    def as_json(self) -> dict[str, float]:
        """The counts and the share as plain values."""
        return {"mentions": self.mentions, "found": self.seen, "right": self.right, "share": self.share}


def tied(text: GoldText, mentions: Sequence[Mention]) -> dict[str, Tied]:
    """Counts by form for one text.

    A found mention is the annotated one if it has its span, or else is the longest within it with its head.
    """
    ours = [one for one in mentions if one.kind in _KINDS]
    matched = {one: _match(one, ours) for one in text.mentions if one.kind in ACTORS}
    names: dict[int, set[int]] = defaultdict(set)  # by found entity the annotated clusters it has names of
    for gold, found in matched.items():
        if gold.form == "name" and found is not None and found.entity is not None and found.form == "name":
            names[found.entity].add(gold.cluster)
    named = {one.cluster for one in matched if one.form == "name"}
    counts: dict[str, Tied] = {"pronoun": Tied(), "nominal": Tied()}
    for gold, found in matched.items():
        if gold.form != "name" and gold.cluster in named:
            right = found is not None and found.entity is not None and gold.cluster in names[found.entity]
            counts[gold.form] += Tied(1, int(found is not None), int(right))
    return counts


def _match(gold: GoldMention, mentions: Sequence[Mention]) -> Mention | None:
    exact = next((one for one in mentions if one.span == gold.span), None)
    if exact is not None:
        return exact
    within = [
        one
        for one in mentions
        if gold.span[0] <= one.span[0] <= gold.head[0] and gold.head[1] <= one.span[1] <= gold.span[1]
    ]
    return max(within, key=lambda one: one.span[1] - one.span[0], default=None)


# The name of the row, the annotated kinds that count (None: all ten of GUM), clusters of one kept.
ROWS: tuple[tuple[str, Collection[str] | None, bool], ...] = (
    ("actors and places", ACTORS, False),
    ("actors and places, single too", ACTORS, True),
    ("every kind", None, False),
    ("every kind, single too", None, True),
)


@dataclass(frozen=True, slots=True)
class CorefReport:
    """What one evaluation found; the first row of ``shares`` is the main one."""

    texts: int
    shares: Mapping[str, Mapping[str, Share]]
    tied: Mapping[str, Tied]
    by_text: Mapping[str, Tied] = field(default_factory=dict)

    def conll(self, row: str) -> float:
        """The mean F1 of the three measures."""
        return sum(one.f1 for one in self.shares[row].values()) / len(MEASURES)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "task": "coref",
            "texts": self.texts,
            "rows": {
                row: {"conll": self.conll(row)}
                | {name: {"p": s.precision, "r": s.recall, "f1": s.f1} for name, s in shares.items()}
                for row, shares in self.shares.items()
            },
            "tied": {name: one.as_json() for name, one in self.tied.items()},
            "tied_by_text": {name: one.as_json() for name, one in self.by_text.items()},
        }

    def text(self) -> str:
        """The report as tables for a terminal."""
        lines = [f"{self.texts} texts", "", f"{'':32} CoNLL" + "".join(f"{name:>23}" for name in MEASURES)]
        lines.append(" " * 38 + "       P     R    F1   " * 3)
        for row, shares in self.shares.items():
            figures = "".join(
                f"{one.precision:8.3f} {one.recall:.3f} {one.f1:.3f}   " for one in shares.values()
            )
            lines.append(f"{row:32} {self.conll(row):.3f}{figures}".rstrip())
        lines += ["", "tied to the right name       mentions   found   tied   share"]
        for name, one in self.tied.items():
            lines.append(f"{name:28} {one.mentions:8} {one.seen:7} {one.right:6} {one.share:7.3f}")
        return "\n".join(lines)


def _mentions(text: str) -> Sequence[Mention]:
    return read_as_is(text).mentions


def evaluate(data: Path, *, mentions_of: Callable[[str], Sequence[Mention]] = _mentions) -> CorefReport:
    """Reads the texts of a folder in GUM's format and scores how their mentions are tied together.

    Args:
        data: holds ``*.conllu``.
        mentions_of: finds the mentions of a text, with their entities.

    Raises:
        UsageError: ``data`` holds no such file.
        ModelError: the model is missing or is not the one whose hash is pinned.
    """
    texts = corpora.gum(data)
    shares = {row: dict.fromkeys(MEASURES, Share()) for row, _, _ in ROWS}
    by_form: dict[str, Tied] = {"pronoun": Tied(), "nominal": Tied()}
    by_text = {}
    for text in texts:
        found = mentions_of(text.text)
        for row, kinds, alone in ROWS:
            gold = gold_clusters(text, kinds=kinds, alone=alone)
            for name, share in score_clusters(gold, found_clusters(found, alone=alone)).items():
                shares[row][name] += share
        counts = tied(text, found)
        by_form = {form: by_form[form] + counts[form] for form in by_form}
        by_text[text.name] = sum(counts.values(), Tied())
    return CorefReport(len(texts), shares, by_form | {"both": sum(by_form.values(), Tied())}, by_text)
