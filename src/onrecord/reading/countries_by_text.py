"""Countries and places that no table knows: a report shows by its words what a single name stands for.

"Sarnovia’s Foreign Ministry", "the ambassador to Ardaval" and "the president of Quellan" are said of states;
what people are in, come into or move across is a place. The network takes an unknown single name for a person
more often than not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.values import ActorKind, Entity, Mention

_RULED = (
    r"(?:[a-z]+ ){0,2}(?:[Ff]oreign|[Dd]efen[cs]e|[Ii]nterior|[Ff]inance|[Ee]nergy|[Tt]ransport)? ?"
    r"(?:[Mm]inist(?:ry|er)|[Gg]overnment|[Aa]mbassador|[Ee]mbassy|[Pp]resident|[Pp]rime [Mm]inister"
    r"|[Pp]arliament|[Aa]rmy|[Nn]avy|[Cc]oast [Gg]uard|[Aa]rmed [Ff]orces|[Bb]orders?"
    r"|[Tt]erritorial [Ww]aters|[Ee]conomy)\b"
)
_RULERS = (
    r"(?:[Aa]mbassadors? (?:to|in)|[Ee]mbassy (?:to|in)|[Pp]resident of|[Pp]rime [Mm]inister of"
    r"|[Gg]overnment of|[Pp]eople of|[Rr]epublic of|[Kk]ingdom of|[Ss]anctions (?:on|against)"
    r"|[Rr]elations (?:with|between))"
)
_INTO = r"\b(?:in|into|inside|across|throughout)"
_NAME = re.compile(r"[^\W\d_][\w’'-]{2,}")
LEAST = 2  # places are told by so many "in X" at least, and by a third of the mentions


def countries(
    text: str, entities: Sequence[Entity], mentions: Sequence[Mention]
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """``entities`` and ``mentions`` with the kinds that the words around their names show.

    Only what has a single name of one word, no office, and is not known as a state is looked at.
    """
    sizes: dict[int, int] = {}
    for one in mentions:
        if one.entity is not None:
            sizes[one.entity] = sizes.get(one.entity, 0) + 1
    kinds = {}
    for entity in entities:
        kind = _kind(text, entity, sizes.get(entity.number, 0)) if _open(entity) else None
        if kind is not None and kind != entity.kind:
            kinds[entity.number] = kind
    return tuple(_with(entities, kinds)), tuple(
        replace(one, kind=kinds[one.entity]) if one.entity in kinds else one for one in mentions
    )


def _with(entities: Iterable[Entity], kinds: dict[int, ActorKind]) -> Iterable[Entity]:
    return (replace(one, kind=kinds[one.number]) if one.number in kinds else one for one in entities)


def _open(entity: Entity) -> bool:
    name = entity.name or ""
    return (
        entity.kind in ("person", "organisation", "place")
        and not entity.offices
        and len({one.casefold() for one in entity.names}) == 1
        and bool(_NAME.fullmatch(name))
        and name[0].isupper()
        and not name.isupper()
    )


def _kind(text: str, entity: Entity, size: int) -> ActorKind | None:
    name = re.escape(entity.name or "")
    if re.search(rf"\b{name}[’']s? {_RULED}|\b{_RULERS} {name}\b", text):
        return "state"
    told = len(re.findall(rf"{_INTO} {name}\b", text))
    return "place" if told >= LEAST and 3 * told >= size else None
