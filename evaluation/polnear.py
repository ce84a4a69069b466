"""Reads attributions in PolNeAR's format: ``text/NAME.txt`` beside ``attributions/NAME[_ANNOTATOR].ann``.

The format is brat standoff: text-bound lines ``T3<TAB>Content 10 20;21 30<TAB>words`` and events
``E1<TAB>Attribution:T4 Content:T3 Cue:T2 Source:T1``. Three habits of the corpus are met here: brat cuts
a span at every line break, so pieces with only white space between them are one piece; some files carry
raw line breaks in the words column, so only offsets are trusted; some events name no role and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.values import Span, Spans

_TEXT_BOUND = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"E\d+\t(.*)")
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One annotated attribution; a role without words is an empty tuple."""

    speaker: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Article:
    """A text with what each annotator (in sorted order of their codes) marked in it."""

    name: str
    text: str
    annotations: tuple[tuple[GoldAttribution, ...], ...]


def join_pieces(text: str, pieces: list[Span]) -> Spans:
    """The pieces in order, those with only white space (or nothing) between them made one.

    >>> join_pieces("ab\\n cd, ef", [(0, 2), (4, 6), (8, 10)])
    ((0, 6), (8, 10))
    """
    joined: list[Span] = []
    for start, end in sorted(pieces):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def parse_annotations(text: str, standoff: str) -> tuple[GoldAttribution, ...]:
    """The attributions of one ``.ann`` file over ``text``, in the order of the file's events."""
    bounds: dict[str, list[Span]] = {}
    for line in standoff.split("\n"):
        if match := _TEXT_BOUND.match(line):
            pairs = (piece.split() for piece in match[3].split(";"))
            bounds[match[1]] = [(int(start), int(end)) for start, end in pairs]
    found = (_event(text, match[1], bounds) for line in standoff.split("\n") if (match := _EVENT.match(line)))
    return tuple(one for one in found if one.speaker or one.cue or one.content)


def _event(text: str, arguments: str, bounds: dict[str, list[Span]]) -> GoldAttribution:
    roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for argument in arguments.split():
        role, _, target = argument.partition(":")
        role = role.rstrip("0123456789")
        if role in roles:
            roles[role] += bounds.get(target, [])
    return GoldAttribution(*(join_pieces(text, roles[role]) for role in ("Source", "Cue", "Content")))


def read_corpus(folder: Path) -> Iterator[Article]:
    """Every article of ``folder`` in the order of its name.

    Raises:
        UsageError: the folder has no ``text`` or no ``attributions`` folder in it.
    """
    texts, standoffs = folder / "text", folder / "attributions"
    if not texts.is_dir() or not standoffs.is_dir():
        raise UsageError(
            f"{folder}: no corpus in PolNeAR's format here",
            hint="the folder must hold text/*.txt and attributions/*.ann",
        )
    files: dict[str, list[Path]] = {}
    for path in sorted(standoffs.glob("*.ann")):
        name = path.stem if (texts / f"{path.stem}.txt").exists() else _ANNOTATOR.sub("", path.stem)
        files.setdefault(name, []).append(path)
    for path in sorted(texts.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        marks = (file.read_bytes().decode("utf-8") for file in files.get(path.stem, []))
        marked = tuple(parse_annotations(text, mark) for mark in marks)
        yield Article(path.stem, text, marked)
