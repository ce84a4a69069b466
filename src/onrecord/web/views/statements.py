"""Statements: their list, a single one, and how several pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from onrecord.errors import UsageError
from onrecord.facts import state_name
from onrecord.store import Record, StatementRow
from onrecord.store.listing.listing import Order
from onrecord.store.listing.searching import Counted, Facets, Term, marks, terms
from onrecord.store.shown.shown import AlsoQuoted, ShownStatement, Why
from onrecord.text.quotation import quoted_words
from onrecord.values import Polarity, Spans, StatementKind
from onrecord.web.ask import Ask, NotThere, Page, Some, View, chosen, link, paged
from onrecord.web.drawing import WordingPair, aligned
from onrecord.web.highlight import Cover, ReportPart, Segment, pieces, segments


@dataclass(frozen=True, slots=True)
class SaidShown:
    """A statement to be shown, its words cut by the marks on them."""

    row: StatementRow
    pieces: tuple[tuple[ReportPart, ...], ...]

    @property
    def speakers(self) -> tuple[tuple[str, str | None], ...]:
        """Names with the ids of their actors; an id is None where the names and ids are not one to one."""
        names = (self.row.speaker or self.row.speaker_text or "nobody named").split("; ")
        ids: tuple[str | None, ...] = self.row.speaker_ids
        return tuple(zip(names, ids if len(ids) == len(names) else [None] * len(names), strict=True))

    @property
    def reader(self) -> str:
        """The address of the sentence in its report."""
        return in_reader(self.row.document, self.row.id)


def shown(rows: Iterable[StatementRow], marks: Mapping[str, Spans] | None = None) -> tuple[SaidShown, ...]:
    """``rows`` with what ``marks`` (spans by document) cover of their words marked."""
    return tuple(
        SaidShown(
            one,
            pieces(
                one.content_pieces,
                one.content_spans,
                [(span, 1) for span in (marks or {}).get(one.document, ())],
            ),
        )
        for one in rows
    )


def in_reader(document: str, statement: str) -> str:
    """The address of a statement in its report."""
    return f"{link(f'/report/{document}', statement=statement)}#{statement}"


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


LAYERS = {"speaker": "who", "cue": "by which words", "content": "what"}
_KINDS = {
    "cut": "one leaves words out and does not show it",
    "ellipsis": "one shows by dots that words are left out",
    "bracket": "words in square brackets",
    "changed": "other words",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A decision about the statement: what it comes to, the actor it leads to, and the address where the
    words stand that show it."""

    why: Why
    value: str
    actor: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A statement with those that stand in it."""

    row: StatementRow
    inner: tuple[Speech, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another statement with the same quotation, laid along this one; ``kinds``: how they differ."""

    row: StatementRow
    along: tuple[WordingPair, ...]
    kinds: tuple[str, ...]


def statement(record: Record, ask: Ask) -> Page:
    """The statement with the id in the path; raises NotThere if there is none."""
    shown = _shown(record, ask.given["id"])
    row = shown.statement
    covers = covers_of(shown)
    layers = {one.layer for one in covers}
    values = {
        "one": row,
        "shown": shown,
        "passage": segments(shown.context, covers),
        "legend": [(name, LAYERS[name]) for name in LAYERS if name in layers],
        "reasons": [_reason(row, why) for why in shown.why],
        "speech": _nested(shown.tree) if len(shown.tree) > 1 else (),
        "others": [_other(row, one) for one in shown.also],
    }
    title = f"{row.speaker or row.speaker_text or 'Nobody named'}: {row.cue}"
    rows = Some(StatementRow, (row,))
    return Page("statement.html", title, values, rows=rows, data=shown, styles=("rows.css",))


def _shown(record: Record, id: str) -> ShownStatement:
    gone = NotThere(f"no such statement: {id}", hint="The page Statements finds them by words and filters.")
    if not id.startswith("s_"):
        raise gone
    try:
        shown = record.show(id)
    except UsageError:
        raise gone from None
    assert isinstance(shown, ShownStatement)
    return shown


def covers_of(shown: ShownStatement) -> list[Cover]:
    """Who, by which words, and what, as highlights of the context of a statement."""
    spans = (shown.speaker_spans, shown.cue_spans, shown.content_spans)
    return [
        Cover(start, end, layer) for layer, some in zip(LAYERS, spans, strict=True) for start, end in some
    ]


def _reason(row: StatementRow, why: Why) -> Reason:
    value, actor = why.value, None
    if why.what == "speaker" and " a_" in value:
        value, _, actor = value.rpartition(" ")
    at = why.spans[0][0] if why.spans else None
    return Reason(why, value, actor, link(f"/report/{row.document}", at=at))


def _nested(tree: Sequence[tuple[int, StatementRow]]) -> tuple[Speech, ...]:
    """A list of depths and statements, outer ones first, as statements within statements."""
    found = []
    for at, (depth, row) in enumerate(tree):
        if depth == tree[0][0]:
            rest = tree[at + 1 :]
            below = next((n for n, (other, _) in enumerate(rest) if other <= depth), len(rest))
            found.append(Speech(row, _nested(rest[:below])))
    return tuple(found)


def _other(row: StatementRow, other: AlsoQuoted) -> Other:
    here = quoted_words(row.content_pieces, row.kind)
    there = quoted_words(other.statement.content_pieces, other.statement.kind)
    along = aligned(here, there)
    kinds = dict.fromkeys(_KINDS[one.kind] for one in along if one.kind)
    return Other(other.statement, along, tuple(kinds))


VIEWS = (
    View("statements", "/statements", statements, menu="Statements"),
    View("statement", "/statement/{id}", statement),
)
