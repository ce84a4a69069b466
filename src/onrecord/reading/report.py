"""One report read: everything that is read from one text, put together; a pure function of its bytes, its
name, the model and the settings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.documents import SPLIT_IT, DocumentSettings, make_document
from onrecord.errors import OnrecordError
from onrecord.ids import content_id, statement_id
from onrecord.lang import either
from onrecord.reading.actors.entities import resolve
from onrecord.reading.actors.items import offices_of
from onrecord.reading.mentions import RawMention, find_mentions
from onrecord.reading.network.encoder import Network, network
from onrecord.reading.positions.relations import positions_in
from onrecord.reading.quantities import quantities
from onrecord.reading.stance.polarity import stance_of
from onrecord.reading.statements import quotes
from onrecord.reading.statements.channels import channel_of_parent
from onrecord.reading.statements.circumstances import chain_of_report, circumstances_of, with_shared_interview
from onrecord.reading.statements.kinds import kind_of
from onrecord.reading.statements.nesting import Tree, nested
from onrecord.reading.statements.quotes import Attribution, attributions_of, passes
from onrecord.reading.statements.said import said_in_report
from onrecord.sources import decode
from onrecord.text.doc import Doc
from onrecord.text.quotation import states
from onrecord.times import find_times
from onrecord.values import (
    ActorKind,
    Circumstances,
    Entity,
    Failure,
    Interval,
    Mention,
    MentionKind,
    RawDocument,
    Reading,
    Span,
    Spans,
    Statement,
    TimeExpression,
    Via,
)

_RULED = (
    r"(?:[a-z]+ ){0,2}(?:"
    + either("reading", "ruled_foreign")
    + r")? ?(?:"
    + either("reading", "ruled_ministry")
    + r")\b"
)
_RULERS = rf"(?:{either('reading', 'rulers')})"
# In front of a name, which ends where the search does.
_RULED_BY = re.compile(rf"\b{_RULERS} \Z")
_INTO = re.compile(r"\b(?:in|into|inside|across|throughout) \Z")
_RULES = re.compile(rf"[’']s? {_RULED}")
_REACH = 40  # characters before a name that are looked at
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
    name, told, at = entity.name or "", 0, -1
    while (at := text.find(name, at + 1)) >= 0:
        begins, ends = (
            not _goes_on(text[at - 1 : at]),
            not _goes_on(text[at + len(name) : at + len(name) + 1]),
        )
        low = max(0, at - _REACH)
        if (begins and _RULES.match(text, at + len(name))) or (ends and _RULED_BY.search(text, low, at)):
            return "state"
        told += ends and _INTO.search(text, low, at) is not None
    return "place" if told >= LEAST and 3 * told >= size else None


def _goes_on(character: str) -> bool:
    """Whether a word goes on over the edge that has ``character`` behind it."""
    return character.isalnum() or character == "_"


NEAR = 4_000  # characters around a statement in which other contents are kept out of its circumstances


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is read from one text, each list in the order of the text."""

    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    times: tuple[TimeExpression, ...]


def read_text(
    doc: Doc, *, document_id: str, published: Interval | None, through: tuple[Via, ...] = ()
) -> Whole:
    """All that is read from a text.

    Args:
        doc: the canonical text; all spans are its code points.
        document_id: enters all ids.
        published: when the report may have been published; None: not known.
        through: through whom everything in it is known: its agency, outlet, translator.

    Raises:
        ModelError: the shipped model is missing or is not the one whose hash is pinned.
    """
    model = network()
    given, raw = _read(model, doc)
    tree = _apart(nested(model, doc, given), document_id, len(doc.text))
    found = [one for one, _ in tree]
    resolved = resolve(doc, raw, found, document_id=document_id)
    times = find_times(doc, anchor=published, document_id=document_id)
    statements = _statements(doc, tree, document_id)
    statements = [
        replace(one, speakers=speakers) for one, speakers in zip(statements, resolved.speakers, strict=True)
    ]
    statements = _with_circumstances(doc, statements, through)
    said = said_in_report(doc, statements, times, published=published)
    statements = [replace(one, said=when) for one, when in zip(statements, said, strict=True)]
    entities, tied = countries(doc.text, resolved.entities, _as_named(resolved.mentions, raw))
    mentions = _with_others(doc, tied, raw, times, document_id)
    return Whole(tuple(sorted(statements, key=_place)), mentions, entities, tuple(times))


def mentions_in(doc: Doc, *, model: Network | None = None) -> list[RawMention]:
    """All mentions in a text as the network sees them, in the order of their first character."""
    return _read(model or network(), doc)[1]


def _read(model: Network, doc: Doc) -> tuple[list[Attribution], list[RawMention]]:
    """Attributions and mentions of all segments, from one pass."""
    attributions: list[Attribution] = []
    mentions: list[RawMention] = []
    for start, read in passes(model, doc.text, known=states(doc)):
        begins = [a - start for a, _ in doc.sentences_in(start, start + len(read.text))]
        attributions += attributions_of(model, read, start=start, doc=doc)
        mentions += [_raw_moved(one, start) for one in find_mentions(read, model.mentions, begins)]
    return attributions, mentions


def _raw_moved(one: RawMention, by: int) -> RawMention:
    if not by:
        return one
    name = None if one.name is None else _moved(one.name, by)
    return replace(one, span=_moved(one.span, by), head=_moved(one.head, by), name=name)


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _apart(tree: Tree, document_id: str, length: int) -> Tree:
    """``tree`` without attributions of the very same spans: the surer finding counts."""
    kept: dict[str, int] = {}
    stands_for: list[int] = []  # of each of ``tree``, its place among those kept
    found: Tree = []
    for one, parent in tree:
        for spans in (one.speaker, one.cue, one.content):
            _check(spans, length)
        if not one.cue and not one.content:
            raise ValueError("an attribution with neither cue nor content")
        id = statement_id(document_id, one.speaker, one.cue, one.content)
        at = kept.setdefault(id, len(found))
        stands_for.append(at)
        if at == len(found):
            found.append((one, parent))
        elif found[at][0].confidence < one.confidence:
            found[at] = (one, found[at][1])
    return [
        (one, None if parent is None or stands_for[parent] == at else stands_for[parent])
        for at, (one, parent) in enumerate(found)
    ]


def _check(spans: Spans, length: int) -> None:
    last = 0
    for start, end in spans:
        if not last <= start < end <= length:
            raise ValueError(f"span {start}-{end} is empty, out of order or out of the text")
        last = end


def _statements(doc: Doc, tree: Tree, document_id: str) -> list[Statement]:
    """The statements of ``tree`` in its order, with kind, stance and parent."""
    ids = [statement_id(document_id, one.speaker, one.cue, one.content) for one, _ in tree]
    return [
        Statement(
            id,
            document_id,
            one.speaker,
            one.cue,
            one.content,
            kind_of(doc, one.content),
            round(one.confidence, 4),
            stance=stance_of(doc, speaker=one.speaker, cue=one.cue, content=one.content),
            parent=None if parent is None else ids[parent],
        )
        for id, (one, parent) in zip(ids, tree, strict=True)
    ]


def _with_circumstances(
    doc: Doc, statements: Sequence[Statement], through: tuple[Via, ...]
) -> list[Statement]:
    """The statements with channel, venue and addressee; the report's own channels come last."""
    order = sorted(range(len(statements)), key=lambda number: _place(statements[number]))
    places = [_place(statements[number])[0] for number in order]
    by_id = {one.id: one for one in statements}
    told: list[tuple[int | None, Circumstances]] = []
    for number in order:
        one = statements[number]
        start, end, _ = _place(one)
        near = order[bisect_left(places, start - NEAR) : bisect_right(places, end + NEAR)]
        others = [statements[other].content for other in near]
        around = circumstances_of(doc, speaker=one.speaker, cue=one.cue, content=one.content, others=others)
        told.append(
            (one.speakers[0].entity if one.speakers else None, _known_through(doc.text, one, around, by_id))
        )
    shared = dict(zip(order, with_shared_interview(told), strict=True))
    return [
        replace(one, circumstances=replace(shared[number], via=(*shared[number].via, *through)))
        for number, one in enumerate(statements)
    ]


def _known_through(
    text: str, one: Statement, around: Circumstances, by_id: Mapping[str, Statement]
) -> Circumstances:
    """``around`` with the agency or outlet that speaks in the statement around ``one``."""
    parent = by_id.get(one.parent or "")
    via = channel_of_parent(text, speaker=parent.speaker, cue=parent.cue) if parent else None
    if via is None or any(known.name == via.name for known in around.via):
        return around
    return replace(around, via=(via, *around.via))


def _as_named(mentions: Sequence[Mention], raw: Sequence[RawMention]) -> list[Mention]:
    """``mentions`` with the names that the network saw, without pronouns that stand alone.

    What ties mentions together also takes capitals for names and things for actors. That serves to tell who
    is who; but what is a name ("Anyone", "Cheap Hotel", "kerala") and what "it" may be alone, the network
    knows better.
    """
    named = [one for one in raw if one.name is not None and one.kind != "nationality"]
    names = {one.name for one in named}
    by_span = {one.span: one for one in named}
    actors = {one.span for one in raw if one.kind not in ("thing", "time", "nationality")}
    found = []
    for one in mentions:
        seen = by_span.get(one.span)
        if seen is not None:
            one = replace(one, name=seen.name, form="name")
        elif one.form == "name" and (one.name or one.span) not in names:
            one = replace(one, name=None, form="nominal")
        if one.form == "pronoun" and one.span not in actors and one.entity is None:
            continue
        found.append(one)
    return found


def _with_others(
    doc: Doc,
    mentions: Sequence[Mention],
    raw: Sequence[RawMention],
    times: Sequence[TimeExpression],
    document_id: str,
) -> tuple[Mention, ...]:
    """``mentions`` with nationalities, offices, money and quantities, that stand for no actor."""
    found: list[tuple[MentionKind, Span, str, float]] = [
        ("nationality", one.span, "network", one.confidence) for one in raw if one.kind == "nationality"
    ]
    found += [("office", (one.start, one.end), "office titles", 0.9) for one in doc.once(offices_of)]
    taken = [one.span for one in times]
    found += [(kind, span, "numbers and units", 0.9) for kind, span in quantities(doc.text, taken=taken)]
    others = [
        Mention(
            content_id("m", document_id, kind, repr(span)),
            document_id,
            span,
            span if kind == "nationality" else None,
            kind,
            "name" if kind == "nationality" else "nominal",
            None,
            rule,
            confidence,
        )
        for kind, span, rule, confidence in found
    ]
    unique = {one.id: one for one in (*mentions, *others)}
    return tuple(sorted(unique.values(), key=lambda one: (one.span[0], -one.span[1], one.kind, one.id)))


def _place(one: Statement) -> tuple[int, int, str]:
    spans = [*one.speaker, *one.cue, *one.content]
    return min(a for a, _ in spans), max(b for _, b in spans), one.id


REPORT_IT = "please report it with the file: this is a fault of Onrecord, not of yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """How one report is read.

    ``documents``: how its text is made. ``charset``: the encoding of every text, whatever is declared;
    None: find out. ``longest``: characters of canonical text; what has more is refused, because it would take
    too much memory to read as one report.
    """

    documents: DocumentSettings = field(default_factory=DocumentSettings)
    charset: str | None = None
    longest: int = 1_000_000


def read_one(raw: RawDocument, *, settings: ReadSettings) -> Reading | Failure:
    """All that is read from ``raw``, or why it cannot be.

    Raises UsageError for a charset that is none, ModelError if the model is missing: neither is a report's
    own fault.
    """
    reading = False
    try:
        decoded = decode(raw, charset=settings.charset)
        document = make_document(raw, decoded.text, decoded.charset, settings=settings.documents)
        if isinstance(document, Failure):
            return document
        if len(document.text) > settings.longest:
            size, most = f"{len(document.text):,}", f"{settings.longest:,}"
            reason = f"too long: the text has {size} characters, at most {most} are read as one report"
            return Failure(raw.uri, "document", reason, SPLIT_IT)
        document.text.encode("utf-8")  # half a pair cannot be stored: better a failure here
        reading = True
        doc = Doc.of(document.text)
        whole = read_text(
            doc,
            document_id=document.id,
            published=document.published,
            through=chain_of_report(document),
        )
        held = positions_in(
            doc,
            whole.mentions,
            whole.entities,
            whole.statements,
            whole.times,
            document_id=document.id,
            published=document.published,
        )
        return Reading(
            document, raw, whole.statements, whole.mentions, whole.entities, whole.times, tuple(held)
        )
    except OnrecordError:
        raise  # a wrong charset or a missing model is not this report's fault
    except Exception as error:
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return Failure(raw.uri, "reading" if reading else "document", f"error {what}", REPORT_IT)


def reader_name() -> str:
    """Name and hash of the model that reads, as kept beside each document."""
    return quotes.reader_name()
