"""Tables of accounts: what several reports or speakers say about one matter, and what the pair model said."""

from __future__ import annotations

from onrecord.record.tables import Column, Table

_ACCOUNT = Table(
    "account",
    "one matter that several reports or speakers tell of",
    (
        Column("id", "text", "made from its lead: acc_ and 16 hex digits"),
        Column("rank", "int", "its place when those that matter most come first, from 1"),
        Column("kind", "text", "disputed, differs (in a detail) or agreed"),
        Column("lead", "text", "id of the claim that all others are compared with"),
        Column("first", "text", "first day on which it may have been said, ISO 8601", empty=True),
        Column("last", "text", "last day", empty=True),
        Column("outlets", "texts", "outlets that mention it"),
        Column("silent", "texts", "outlets that tell of the same stories and do not mention it"),
        Column("reports", "int", "how many documents mention it"),
        Column("independent", "int", "of these, copies of one another counted once"),
    ),
    same=("id",),
)

_ACCOUNT_MEMBER = Table(
    "account_member",
    "one statement, sentence of a statement, or sentence of a report, about a matter",
    (
        Column("account", "text", "the account"),
        Column("n", "int", "its place among the members, from 0, which is the lead"),
        Column("id", "text", "the statement's, or r_ and 16 hex digits for a sentence"),
        Column("statement_id", "text", "the statement it is, or is a sentence of", empty=True),
        Column("document_id", "text", "the document it stands in"),
        Column("stance", "text", "towards the lead: supports, contradicts, differs or related"),
        Column("speaker", "text", "id of the actor who says it", empty=True),
        Column("unnamed", "text", "words for a speaker that no actor is known for", empty=True),
        Column("polarity", "text", "as in statement"),
        Column("said_earliest", "text", "first moment it may have been said; empty: no bound", empty=True),
        Column("said_latest", "text", "last moment", empty=True),
        Column("said_precision", "text", "second, minute, hour, day, month, year, interval", empty=True),
        Column("confidence", "real", "of the stance"),
        Column("reasons", "texts", "for the stance, in words"),
        Column("details", "texts", "kinds of difference: number, date, place, actor, polarity, assessment"),
        Column("pieces", "quotes", "its words: pieces with start, end (code points of the text) and quote"),
        Column("own_marks", "quotes", "the words in which it differs from the lead"),
        Column("lead_marks", "seen", "the words in which the lead differs: document_id, start, end, quote"),
    ),
    same=("account", "n"),
)

_JUDGEMENT = Table(
    "judgement",
    "what the pair model said of two texts, kept so that no pair is judged twice",
    (
        Column("id", "text", "made from both texts and the model: j_ and 16 hex digits"),
        Column("forward", "real", "probability that the text that sorts first implies the other"),
        Column("back", "real", "and the other the first"),
        Column("contradicts", "real", "probability that they contradict each other"),
    ),
    same=("id",),
)

ACCOUNTS: tuple[Table, ...] = (_ACCOUNT, _ACCOUNT_MEMBER, _JUDGEMENT)
