"""Offices as reports word them: a head word ("minister") and what stands around it, read by a small grammar.

    [former] [state] [acting] [body | portfolio, qualifiers] HEAD [of|for portfolio | body] [of|to|in state]

Words are looked at once from left to right; only head words do any work, so a whole report can be given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from onrecord.facts import titles
from onrecord.facts.bodies import NOT_OF_THE_STATE, organisation_of, state_kind, state_of
from onrecord.facts.table import fold
from onrecord.facts.titles import OfficeParts, classified
from onrecord.lang import word_list

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_])*(?:['’][^\W_]+)?\.?")
_GENITIVE = re.compile(r"['’]s?$")
_JOINTS = frozenset(" \u00a0\u2009-")
_GAP = re.compile(r"[ \u00a0\u2009-]{1,3}|['’] ")
_LINKS = word_list("facts", "links")
_MOST_LEFT, _MOST_RIGHT = 9, 9  # words of an office on either side of its head: more than any in news has
_DOTTED = word_list("facts", "dotted")


@dataclass(frozen=True, slots=True)
class OfficeFound:
    """An office in a text. Offsets are into the text given."""

    start: int
    end: int
    title: str  # as worded, without the state, the body and "former"
    kind: str
    state: str | None  # ISO alpha-3 of the state whose office it is; of an ambassador the one that sends
    organisation: str | None  # the body as worded, without the state: "Foreign Ministry", "Southern Command"
    former: bool
    acting: bool = False
    host: str | None = None  # the state an ambassador is sent to
    assumed: bool = False  # the state is not said but goes with the title: "Secretary of State"
    plural: bool = False


class _Word(NamedTuple):
    start: int
    end: int
    text: str  # without the genitive and the full stop at its end
    folded: str
    capital: bool
    joined: bool  # nothing but a space, hyphen or genitive between it and the word before

    @property
    def bare(self) -> int:
        """Where it ends without a genitive."""
        return self.start + len(self.text)


def office_in(text: str) -> list[OfficeFound]:
    """Offices worded in ``text``, in order, without overlaps.

    >>> one = office_in("the former Russian Deputy Foreign Minister")[0]
    >>> one.title, one.kind, one.state, one.former
    ('Deputy Foreign Minister', 'deputy_minister', 'RUS', True)
    """
    words = _words(text)
    found: list[OfficeFound] = []
    floor = 0  # the first word that no office has taken
    for at, word in enumerate(words):
        if at >= floor and word.folded in titles.HEADS:
            reading = _OfficeReading(text, words, at, floor)
            office = reading.office()
            if office is not None:
                found.append(office)
                floor = reading.right
    return found


def _words(text: str) -> list[_Word]:
    """The words that may be part of an office, with what joins them."""
    words: list[_Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        bare, folded, stop = _compared(match[0])
        end -= stop
        joined = bool(words) and (
            text[last] in _JOINTS if start == last + 1 else bool(_GAP.fullmatch(text, last, start))
        )
        words.append(_Word(start, end, bare, folded, bare[0].isupper(), joined))
        last = end
    return words


@lru_cache(maxsize=1 << 14)
def _compared(raw: str) -> tuple[str, str, bool]:
    """A word without its genitive, as it is compared, and whether a full stop behind it is left out."""
    stop = raw.endswith(".") and raw.lower() not in _DOTTED and "." not in raw[:-1]
    raw = raw[: len(raw) - stop]
    bare = _GENITIVE.sub("", raw)
    return bare, raw.lower() if raw.lower() in _DOTTED else fold(bare), stop


class _OfficeReading:
    """One office, read outwards from its head word. ``left`` and ``right`` bound the words taken."""

    def __init__(self, text: str, words: list[_Word], head: int, floor: int) -> None:
        self.text, self.words, self.head, self.floor = text, words, head, floor
        self.left, self.right = head, head + 1
        self.first = head  # first word of the title itself
        self.state: str | None = None
        self.host: str | None = None
        self.body: str | None = None
        self.portfolio: list[str] = []
        self.qualifiers: list[str] = []
        self.former = self.acting = self.region = False
        self.last = head + 1  # behind the last word of the title itself

    def office(self) -> OfficeFound | None:
        """The office, or None if the head word is none here."""
        word = self.words[self.head]
        if (word.folded in titles.NEEDS_CAPITAL and not word.capital) or self._is_prefix():
            return None
        self._compound()
        self._leftwards()
        self._rightwards()
        family = titles.HEADS[word.folded]
        parts = OfficeParts(
            family=family, head=word.folded, qualifiers=tuple(self.qualifiers),
            portfolio=tuple(self.portfolio),
            body=self.body, state=self.state, host=self.host, region=self.region,
            named=self._followed_by_name(), joint=self._joint(),
        )  # fmt: skip
        result = classified(parts)
        if result is None:
            return None
        return OfficeFound(
            start=self.words[self.left].start, end=self.words[self.right - 1].bare,
            title=self.text[self.words[self.first].start : self.words[self.last - 1].bare],
            kind=result.kind, state=result.state, organisation=result.body, former=self.former,
            acting=self.acting, host=self.host, assumed=result.assumed, plural=_is_plural(word.folded),
        )  # fmt: skip

    def _joint(self) -> bool:
        """Whether another office of a company follows: president and chief executive."""
        following = [word.folded for word in self.words[self.right : self.right + 2] if word.joined]
        return len(following) == 2 and following[0] == "and" and following[1] in _OF_COMPANIES

    def _is_prefix(self) -> bool:
        """Whether the head is the first word of another: Major General, chief economist."""
        head, following = self.words[self.head].folded, self.words[self.head + 1 : self.head + 2]
        if not following or not following[0].joined:
            return False
        word = following[0]
        if head == "chief" and not word.capital:
            return word.folded not in _AFTER_CHIEF and not word.folded.endswith("ed")
        return head in _HALVES and titles.HEADS.get(word.folded) == "rank"

    def _compound(self) -> None:
        """Takes the rest of a head of several words: secretary of state, secretary general."""
        following = [word.folded for word in self.words[self.head + 1 : self.head + 4] if word.joined]
        for tail in _TAILS.get(self.words[self.head].folded, ()):
            if following[: len(tail)] == list(tail):
                self.qualifiers.append(" ".join(tail))
                self.right = self.last = self.head + 1 + len(tail)
                return

    def _leftwards(self) -> None:
        """Takes what stands before the head, up to the first word that cannot be part of an office."""
        at = self.head
        while at > max(self.floor, self.head - _MOST_LEFT) and self.words[at].joined:
            taken = self._body_before(at) or self._state_before(at) or self._word_before(at)
            if not taken:
                return
            at -= taken
            self.left = at

    def _word_before(self, at: int) -> int:
        """Takes one word before word ``at``; two for "foreign and trade"."""
        word = self.words[at - 1]
        name = word.folded
        if name in titles.FORMER:
            self.former = True
            return 1
        if self.state is not None or self.region:
            return 0
        if name == "and" and self._is_portfolio(at) and self._is_portfolio(at - 2) and word.joined:
            return 1
        if name in titles.ACTING:
            self.acting = True
        elif name in titles.PORTFOLIOS:
            self.portfolio.append(name)
        elif name == "under" and self.words[at].folded not in ("secretary", "secretaries"):
            return 0
        elif name in titles.DEPUTY or name in titles.QUALIFIERS:
            self.qualifiers.append(name)
        else:
            return 0
        if name not in titles.PASSING:
            self.first = at - 1
        return 1

    def _is_portfolio(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].folded in titles.PORTFOLIOS

    def _state_before(self, at: int) -> int:
        """Takes a state, or one of the United States for a governor, before word ``at``."""
        if self.state is not None or self.region:
            return 0
        for size in (5, 4, 3, 2, 1):
            begin = at - size
            if begin < self.floor or self.words[begin].folded == "the" or not self._run(begin, at):
                continue
            if begin and self.words[begin].joined and self.words[begin - 1].folded in NOT_OF_THE_STATE:
                continue
            piece = self.text[self.words[begin].start : self.words[at - 1].end]
            if self._regional() and fold(_GENITIVE.sub("", piece)) in titles.US_STATES:
                self.state, self.region = "USA", True
                return size
            code = state_of(piece)
            if code:
                self.state = code
                return size
        return 0

    def _regional(self) -> bool:
        return titles.HEADS[self.words[self.head].folded] in ("governor", "legislator")

    def _body_before(self, at: int) -> int:
        """Takes the name of a body before word ``at``: Southern Command, Foreign Ministry, White House."""
        if self.body is not None or self.state is not None or self.words[at - 1].folded in titles.FORMER:
            return 0
        begin = at
        while begin > max(self.floor, at - 6) and (begin == at or self.words[begin].joined):
            word = self.words[begin - 1]
            if not word.capital and not (word.folded in _SMALL and begin < at):
                break
            begin -= 1
        for start in range(begin, at):
            piece = self.text[self.words[start].start : self.words[at - 1].end]
            if self.words[start].capital and self._known_body(piece, start, at):
                return at - start
        return self._small_body(at) if begin == at else self._loose_body(begin, at)

    def _known_body(self, piece: str, start: int, at: int) -> bool:
        """Takes ``piece`` if it names a body, by the facts or by its last word; splits off a state."""
        piece = _GENITIVE.sub("", piece)
        last = self.words[at - 1].folded
        if start == at - 1 and (last not in titles.BODIES or last in titles.PORTFOLIOS):
            known = organisation_of(piece) is not None or last in titles.CHAMBERS
            if not known or state_of(piece) or last in titles.QUALIFIERS:
                return False
        elif organisation_of(piece) is None and (
            last not in titles.BODIES
            or (last in titles.CHAMBERS and start < at - 1)
            or self.words[start].folded in titles.HEADS
            or state_of(piece)
        ):
            return False
        self.body = piece
        self._part_state(start, at)
        return True

    def _part_state(self, start: int, at: int) -> None:
        """Splits the state off the front of a body: Russian | Foreign Ministry."""
        for end in range(min(at - 1, start + 5), start, -1):
            code = state_of(self.text[self.words[start].start : self.words[end - 1].end])
            if code:
                self.state = code
                self.body = self.text[self.words[end].start : self.words[at - 1].end]
                self.body = _GENITIVE.sub("", self.body)
                return

    def _small_body(self, at: int) -> int:
        """Takes a body in small letters before the head: defence ministry spokesman, army chief."""
        last = self.words[at - 1].folded
        if last not in titles.BODIES or last in titles.PORTFOLIOS or last in titles.QUALIFIERS:
            return 0
        begin = at - 1
        while begin > self.floor and self.words[begin].joined and self.words[begin - 1].folded in (
            titles.PORTFOLIOS.keys() | word_list("facts", "small_body")
        ):  # fmt: skip
            begin -= 1
        self.body = self.text[self.words[begin].start : self.words[at - 1].end]
        return at - begin

    def _loose_body(self, begin: int, at: int) -> int:
        """Takes capitalised words before a head that says they are a body: Apple spokesman, Gazprom chief."""
        head = self.words[self.head]
        family = titles.HEADS[head.folded]
        if (head.capital and family != "executive") or at != self.head or begin == at:
            return 0
        piece = self.text[self.words[begin].start : self.words[at - 1].end]
        short = family == "president" and len(piece) > 2 and piece.isupper()
        if family not in ("executive", "spokesperson", "head") and not short:
            return 0
        first = self.words[begin].folded
        if first in _NO_BODY or state_of(piece) or self.words[at - 1].folded in (
            titles.QUALIFIERS | titles.PORTFOLIOS.keys() | titles.DEPUTY | titles.ACTING
        ):  # fmt: skip
            return 0
        self.body = _GENITIVE.sub("", piece)
        self._part_state(begin, at)
        return at - begin

    def _rightwards(self) -> None:
        """Takes what follows: of foreign affairs, for the army, of Venezuela, to the UN, in Caracas."""
        for _ in range(3):
            at = self.right
            if at >= len(self.words) or not self.words[at].joined or self.words[at].folded not in _LINKS:
                return
            link = self.words[at].folded
            begin = at + 1
            if begin < len(self.words) and self.words[begin].folded in ("the", "its", "our", "their"):
                begin += 1
            end = (
                self._right_body(begin, link)
                or self._right_state(begin, link)
                or self._right_portfolio(begin, link)
            )
            if not end:
                return
            self.right = end

    def _right_state(self, begin: int, link: str) -> int:
        """Takes a state behind the head; gives the place behind it, or 0."""
        family = titles.HEADS[self.words[self.head].folded]
        sent = family in ("ambassador", "charge", "envoy", "consul")
        for end in range(min(begin + 6, len(self.words)), begin, -1):
            if not self._run(begin, end) or (end < len(self.words) and self._genitive(end - 1)):
                continue
            piece = self.text[self.words[begin].start : self.words[end - 1].end]
            if self._regional() and fold(piece) in titles.US_STATES and link in ("of", "for", "from"):
                self.state, self.region = "USA", True
                return end
            code = state_of(piece)
            if code is None or state_kind(piece) == "demonym":
                continue
            if sent and link in ("to", "in", "for"):
                self.host = code
                return end
            if link in ("of", "for") and self.state is None and not self.body:
                self.state = code
                return self._second_state(end)
        return 0

    def _second_state(self, at: int) -> int:
        """Takes "and Iran" behind a state: the office is then of no single one."""
        if not self._run(at - 1, at + 2) or self.words[at].folded != "and":
            return at
        if state_of(self.words[at + 1].text) is None:
            return at
        self.state = None
        return at + 2

    def _right_body(self, begin: int, link: str) -> int:
        """Takes the name of a body behind the head."""
        if self.body is not None or link == "in":
            return 0
        end = begin
        most = min(begin + _MOST_RIGHT, len(self.words))
        while end < most and (end == begin or self.words[end].joined):
            word = self.words[end]
            small = word.folded in _SMALL or word.folded in titles.BODIES or word.folded in titles.PORTFOLIOS
            if not word.capital and not small and word.folded not in _PLAIN:
                break
            end += 1
        for stop in range(end, begin, -1):
            if self._names_body(begin, stop):
                self.body = _GENITIVE.sub("", self.text[self.words[begin].start : self.words[stop - 1].end])
                if self.state is None:
                    self._part_state(begin, stop)
                return self._of_state(stop)
        return 0

    def _names_body(self, begin: int, stop: int) -> bool:
        """Whether the words from ``begin`` to ``stop`` name a body."""
        piece = self.text[self.words[begin].start : self.words[stop - 1].end]
        last = self.words[stop - 1]
        if organisation_of(piece) is not None and state_of(piece) is None:
            return True
        first = self.words[begin].folded
        inner = {word.folded for word in self.words[begin:stop]}
        if titles.HEADS.keys() & inner - {"general", "security", "justice"}:
            return False
        if last.folded in titles.BODIES and last.folded not in titles.PORTFOLIOS:
            return True
        if first in _OPENERS:
            return stop - begin > 2 and (last.capital or last.folded in titles.PORTFOLIOS)
        family = titles.HEADS[self.words[self.head].folded]
        return family in ("executive", "spokesperson", "head", "president") and last.capital and all(
            word.capital or word.folded in _SMALL for word in self.words[begin:stop]
        ) and state_of(self.words[begin].text) is None and first not in titles.PORTFOLIOS  # fmt: skip

    def _of_state(self, stop: int) -> int:
        """Takes "of Venezuela" behind a body without a state."""
        if self.state or not self._run(stop, stop + 2) or not self.words[stop].joined:
            return stop
        code = state_of(self.words[stop + 1].text) if self.words[stop].folded == "of" else None
        self.state = code
        return stop + 2 if code else stop

    def _right_portfolio(self, begin: int, link: str) -> int:
        """Takes a portfolio behind the head: Minister of Foreign Affairs, for Health and Social Care."""
        family = titles.HEADS[self.words[self.head].folded]
        exchequer = self.words[begin : begin + 1] and self.words[begin].folded == "exchequer"
        if family not in _FOR_SOMETHING and not exchequer:
            return 0
        if link not in ("of", "for", "on") or (self.portfolio and family != "secretary"):
            return 0
        end = begin
        most = min(begin + _MOST_RIGHT, len(self.words))
        while end < most and (end == begin or self.words[end].joined or self._comma(end)):
            word = self.words[end]
            if word.folded in titles.PORTFOLIOS:
                self.portfolio.append(word.folded)
            elif word.folded not in word_list("facts", "right_portfolio") and not (
                word.capital and self.words[begin].folded in titles.PORTFOLIOS and word.folded == "care"
            ):
                break
            end += 1
        while end > begin and self.words[end - 1].folded in ("and", "the", "of"):
            end -= 1
        if end > begin and self.portfolio:
            self.last = end
            return end
        return 0

    def _comma(self, at: int) -> bool:
        """Whether a comma and nothing else stands before word ``at`` within a list of portfolios."""
        between = self.text[self.words[at - 1].end : self.words[at].start]
        return between == ", " and self.words[at].capital and self._is_portfolio(at)

    def _run(self, begin: int, end: int) -> bool:
        """Whether the words from ``begin`` to ``end`` are there and joined to each other."""
        return end <= len(self.words) and all(word.joined for word in self.words[begin + 1 : end])

    def _genitive(self, at: int) -> bool:
        """Whether word ``at`` has a genitive and goes with what follows."""
        word = self.words[at]
        return len(word.text) < word.end - word.start and self.words[at + 1].joined

    def _followed_by_name(self) -> bool:
        """Whether a capitalised word follows that may be the holder's name."""
        following = self.words[self.right : self.right + 1]
        return bool(following) and following[0].joined and following[0].capital


def _is_plural(head: str) -> bool:
    return head.endswith(("s", "men", "people")) and head not in ("boss",)


_FOR_SOMETHING = word_list("facts", "for_something")
# Ranks that are the first half of another.
_HALVES = word_list("facts", "halves")
# Small words after "chief" that are not the rest of a title.
_AFTER_CHIEF = word_list("facts", "after_chief")
_OF_COMPANIES = word_list("facts", "of_companies")
# Words that open the name of a body: Ministry of ..., Bank of ...
_OPENERS = word_list("facts", "openers")
# Words inside the names of bodies that have no capital.
_SMALL = word_list("facts", "wording.small")
_PLAIN = word_list("facts", "plain")
_NO_BODY = word_list("facts", "no_body")
_TAILS = {
    "secretary": (("of", "state"), ("general",)),
    "secretaries": (("of", "state"), ("general",)),
    "minister": (("of", "state"), ("president",)),
    "attorney": (("general",),),
    "prosecutor": (("general",),),
    "director": (("general",),),
    "governor": (("general",),),
    "consul": (("general",),),
    "chief": (("of", "staff"), ("executive",), ("minister",), ("justice",)),
    "commander": (("in", "chief"),),
    "charge": (("d", "affaires"), ("daffaires",)),
    "president": (("elect",), ("pro", "tempore")),
    "head": (("of", "state"), ("of", "government")),
    "heads": (("of", "state"), ("of", "government")),
    "speaker": (("of", "the", "house"),),
    "leader": (),
}
