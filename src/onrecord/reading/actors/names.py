"""Which names of a report are names of one: a sieve of rules, the surest first.

Full names come first, anywhere in the report; then, in the order of the text, what can only be a short form
of
one of them: a surname, a given name, an acronym, a body without its state.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.facts import key, organisation_of, state_kind
from onrecord.reading.actors.items import Item
from onrecord.reading.actors.names_in_report import (
    Fit,
    PersonName,
    body_fit,
    initials,
    person_fit,
    person_name,
)
from onrecord.reading.actors.roles import Board, MentionChain
from onrecord.reading.actors.words import Gender

MOST = 60  # chains looked at for one name: more bear no resemblance
_RULE: dict[Fit, tuple[str, float]] = {
    "same": ("same name", 0.98), "fuller": ("form of the full name", 0.95), "surname": ("surname", 0.94),
    "given": ("given name", 0.88), "spelling": ("spelling of the name", 0.85),
}  # fmt: skip


def full_names(board: Board) -> None:
    """Persons by given name and surname: "Sergei Ryabkov", "Deputy Minister Sergey Ryabkov", "S. Ryabkov"."""
    index: dict[str, list[MentionChain]] = defaultdict(list)
    for item in board.free():
        if item.person is None or not item.person.given or item.many == "many":
            continue
        fits = ((chain, _fit(item.person, chain)) for chain in _alike(index, item.person))
        best = min(((_RANK[fit], chain.number, fit) for chain, fit in fits if fit), default=None)
        if best is None:
            chain = board.new(item, "name", 0.97)
        else:
            chain = board.chains[best[1]]
            board.add(item, chain, *_RULE[best[2]])
        for mark in _marks(item.person):
            if chain not in index[mark]:
                index[mark].append(chain)


_RANK: dict[Fit, int] = {"same": 0, "fuller": 1, "surname": 2, "given": 3, "spelling": 4}


def _marks(name: PersonName) -> Iterator[str]:
    """What names that may be one person's share."""
    yield "s" + key(name.surname.split()[-1])
    yield "i" + name.given[0][:1] + name.surname[:1]
    for middle in name.given[1:]:
        yield "s" + key(middle)


def _alike(index: dict[str, list[MentionChain]], name: PersonName) -> list[MentionChain]:
    found: dict[int, MentionChain] = {}
    for mark in _marks(name):
        found.update((chain.number, chain) for chain in index.get(mark, [])[-MOST:])
    return list(found.values())


def _fit(name: PersonName, chain: MentionChain) -> Fit | None:
    """The best way in which a name goes with the names of a chain."""
    if name.gender and chain.gender and name.gender != chain.gender:
        return None
    fits = [fit for other in chain.persons if (fit := person_fit(name, other) or _reverse(name, other))]
    return min(fits, key=_RANK.__getitem__, default=None)


def _reverse(name: PersonName, other: PersonName) -> Fit | None:
    """Full names: the one already there may be the shorter."""
    return person_fit(other, name) if other.given and name.given else None


def short_names(board: Board) -> None:
    """One word, a surname most often: it goes to who bears it, and of two to whom the report is about.

    Where nobody's full name fits, equal words are one person.
    """
    bearers: dict[str, list[MentionChain]] = defaultdict(list)
    for known in board.chains.values():
        for word in {key(word) for name in known.persons for word in _bearing(name)}:
            bearers[word].append(known)
    polite = _polite(board)
    last: dict[int, int] = {}  # chain to the sentence of its last mention by full name
    for item in board.items:
        chain = board.of(item)
        if chain is not None and item.person and item.person.given:
            last[chain.number] = item.sentence
        if chain is not None or not _is_short(item, bearers):
            continue
        name = item.person or PersonName("", (), item.name_words[0])
        told = polite.get(name.surname)
        if name.gender is None and told is not None:
            name = replace(name, title="mr" if told == "m" else "mrs")
        candidates = [
            (fit, one) for one in bearers.get(key(name.surname.split()[-1]), []) if (fit := _fit(name, one))
        ]
        if not candidates:
            bearers[key(name.surname.split()[-1])].append(board.new(item, "name", 0.9))
            continue
        fit, chosen = max(candidates, key=lambda pair: _weight(board, item, pair[0], pair[1], last))
        sure = 1.0 if len(candidates) == 1 else 0.8
        rule, confidence = _RULE[fit]
        board.add(item, chosen, rule, confidence * sure)
        last[chosen.number] = item.sentence


def _polite(board: Board) -> dict[str, Gender]:
    """The gender by which Mr. and Mrs. tell of a surname, where the other is seldom told of it."""
    found = Counter(
        (item.person.surname, item.person.gender)
        for item in board.items
        if item.person and item.person.polite and item.person.gender and not item.person.given
    )
    return {
        surname: gender
        for (surname, gender), many in found.items()
        if many > 1 and gender and many > 2 * found[surname, "f" if gender == "m" else "m"]
    }


def _bearing(name: PersonName) -> Iterator[str]:
    yield from name.words
    yield from name.surname.split()
    yield from name.surname.split("-")


def _is_short(item: Item, bearers: dict[str, list[MentionChain]]) -> bool:
    if item.form != "name" or item.kind == "time":
        return False
    if item.person:
        return bool(item.person.surname) and not item.person.given and item.many != "many"
    alone = len(item.name_words) == 1 and item.state is None and organisation_of(item.name_words[0]) is None
    named = bearers.get(key(item.name_words[0])) if alone else None
    return bool(named) and any(
        (name.given or len(chain.items) > 2) and name.surname == item.name_words[0]
        for chain in named or ()
        for name in chain.persons
    )


def _weight(
    board: Board, item: Item, fit: Fit, chain: MentionChain, last: dict[int, int]
) -> tuple[float, int]:
    """How well a bearer of a name suits: its gender is told, it is near, it is what the report is about."""
    seen = last.get(chain.number)
    near = seen is not None and item.sentence - seen <= 1
    told = bool(item.person and item.person.gender and item.person.gender == chain.gender)
    by_name = sum(1 for number in chain.items[:40] if board.items[number].form == "name")
    return (
        6.0 * told + 3.0 * near + min(by_name, 8) * 0.7 - 2.0 * (fit == "given") - 1.0 * (seen is None),
        -chain.number,
    )


def mistaken_kinds(board: Board) -> None:
    """A person's full name that the network once took for a place or a thing."""
    chains = {name.words: chain for chain in board.chains.values() for name in chain.persons if name.given}
    for item in board.free():
        if item.form == "name" and item.person is None and len(item.name_words) > 1:
            chain = chains.get(person_name(" ".join(item.name_words)).words)
            if chain is not None:
                board.add(item, chain, "same name", 0.9)


def mistaken_people(board: Board) -> None:
    """A full name that the network took for a body, beside its surname that it took for a person."""
    by_surname: dict[str, list[MentionChain]] = defaultdict(list)
    for chain in board.chains.values():
        for surname in {name.surname for name in chain.persons if name.surname}:
            by_surname[surname].append(chain)
    for item in board.free():
        if item.form != "name" or item.person or item.state or not 1 < len(item.name_words) < 4:
            continue
        bearers = by_surname.get(item.name_words[-1], ()) if item.kind != "nationality" else ()
        name = person_name(" ".join(item.name_words))
        if len(bearers) != 1 or not name.given or organisation_of(_name_text(board, item)):
            continue
        unnamed = not any(other.given for other in bearers[0].persons) and len(bearers[0].items) > 2
        if name.gender and bearers[0].gender not in (None, name.gender):
            continue
        if name.gender or (unnamed and item.kind == "organisation"):
            bearers[0].persons.append(name)
            if name.gender:
                bearers[0].genders[name.gender] += 3
            board.add(item, bearers[0], "form of the full name", 0.85)


def misspelt_surnames(board: Board) -> None:
    """One slip in a surname that stands alone: Madruo beside Nicolás Maduro."""
    singles = [c for c in board.chains.values() if c.persons and not any(name.given for name in c.persons)]
    full = [c for c in board.chains.values() if any(name.given for name in c.persons)]
    by_letter: dict[str, list[MentionChain]] = defaultdict(list)
    for chain in full:
        for name in chain.persons:
            by_letter[name.surname[:1]].append(chain)
    for chain in singles:
        surname = chain.persons[0].surname
        near = {c.number: c for c in by_letter[surname[:1]][:MOST] if _fit(chain.persons[0], c) == "spelling"}
        if len(near) == 1:
            board.join(next(iter(near.values())), chain, *_RULE["spelling"])


def other_names(board: Board) -> None:
    """Organisations, places and things: equal names, states by any name, acronyms, shortened names."""
    by_name: dict[tuple[str, ...], list[MentionChain]] = defaultdict(list)
    by_state: dict[str, MentionChain] = {}
    by_last: dict[str, list[MentionChain]] = defaultdict(list)
    for item in board.free():
        if item.form != "name" or item.person or item.kind == "nationality" or not item.name_words:
            continue
        if item.state and state_kind(_name_text(board, item)) == "name":
            _state(board, item, by_state)
            continue
        chain = next((c for c in by_name[item.name_words] if _compatible(item, c)), None)
        if chain is not None:
            board.add(item, chain, "same name", 0.96)
            continue
        chain, rule = _shortened(item, by_last)
        if chain is not None:
            board.add(item, chain, rule, 0.88)
        else:
            chain = board.new(item, "name", 0.95)
        by_name[item.name_words].append(chain)
        for mark in _body_marks(item):
            by_last[mark].append(chain)


def _state(board: Board, item: Item, by_state: dict[str, MentionChain]) -> None:
    assert item.state
    chain = by_state.get(item.state)
    if chain is None:
        by_state[item.state] = chain = board.new(item, "name of a state", 0.97)
        chain.is_state = item.state
    else:
        board.add(item, chain, "name of the state", 0.97)


def _name_text(board: Board, item: Item) -> str:
    assert item.name
    return board.page.text[item.name[0] : item.name[1]]


def _compatible(item: Item, chain: MentionChain) -> bool:
    """Bodies of two states are two; a place is no organisation, but the network may take one for the
    other."""
    if item.kind == "organisation" and item.of_state and chain.states and item.of_state not in chain.states:
        return False
    return "person" not in chain.kinds or item.kind == "person"


def _body_marks(item: Item) -> Iterator[str]:
    words = item.name_words
    yield "a" + initials(words) if len(words) > 1 else "a" + words[0]
    yield "l" + words[-1]
    yield "f" + words[0]
    body = organisation_of(item.text) if item.kind != "person" else None
    if body:
        yield "o" + body.name


def _shortened(item: Item, by_last: dict[str, list[MentionChain]]) -> tuple[MentionChain | None, str]:
    """The one chain of whose name this is an acronym or a shorter form, or that the fact tables know to be
    it."""
    if item.kind not in ("organisation", "thing", "place"):
        return None, ""
    found: dict[int, tuple[MentionChain, str]] = {}
    for mark in _body_marks(item):
        for chain in by_last.get(mark, [])[-MOST:]:
            if not _compatible(item, chain):
                continue
            if mark[0] == "o":
                return chain, "another name of it"
            if item.kind == "organisation" and chain.kinds["organisation"]:
                for name in chain.bodies:
                    fit = body_fit(item.name_words, name) or body_fit(name, item.name_words)
                    if fit:
                        found[chain.number] = chain, "acronym" if fit == "acronym" else "shortened name"
    return next(iter(found.values())) if len(found) == 1 else (None, "")


SIEVE = (full_names, mistaken_kinds, short_names, mistaken_people, misspelt_surnames, other_names)


def tie_names(board: Board) -> None:
    """Runs the sieve; what is left of names afterwards stands alone."""
    for rule in SIEVE:
        rule(board)
    for item in list(board.free()):
        if item.form == "name" and item.kind != "nationality":
            board.new(item, "name", 0.8)


def names_of(chain: MentionChain, items: Sequence[Item], text: str) -> tuple[str, ...]:
    """Every different name of a chain as the report writes it, fullest first."""
    found: dict[str, tuple[int, int, int]] = {}
    for number in chain.items:
        item = items[number]
        if item.form == "name" and item.name:
            name = " ".join(text[item.name[0] : item.name[1]].split())
            words = len(item.person.words) if item.person else len(item.name_words)
            many, first = found.get(name, (0, 0, item.number))[1:]
            found[name] = (words, many + 1, first)
    return tuple(sorted(found, key=lambda name: (-found[name][0], -found[name][1], found[name][2])))
