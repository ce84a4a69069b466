"""Appositions, and descriptions by office: "the ambassador" is the one of whom the report said that he is
it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from onrecord.facts import OfficeFound, fold, state_kind
from onrecord.lang import either, word_list, word_map
from onrecord.reading.actors.items import Item
from onrecord.reading.actors.names_in_report import initials
from onrecord.reading.actors.roles import Board, MentionChain

_AFTER = re.compile(rf"\s*(?:[,.;:)—–!?\n]|$|[\"”’]|{either('actors', 'after')})")
_LIST = re.compile(rf"\s*,?\s+(?:and|or)\s+(?!{either('actors', 'list')})")
_MARKS_OF_RANK = word_list("actors", "marks_of_rank")


_AGE = re.compile(r", \d{1,3}$")


def appositions(board: Board) -> None:
    """A name and a description with only a comma between: "Maria Zakharova, the spokeswoman", and the
    reverse."""
    ends: dict[int, list[Item]] = defaultdict(list)
    for item in board.items:
        ends[item.end].append(item)
        if item.name:
            ends[item.name[1]].append(item)
    for second in board.items:
        comma = second.start - 2
        if second.form == "pronoun" or board.page.text[max(0, comma) : second.start] != ", ":
            continue
        if age := _AGE.search(board.page.text[max(0, comma - 6) : comma]):
            comma -= len(age[0])  # "Ann Lee, 19, a student"
        first = _before(board, ends, second, comma)
        if first is not None and _goes_with(board, first, second):
            board.tie(first, second, "apposition", 0.93)


def _before(board: Board, ends: dict[int, list[Item]], second: Item, comma: int) -> Item | None:
    """The phrase that the comma closes; of several that end there the widest, of a name its own phrase."""
    found = [
        one
        for one in ends.get(comma, ())
        if one.number != second.number and one.raw.head[1] <= comma and one.kind == second.kind
    ]
    outer = board.items[second.outer] if second.outer >= 0 else None
    if not found and outer is not None and outer.raw.head[1] <= comma and outer.kind == second.kind:
        between = board.page.text[outer.raw.head[1] : comma]
        found = [outer] if "," not in between else []
    return min(found, key=lambda one: (one.start, -one.end), default=None)


def _goes_with(board: Board, first: Item, second: Item) -> bool:
    """Whether the two are one entity told twice, and not members of a list."""
    text = board.page.text
    forms = {first.form, second.form}
    if forms == {"name"} or "pronoun" in forms or first.kind not in ("person", "organisation", "place"):
        return False
    if first.kind == "place" and (second.form != "nominal" or second.definite not in ("a", "possessive")):
        return False  # "in Gera, the town hall"
    if first.many and second.many and first.many != second.many:
        return False
    if first.gender and second.gender and first.gender != second.gender:
        return False
    if _LIST.match(text, second.end) or (
        text[max(0, first.start - 2) : first.start] == ", " and first.form == "name"
    ):
        return second.definite in ("the", "a") and bool(second.offices) and not _LIST.match(text, second.end)
    if first.form == second.form and (first.definite in ("a", "bare") or second.definite == "bare"):
        return False  # "an agent, a patient"
    if second.subject and _LEADING.search(text[max(0, first.start - 20) : first.start]):
        return False  # "According to Ann Lee, a detective said"
    if second.form == "name":  # "the ambassador, Sergey ..."
        return (
            first.definite in ("the", "a", "possessive", "bare")
            and _AFTER.match(text, second.end) is not None
        )
    return _AFTER.match(text, second.end) is not None or bool(second.offices)


_LEADING = re.compile(rf"(?:^|[.!?\n][\"”’]? ?)(?:{either('actors', 'leading')}) (?:the )?$")


def titles_before_names(board: Board) -> None:
    """ "election lawyer Joe Birk": a description that a name follows at once is of whom it names."""
    by_start = {item.name[0]: item for item in board.items if item.name and item.kind == "person"}
    for item in board.items:
        if item.form != "nominal" or item.kind != "person" or item.many == "many":
            continue
        gap = board.page.text[item.raw.head[1] : item.raw.head[1] + 1]
        named = by_start.get(item.raw.head[1] + 1) if gap in (" ", "\u00a0") else None
        if named is not None and (item.gender is None or named.gender in (None, item.gender)):
            board.tie(named, item, "description before the name", 0.93)


def acronyms_in_brackets(board: Board) -> None:
    """ "North Atlantic Treaty Organization (NATO)": what stands in the brackets is the name before them."""
    text = board.page.text
    ends: dict[int, Item] = {}
    for item in board.items:
        for end in (item.end, item.name[1] if item.name else item.end):
            ends.setdefault(end, item)
    for item in board.items:
        if item.form != "name" or item.kind == "person" or text[max(0, item.start - 2) : item.start] != " (":
            continue
        before = ends.get(item.start - 2)
        if before is None or text[item.end : item.end + 1] != ")" or before.number == item.number:
            continue
        if len(item.name_words) == 1 and _abbreviates(item.name_words[0], before.name_words):
            board.tie(before, item, "acronym in brackets", 0.97)


def _abbreviates(short: str, words: tuple[str, ...]) -> bool:
    return bool(words) and (
        short in (initials(words), "".join(w[0] for w in words)) or short[:1] == words[0][:1]
    )


def relatives(board: Board) -> None:
    """ "who" and "which" go back to the phrase they stand in, or right behind."""
    ends = {
        item.end: item
        for item in board.items
        if item.form != "pronoun" and item.kind in ("person", "organisation")
    }
    for item in board.items:
        if item.pronoun and item.head in ("who", "whom") and board.of(item) is None:
            before = board.page.text[max(0, item.start - 2) : item.start]
            close = ends.get(item.start - (2 if before == ", " else 1))
            if close is not None:
                board.tie(close, item, "relative clause", 0.9)
                continue
        if item.pronoun and item.head in ("who", "whom", "which", "that") and item.outer >= 0:
            outer = board.items[item.outer]
            gap = board.page.text[outer.raw.head[1] : item.start]
            if len(gap) < 60 and outer.form != "pronoun" and board.of(item) is None and item.end < outer.end:
                board.tie(outer, item, "relative clause", 0.9)


# Roles of politics: who is meant is told by more than their names, see resolve_roles.
LATER = word_list("actors", "later")


def offices(board: Board) -> None:
    """A description by an office goes to the person whose office it is: said before, or soon after."""
    holders = [chain for chain in board.chains.values() if chain.offices and _is_person(chain)]
    by_head: dict[str, list[MentionChain]] = defaultdict(list)
    for chain in holders:
        for head in {_head(one) for one in chain.offices}:
            by_head[head].append(chain)
    for item in board.items:
        if (
            board.of(item) is not None
            or item.form != "nominal"
            or not item.offices
            or not _refers(board, item)
        ):
            continue
        office = item.offices[-1]
        found = [chain for chain in by_head[_head(office)] if _holds(chain, office, item)]
        nearest = _nearest(board, item, found)
        if nearest is not None:
            board.add(item, nearest, f"the {_head(office)}", 0.88 if len(found) == 1 else 0.75)
        elif item.head not in LATER and "former" not in item.words:
            chain = board.new(item, "office", 0.8)
            by_head[_head(office)].append(chain)


def _is_person(chain: MentionChain) -> bool:
    return chain.kind == "person"


_SAME_HEAD: dict[str, str] = word_map("actors", "same_head")


def _head(office: OfficeFound) -> str:
    """The word that names the office: the last of its title before "of" or "for"."""
    words = re.split(r" (?:of|for|to|in|at) ", fold(office.title))[0].split()
    head = words[-1] if words else office.kind
    if head == "general" and len(words) > 1:
        head = words[-2]
    return _SAME_HEAD.get(head, head)


def _refers(board: Board, item: Item) -> bool:
    """Whether a description points at somebody: "the minister", "Russia's minister", "The President"."""
    if item.many == "many" or item.definite == "a":
        return False
    return item.definite in ("the", "this", "possessive") or (
        item.definite == "bare" and item.text[:1].isupper()
    )


def _holds(chain: MentionChain, office: OfficeFound, item: Item) -> bool:
    """Whether one of a chain's offices is the one described."""
    if item.gender and chain.gender and item.gender != chain.gender:
        return False
    return any(_same_office(office, own) for own in chain.offices if _head(own) == _head(office))


def _same_office(said: OfficeFound, own: OfficeFound) -> bool:
    """Whether ``said``, which may be shorter, can be ``own``."""
    if said.state and own.state and said.state != own.state:
        return False
    if said.host and own.host and said.host != own.host:
        return False
    if said.organisation and own.organisation and not _one_body(said.organisation, own.organisation):
        return False
    a, b = set(fold(said.title).split()), set(fold(own.title).split())
    if (a ^ b) & _MARKS_OF_RANK and said.kind != own.kind:
        return False
    if said.kind == "head_of_state" and own.kind != "head_of_state" and own.organisation:
        return False
    return said.kind == own.kind or a <= b or b <= a


def _one_body(a: str, b: str) -> bool:
    x, y = set(fold(a).split()), set(fold(b).split())
    return x <= y or y <= x


def _nearest(board: Board, item: Item, found: list[MentionChain]) -> MentionChain | None:
    """The one mentioned last before ``item``, else the first mentioned within two sentences behind it."""
    if not found:
        return None

    def place(chain: MentionChain) -> tuple[int, int]:
        before = bisect_right(chain.items, item.number) - 1
        if before >= 0:
            return 0, item.number - chain.items[before]
        return 1, chain.items[0] - item.number

    best = min(found, key=place)
    behind, _ = place(best)
    if behind and board.items[best.items[0]].sentence - item.sentence > 6 and item.sentence > 2:
        return None
    return best


def seats_of_government(board: Board) -> None:
    """Moscow and the like: the state where it speaks, acts or has something; a place where something happens.

    "Moscow said", "Washington's attempts", "between Moscow and Caracas" are governments, "in Moscow" is none.
    """
    states = {chain.is_state: chain for chain in board.chains.values() if chain.is_state}
    speaking = {span[0] for one in board.told for span in one.speaker}
    for chain in list(board.chains.values()):
        first = board.items[chain.items[0]]
        if first.state is None or first.person or state_kind(" ".join(first.name_words).title()) != "capital":
            continue
        acting = [n for n in chain.items if _acts(board, board.items[n], speaking)]
        for number in acting:
            item = board.items[number]
            _leave(board, chain, item)
            state = states.get(first.state)
            if state is None:
                states[first.state] = state = board.new(item, "capital for government", 0.85)
                state.is_state = first.state
            else:
                board.add(item, state, "capital for government", 0.85)


def _acts(board: Board, item: Item, speaking: set[int]) -> bool:
    text = board.page.text
    if re.search(
        rf"\b(?:{either('actors', 'acts')}|,)\s*$",
        text[max(0, item.start - 9) : item.start],
    ):
        return False
    if item.start in speaking or re.search(
        r"\b(?:between|with)\s$", text[max(0, item.start - 9) : item.start]
    ):
        return True
    return (item.subject or item.possessive) and not item.oblique


def _leave(board: Board, chain: MentionChain, item: Item) -> None:
    """Takes an item out of its chain."""
    chain.items.remove(item.number)
    board.chain_of[item.number] = None
    if not chain.items:
        del board.chains[chain.number]


def peoples(board: Board) -> None:
    """ "the Russians" is the state where they speak or act; "Russian" before a noun is nobody."""
    states = {chain.is_state: chain for chain in board.chains.values() if chain.is_state}
    for item in list(_nationalities(board)):
        text = item.text.lower()
        if (
            item.state
            and text.startswith("the ")
            and item.head.endswith(("s", "ese", "sh", "ch"))
            and item.subject
        ):
            chain = states.get(item.state)
            if chain is not None:
                board.add(item, chain, "people for state", 0.6)


def _nationalities(board: Board) -> Iterator[Item]:
    for item in board.free():
        if item.kind == "nationality":
            yield item
