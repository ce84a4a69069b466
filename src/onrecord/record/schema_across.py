"""Tables of what is seen only where reports lie side by side: copies, stories, quotations that several have.

All of it follows from what is read, and is brought up to date at the end of a build that brought something
new. ``copy_print``, ``copy_standing``, ``story_words``, ``story_piece`` and ``story_pair`` are what is kept
for that, so that only new texts are read.
"""

from __future__ import annotations

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

_COPY_PRINT = Table(
    "copy_print",
    "what is kept of the wording of one document, to find copies of it",
    (
        Column("document_id", "text", "the document"),
        Column("words", "int", "words in its text, as runs of letters and digits"),
        Column("hashes", "keys", "fingerprints of its text, each once, ascending"),
        Column("quoted", "flags", "of each, whether its words stand in quotation marks"),
    ),
    same=("document_id",),
)

_COPY_STANDING = Table(
    "copy_standing",
    "one fingerprint of the standing text of an outlet, which counts nowhere",
    (
        Column("outlet", "text", "the outlet, or its site"),
        Column("key", "key", "the fingerprint"),
    ),
    same=("outlet", "key"),
)

_STORY_WORDS = Table(
    "story_words",
    "what is kept of the words of one document, to find its story",
    (
        Column("document_id", "text", "the document"),
        Column("keys", "keys", "hashes of words of its title and beginning, ascending"),
        Column("weights", "reals", "what each counts"),
    ),
    same=("document_id",),
)

_STORY_PIECE = Table(
    "story_piece",
    "the place of one document among those that pairs of alike ones connect",
    (
        Column("document_id", "text", "the document"),
        Column("earliest", "text", "first day it may be of, as its story was found", empty=True),
        Column("latest", "text", "last day", empty=True),
        Column("piece", "text", "id of the first document it is connected with"),
    ),
    same=("document_id",),
)

_STORY_PAIR = Table(
    "story_pair",
    "two documents that are alike enough to be of one story",
    (
        Column("first", "text", "id of one"),
        Column("second", "text", "id of the other, in order of characters"),
        Column("likeness", "real", "of their words, less with the days between them"),
    ),
    same=("first", "second"),
)

ACROSS: tuple[Table, ...] = (
    _COPY_GROUP,
    _COPY_PAIR,
    _COPY_PASSAGE,
    _COPY_PRINT,
    _COPY_STANDING,
    _UTTERANCE,
    _STORY,
    _STORY_WORDS,
    _STORY_PIECE,
    _STORY_PAIR,
)
