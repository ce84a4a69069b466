"""The best path is the best path, and never an impossible one."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.network.decode import FORBIDDEN, TAGS, TagChain, best_paths, runs

K = len(TAGS)


def _chain(rng: np.random.Generator) -> TagChain:
    begin = rng.normal(size=K).astype(np.float32) - 100 * np.array(FORBIDDEN[0], np.float32)
    return TagChain(begin, rng.normal(size=(K, K)).astype(np.float32))


def _value(path: tuple[int, ...], scores: np.ndarray, chain: TagChain) -> float:
    value = chain.begin[path[0]] + sum(scores[n, tag] for n, tag in enumerate(path))
    return float(value + sum(chain.moves[a, b] for a, b in pairwise(path)))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), words=st.integers(1, 4))
def test_best_path_is_the_best_of_all_possible_ones(seed: int, words: int) -> None:
    """Against trying every path, beside a longer window in the same batch."""
    rng = np.random.default_rng(seed)
    chain = _chain(rng)
    scores = (3 * rng.normal(size=(2, 6, K))).astype(np.float32)
    lengths = np.array([words, 6])
    tags = best_paths(scores, lengths, np.zeros((2, 6), np.bool_), chain)
    possible = [
        path
        for path in product(range(K), repeat=words)
        if not FORBIDDEN[0][path[0]] and not any(FORBIDDEN[a][b] for a, b in pairwise(path))
    ]
    best = max(_value(path, scores[0], chain) for path in possible)
    assert abs(_value(tuple(tags[0, :words]), scores[0], chain) - best) < 1e-3


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_span_goes_on_over_the_end_of_a_paragraph(seed: int) -> None:
    """A word that begins a paragraph begins a span or is outside."""
    rng = np.random.default_rng(seed)
    scores = (5 * rng.normal(size=(1, 12, K))).astype(np.float32)
    breaks = rng.random((1, 12)) < 0.4
    tags = best_paths(scores, np.array([12]), breaks, _chain(rng))[0]
    assert not any(TAGS[tag].startswith("I") for tag in tags[breaks[0]])
    assert not any(FORBIDDEN[a][b] for a, b in pairwise(tags))


@given(st.lists(st.integers(0, K - 1), max_size=30))
def test_runs_are_the_tagged_words(tags: list[int]) -> None:
    """Runs are disjoint, in order, and cover exactly the words with a role."""
    found = list(runs(np.array(tags, np.int8)))
    covered = [word for _, first, last in found for word in range(first, last)]
    assert covered == [n for n, tag in enumerate(tags) if tag]
    assert all((tags[word] - 1) // 2 == role for role, first, last in found for word in range(first, last))
