"""Rows of what is worked out across reports, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.values import (
    AccountStance,
    ActorKind,
    CopyKind,
    Polarity,
    PositionRelation,
    PositionStatus,
    Spans,
)

AccountKind = Literal["disputed", "differs", "agreed"]
_TITLE = 60  # characters of a title that stands for a report of an unknown outlet


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Two documents that share wording, the longer one first, with the passages: each has one span and its
    characters in both. ``group``, ``origin`` and why it is that: where both are in one group of copies."""

    first: str
    second: str
    first_outlet: str | None
    second_outlet: str | None
    kind: CopyKind
    first_share: float
    second_share: float
    group: str | None
    origin: str | None
    reason: str | None
    first_spans: Spans
    second_spans: Spans
    first_pieces: tuple[str, ...]
    second_pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UtteranceRow:
    """One statement that has a quotation which others have, too: these have the same ``id``. ``fullest``:
    whether it has most of its words."""

    id: str
    statement: str
    document: str
    uri: str
    outlet: str | None
    published: str | None
    fullest: bool


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One development: first and last day, title of its earliest report, how many reports, independent ones
    (of copies of one another one) and outlets, which these are, and the reports, earliest first."""

    id: str
    first: str | None
    last: str | None
    title: str | None
    reports: int
    independent: int
    outlets: int
    outlet: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletDayRow:
    """Reports of one outlet (None: not known) that were published between two days, mostly the same day
    (None: no date), and how many of them are no copies of one another."""

    outlet: str | None
    first: str | None
    last: str | None
    reports: int
    independent: int


@dataclass(frozen=True, slots=True)
class PositionSeenRow:
    """One place of a report that tells of a position.

    ``sentence`` stands from ``start`` to ``end``; ``quote`` is the words in it that tell the relation, its
    pieces joined by " … ". ``holder_text``, ``target_text``: the report's words for both. ``speaker``: who
    says so, None for the report itself; ``own``: the speaker speaks for the holder. ``earliest`` and
    ``latest``: when it held, ISO 8601; ``since``: it began then. ``hidden``: why it is no evidence.
    """

    id: str
    position: str | None
    relation: PositionRelation
    holder: str | None
    target: str | None
    document: str
    uri: str
    outlet: str | None
    published: str | None
    start: int
    end: int
    sentence: str
    quote: str
    quote_spans: Spans
    holder_text: str
    holder_spans: Spans
    target_text: str
    target_spans: Spans
    capacity: str | None
    capacity_spans: Spans
    status: PositionStatus
    statement: str | None
    speaker: str | None
    own: bool
    earliest: str | None
    latest: str | None
    since: bool
    rule: str
    confidence: float
    hidden: str | None


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A standing relation of ``holder`` towards ``target``, and every place that tells of it.

    ``holder``: name of the actor, None for unnamed ones; of these ``unnamed`` tells how many as reports word
    it ("54", "2 or more"). ``first`` to ``last``: days between which reports show it, not how long it
    lasted. ``disputed``: some say that it is so, others of the same time that it is not. ``before`` and
    ``after``: ids of positions of the same holder that this one followed or gave way to, its own where it is
    given up or taken up; ``changed``: the same in words. ``independent``: reports, of copies of one another
    one. ``hidden``: why listings leave it out.
    """

    id: str
    holder: str | None
    holder_id: str | None
    holder_state: str | None
    unnamed: tuple[str, ...]
    relation: PositionRelation
    target: str
    target_id: str
    target_state: str | None
    status: PositionStatus
    disputed: bool
    first: str | None
    last: str | None
    reports: int
    independent: int
    outlet: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    changed: tuple[str, ...]
    confidence: float
    hidden: str | None
    seen: tuple[PositionSeenRow, ...]


@dataclass(frozen=True, slots=True)
class AccountMemberRow:
    """One statement or sentence about a matter, and how it stands to the lead of its account.

    ``id``: of the statement (s_) that it is or is a sentence of, or of the report's own sentence (r_).
    ``text``: its words, pieces joined by " … "; ``pieces`` and ``spans``: each piece and where it stands.
    ``speaker``: name of the actor, else the words for one, None for the report's own words. ``reasons``: in
    words, "54 against 60 countries"; ``details``: kinds of difference.
    ``lead_spans``, ``own_spans``: the words in which the lead and this member differ, as code points of the
    texts of their reports.
    """

    account: str
    id: str
    n: int
    stance: AccountStance
    lead: bool
    text: str
    pieces: tuple[str, ...]
    spans: Spans
    speaker: str | None
    speaker_id: str | None
    polarity: Polarity
    said: str | None
    said_earliest: str | None
    said_latest: str | None
    document: str
    uri: str
    outlet: str | None
    published: str | None
    title: str | None
    confidence: float
    reasons: tuple[str, ...]
    details: tuple[str, ...]
    lead_spans: Spans
    own_spans: Spans
    utterance: str | None

    @property
    def voice(self) -> str:
        """Who says it: the speaker; for a report's own words its outlet, else its title, else its place."""
        title = self.title or ""
        short = title if len(title) <= _TITLE else title[: _TITLE - 2] + " …"
        return self.speaker or self.outlet or short or self.uri


@dataclass(frozen=True, slots=True)
class AccountRow:
    """What several reports or speakers say about one matter; disputes that matter come first.

    ``text``: the words of the lead claim, with which all others were compared. ``asserts``, ``denies``: the
    ``voice`` of members who hold what these words say, and who hold that it is not so, each once, also where
    the lead itself denies it; ``differs``: who differs in a detail. ``outlet``: those that mention it;
    ``silent``: those that tell of the same story and do not.
    """

    id: str
    rank: int
    kind: AccountKind
    lead: str
    text: str
    asserts: tuple[str, ...]
    denies: tuple[str, ...]
    differs: tuple[str, ...]
    first: str | None
    last: str | None
    outlet: tuple[str, ...]
    silent: tuple[str, ...]
    reports: int
    independent: int
    members: tuple[AccountMemberRow, ...]


TieRelation = Literal["speaks_of", "addresses"]


@dataclass(frozen=True, slots=True)
class TieRow:
    """That ``actor`` speaks of ``target``, addresses it, or has a position towards it, and how often.

    ``relation``: speaks_of, addresses, or that of a position; ``status`` and ``position`` (its id) are of
    positions only. ``count``: statements, or of a position the places that tell of it; ``reports``: in how
    many reports they stand; ``independent``: of these, copies of one another counted once.
    """

    actor: str
    actor_id: str
    actor_kind: ActorKind
    actor_state: str | None
    relation: str
    status: str | None
    target: str
    target_id: str
    target_kind: ActorKind
    target_state: str | None
    count: int
    reports: int
    independent: int
    position: str | None


@dataclass(frozen=True, slots=True)
class AppearanceRow:
    """One report that an actor appears in. ``names``: what it is called there; ``context``: the sentence of
    its first mention; ``copy_of``: the report this one likely comes from."""

    document: str
    uri: str
    outlet: str | None
    title: str | None
    published: str | None
    copy_of: str | None
    names: tuple[str, ...]
    mentions: int
    statements: int
    context: str
    context_spans: Spans


QueuedKind = Literal["statement", "suggestion"]


@dataclass(frozen=True, slots=True)
class QueuedRow:
    """One thing that nobody has decided on yet: a statement, or two actors that may be one.

    ``confidence`` is the calibrated probability that a statement is right; of a suggestion it is a score that
    is not calibrated. ``who`` and ``what``: speaker and content in the report's words; the two actors and why
    they may be one.
    """

    kind: QueuedKind
    id: str
    confidence: float
    who: str
    what: str
    document: str | None
    outlet: str | None
    published: str | None
