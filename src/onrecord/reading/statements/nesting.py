"""Speech inside speech: who, in a statement, is said to have said something.

Corpora mark only the outer attribution, so the network was never taught to look inside a content. But a
content is a text of its own: it is read again by the same network, without the quotation marks around it, and
what is found there is a child of the statement it stands in; then the children's contents, three deep in all.

Much that the network finds there is no speech: "he would be willing", "voters want". ``inner`` says
what is taken: what was said, written or demanded, and a stance only if its holder is named. "I think"
hedges and is no statement of its own. Where the network overlooks a noun of saying with its owner at the head
of a content ("Somalia's accusation that ..."), the form of the words gives the statement.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from onrecord.reading.network.encoder import Network
from onrecord.reading.stance.content import denies
from onrecord.reading.stance.words import TELLING_NOUNS, told_noun
from onrecord.reading.statements.inner import may_tell, tells, trimmed
from onrecord.reading.statements.quotes import Attribution, read_within
from onrecord.text.doc import Doc
from onrecord.values import Span

DEPTH = 3  # a statement, one inside it, and one inside that
LOWEST = 0.5  # confidence of an inner finding; of 60 read, most of the wrong ones were below
TRUST = 1.0  # measured precision over mean confidence of those above LOWEST (docs/decisions/chains.md)
_SHORTEST = 25  # characters of a content in which somebody can be told to have spoken

Tree = list[tuple[Attribution, int | None]]


def nested(model: Network, doc: Doc, attributions: Sequence[Attribution]) -> Tree:
    """The given attributions of ``text`` and those inside their contents, each with its parent's index.

    The given ones come first and in their order; one that stands wholly inside the content of another has
    that one as its parent, also if both were given. ``None``: it stands in no content. The parent of what is
    added always comes before it.
    """
    given = [_noun_alone(doc, one) for one in attributions]
    tree: Tree = list(zip(given, parents(given), strict=True))
    cues = sorted(span for one in given for span in one.cue)
    number = 0
    while number < len(tree):
        outer = tree[number][0]
        if _depth(tree, number) < DEPTH:
            for one in _inside(model, doc, outer, cues) or _by_form(doc, outer, cues):
                tree.append((one, number))
                for span in one.cue:
                    insort(cues, span)
        number += 1
    return tree


def parents(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the index of the one with the shortest content it stands wholly inside."""
    extents = [_extent(one) for one in attributions]
    contents = [
        (start, -end, number) for number, one in enumerate(attributions) for start, end in one.content
    ]
    asked = [(start, -end, -1 - number) for number, (start, end) in enumerate(extents)]
    found: list[int | None] = [None] * len(extents)
    opened: list[tuple[int, int]] = []  # (end, number) of the contents around the place reached
    for start, end, number in sorted(chain(contents, asked), key=lambda one: (one[0], one[1], -one[2])):
        while opened and opened[-1][0] <= start:
            opened.pop()
        if number >= 0:
            opened.append((-end, number))
            continue
        own = extents[-1 - number]
        around = (outer for last, outer in reversed(opened) if last >= own[1] and extents[outer] != own)
        found[-1 - number] = next(around, None)
    return found


def _inside(model: Network, doc: Doc, outer: Attribution, cues: Sequence[Span]) -> list[Attribution]:
    """What is told inside the contents of ``outer``, but for what has one of the ``cues`` known, sorted."""
    text = doc.text
    return [
        replace(_owner_apart(text, one), content=content, confidence=one.confidence * TRUST)
        for start, end in outer.content
        if end - start >= _SHORTEST and may_tell(text, start, end)
        for one in read_within(model, text, (start, end))
        if one.confidence >= LOWEST and tells(doc, one.speaker, one.cue, one.content)
        if not any(_known(span, cues) for span in one.cue)
        for content in [trimmed(text, one.speaker, one.cue, one.content)]
    ]


def _owner_apart(text: str, one: Attribution) -> Attribution:
    """With the genitive in the speaker, where the network now and then has it: "Israel's", "allegation"."""
    (start, end), *rest = one.cue
    if not one.speaker or one.speaker[-1][1] != start or text[start : start + 3] not in ("'s ", "’s "):
        return one
    *before, (begin, _) = one.speaker
    return replace(one, speaker=(*before, (begin, start + 2)), cue=((start + 3, end), *rest))


def _noun_alone(doc: Doc, one: Attribution) -> Attribution:
    """Without the verb that another does to the speaker's claim, where the network takes it into the cue: of
    "has denied allegations by Washington" it is "allegations" by which Washington tells something."""
    if not one.speaker or len(one.cue) != 1 or not denies(doc, one.cue):
        return one
    text = doc.text
    start, end = one.cue[0]
    noun = start + text[start:end].rfind(" ") + 1
    if text[end : one.speaker[0][0]] != " by " or text[noun:end].lower() not in TELLING_NOUNS:
        return one
    return replace(one, cue=((noun, end),))


def _by_form(doc: Doc, outer: Attribution, cues: Sequence[Span]) -> list[Attribution]:
    """What somebody's claim tells that ``outer`` denies, where the network finds nothing in the content.

    Only behind verbs of denial is the claim surely the object: "said Israel's claim that P was false".
    """
    start, end = outer.content[0] if outer.content else (0, 0)
    found = told_noun(doc.text, (start, end))
    if found is None or _known(found.cue, cues) or not denies(doc, outer.cue):
        return []
    content = ((found.begin, end), *outer.content[1:])
    return [Attribution((found.speaker,), (found.cue,), content, outer.confidence)]


def _known(cue: Span, cues: Sequence[Span]) -> bool:
    """Whether one of ``cues`` overlaps ``cue``; they are sorted and nearly never overlap each other."""
    at = bisect_left(cues, (cue[1], 0))
    return any(start < cue[1] and cue[0] < end for start, end in cues[max(0, at - 2) : at])


def _extent(one: Attribution) -> Span:
    spans = (*one.speaker, *one.cue, *one.content)
    return min(start for start, _ in spans), max(end for _, end in spans)


def _depth(tree: Tree, number: int) -> int:
    """1 for a statement that stands in no other."""
    depth, parent = 1, tree[number][1]
    while parent is not None and depth < DEPTH:
        depth, parent = depth + 1, tree[parent][1]
    return depth
