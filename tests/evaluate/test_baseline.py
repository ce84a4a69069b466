"""The baseline of reading speed."""

import numpy as np

from evaluation.baseline import LENGTH, bare_pass
from onrecord.reading.network.windows import CLS, PAD, SEP, pieces_of


def seen(texts: list[str], **options: int) -> tuple[int, list[np.ndarray]]:
    """The words a bare pass counts and the ids it is given, but for the pass before the clock starts."""
    passes: list[np.ndarray] = []
    words, seconds = bare_pass(texts, lambda ids, shape, quote: passes.append(ids), **options)
    assert seconds >= 0
    return words, passes[1:]


def test_every_piece_is_passed_once_in_full_windows() -> None:
    """Windows are all of one length, framed, and their pieces are those of the text in order."""
    text = "The mayor said that the port would stay open.\n\n" * 40
    words, passes = seen([text])
    assert words == len(text.split())
    assert all(ids.shape == (1, LENGTH) and ids[0, 0] == CLS for ids in passes)
    pieces = [i for ids in passes for i in ids[0].tolist() if i not in (CLS, SEP, PAD)]
    assert pieces == pieces_of(text).ids.tolist()


def test_a_large_corpus_is_sampled() -> None:
    """Words counted are those of the texts that were passed."""
    texts = ["The mayor said that the port would stay open. " * 30] * 40
    words, passes = seen(texts, most=20)
    assert len(passes) < 80 and words == len(passes) // len(seen(texts[:1])[1]) * len(texts[0].split())


def test_no_text_takes_no_time() -> None:
    """Nothing to pass is no error."""
    assert seen([""]) == (0, [])
