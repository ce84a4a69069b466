"""How well mentions are clustered: MUC, B-cubed and CEAF-e as the CoNLL reference scorer counts them.

A clustering is a list of sets of spans; a span is in one cluster at most. The measures are those of Pradhan
et al. (2014), "Scoring coreference partitions of predicted mentions", with nothing adjusted for mentions that
only one side has. Numerators and denominators of precision and recall are summed over documents, F1 follows
from the sums, and the CoNLL figure is the mean of the three F1. K are the annotated, R the found clusters:

    MUC     recall: of each k, |k| less the number of parts R cuts it into, of |k| - 1; a mention that R
            lacks is a part
    B3      recall: of each mention of k, the share of k that is in the same r
    CEAF-e  the one-to-one pairing of k with r that has the greatest sum of 2 |k & r| / (|k| + |r|);
            recall: that sum, of |K|

and precision with both sides changed over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.values import Span

Clusters = Sequence[frozenset[Span]]
MEASURES = ("MUC", "B3", "CEAF-e")


def clusters(named: Iterable[tuple[Span, object]], *, alone: bool) -> list[frozenset[Span]]:
    """Spans gathered by their second member; of a span given twice the first counts.

    ``alone``: keep clusters of one.
    """
    by: dict[object, set[Span]] = defaultdict(set)
    seen: set[Span] = set()
    for span, number in named:
        if span not in seen:
            seen.add(span)
            by[number].add(span)
    return [frozenset(spans) for spans in by.values() if alone or len(spans) > 1]


@dataclass(frozen=True, slots=True)
class Share:
    """Recall and precision of one measure as fractions not yet divided, so that documents can be summed."""

    found: float = 0.0
    gold: float = 0.0
    right: float = 0.0
    predicted: float = 0.0

    def __add__(self, other: Share) -> Share:
        """The sums of both."""
        return Share(
            self.found + other.found,
            self.gold + other.gold,
            self.right + other.right,
            self.predicted + other.predicted,
        )

    @property
    def recall(self) -> float:
        """Found of annotated, 0 if nothing was annotated."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """Right of predicted, 0 if nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def muc(gold: Clusters, found: Clusters) -> Share:
    """Links kept, as the module says."""
    return Share(*_links(gold, found), *_links(found, gold))


def _links(ones: Clusters, others: Clusters) -> tuple[int, int]:
    at = _where(others)
    kept = 0
    for one in ones:
        parts = {at[span] for span in one if span in at}
        kept += len(one) - len(parts) - sum(span not in at for span in one)
    return kept, sum(len(one) - 1 for one in ones)


def b_cubed(gold: Clusters, found: Clusters) -> Share:
    """Mentions with their company, as the module says."""
    return Share(*_company(gold, found), *_company(found, gold))


def _company(ones: Clusters, others: Clusters) -> tuple[float, int]:
    at = _where(others)
    kept = 0.0
    for one in ones:
        shared = Counter(at[span] for span in one if span in at)
        kept += sum(count * count for count in shared.values()) / len(one)
    return kept, sum(map(len, ones))


def ceaf_e(gold: Clusters, found: Clusters) -> Share:
    """Clusters paired one to one, as the module says."""
    similar = _best_pairing(gold, found)
    return Share(similar, len(gold), similar, len(found))


def _where(clusters: Clusters) -> dict[Span, int]:
    return {span: number for number, one in enumerate(clusters) for span in one}


def _best_pairing(gold: Clusters, found: Clusters) -> float:
    """The greatest sum of similarities of a one-to-one pairing.

    Clusters that share no mention have no similarity, so each connected piece of the rest is paired alone.
    """
    similar: dict[int, dict[int, float]] = {}
    at = _where(found)
    for number, one in enumerate(gold):
        shared = Counter(at[span] for span in one if span in at)
        similar[number] = {j: 2 * count / (len(one) + len(found[j])) for j, count in shared.items()}
    return sum(
        assignment([[similar[i].get(j, 0.0) for j in columns] for i in rows])
        for rows, columns in _pieces(similar)
    )


def _pieces(similar: Mapping[int, Mapping[int, float]]) -> Iterator[tuple[list[int], list[int]]]:
    """Rows and columns of each connected piece that has both."""
    users: dict[int, list[int]] = defaultdict(list)
    for i, row in similar.items():
        for j in row:
            users[j].append(i)
    seen: set[int] = set()
    for first in similar:
        rows: list[int] = []
        columns: dict[int, None] = {}  # an ordered set
        waiting = [first]
        while waiting:
            i = waiting.pop()
            if i in seen:
                continue
            seen.add(i)
            rows.append(i)
            for j in similar[i]:
                columns[j] = None
                waiting += (other for other in users[j] if other not in seen)
        if columns:
            yield rows, list(columns)


def assignment(worth: Sequence[Sequence[float]]) -> float:
    """The greatest sum of one cell in each row and column (the Hungarian method, cubic time).

    >>> assignment([[0.9, 0.8], [0.8, 0.1], [0.2, 0.0]])
    1.6
    """
    if len(worth) > len(worth[0]):
        worth = [[row[j] for row in worth] for j in range(len(worth[0]))]
    rows, columns = len(worth), len(worth[0])
    # Row and column 0 are the start of each search; prices keep every cost at least 0.
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        _augment(worth, owner, row_price, column_price)
    return sum(worth[owner[j] - 1][j - 1] for j in range(1, columns + 1) if owner[j])


def _augment(
    worth: Sequence[Sequence[float]], owner: list[int], row_price: list[float], column_price: list[float]
) -> None:
    """Give the row in ``owner[0]`` a column by the cheapest chain of changes."""
    size = len(owner)
    cheapest, before, done = [float("inf")] * size, [0] * size, [False] * size
    at = 0
    while owner[at]:
        done[at] = True
        row = owner[at]
        step, following = float("inf"), 0
        for j in range(1, size):
            if done[j]:
                continue
            cost = -worth[row - 1][j - 1] - row_price[row] - column_price[j]
            if cost < cheapest[j]:
                cheapest[j], before[j] = cost, at
            if cheapest[j] < step:
                step, following = cheapest[j], j
        for j in range(size):
            if done[j]:
                row_price[owner[j]] += step
                column_price[j] -= step
            else:
                cheapest[j] -= step
        at = following
    while at:
        owner[at] = owner[before[at]]
        at = before[at]


def score_clusters(gold: Clusters, found: Clusters) -> dict[str, Share]:
    """One document's counts of the three measures."""
    return dict(zip(MEASURES, (muc(gold, found), b_cubed(gold, found), ceaf_e(gold, found)), strict=True))
