"""Direct, indirect or mixed: decided from the characters alone, never from the cue or a model.

What counts is how much of the content stands inside quotation marks, and "inside" is decided over the
paragraphs around it: the content of «He said “we will go”» is direct whether or not its span takes in the
marks, and so is the second piece of “We will,” he said, “go now.”
"""

from __future__ import annotations

import re

from onrecord.text.doc import Doc
from onrecord.text.quotation import MARK_CLOSE, OUT, states
from onrecord.values import Spans, StatementKind

# A direct quotation may carry a few words outside its marks (“No,” and “never”), as may the slip of one
# quotation mark; the share is the one the reference scorer of attributions uses.
DIRECT = 0.9
_BLANK = re.compile(r"\n[^\S\n]*\n")
# How far to look for the paragraphs around a content when no states are given.
_REACH = 20_000


def kind_of(doc: Doc, content: Spans) -> StatementKind:
    """How the words of ``content`` are told.

    Args:
        doc: the text the spans point into.
        content: the pieces of the content.

    Returns:
        "direct" if at least nine tenths of the letters and digits stand inside quotation marks, "indirect" if
        none does, else "mixed". A content without a letter or digit is indirect.

    >>> kind_of(Doc.of("He said he was “very” glad."), ((8, 26),))
    'mixed'
    """
    if not content:
        return "indirect"
    inside = total = 0
    for start, end in content:
        quoted, letters = _quoted(doc.text[start:end], states(doc)[start : end + 1].tolist())
        inside, total = inside + quoted, total + letters
    if not inside:
        return "indirect"
    return "direct" if inside >= DIRECT * total else "mixed"


def _quoted(piece: str, states: list[int]) -> tuple[int, int]:
    """How many letters and digits of a piece are quoted, and how many there are.

    ``states`` has one more, for the character behind the piece. A closing mark that nothing opened quotes
    what precedes it in the piece: the opening mark was lost.
    """
    inside = total = 0
    bare = 0  # letters and digits outside since the last mark
    is_open = False
    for at, state in enumerate(states):
        if state == MARK_CLOSE:
            inside += 0 if is_open else bare
            bare = 0
        is_open = state not in (OUT, MARK_CLOSE)
        if piece[at : at + 1].isalnum():
            total += 1
            inside += is_open
            bare += not is_open
    return inside, total
