"""Who speaks: from the words that name the speaker of an attribution to entities of the report."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.lang import either, word_list
from onrecord.reading.actors.candidates import Telling
from onrecord.reading.actors.items import Item, ToldAttribution
from onrecord.reading.actors.roles import Board, MentionChain
from onrecord.reading.actors.words import COLLECTIVES
from onrecord.values import Span, Spans

# What is read or heard; who made it speaks.
_PAPERS = word_list("actors", "speaking_papers")
_BY = re.compile(r"\s*(?:of|from|by|in|on)\s+(?:the\s+)?$", re.IGNORECASE)
_PARTY = re.compile(r",?\s*\(?\b[RDI]-[A-Z][\w.]{0,12}\)?,?")
_JOINS = re.compile(
    r"\s*,?\s*(?:and|or|&|as well as|along with|together with)\s+(?:also\s+)?(?:the\s+|other\s+)?"
)
_VERB = re.compile(
    rf"\b(?:{either('actors', 'verb')})\b"
)  # fmt: skip
_LEADS_ON = re.compile(rf"\s+(?:{either('actors', 'leads_on')})\b", re.IGNORECASE)
_NEAR = 400  # characters: phrases that hold a speaker and begin before it


def telling_of(board: Board) -> Telling:
    """Which item is the main speaker of each attribution, and which stand in whose quoted content."""
    starts = [item.start for item in board.items]
    by_head = sorted((item.raw.head, item.number) for item in board.items)
    speaks: dict[int, int] = {}
    within: dict[int, int] = {}
    told_in: dict[int, int] = {}
    size: dict[int, int] = {}
    speaker: dict[int, int] = {}
    for number, told in enumerate(board.told):
        item = next(iter(speaker_items(board, told, starts)), None)
        if item is not None:
            speaks.setdefault(item.number, number)
            speaker[number] = item.number
        for start, end in told.content:
            low, high = bisect_left(by_head, ((start, 0), -1)), bisect_left(by_head, ((end, 0), -1))
            for _, inside in by_head[low : min(high, low + 400)]:
                if end - start < size.get(inside, 1 << 60):
                    told_in[inside], size[inside] = number, end - start
                    if board.items[inside].quotation >= 0:
                        within[inside] = number
    return Telling(speaks, within, speaker, told_in)


def speaker_items(board: Board, told: ToldAttribution, starts: Sequence[int]) -> Iterator[Item]:
    """The outermost mentions in the words for the speaker, several where they are joined ("Russia and
    China")."""
    if not told.speaker:
        return
    inside = list(_inside(board, starts, told.speaker[0]))
    tops = [
        one
        for one in inside
        if not any(_holds(told.speaker[0], other, one) for other in inside if other is not one)
    ]
    tops = [one for at, one in enumerate(tops) if not _modifies(board, one, tops[at + 1 : at + 2])]
    gaps = [_PARTY.sub("", board.page.text[_finish(a) : _begin(b)]) for a, b in pairwise(tops)]
    joined = [_JOINS.fullmatch(gap) is not None for gap in gaps]
    if tops:  # "and other countries", which are no mention
        rest = board.page.text[_finish(tops[-1]) : told.speaker[0][1]]
        joined.append(re.match(r",?\s+(?:and|or)\b", rest) is not None)
    for at, one in enumerate(tops):
        if at and not joined[at - 1] and not (gaps[at - 1].strip() == "," and any(joined[at:])):
            break
        yield _maker(board, one, inside)


def speakers_in_apposition(board: Board) -> None:
    """Words for one speaker that describe him and then name him are of whom they name.

    "One early supporter, Representative Ann Lee," and "Scott's niece, state Delegate Ann Lee," are Ann Lee;
    "a spokesman for Lee" is not.
    """
    starts = [item.start for item in board.items]
    for told in board.told:
        first = next(iter(speaker_items(board, told, starts)), None)
        if first is None or first.form != "nominal" or first.many == "many":
            continue
        if first.kind != "person" and (first.definite != "a" or first.head in COLLECTIVES):
            continue  # "another partner, Ann Lee" may look like a firm
        chain = board.of(first)
        if chain is not None and chain.named:
            continue
        named = _title_or_apposition(board, first, starts, told.speaker[0])
        if named is not None and (first.gender is None or named.gender in (None, first.gender)):
            board.tie(named, first, "apposition", 0.9)


_NAMED_NEXT = re.compile(r"(?:,\s|\s?[—–-]{1,2}\s?)?(?:[\w.'’\"“”-]+[ \u00a0]){0,7}|[ \u00a0]")


def _title_or_apposition(board: Board, first: Item, starts: Sequence[int], span: Span) -> Item | None:
    """The person named right behind the description ``first``, within the words ``span`` for a speaker."""
    found: Item | None = None
    for one in _inside(board, starts, span):
        if one.form != "name" or one.kind != "person" or one.name is None or one.possessive:
            continue
        begin = one.name[0]
        for end in (first.raw.head[1], first.end):
            gap = board.page.text[end:begin] if 0 < begin - end < 80 else ""
            if gap and _NAMED_NEXT.fullmatch(gap.lstrip(" \u00a0") or gap) and not _PREPOSITION.search(gap):
                found = one
    return found


def _begin(item: Item) -> int:
    """Where a phrase begins, the offices before its name included."""
    return min([item.start, *(one.start for one in item.offices)])


def _finish(item: Item) -> int:
    """Where a phrase ends; if commas or "and" follow its name, with the name: others are listed there."""
    if item.name is None:
        return item.end
    rest = item.text[max(0, item.name[1] - item.start) :]
    return item.name[1] if "," in rest or " and " in rest else item.end


_ONLY_WORDS = re.compile(r"['’]?s?(?:[ \u00a0][\w.’'-]+){0,6}[ \u00a0]?")
_PREPOSITION = re.compile(rf"\b(?:{either('actors', 'preposition_of')})\b", re.IGNORECASE)


def _modifies(board: Board, item: Item, after: Sequence[Item]) -> bool:
    """Whether ``item`` is only a word before the next: the Trump of "Trump campaign manager Kellyanne
    Conway"."""
    if not after or after[0].kind != "person" or after[0].form != "name":
        return False
    gap = board.page.text[_finish(item) : after[0].start]
    if item.form == "nominal" and item.kind == "person" and gap in (" ", "\u00a0") and item.definite != "a":
        return True  # "Republican hopefuls Ann Lee and Tom Barrow"
    if item.possessive and " and " not in gap:
        return True
    if (
        item.form == "nominal"
        and item.definite == "bare"
        and item.many == "one"
        and gap.strip().startswith("and ")
    ):
        return True  # "Former prosecutor and mayor Ann Lee"
    return bool(gap.strip()) and _ONLY_WORDS.fullmatch(gap) is not None and _PREPOSITION.search(gap) is None


def _inside(board: Board, starts: Sequence[int], span: Span) -> Iterator[Item]:
    low = bisect_left(starts, span[0] - _NEAR)
    for one in board.items[low : bisect_right(starts, span[1])]:
        if span[0] <= one.raw.head[0] and one.raw.head[1] <= span[1] and one.kind != "nationality":
            yield one


def _holds(span: Span, outer: Item, inner: Item) -> bool:
    """Whether one phrase lies in another, of both only what is in ``span``."""
    a, b = max(span[0], _begin(outer)), min(span[1], _finish(outer))
    c, d = max(span[0], _begin(inner)), min(span[1], _finish(inner))
    return a <= c and d <= b and b - a > d - c


def _maker(board: Board, item: Item, inside: Sequence[Item]) -> Item:
    """Of "a statement from the ministry" the ministry."""
    if item.form != "nominal" or item.head not in _PAPERS:
        return item
    for one in inside:
        before = board.page.text[item.raw.head[1] : one.start]
        if one.start > item.raw.head[1] and one.kind in ("person", "organisation") and _BY.fullmatch(before):
            return one
    owner = next((one for one in inside if one.end <= item.raw.head[0] and one.possessive), None)
    return owner if owner is not None and owner.kind in ("person", "organisation") else item


def cut_off(board: Board, telling: Telling) -> None:
    """ "..., he said. Zakharova during this Thursday at a briefing.": the name was cut from its clause.

    Machine translation puts a full stop between a speaker and her verb; then the sentence behind the verb
    begins
    with her name, goes on with when or where, and has no verb of its own.
    """
    by_start = {item.start: item for item in board.items if item.form == "name" and item.kind == "person"}
    for number, at in telling.speaker.items():
        item, told = board.items[at], board.told[number]
        if item.pronoun is None or item.pronoun.gender is None or not told.cue:
            continue
        gap = re.match(r"\s*\.\s+", board.page.text[told.cue[-1][1] : told.cue[-1][1] + 6])
        name = by_start.get(told.cue[-1][1] + gap.end()) if gap else None
        if name is not None and _fragment(board, name):
            board.tie(name, item, "cut off from the name behind it", 0.85)


def _fragment(board: Board, name: Item) -> bool:
    sentence = board.page.sentences[name.sentence]
    rest = board.page.text[name.end : min(sentence[1], name.end + 300)]
    return _LEADS_ON.match(rest) is not None and _VERB.search(rest) is None


def first_persons(board: Board, telling: Telling) -> frozenset[int]:
    """Items that say I or we within a quotation whose speaker is known: they wait until it is tied."""
    return frozenset(
        item.number
        for item in board.items
        if item.pronoun and item.pronoun.person == 1 and telling.within.get(item.number) in telling.speaker
        and telling.speaker[telling.within[item.number]] != item.number
    )  # fmt: skip


def tie_first_persons(board: Board, telling: Telling, waiting: frozenset[int]) -> None:
    """ "I" in a quotation is its speaker; "we" is too if a body or state speaks, else those he speaks for."""
    groups: dict[int, MentionChain] = {}
    for number in sorted(waiting):
        item = board.items[number]
        if board.of(item) is not None:
            continue
        speaker = board.of(board.items[telling.speaker[telling.within[number]]])
        assert item.pronoun
        if speaker is None:
            board.new(item, "first mention", 0.5)
        elif (
            item.pronoun.number == "one"
            or speaker.kind in ("organisation", "place")
            or speaker.many == "many"
        ):
            board.add(item, speaker, "who speaks in the quotation", 0.9)
        elif speaker.number in groups:
            board.add(item, groups[speaker.number], "those the speaker speaks for", 0.6)
        else:
            groups[speaker.number] = board.new(item, "those the speaker speaks for", 0.5)


_NAMES_BACK = 200  # mentions of a speaker in which a name is looked for, before and behind


def evidence(board: Board, item: Item) -> Spans:
    """The mentions that lead from the words for a speaker to a name: itself, and the name it goes back to."""
    own = item.name or item.raw.span
    if item.name is not None:
        return (own,)
    chain = board.of(item)
    assert chain is not None
    at = bisect_right(chain.items, item.number)
    around = chain.items[max(0, at - _NAMES_BACK) : at][::-1] + chain.items[at : at + _NAMES_BACK]
    name = next((board.items[n].name for n in around if board.items[n].form == "name"), None)
    if name is None:
        return (own,)
    return tuple(sorted({own, name})) if not _overlap(own, name) else (own,)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
