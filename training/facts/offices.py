"""Rows of office holders: read, and put right where they are known to be wrong."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.facts.table import fold

# Offices that one person holds at a time, so that a successor ends an open term.
SINGLE = frozenset({"head_of_government", "foreign_minister", "defence_minister"})
# Wikidata has him as ambassador to Venezuela; he was the State Department's representative for it.
WRONG = frozenset({("us_ambassador", "Elliott Abrams")})
# Own rows replace a collected one of the same person and office that began so close to it.
NEAR_DAYS = 45


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office. Dates are ISO 8601, as exact as known, or empty."""

    kind: str
    state: str
    title: str
    organisation: str
    person: str
    aliases: tuple[str, ...]
    since: str
    until: str
    confirmed: str
    source: str
    wikidata: str = ""  # of the person


def term_of(row: dict[str, str], codes: set[str]) -> Term | None:
    """A collected row as a term; None if it is of no use or known to be wrong."""
    state, organisation = row["country_iso3"], ""
    if state == "EUU":
        state, organisation = "", "European Union"
    if "United Nations" in row["title"]:
        organisation = "United Nations"
    if (state and state not in codes) or not latin(row["person"]):
        return None
    if (row["office"], row["person"]) in WRONG or not (row["since"] or row["until"]):
        return None
    title, kind = row["title"].replace("Spokeperson", "Spokesperson"), row["office"]
    if kind == "other_office" and "spokesperson" in title.lower():
        kind = "spokesperson"
        organisation = "Foreign Ministry" if "Foreign Ministry" in title else ""
    if state == "USA":
        title = title.replace("Defence", "Defense")
    return Term(
        kind=kind, state=state, title=title, organisation=organisation,
        person=row["person"].strip(),
        aliases=tuple(alias for alias in row["aliases"].split(";") if alias and latin(alias)),
        since=row["since"], until=row["until"], confirmed=row["last_confirmed"],
        source=f"{row['source']}: {row['source_ref'].split(' ; ')[0]}", wikidata=row["wikidata"],
    )  # fmt: skip


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters: others cannot be met in an English report."""
    return bool(name) and all(
        "LATIN" in unicodedata.name(character, "") for character in name if character.isalpha()
    )


def corrected(collected: Iterable[Term], own: list[Term]) -> list[Term]:
    """Own rows in place of those they put right; open terms closed by the successor's beginning."""
    by_person: dict[tuple[str, str, str], list[Term]] = defaultdict(list)
    for term in own:
        by_person[term.kind, term.state, fold(term.person)].append(term)
    kept = [term for term in collected if not any(
        near(term.since, mine.since) for mine in by_person[term.kind, term.state, fold(term.person)]
    )]  # fmt: skip
    groups: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in sorted({*kept, *own}, key=lambda term: (term.since, term.person, term.title, term.source)):
        groups[term.kind, term.state].append(term)
    return identified([closed(term, group) for group in groups.values() for term in group])


def identified(terms: list[Term]) -> list[Term]:
    """Terms without an identifier of their person get that of the only bearer of the name in their state."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for term in terms:
        if term.wikidata:
            known[term.state, fold(term.person)].add(term.wikidata)
            for alias in term.aliases:
                known[term.state, fold(alias)].add(term.wikidata)
    found = []
    for term in terms:
        same = known.get((term.state, fold(term.person)), set())
        found.append(replace(term, wikidata=min(same)) if not term.wikidata and len(same) == 1 else term)
    return found


def closed(term: Term, group: list[Term]) -> Term:
    """The term, ended where the next person in a single office began after it was last confirmed."""
    if term.until or not term.confirmed or term.kind not in SINGLE or not term.since:
        return term
    later = [
        next_.since for next_ in group
        if next_.person != term.person and next_.since > max(term.confirmed, term.since)
        and "acting" not in next_.title.lower()
    ]  # fmt: skip
    return replace(term, until=min(later)) if later else term


def near(one: str, other: str) -> bool:
    """Whether two dates may be the same beginning, told by two sources."""
    return abs(days(one) - days(other)) <= NEAR_DAYS


def days(date: str) -> int:
    """Days on a calendar of months of 30 days: only for telling close from far."""
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3] if date else (0, 1, 1)
    return year * 360 + month * 30 + day
