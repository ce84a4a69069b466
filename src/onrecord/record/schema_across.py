"""Tables of what is seen only where reports lie side by side: copies, stories, shared quotations, positions,
accounts.

All of it follows from what is read, and is brought up to date at the end of a build that brought something
new; what is kept for that, so that only new texts are read, is in ``schema_kept`` and ``schema_claims``.
"""

from __future__ import annotations

from onrecord.record.schema_accounts import ACCOUNTS
from onrecord.record.schema_claims import CLAIMS
from onrecord.record.schema_kept import KEPT
from onrecord.record.tables import Column, Table

_COPY_GROUP = Table(
    "copy_group",
    "reports that are one text, such as one of an agency in several papers",
    (
        Column("id", "text", "made from its origin: g_ and 16 hex digits"),
        Column("origin", "text", "id of the document that the others likely come from"),
        Column("source", "text", "the agency that members credit", empty=True),
        Column("reason", "text", "why this is the origin, in words"),
        Column("reports", "int", "how many documents it has"),
    ),
    same=("id",),
)

_COPY_PAIR = Table(
    "copy_pair",
    "two documents that share wording",
    (
        Column("first", "text", "id of the longer document"),
        Column("second", "text", "id of the other"),
        Column("kind", "text", "copy, cut, embedded, passage or quote"),
        Column("first_share", "real", "of the words of the first, how many the second has too"),
        Column("second_share", "real", "of the words of the second, how many the first has too"),
    ),
    same=("first", "second"),
)

_COPY_PASSAGE = Table(
    "copy_passage",
    "one stretch of words that the two documents of a pair share",
    (
        Column("first", "text", "id of the longer document"),
        Column("second", "text", "id of the other"),
        Column("n", "int", "its place among the passages of the pair, from 0"),
        Column("first_start", "int", "first code point in the text of the first"),
        Column("first_end", "int", "code point after the last"),
        Column("first_quote", "text", "the characters from first_start to first_end"),
        Column("second_start", "int", "first code point in the text of the second"),
        Column("second_end", "int", "code point after the last"),
        Column("second_quote", "text", "the characters from second_start to second_end"),
        Column("words", "int", "words in it"),
        Column("matched", "int", "of these, words that are the same"),
        Column("quoted", "flag", "whether most of it stands in quotation marks in both"),
    ),
    same=("first", "second", "n"),
)

_UTTERANCE = Table(
    "utterance",
    "one quotation that several statements have",
    (
        Column("id", "text", "made from its statements: q_ and 16 hex digits"),
        Column("statement_id", "text", "a statement that has it"),
        Column("document_id", "text", "the document of the statement"),
        Column("fullest", "flag", "whether this one has most of its words"),
    ),
    same=("statement_id",),
)

_STORY = Table(
    "story",
    "one development that documents tell of, or a single one does",
    (
        Column("id", "text", "made from its documents: y_ and 16 hex digits"),
        Column("first", "text", "day of the earliest document that has a date, ISO 8601", empty=True),
        Column("last", "text", "day of the latest", empty=True),
        Column("earliest", "text", "id of the earliest document"),
        Column("title", "text", "the title of that", empty=True),
        Column("reports", "int", "how many documents it has"),
    ),
    same=("id",),
)

_POSITION = Table(
    "position",
    "one standing relation of an actor towards another, across all reports",
    (
        Column("id", "text", "made from holder, relation and target: pos_ and 16 hex digits"),
        Column("holder", "text", "id of the actor; empty: unnamed ones, who are counted", empty=True),
        Column("relation", "text", "as position_seen.relation"),
        Column("target", "text", "id of the actor it is towards"),
        Column("unnamed", "texts", "how many unnamed holders there are, as reports tell: 54, 2 or more"),
        Column("status", "text", "the best attested: asserted, else claimed, planned, denied"),
        Column("disputed", "flag", "whether some say that it is so, others of the same time that it is not"),
        Column("first", "text", "first day of the time in which reports show it, ISO 8601", empty=True),
        Column("last", "text", "last day of it; not how long it lasted", empty=True),
        Column("reports", "int", "how many documents tell of it"),
        Column("confidence", "real", "that of its surest evidence"),
    ),
    same=("id",),
)

_POSITION_EVIDENCE = Table(
    "position_evidence",
    "one place that tells of a position; not those of exact copies, repeated lines and rejected statements",
    (
        Column("position_id", "text", "the position"),
        Column("seen_id", "text", "the row of position_seen"),
        Column("document_id", "text", "the document of that"),
        Column("n", "int", "its place among the evidence, from 0: earliest first, undated last"),
    ),
    same=("document_id", "seen_id"),
)

_POSITION_CHANGE = Table(
    "position_change",
    "one position of a holder that gave way to its opposite towards the same target",
    (
        Column("before", "text", "the position that is shown first"),
        Column("after", "text", "the one shown then; the same, where it is given up or taken up"),
        Column("last", "text", "last day of what shows the one, ISO 8601"),
        Column("first", "text", "first day of what shows the other"),
        Column("last_seen", "text", "the row of position_seen that shows the one last"),
        Column("first_seen", "text", "the row of position_seen that shows the other first"),
    ),
    same=("last_seen", "first_seen"),
)

POSITIONS: tuple[Table, ...] = (_POSITION, _POSITION_EVIDENCE, _POSITION_CHANGE)

ACROSS: tuple[Table, ...] = (
    _COPY_GROUP, _COPY_PAIR, _COPY_PASSAGE, _UTTERANCE, _STORY, *KEPT, *POSITIONS, *CLAIMS, *ACCOUNTS,
)  # fmt: skip
