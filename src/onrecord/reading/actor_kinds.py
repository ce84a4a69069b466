"""What kind of actor a name or a phrase stands for.

The network tells persons, organisations and places apart; states, armed forces and outlets among them are
told by the fact tables and by the words of the phrase.
"""

from __future__ import annotations

import re

from onrecord import facts
from onrecord.reading.mentions import RawKind
from onrecord.values import ActorKind

_FORCE = re.compile(
    r"(?:^|[\s-])(?:army|armies|navy|air force|airforce|armed forces?|marines?|marine corps|coast guard"
    r"|militias?|military|troops|forces|brigades?|battalions?|regiments?|divisions?|squadrons?|fleet|guerrillas?|rebels?"
    r"|insurgents?|fighters|paramilitar(?:y|ies)|command|task force|garrison|peacekeepers|soldiers|militants"
    r"|national guard|revolutionary guards?(?: corps)?|legion|wehrmacht|luftwaffe)$",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"(?:^|\s)(?:news|news agency|newspapers?|newswire|daily|weekly|magazine|television|broadcaster|radio"
    r"|tribune|herald|gazette|times|journal|observer|broadcasting corporation|tv)$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^(?:the|a|an|its|his|her|their|our)\s+|[’']s?$", re.IGNORECASE)


def actor_kind(phrase: str, kind: RawKind, *, name: str | None = None) -> ActorKind | None:
    """The kind of actor of a mention.

    Args:
        phrase: the whole phrase, or the part of it that ends in its head.
        kind: what the network says.
        name: the proper name in it.

    Returns:
        None for a thing, a time or a nationality: no actor.
    """
    if kind == "person":
        return "person"
    if kind in ("thing", "time", "nationality"):
        return None
    words = _MARKS.sub("", (name or phrase).strip()).strip()
    if name is not None and facts.state_of(words) and facts.state_kind(words) == "name":
        return "state"
    if name is not None and facts.outlet_of(words):
        return "outlet"
    if _FORCE.search(words):
        return "force"
    if kind == "organisation" and name is not None and _OUTLET.search(words):
        return "outlet"
    return "organisation" if kind == "organisation" else "place"
