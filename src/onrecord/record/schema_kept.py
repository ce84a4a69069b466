"""Tables of what is kept of each text, so that a build reads only new ones to find copies and stories."""

from __future__ import annotations

from onrecord.record.tables import Column, Table

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

KEPT: tuple[Table, ...] = (_COPY_PRINT, _COPY_STANDING, _STORY_WORDS, _STORY_PIECE, _STORY_PAIR)
