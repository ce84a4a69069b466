"""Statements: who said what, found by facets and by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from onrecord.facts import state_name
from onrecord.record import Record
from onrecord.record.facets import Counted, Facets
from onrecord.record.listing import Order
from onrecord.record.searching import Term, marks, terms
from onrecord.values import Polarity, StatementKind
from onrecord.web.ask import Ask, Page, View, chosen, paged
from onrecord.web.segments import Cover, Segment, segments

FILTERS = (
    "actor", "state", "speaker", "text", "polarity", "via", "outlet", "kind", "since", "until", "by",
    "min_confidence", "document", "story", "parent", "all",
)  # fmt: skip
ORDERS: dict[str, str] = {
    "document": "by report",
    "said": "by when it was said",
    "confidence": "surest first",
}
BY: dict[str, str] = {"said": "said", "published": "published"}
_TYPED = ("text", "speaker", "since", "until", "by", "order", "all", "page")  # fields of the form
_MOST = 12  # outlets and the like in a facet, without those that are chosen
_SPOKEN: dict[str, str] = {
    "actor": "speaker", "state": "state", "outlet": "outlet", "kind": "kind", "polarity": "polarity",
    "via": "via", "min_confidence": "confidence",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, the address it leads to, and whether it is in force: then that takes it out."""

    label: str
    count: int | None
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values; ``more``: how many values are not shown."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: int


def statements(record: Record, ask: Ask) -> Page:
    """A page of statements, with facets under the filters in force."""
    filters = asked(ask)
    order = _order(ask)
    listing = record.statements(order=order, **filters)
    facets = record.facets(**filters)
    where = paged(ask, facets.total)
    sought = terms(filters["text"]) if "text" in filters else ()
    rows = [(row, marked(row.content, sought)) for row in listing.page(where.per, where.offset)]
    names = _names(record, ask, facets)
    values = {
        "rows": rows,
        "paged": where,
        "facets": [_facet(ask, name, found, names) for name, found in facets.by.items()],
        "hidden": facets.hidden,
        "chips": _chips(ask, names),
        "order": order,
        "orders": ORDERS,
        "kept": [pair for pair in ask.query if pair[0] not in _TYPED],
    }
    return Page("statements.html", "Statements", values, rows=listing, styles=("rows.css",))


def asked(ask: Ask) -> dict[str, Any]:
    """The filters of the address; raises UsageError for a value that none has."""
    filters = ask.filters(*FILTERS)
    for name, known in (("polarity", get_args(Polarity)), ("kind", get_args(StatementKind)), ("by", BY)):
        chosen(known, filters.get(name))
    return filters


def marked(text: str, sought: Sequence[Term]) -> list[Segment]:
    """``text`` in pieces, those that were searched for apart."""
    return segments(text, [Cover(start, end, "found") for start, end in marks(text, sought)])


def _order(ask: Ask) -> Order:
    found = chosen(ORDERS, ask.get("order"))
    return "said" if found == "said" else "confidence" if found == "confidence" else "document"


def _names(record: Record, ask: Ask, facets: Facets) -> dict[str, str]:
    """What actors are called that are filtered by."""
    names = {one.value: one.label for one in facets.by["actor"]}
    wanted = ask.get("actor")
    if wanted and wanted.startswith("a_") and wanted not in names:
        names |= {one.id: one.name for one in record.actors(actor=wanted) if one.id == wanted}
    return names


def _facet(ask: Ask, name: str, found: Sequence[Counted], names: dict[str, str]) -> Facet:
    now = ask.get(name)
    if name == "min_confidence":
        now = None if now is None else next((one.value for one in found if _same(one.value, now)), now)
        found = sorted(found, key=lambda one: one.value, reverse=True)
    shown = [one for n, one in enumerate(found) if n < _MOST or one.value == now]
    choices = [
        Choice(
            _label(name, one),
            one.count,
            ask.url(**{name: None if one.value == now else one.value}),
            one.value == now,
        )
        for one in shown
    ]
    if now is not None and all(one.value != now for one in shown):
        choices.insert(0, Choice(_value(name, now, names), None, ask.url(**{name: None}), True))
    return Facet(name, _SPOKEN[name], tuple(choices), len(found) - len(shown))


def _same(level: str, given: str) -> bool:
    try:
        return float(level) == float(given)
    except ValueError:
        return False


def _label(name: str, one: Counted) -> str:
    return one.label if name == "actor" else _value(name, one.value, {})


def _value(name: str, value: str, names: dict[str, str]) -> str:
    if name == "state":
        return state_name(value)
    if name == "min_confidence":
        return f"at least {float(value) * 100:.0f} %"
    if name == "actor":
        return names.get(value, value)
    return value.replace("_", " ") if name in ("polarity", "kind") else value


def _chips(ask: Ask, names: dict[str, str]) -> list[Choice]:
    """The filters in force in words, each with the address without it."""
    found = []
    for name in FILTERS:
        value = ask.get(name)
        if value is not None and name not in ("by", "all"):
            words = f"{_SPOKEN.get(name, name)}: {_value(name, value, names)}"
            found.append(Choice(words, None, ask.url(**{name: None}), True))
    if ask.filters("all").get("all"):
        found.append(Choice("with hidden ones", None, ask.url(all=None), True))
    return found


VIEWS = (View("statements", "/statements", statements, menu="Statements"),)
