"""The values that travel through Onrecord: what was found, what was read, what could not be.

All are frozen. Offsets are half-open code points into one named text, never bytes. Nothing here knows
where a value came from or where it is stored, so every other module may import this one.

Span: ``(start, end)``; ``text[start:end]`` is what it covers. A list of spans is sorted, without
overlaps, and no span is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]

RawKind = Literal["html", "text", "markdown"]
StatementKind = Literal["direct", "indirect", "mixed"]
Precision = Literal["second", "minute", "hour", "day", "month", "year", "interval"]
ActorKind = Literal["person", "organisation", "state", "force", "outlet", "place"]
MentionKind = Literal[
    "person", "organisation", "state", "force", "outlet", "place",
    "nationality", "office", "money", "quantity",
]  # fmt: skip
MentionForm = Literal["name", "nominal", "pronoun"]
Polarity = Literal["asserts", "denies", "declines", "questions", "promises", "calls_for"]
TimeType = Literal["date", "time", "duration", "set"]
BETWEEN = " … "  # between the pieces of what was said, where they stand in one text
CopyKind = Literal["copy", "cut", "embedded", "passage", "quote"]


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One report as it was found, before anything is read from it.

    ``data`` is what is kept: the file's bytes, the line of a JSONL file, the HTTP payload of a WARC
    record. ``body`` is set when the report's text is only a part of ``data`` (a field of a JSONL line, a
    cell of a CSV row, the content of a feed entry); otherwise the text is decoded from ``data``.
    """

    uri: str  # where it was found, as typed: "reports/a.txt", "a.zip!x/b.html", "a.jsonl#17", or a URL
    name: str  # enters the document id: the URL where one is known, else the last part of the path
    data: bytes
    kind: RawKind
    retrieved_at: str  # ISO 8601, UTC, whole seconds: when a local file was last modified, a WARC date
    body: str | None = None
    url: str | None = None
    charset: str | None = None  # declared outside the bytes, as in an HTTP header
    fields: Mapping[str, str] = field(default_factory=dict)
    # what a container says of the report, under these keys only: title, byline, outlet, published,
    # language, wire, translator
    path: str | None = None  # the absolute path of the local file it lies in, if there is one


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that could not be read: what, where, and what to do next."""

    uri: str
    stage: Literal["source", "document", "reading"]
    reason: str  # one line, starts with a stable word such as "empty", "too large", "binary"
    hint: str  # what to type or do next
    path: str | None = None  # of the local file to try again: absolute, or as records tell it


@dataclass(frozen=True, slots=True)
class Interval:
    """A time known no more exactly than it is: [earliest, latest], both ISO 8601, both inclusive."""

    earliest: str
    latest: str
    precision: Precision
    basis: str  # where it comes from: "meta article:published_time", "line 'date'", "field published"


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One date that might be the publication date; every one found is kept, best first."""

    interval: Interval
    quoted: str  # the characters it was read from
    chosen: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of the original that is not part of the canonical text, and why.

    ``start, end`` are code points into the decoded original (HTML with its tags, or the text file).
    """

    start: int
    end: int
    reason: str  # "newsletter box", "comment form", "related content", "caption", "navigation", ...
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report with its canonical text and what is known about it."""

    id: str
    uri: str
    url: str | None
    kind: RawKind
    outlet: str | None
    title: str | None
    byline: str | None
    wire: str | None
    translator: str | None
    language: str | None
    published: Interval | None
    candidates: tuple[DateCandidate, ...]
    text: str
    text_sha256: str
    raw_sha256: str
    retrieved_at: str
    charset: str
    extractor: str  # name and version of what made the canonical text
    words: int
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names, describes or pronominally stands for an actor or place; or an office, nationality,
    sum of money or quantity.

    ``span`` is the whole phrase ("Deputy Prime Minister Yuri Borisov"), ``name`` the proper name in it if
    there is one ("Yuri Borisov"). ``entity`` is the number of the entity of the report it stands for; None
    if it is none (money, quantities, people in general).
    """

    id: str
    document_id: str
    span: Span
    name: Span | None
    kind: MentionKind
    form: MentionForm
    entity: int | None
    rule: str  # what tied it to its entity: "name", "surname", "acronym", "apposition", "model", ...
    confidence: float  # calibrated probability that the mention is right and is of this entity


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the report words it, and what it is.

    ``kind`` is the vocabulary of the fact tables ("foreign_minister", "head_of_state", "us_ambassador",
    "spokesperson", ...) or "other"; ``state`` the ISO 3166 alpha-3 code of the state or None.
    """

    title: str  # "Deputy Prime Minister", without the state and without "former"
    kind: str
    state: str | None
    organisation: str | None  # "Foreign Ministry", "Southern Command"
    former: bool
    span: Span  # where the report says it


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor or place as one report knows it; ``Mention.entity`` points to ``number``."""

    number: int
    kind: ActorKind
    name: str | None  # the fullest name in the report; None if it is never named
    names: tuple[str, ...]  # every different name it has there, fullest first
    state: str | None  # ISO 3166 alpha-3, where the report shows it
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that tell a time, resolved as far as the report allows.

    ``value`` is a TIMEX3 value ("2022-01-28", "XXXX-03", "P2D"); ``interval`` is None for durations, sets and
    what cannot be placed.
    """

    id: str
    document_id: str
    span: Span
    type: TimeType
    value: str
    interval: Interval | None
    rule: str  # name of the rule that read it


@dataclass(frozen=True, slots=True)
class Stance:
    """How a statement stands to its content, with the characters that show it."""

    polarity: Polarity = "asserts"
    evidence: Spans = ()  # of the polarity; empty for a plain assertion
    hedges: Spans = ()  # "may", "possibly", "I think"
    distances: Spans = ()  # the reporter's distance: "claimed", "alleged", "so-called"


@dataclass(frozen=True, slots=True)
class Via:
    """Somebody through whom a statement is known: an agency, an outlet, an interview."""

    name: str  # "Reuters"
    how: str  # "according to", "told", "interview", "quoted by", "wire", "outlet", "translator"
    spans: Spans  # of the name in the text; empty if the report's own outlet, wire or translator


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Through whom, where and to whom a statement was made."""

    via: tuple[Via, ...] = ()
    venue: Spans = ()  # "a hearing in the Senate", "London"
    addressee: Spans = ()  # "reporters"


@dataclass(frozen=True, slots=True)
class Said:
    """When a statement was made, and the characters that show it (empty: only the report's own date)."""

    interval: Interval
    evidence: Spans = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: one entity of the report, and why."""

    entity: int
    rule: str  # "name", "pronoun", "the minister", "capital for government", "model", ...
    evidence: Spans  # the mentions that lead from the speaker's words to a name
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """An attributed utterance or stance: who (speaker), by which words (cue), what (content).

    Spans are offsets into the canonical text of the document; speaker or cue may be empty, never both
    cue and content. ``confidence`` is a calibrated probability that the attribution is right.
    """

    id: str
    document_id: str
    speaker: Spans
    cue: Spans
    content: Spans
    kind: StatementKind
    confidence: float
    speakers: tuple[Speaker, ...] = ()  # several for "Russia and China said"; empty if nobody is named
    stance: Stance = field(default_factory=Stance)
    circumstances: Circumstances = field(default_factory=Circumstances)
    said: Said | None = None  # None until something bounds it
    parent: str | None = None  # id of the statement in whose content this one stands


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read from one report: a pure function of its bytes, the model and the settings."""

    document: Document
    raw: RawDocument
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    positions: tuple[PositionSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity of one report as linking across reports takes it."""

    document_id: str
    entity: Entity
    mentions: int  # how often the report mentions it
    published: Interval | None  # when the report may have been published
    outlet: str | None
    context: str  # the sentence of its first mention


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office of an actor, from reports or from the fact tables."""

    title: str
    kind: str
    state: str | None
    since: str | None  # ISO 8601, as exact as known
    until: str | None
    source: str  # "report" or the source of the fact
    seen: tuple[tuple[str, Span], ...]  # documents and spans that say so


@dataclass(frozen=True, slots=True)
class Actor:
    """One real person, organisation, state, force, outlet or place across all reports."""

    id: str
    name: str
    kind: ActorKind
    state: str | None  # ISO 3166 alpha-3
    aliases: tuple[str, ...]  # other names it has in the reports
    offices: tuple[HeldOffice, ...]
    members: tuple[tuple[str, int], ...]  # (document id, entity number), sorted
    basis: str  # why these are one: "same name", "office and date: ...", "decision D"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two actors that may be one; never merged without a person's decision."""

    id: str
    first: str  # actor ids, the better known one first
    second: str
    reason: str  # in words, for people
    score: float  # 0 to 1, higher is likelier; not calibrated


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's edit. Decisions are only ever added; undoing one is another decision."""

    id: str
    at: str  # ISO 8601, UTC
    verb: Literal["merge", "split", "rename", "reject", "confirm", "undo"]
    targets: tuple[str, ...]  # ids as they were typed
    anchors: tuple[tuple[str, int], ...]  # (document id, entity number) the targets stood for then
    value: str | None  # the new name of a rename
    note: str | None


PositionRelation = Literal[
    "recognizes", "supports", "opposes", "sanctions", "denies", "allied_with", "has_forces_in", "present_in"
]
PositionStatus = Literal["asserted", "claimed", "denied", "planned"]


@dataclass(frozen=True, slots=True)
class Party:
    """Who holds a position or whom it is towards, as one report words it.

    One of three: an entity of the report; a state that its name shows, whether or not it is an entity; or a
    number of unnamed ones ("54 other countries", "several other states": ``least`` 2, ``most`` None).
    """

    spans: Spans  # the words for it
    entity: int | None = None
    state: str | None = None  # ISO 3166 alpha-3
    least: int | None = None  # how many unnamed ones there are at least; None: it is a named one
    most: int | None = None  # and at most; None: open
    others: bool = False  # the unnamed ones are others than those named beside them


@dataclass(frozen=True, slots=True)
class PositionSeen:
    """A standing relation that one place of one report tells of.

    ``has_forces_in`` is for armed or military people and things, ``present_in`` for people who are not said
    to be military ("specialists", "experts"). ``status``: "asserted" by the report itself; "claimed" in
    ``statement``; "denied": the report, or the speaker of ``statement``, says that it is not so, or no
    longer; "planned": announced. ``own``: the speaker of ``statement`` speaks for the holder.
    """

    id: str
    document_id: str
    holder: Party
    relation: PositionRelation
    target: Party
    evidence: Spans  # the words that tell the relation: "recognize", "closest allies"
    sentence: Span
    capacity: Spans  # as what: "as acting president"; or what is present: "hundreds of Russian military"
    status: PositionStatus
    statement: str | None  # the innermost statement in whose content it stands
    own: bool
    interval: Interval | None  # a time at which it held; None: nothing dates it
    since: bool  # ``interval`` begins where the words say that it began ("since 2019")
    rule: str  # what read it: "verb", "passive", "noun", ...
    confidence: float  # probability that the row is right, from a sample read by hand for each rule


@dataclass(frozen=True, slots=True)
class PositionChange:
    """One position of a holder that gave way to its opposite towards the same target."""

    before: str  # ids of positions; the same id twice where a position is first held, then given up
    after: str
    between: tuple[str, str]  # ISO 8601 days: last evidence of the one, first evidence of the other
    evidence: tuple[str, str]  # ids of what is seen last of the one and first of the other


@dataclass(frozen=True, slots=True)
class Position:
    """A standing relation of one actor towards another, across reports.

    ``holder`` and ``target`` are actor ids; ``holder`` is None for unnamed ones, of whom ``counts`` tells how
    many. ``first`` to ``last`` is the time in which evidence shows it, not how long it lasted.
    """

    id: str
    holder: str | None
    relation: PositionRelation
    target: str
    counts: tuple[tuple[int, int | None], ...]  # (least, most) of unnamed holders, as reports word it, sorted
    status: PositionStatus  # the best attested: asserted, else claimed, planned, denied
    disputed: bool  # some evidence says that it is so, other evidence of the same time that it is not
    first: str | None  # ISO 8601 day
    last: str | None
    seen: tuple[PositionSeen, ...]  # evidence, earliest first
    reports: int  # different reports
    changes: tuple[PositionChange, ...] = ()


AccountStance = Literal["supports", "contradicts", "differs", "related"]


@dataclass(frozen=True, slots=True)
class AccountMember:
    """One statement or report sentence about a matter, with its stance towards the matter's lead claim."""

    id: str  # of the statement, or of a sentence of it or of the report
    document_id: str
    spans: Spans  # its words in the report
    text: str  # those characters, pieces joined by " … "
    speaker: str | None  # actor id; None: the report itself, or nobody named
    outlet: str | None
    said: Interval | None
    polarity: Polarity
    stance: AccountStance
    confidence: float  # of the stance
    reasons: tuple[str, ...]  # "54 against 60 countries"; empty where the stance needs none
    details: tuple[str, ...]  # kinds: "number", "date", "place", "actor", "polarity", "assessment"
    statement: str | None = None  # id of the statement it is, or is a sentence of
    unnamed: str | None = None  # words for a speaker that no actor is known for


@dataclass(frozen=True, slots=True)
class Account:
    """What several reports or speakers say about one matter."""

    id: str
    lead: str  # id of the member that the others are compared with
    members: tuple[AccountMember, ...]  # lead first, then by stance, day and id
    asserts: tuple[str, ...]  # speakers (actor ids, or "outlet:NAME" for a report's own words) on lead's side
    denies: tuple[str, ...]  # those on the other side
    differs: tuple[str, ...]  # those that differ in a detail
    first: str | None  # ISO 8601 day
    last: str | None
    outlets: tuple[str, ...]
    silent: tuple[str, ...]  # outlets of the record that do not mention it
    reports: int
    independent: int  # reports, a group of copies counted once
    disputed: bool
