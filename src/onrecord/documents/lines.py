"""Which lines of a bare text are the article, and why the others are not.

Two regimes. In a text that is an article already, a line goes only for its wording; anything cleverer loses
more than it wins. In a whole page given as text, most lines are menu, form and footer, and a classifier
trained on such pages judges every line. Which of the two holds is decided for each text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from onrecord.documents.characters import Line
from onrecord.documents.phrases import drop_reason

Mode = Literal["auto", "page", "clean"]

# A page has many lines of a few words that end no sentence. On 300 pages stripped in three ways and their
# 300 gold articles: see docs/documents.md for what these two bounds and the shares below let through.
SHORT_WORDS = 6
MIN_SHORT = 15
MIN_SHARE = 0.25
EDGE = 8  # lines at either end where a page has its menus
EDGE_LEFT = 0.55  # share of them that must be no article
KEEP = 0.45  # probability from which a line of a page is kept
_STOP = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_COMMENTS = re.compile(
    r"(?:\d{1,4}|one) (?:thoughts?|comments?|responses?|replies|reply) (?:on|to):? [\"“‘'].{1,200}",
    re.IGNORECASE,
)
_WRAP = 100  # no line of a hard-wrapped text is longer, in characters


def judge(texts: Sequence[str], *, mode: Mode) -> list[str | None]:
    """For each line None if it is part of the article, else the reason why not."""
    reasons = [drop_reason(text) for text in texts]
    end = comments_at(texts)
    reasons[end:] = [reason or "reader comment" for reason in reasons[end:]]
    if mode == "clean" or (mode == "auto" and not _crowded(texts)):
        return reasons
    from onrecord.documents.linemodel import line_model

    chances = line_model().chances(texts)
    if mode == "auto" and not is_page(chances):
        return reasons
    return [reason or _left_over(text, p) for text, p, reason in zip(texts, chances, reasons, strict=True)]


def comments_at(texts: Sequence[str]) -> int:
    """The line that heads the comments of readers ("2 thoughts on “Headline”"), or the number of lines."""
    return next((i for i, text in enumerate(texts) if i >= 3 and _COMMENTS.fullmatch(text)), len(texts))


def _crowded(texts: Sequence[str]) -> bool:
    """Whether so many lines are short that the text may be a whole page: rarely true of articles."""
    short = sum(
        1 for text in texts if len(text) < 80 and len(text.split()) <= SHORT_WORDS and not _STOP.search(text)
    )
    return short >= MIN_SHORT and short >= MIN_SHARE * len(texts)


def is_page(chances: Sequence[float]) -> bool:
    """Whether lines with these probabilities are a whole page: its first or last lines are no article."""
    ends = [*chances[:EDGE], *chances[-EDGE:]]
    return sum(chance < KEEP for chance in ends) >= EDGE_LEFT * len(ends)


def _left_over(text: str, chance: float) -> str | None:
    if chance >= KEEP:
        return None
    return "navigation" if len(text.split()) <= SHORT_WORDS else "left over from the page"


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Paragraphs instead of lines, where a text is wrapped at a fixed width; else the lines as they are.

    Wrapped: no long line, paragraphs set off by blank lines and of several lines each, most of which break
    off within a sentence.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if line.blank_before or not groups:
            groups.append([])
        groups[-1].append(line)
    inner = [line.text for group in groups for line in group[:-1]]
    if len(inner) < len(groups) or any(len(line.text) > _WRAP for line in lines):
        return list(lines)
    if sum(len(text) >= 50 and not _STOP.search(text) for text in inner) < 0.6 * len(inner):
        return list(lines)
    return [
        Line(group[0].start, group[-1].end, " ".join(line.text for line in group), group[0].blank_before)
        for group in groups
    ]
