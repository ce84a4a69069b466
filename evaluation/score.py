"""How well attributions found in texts agree with those annotated by people.

A *part* is what one attribution holds in one role (source, cue or content): all its pieces together. A part
stands for one unit; equal parts of one role in one document count once. Each measure is four counts, and
precision, recall and F1 follow from their sums over documents. Keys are "ROLE MEASURE":

    set      all pieces equal                          hull   first start and last end equal
    frag     every piece on its own, equal             trim   hull equal but for marks and spaces at its ends
    overlap  a character in common with some part      token  tokens touched by the role in the document

Whole attributions ("attribution MEASURE") are paired one to one, as many as possible: all-overlap, all-exact
and all-hull compare the three roles; sc-* leaves the cue out; sc-iou50 asks for an overlapping source and
contents that share at least half of their characters. A role absent on both sides agrees. "recall of KIND
MEASURE" is the share of annotated contents of that kind found so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.values import Span, Spans

ROLES = ("source", "cue", "content")
Parts = tuple[Spans, Spans, Spans]  # of one attribution, in the order of ROLES
Agrees = Callable[[Spans, Spans], bool]
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Count:
    """Units of one measure: annotated, predicted, annotated that were found, predicted that are right."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Count) -> Count:
        """The sums of both."""
        return Count(
            self.gold + other.gold,
            self.predicted + other.predicted,
            self.found + other.found,
            self.right + other.right,
        )

    @property
    def precision(self) -> float:
        """Right of predicted, 0 if nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Found of annotated, 0 if nothing was annotated."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Counts = Mapping[str, Count]


def tidy(pieces: Iterable[Sequence[int]]) -> Spans:
    """Pieces sorted, empty ones left out, touching or overlapping ones made one.

    >>> tidy([(5, 9), (0, 2), (2, 4), (7, 7)])
    ((0, 4), (5, 9))
    """
    kept: list[Span] = []
    for start, end in sorted((int(piece[0]), int(piece[1])) for piece in pieces):
        if start >= end:
            continue
        if kept and kept[-1][1] >= start:
            start, end = kept[-1][0], max(kept.pop()[1], end)
        kept.append((start, end))
    return tuple(kept)


def tidy_parts(attributions: Iterable[Sequence[Iterable[Sequence[int]]]]) -> list[Parts]:
    """The same for each role of each attribution; one without any part is left out."""
    parts = [(tidy(a[0]), tidy(a[1]), tidy(a[2])) for a in attributions]
    return [one for one in parts if any(one)]


def hull(part: Spans) -> Span | None:
    """From the first start to the last end; None of a part that is absent."""
    return (part[0][0], part[-1][1]) if part else None


def shared(one: Spans, other: Spans) -> int:
    """How many characters two parts have in common."""
    i = j = size = 0
    while i < len(one) and j < len(other):
        size += max(0, min(one[i][1], other[j][1]) - max(one[i][0], other[j][0]))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return size


def overlaps(one: Spans, other: Spans) -> bool:
    """Whether two parts have a character in common."""
    return shared(one, other) > 0


def shares_half(one: Spans, other: Spans) -> bool:
    """Whether the common characters are at least half of those of both together."""
    common = shared(one, other)
    union = sum(end - start for start, end in (*one, *other)) - common
    return 2 * common >= union


def trimmed(part: Spans, text: str) -> Span | None:
    """The hull without characters at its ends that are neither letter nor digit; empty if there is none."""
    span = hull(part)
    if span is None:
        return None
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _touched(parts: Iterable[Spans], tokens: Sequence[Span] | None) -> set[int]:
    """Numbers of the tokens (of the characters, without tokens) that any part touches."""
    pieces = tidy(piece for part in parts for piece in part)
    if tokens is None:
        return {i for start, end in pieces for i in range(start, end)}
    touched, at = set(), 0
    for number, (start, end) in enumerate(tokens):
        while at < len(pieces) and pieces[at][1] <= start:
            at += 1
        if at < len(pieces) and pieces[at][0] < end:
            touched.add(number)
    return touched


def _common(gold: set[object], predicted: set[object]) -> Count:
    both = len(gold & predicted)
    return Count(len(gold), len(predicted), both, both)


def _role_counts(gold: set[Spans], predicted: set[Spans], text: str | None) -> dict[str, Count]:
    tokens = None if text is None else [match.span() for match in _TOKEN.finditer(text)]
    counts = {
        "set": _common(set(gold), set(predicted)),
        "hull": _common({hull(part) for part in gold}, {hull(part) for part in predicted}),
        "frag": _common({p for part in gold for p in part}, {p for part in predicted for p in part}),
        "overlap": Count(
            len(gold),
            len(predicted),
            sum(any(overlaps(one, other) for other in predicted) for one in gold),
            sum(any(overlaps(one, other) for other in gold) for one in predicted),
        ),
        "token": _common(set(_touched(gold, tokens)), set(_touched(predicted, tokens))),
    }
    if text is not None:
        counts["trim"] = _common(
            {trimmed(part, text) for part in gold}, {trimmed(part, text) for part in predicted}
        )
    return counts


def pair(
    gold: Sequence[Parts], predicted: Sequence[Parts], agrees: Sequence[Agrees | None]
) -> dict[int, int]:
    """The most pairs of a predicted and an annotated attribution that agree, each used once.

    Args:
        gold: annotated attributions.
        predicted: found attributions.
        agrees: for each role, what must hold of the two parts; None leaves the role out.

    Returns:
        For each paired annotated attribution its predicted one, as indexes. Of the largest pairings it is the
        one that augmenting paths give when attributions are tried in order.
    """
    choices = [[j for j, right in enumerate(gold) if _agree(found, right, agrees)] for found in predicted]
    owner: dict[int, int] = {}
    for first in range(len(predicted)):
        _augment(first, choices, owner)
    return owner


def _augment(first: int, choices: list[list[int]], owner: dict[int, int]) -> None:
    """One depth-first search for a free partner, with its own stack: chains can be long."""
    seen: set[int] = set()
    path: list[tuple[int, int]] = []  # (predicted, the annotated it would take)
    steps = [(first, iter(choices[first]))]
    while steps:
        predicted, remaining = steps[-1]
        wanted = next((j for j in remaining if j not in seen), None)
        if wanted is None:
            steps.pop()
            if path:
                path.pop()
            continue
        seen.add(wanted)
        path.append((predicted, wanted))
        if wanted not in owner:
            owner.update({j: i for i, j in path})
            return
        steps.append((owner[wanted], iter(choices[owner[wanted]])))


def _agree(found: Parts, right: Parts, agrees: Sequence[Agrees | None]) -> bool:
    for one, other, holds in zip(found, right, agrees, strict=True):
        if holds is None:
            continue
        if bool(one) != bool(other) or (one and not holds(one, other)):
            return False
    return True


def _same(one: Spans, other: Spans) -> bool:
    return one == other


def _same_hull(one: Spans, other: Spans) -> bool:
    return hull(one) == hull(other)


MEASURES: Mapping[str, tuple[Agrees | None, Agrees | None, Agrees | None]] = {
    "all-overlap": (overlaps, overlaps, overlaps),
    "all-exact": (_same, _same, _same),
    "all-hull": (_same_hull, _same_hull, _same_hull),
    "sc-overlap": (overlaps, None, overlaps),
    "sc-exact": (_same, None, _same),
    "sc-hull": (_same_hull, None, _same_hull),
    "sc-iou50": (overlaps, None, shares_half),
}


def told(content: Spans, text: str) -> str:
    """The kind of an annotated content by the double marks within it alone: direct, mixed or indirect.

    Simpler than ``reading.kinds`` on purpose: it must stay what figures have been compared by.
    """
    words = " ".join(text[start:end] for start, end in content).strip()
    if not re.search('["“”]', words):
        return "indirect"
    inside = outside = 0
    is_open = False
    for character in words:
        if character in '"“”':
            is_open = character == "“" or (character == '"' and not is_open)
        elif character.isalnum():
            inside, outside = inside + is_open, outside + (not is_open)
    return "direct" if inside and outside <= 0.1 * (inside + outside) else "mixed"


def score_document(
    gold: Sequence[Parts], predicted: Sequence[Parts], text: str | None = None
) -> dict[str, Count]:
    """The counts of every measure for one document.

    Args:
        gold: annotated attributions, tidied (``tidy_parts``).
        predicted: found attributions, tidied; duplicates count against precision.
        text: the document; without it tokens are characters, and "trim" and recall by kind are left out.
    """
    counts: dict[str, Count] = {}
    for number, role in enumerate(ROLES):
        of_role = _role_counts(
            {one[number] for one in gold if one[number]},
            {one[number] for one in predicted if one[number]},
            text,
        )
        counts.update({f"{role} {measure}": count for measure, count in of_role.items()})
    measures = dict(MEASURES)
    if text is not None:

        def same_trimmed(one: Spans, other: Spans) -> bool:
            return trimmed(one, text) == trimmed(other, text)

        measures["sc-trim"] = (same_trimmed, None, same_trimmed)
    pairs = {name: pair(gold, predicted, agrees) for name, agrees in measures.items()}
    for name, found in pairs.items():
        counts[f"attribution {name}"] = Count(len(gold), len(predicted), len(found), len(found))
    if text is not None:
        for kind in ("direct", "mixed", "indirect"):
            of_kind = {i for i, one in enumerate(gold) if one[2] and told(one[2], text) == kind}
            for name in ("all-overlap", "sc-overlap"):
                counts[f"recall of {kind} {name}"] = Count(
                    len(of_kind), 0, len(of_kind & pairs[name].keys()), 0
                )
    return counts


def total(documents: Iterable[Counts]) -> dict[str, Count]:
    """The sums over documents, measure by measure."""
    sums: dict[str, Count] = {}
    for counts in documents:
        for key, count in counts.items():
            sums[key] = sums.get(key, Count()) + count
    return sums


def intervals(
    documents: Sequence[Counts], *, draws: int = 1000, seed: int = 0
) -> dict[str, tuple[float, float]]:
    """The 95 % interval of each F1 when the documents are drawn anew, with repetition, ``draws`` times."""
    source = random.Random(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(draws):
        for key, count in total(source.choices(documents, k=len(documents))).items():
            drawn.setdefault(key, []).append(count.f1)
    low, high = int(0.025 * draws), min(draws - 1, int(0.975 * draws))
    return {
        key: (sorted(values)[low], sorted(values)[high])
        for key, values in drawn.items()
        if not key.startswith("recall")
    }
