"""Filters of listings: conditions in SQL, and the words a user may give for an actor, a state or a day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from onrecord.errors import UsageError
from onrecord.facts import state_of

By = Literal["said", "published"]
IN_DOCUMENT = "(document.id = ? OR document.id IN (SELECT document_id FROM location WHERE uri = ?))"
MENTIONED = "SELECT actor_id FROM actor_member JOIN document ON document.id = actor_member.document_id"
"""Ids of the actors that documents mention, where conditions on these follow."""
_WHOLE_ID = re.compile(r"a_[0-9a-f]{16}")
_ALPHA3 = re.compile(r"[A-Za-z]{3}")


@dataclass(slots=True)
class Where:
    """Conditions that must all hold, with their values."""

    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        """One more condition, with a value for each "?" in it."""
        self.conditions.append(condition)
        self.values += values

    def equals(self, column: str, value: Any) -> None:
        """``column`` is ``value``; None: whatever."""
        if value is not None:
            self.add(f"{column} = ?", value)

    def contains(self, column: str, text: str | None) -> None:
        """``column`` contains ``text``, whatever the case and the accents."""
        if text is not None:
            self.add(f"contains(strip_accents(lower({column})), strip_accents(lower(?)))", text)

    def least(self, column: str, value: float | None) -> None:
        """``column`` is at least ``value``."""
        if value is not None:
            self.add(f"{column} >= ?", value)

    def document(self, document: str | None) -> None:
        """In the document with this id or at this place."""
        if document is not None:
            self.add(IN_DOCUMENT, document, document)

    def story(self, story: str | None) -> None:
        """In a document of the story with this id, or whose id begins so."""
        if story is not None:
            self.add("starts_with(document.story, ?)", story)

    def published(self, since: str | None, until: str | None) -> None:
        """The interval of publication overlaps [since, until]; what has no date is left out."""
        self.overlaps("document.published_earliest", "document.published_latest", since, until)

    def overlaps(self, earliest: str, latest: str, since: str | None, until: str | None) -> None:
        """The interval of two columns overlaps [since, until]; one that is not bounded is left out."""
        if since is not None:
            self.add(f"{earliest} IS NOT NULL AND left({latest}, 10) >= ?", day(since, last=False))
        if until is not None:
            self.add(f"{latest} IS NOT NULL AND left({earliest}, 10) <= ?", day(until, last=True))

    def __str__(self) -> str:
        """The clause, empty without conditions."""
        return f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


def of_actor(where: Where, actor: str | None, state: str | None, *, among: str) -> None:
    """Only rows of an actor with this id or name (or part of a name, in whole words), and of this state.

    ``among``: a condition with "{actors}" where a subquery of ids of actors goes.
    """
    asked = Where(["rejected IS NULL"])
    if actor is not None and _WHOLE_ID.fullmatch(actor):
        asked.add("id = ?", actor)  # names are not gone through, which pages of actors would feel
    elif actor is not None:
        named = f"{_words('name')} OR len([one FOR one IN aliases IF {_words('one')}]) > 0"
        asked.add(f"(starts_with(id, ?) OR {named})", _id(actor), actor, actor)
    if state is not None:
        asked.add("state = ?", state_code(state))
    if len(asked.conditions) > 1:
        where.add(among.format(actors=f"SELECT id FROM actor {asked}"), *asked.values)


def state_code(text: str) -> str:
    """The ISO 3166 alpha-3 code that ``text`` is or names; raises UsageError if it is none."""
    code = state_of(text) or (text.upper() if _ALPHA3.fullmatch(text) else None)
    if code is not None:
        return code
    raise UsageError(f"not a state: {text!r}", hint="write its name, or its ISO 3166 code such as RUS")


def day(text: str, *, last: bool) -> str:
    """The first or last day of a year, month or day; raises UsageError for anything else.

    >>> day("2024-02", last=True)
    '2024-02-29'
    """
    try:
        parts = [int(part) for part in text.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
        number = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1] if last else 1
        if len(parts) > 3 or not all(part.isdigit() for part in text.split("-")):
            raise ValueError
        return date(year, month, number).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        raise UsageError(f"not a date: {text!r}", hint="write 2023, 2023-03 or 2023-03-06") from None


def joined(values: Sequence[str | None]) -> str | None:
    """Different ``values`` in order, joined by "; "; None if there is none."""
    return "; ".join(dict.fromkeys(one for one in values if one)) or None


def _id(text: str) -> str:
    """``text`` if it may be the beginning of an actor's id, else what none begins with."""
    return text if re.fullmatch(r"a_[0-9a-f]{4,16}", text) else "-"


def _words(column: str) -> str:
    """That ``column`` has the words of a "?", one after the other, whatever their case, accents and signs."""
    plain = r"trim(regexp_replace(strip_accents(lower({})), '[^\p{{L}}\p{{N}}]+', ' ', 'g'))"
    return f"contains(' ' || {plain.format(column)} || ' ', ' ' || {plain.format('?')} || ' ')"


def refuse(given: Mapping[str, object], known: type) -> None:
    """Refuses filters that ``known``, a TypedDict, does not name, and values that it does not allow.

    Raises UsageError, with the nearest name or value.
    """
    allowed = _allowed(known)
    for name, value in given.items():
        if name not in allowed:
            raise UsageError(f"there is no filter {name!r}", hint=_meant(name, sorted(allowed)))
        one_of(name, value, allowed[name])


def one_of(name: str, value: object, values: Sequence[str]) -> None:
    """Refuses a value of ``name`` that is none of ``values``; None is one; without any, all are."""
    if value is not None and values and value not in values:
        raise UsageError(f"{name} cannot be {value!r}", hint=_meant(str(value), values))


@lru_cache(maxsize=16)
def _allowed(known: type) -> dict[str, tuple[str, ...]]:
    return {name: values_of(hint) for name, hint in get_type_hints(known).items()}


def values_of(hint: object) -> tuple[str, ...]:
    """The values that a type names: those of a Literal, also beside None.

    >>> values_of(Literal["said", "published"] | None)
    ('said', 'published')
    """
    if get_origin(hint) is Literal:
        return get_args(hint)
    return tuple(value for one in get_args(hint) if one is not NoneType for value in values_of(one))


def _meant(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else f"known: {', '.join(known)}"
