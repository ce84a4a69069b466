"""Tables of what is kept of claims, so that a build or a decision works out only what it touches."""

from __future__ import annotations

from onrecord.record.tables import Column, Table

_CLAIM_REPORT = Table(
    "claim_report",
    "what the claims of one document were worked out of",
    (
        Column("document_id", "text", "the document"),
        Column("found_in", "text", "hash of its text, date, outlet, statements, mentions and hidden lines"),
    ),
    same=("document_id",),
)

_CLAIM = Table(
    "claim",
    "one statement, sentence of a statement, or sentence of a report, that may be set beside others",
    (
        Column("id", "text", "the statement's, or r_ and 16 hex digits for a sentence"),
        Column("document_id", "text", "the document it stands in"),
        Column("statement_id", "text", "the statement it is, or is a sentence of", empty=True),
        Column("pieces", "quotes", "its words: pieces with start, end (code points of the text) and quote"),
        Column("size", "int", "code points in all its words"),
        Column("key", "text", "the same for all claims that are one utterance: u_ and 16 hex digits"),
        Column("utterance", "text", "id of the quotation that it wholly is, if several statements have it",
               empty=True),
        Column("speaker", "text", "id of the actor who says it", empty=True),
        Column("unnamed", "text", "words for a speaker that no actor is known for", empty=True),
        Column("outlet", "text", "who published it", empty=True),
        Column("polarity", "text", "as in statement"),
        Column("hedged", "flag", "whether the statement has hedges"),
        Column("said_earliest", "text", "first moment it may have been said; empty: no bound", empty=True),
        Column("said_latest", "text", "last moment", empty=True),
        Column("said_precision", "text", "second, minute, hour, day, month, year, interval", empty=True),
        Column("said_basis", "text", "where the time comes from, in words", empty=True),
        Column("anchor_earliest", "text", "first moment of what “Friday” in it counts from", empty=True),
        Column("anchor_latest", "text", "last moment of that", empty=True),
        Column("anchor_precision", "text", "as said_precision", empty=True),
        Column("anchor_basis", "text", "as said_basis", empty=True),
        Column("known", "known", "mentions of actors in it: start, end (in its own words, pieces joined), "
               "actor (of a state its code), name, pronoun, confidence"),
        Column("answers", "text", "id of the claim that it denies as “that” or “the claim”", empty=True),
        Column("pointing", "text", "the words of that; empty where it answers nothing", empty=True),
        Column("apart", "flag", "whether its words tell nothing that could be compared"),
    ),
    same=("id",),
)  # fmt: skip

_CLAIM_WORDS = Table(
    "claim_words",
    "what is kept of the words of one claim that is compared for all of its utterance",
    (
        Column("id", "text", "the claim"),
        Column("words", "keys", "hashes of words, concepts, actors, weightiest first; none of what is apart"),
        Column("weights", "keys", "what each counts, in millionths"),
        Column("meant", "keys", "hashes of what it speaks of beside states and actors, ascending"),
        Column("valued", "flag", "whether it says of something that it is good or bad"),
    ),
    same=("id",),
)

_CLAIM_PAIR = Table(
    "claim_pair",
    "two claims that are alike enough to be of one matter",
    (
        Column("first", "text", "id of one"),
        Column("second", "text", "id of the other, in order of characters"),
        Column("likeness", "real", "of their words, 0 to 1"),
    ),
    same=("first", "second"),
)

_CLAIM_WEIGHED = Table(
    "claim_weighed",
    "what came of weighing two claims that are among the likest of each other, or opposed assessments",
    (
        Column("first", "text", "id of one"),
        Column("second", "text", "id of the other, in order of characters"),
        Column("judgement", "text", "what the pair model said of them; empty: it was not asked", empty=True),
        Column("relation", "text", "supports or contradicts; empty: nothing is told", empty=True),
        Column("confidence", "real", "of the relation; 0 where there is none"),
        Column("forward", "flag", "of supports: whether the first implies the second"),
        Column("back", "flag", "and the second the first"),
        Column("reasons", "texts", "in words"),
        Column("details", "texts", "kinds of difference, as in account_member"),
        Column("turned", "texts", "the reasons with the second told first; none: the same"),
    ),
    same=("first", "second"),
)

CLAIMS: tuple[Table, ...] = (_CLAIM_REPORT, _CLAIM, _CLAIM_WORDS, _CLAIM_PAIR, _CLAIM_WEIGHED)
