"""One statement: its words in their paragraph, and why each thing about it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.errors import UsageError
from onrecord.record import Record, StatementRow
from onrecord.record.shown import AlsoQuoted, ShownStatement, Why
from onrecord.record.utterances import quoted_words
from onrecord.web.ask import Ask, NotThere, Page, Some, View, link
from onrecord.web.segments import Cover, segments
from onrecord.web.wordings import Pair, aligned

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
    along: tuple[Pair, ...]
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
        Cover(start, end, layer)
        for layer, some in zip(LAYERS, spans, strict=True)
        for start, end in some
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


VIEWS = (View("statement", "/statement/{id}", statement),)
