"""The tables that reading fills, and all tables of a record."""

from __future__ import annotations

from onrecord.store.schema.linked import ACROSS, LINKED
from onrecord.store.schema.tables import Column, Table

_ENTITY = Table(
    "entity",
    "one actor or place as one report knows it",
    (
        Column("document_id", "text", "the document"),
        Column("number", "int", "its number in the document, from 0"),
        Column("kind", "text", "person, organisation, state, force, outlet or place"),
        Column("name", "text", "its fullest name there; empty if it is never named", empty=True),
        Column("names", "texts", "every different name it has there, fullest first"),
        Column("state", "text", "ISO 3166 alpha-3 code, where the report shows it", empty=True),
        Column(
            "offices", "offices", "as worded: title, kind, state, organisation, former, start, end, quote"
        ),
        Column("mentions", "int", "how often the document mentions it"),
        Column("context", "quotes", "the sentence of its first mention, as one piece"),
    ),
    same=("document_id", "number"),
)

_MENTION = Table(
    "mention",
    "one span that stands for an actor or a place; or an office, nationality, sum of money or quantity",
    (
        Column("id", "text", "made from the document and the span: m_ and 16 hex digits"),
        Column("document_id", "text", "the document"),
        Column("n", "int", "its place among the mentions of the document, from 0"),
        Column("start", "int", "first code point in the text"),
        Column("end", "int", "code point after the last"),
        Column("quote", "text", "the characters from start to end"),
        Column("name_start", "int", "first code point of the proper name in it, if there is one", empty=True),
        Column("name_end", "int", "code point after the last of the name", empty=True),
        Column("name_quote", "text", "the characters of the name", empty=True),
        Column(
            "kind",
            "text",
            "person, organisation, state, force, outlet, place, nationality, office, money or quantity",
        ),
        Column("form", "text", "name, nominal or pronoun"),
        Column("entity", "int", "number of the entity it stands for, if it is one", empty=True),
        Column("rule", "text", "what tied it to its entity"),
        Column("confidence", "real", "calibrated probability that kind and entity are right"),
    ),
    same=("id", "document_id"),
)

_TIME = Table(
    "time",
    "words that tell a time",
    (
        Column("id", "text", "made from the document and the span: t_ and 16 hex digits"),
        Column("document_id", "text", "the document"),
        Column("n", "int", "its place among the times of the document, from 0"),
        Column("start", "int", "first code point in the text"),
        Column("end", "int", "code point after the last"),
        Column("quote", "text", "the characters from start to end"),
        Column("type", "text", "date, time, duration or set"),
        Column("value", "text", "TIMEX3 value, such as 2022-01-28, XXXX-03, P2D"),
        Column("earliest", "text", "first moment meant, where it can be placed, ISO 8601", empty=True),
        Column("latest", "text", "last moment meant", empty=True),
        Column("precision", "text", "second, minute, hour, day, month, year, interval", empty=True),
        Column("basis", "text", "what it was reckoned from", empty=True),
        Column("rule", "text", "name of the rule that read it"),
    ),
    same=("id", "document_id"),
)

_STATEMENT = Table(
    "statement",
    "an attributed utterance or stance",
    (
        Column("id", "text", "made from the document and the spans: s_ and 16 hex digits"),
        Column("document_id", "text", "the document it stands in"),
        Column("n", "int", "its place among the statements of the document, from 0"),
        Column("speaker", "quotes", "who: pieces with start, end (code points of the text) and quote"),
        Column("cue", "quotes", "by which words: pieces as in speaker"),
        Column("content", "quotes", "what: pieces as in speaker"),
        Column("kind", "text", "direct, indirect or mixed"),
        Column("confidence", "real", "calibrated probability that the attribution is right"),
        Column("boilerplate", "flag", "whether its content lies in lines its outlet repeats"),
        Column(
            "speakers", "speakers", "who that is: entity of the document, rule, evidence (pieces), confidence"
        ),
        Column("polarity", "text", "asserts, denies, declines, questions, promises or calls_for"),
        Column("polarity_evidence", "quotes", "what shows the polarity; none for a plain assertion"),
        Column("hedges", "quotes", "where the speaker is unsure"),
        Column("distances", "quotes", "where the report keeps its distance"),
        Column("via", "vias", "through whom it is known: name, how, pieces"),
        Column("venue", "quotes", "where it was said"),
        Column("addressee", "quotes", "to whom"),
        Column("parent", "text", "id of the statement in whose content it stands", empty=True),
        Column("said_earliest", "text", "first moment it may have been said; empty: no bound", empty=True),
        Column(
            "said_latest", "text", "last moment it may have been said; empty before a build ended", empty=True
        ),
        Column("said_precision", "text", "second, minute, hour, day, month, year, interval", empty=True),
        Column("said_basis", "text", "where the time comes from, in words", empty=True),
        Column("said_evidence", "quotes", "the words that tell it; none: only the report's own date"),
        Column("rejected", "text", "id of the decision that rejected it", empty=True),
        Column("confirmed", "text", "id of the decision that confirmed it", empty=True),
    ),
    same=("id", "document_id"),
)

_POSITION_SEEN = Table(
    "position_seen",
    "one place of a report that tells of a position, a standing relation of one actor towards another",
    (
        Column("id", "text", "made from the document, the relation and the spans: p_ and 16 hex digits"),
        Column("document_id", "text", "the document"),
        Column("n", "int", "its place among those of the document, from 0"),
        Column("start", "int", "first code point of its sentence in the text"),
        Column("end", "int", "code point after the last"),
        Column("quote", "text", "the characters of the sentence"),
        Column("evidence", "quotes", "the words that tell the relation"),
        Column("relation", "text", "recognizes, supports, opposes, sanctions, denies, allied_with, "
               "has_forces_in or present_in"),
        Column("holder", "quotes", "the words for who holds it"),
        Column("holder_entity", "int", "number of the entity that is, if it is one", empty=True),
        Column("holder_state", "text", "ISO 3166 alpha-3 code of the state its name shows", empty=True),
        Column("holder_least", "int", "of unnamed ones: how many at least; empty: it is named", empty=True),
        Column("holder_most", "int", "and at most; empty: open", empty=True),
        Column("holder_others", "flag", "whether the unnamed are others than those named beside them"),
        Column("target", "quotes", "the words for whom it is towards"),
        Column("target_entity", "int", "number of the entity that is, if it is one", empty=True),
        Column("target_state", "text", "ISO 3166 alpha-3 code of the state its name shows", empty=True),
        Column("capacity", "quotes", "as what: “as acting president”; or what is there: “many troops”"),
        Column("status", "text", "asserted by the report, claimed by a speaker, denied or planned"),
        Column("statement", "text", "id of the statement in whose content it stands", empty=True),
        Column("own", "flag", "whether the speaker of that speaks for the holder"),
        Column("earliest", "text", "first moment of a time at which it held; empty: its statement's or its "
               "report's time, where the record has one", empty=True),
        Column("latest", "text", "last moment of that time", empty=True),
        Column("precision", "text", "second, minute, hour, day, month, year, interval", empty=True),
        Column("basis", "text", "where the time comes from, in words", empty=True),
        Column("since", "flag", "whether the words say that it began there (“since 2019”)"),
        Column("rule", "text", "what read it: verb, passive, noun ..."),
        Column("confidence", "real", "probability that holder, relation and target are right"),
    ),
    same=("id", "document_id"),
)  # fmt: skip

READ: tuple[Table, ...] = (_ENTITY, _MENTION, _TIME, _STATEMENT, _POSITION_SEEN)


VERSION = 3
"""Raised whenever ``TABLES`` changes; a record of another version is refused, not guessed at."""

STORAGE = "v1.5.0"
"""Storage version pinned at creation: files stay readable by DuckDB 1.5 and later (2.0 would not be)."""

_DOCUMENT = Table(
    "document",
    "one report",
    (
        Column("id", "text", "made from the bytes and the name: d_ and 16 hex digits"),
        Column("uri", "text", "where it was found; of several places, the first in order of characters"),
        Column("url", "text", "its address on the web, where known", empty=True),
        Column("kind", "text", "html, text or markdown"),
        Column("outlet", "text", "who published it", empty=True),
        Column("title", "text", "its headline", empty=True),
        Column("byline", "text", "who wrote it, as printed", empty=True),
        Column("wire", "text", "the agency credited", empty=True),
        Column("translator", "text", "who translated it, as printed", empty=True),
        Column("language", "text", "ISO 639-1 code of the text", empty=True),
        Column("published_earliest", "text", "first moment it may have been published, ISO 8601", empty=True),
        Column("published_latest", "text", "last moment it may have been published, ISO 8601", empty=True),
        Column("published_precision", "text", "second, minute, hour, day, month, year, interval", empty=True),
        Column("published_basis", "text", "where the date was found", empty=True),
        Column("text", "text", "the canonical text all spans point into"),
        Column("text_sha256", "text", "SHA-256 of the text in UTF-8"),
        Column("raw_sha256", "text", "SHA-256 of the original bytes"),
        Column("retrieved_at", "text", "when it was retrieved from `uri` (a file: when last modified)"),
        Column("charset", "text", "encoding the bytes were decoded with"),
        Column("extractor", "text", "name and version of what made the text"),
        Column("reader", "text", "name and hash of the model that read it"),
        Column("words", "int", "words in the text"),
        Column("duplicate_of", "text", "id of the document with the very same text", empty=True),
        Column("copy_group", "text", "the group of copies it is in, near copies too", empty=True),
        Column("origin", "text", "of a copy: the document it likely comes from", empty=True),
        Column("story", "text", "the story it tells of; empty before a build ended", empty=True),
    ),
    key=("id",),
)

_RAW = Table(
    "raw",
    "the original of one document, byte for byte",
    (
        Column("document_id", "text", "the document"),
        Column("sha256", "text", "SHA-256 of the bytes"),
        Column("size", "long", "number of bytes"),
        Column("data", "bytes", "the bytes, compressed with zlib"),
        Column("body", "bytes", "the part that holds the text, UTF-8 in zlib, if not all of it", empty=True),
        Column("declared", "text", "JSON: name, kind, url, charset and fields given by what contained it"),
        Column("run", "int", "the run that read it"),
    ),
    key=("document_id",),
)

_LOCATION = Table(
    "location",
    "one place where a document was found",
    (
        Column("uri", "text", "the place, as typed, but never through a home folder"),
        Column("document_id", "text", "the document found there"),
        Column(
            "path",
            "text",
            "the local file, if it is one, seen from the record's folder or the home folder (~)",
            empty=True,
        ),
        Column("retrieved_at", "text", "when it was retrieved from there, ISO 8601 in UTC"),
    ),
    key=("uri", "document_id"),
)

_DATE_CANDIDATE = Table(
    "date_candidate",
    "one date that might be a document's publication date",
    (
        Column("document_id", "text", "the document"),
        Column("rank", "int", "0 is the best"),
        Column("earliest", "text", "first moment, ISO 8601"),
        Column("latest", "text", "last moment, ISO 8601"),
        Column("precision", "text", "as published_precision"),
        Column("basis", "text", "where it was found"),
        Column("quoted", "text", "the characters it was read from"),
        Column("chosen", "flag", "whether it was taken"),
    ),
    same=("document_id", "rank"),
)

_DROPPED = Table(
    "dropped",
    "one piece of the original that is not in the text",
    (
        Column("document_id", "text", "the document"),
        Column("n", "int", "its place among the pieces of the document, from 0"),
        Column("start", "int", "first code point, in the decoded original"),
        Column("end", "int", "code point after the last"),
        Column("reason", "text", "why it was dropped"),
        Column("text", "text", "its characters"),
    ),
    same=("document_id", "n"),
)

_LINE = Table(
    "line",
    "one line of a document's text, to count in how many reports of an outlet it stands",
    (
        Column("document_id", "text", "the document"),
        Column("start", "int", "first code point in the text"),
        Column("end", "int", "code point after the last"),
        Column("key", "key", "64-bit hash of its letters and digits"),
    ),
    same=("document_id", "start"),
)

_REPEATED_LINE = Table(
    "repeated_line",
    "one line that stands in many reports of its outlet",
    (
        Column("document_id", "text", "the document"),
        Column("start", "int", "first code point in the text"),
        Column("end", "int", "code point after the last"),
        Column("class", "text", "boilerplate or credit"),
        Column("count", "long", "in how many reports of the outlet it stands, exact copies counted once"),
    ),
    same=("document_id", "start"),
)

_FAILURE = Table(
    "failure",
    "one thing that could not be read",
    (
        Column("uri", "text", "what could not be read"),
        Column("stage", "text", "source, document or reading"),
        Column("reason", "text", "why, in one line"),
        Column("hint", "text", "what to do next"),
        Column("path", "text", "the local file to try again, told as that of `location`", empty=True),
        Column("resolved", "flag", "whether it has been read since"),
        Column("run", "int", "the run that last met it"),
    ),
    key=("uri", "stage"),
)

_RUN = Table(
    "run",
    "one execution of a build",
    (
        Column("id", "int", "1, 2, 3 ..."),
        Column("command", "text", "build, failures --retry, or add (from a browser)"),
        Column("started", "text", "when, ISO 8601 in UTC"),
        Column("ended", "text", "when; empty if it was interrupted", empty=True),
        Column("version", "text", "version of Onrecord"),
        Column("reader", "text", "name and hash of the model"),
        Column("settings", "text", "the settings as JSON"),
        Column("documents", "int", "reports found in the input", empty=True),
        Column("new", "int", "reports read into the record", empty=True),
        Column("unchanged", "int", "reports that stood in the record already", empty=True),
        Column("duplicates", "int", "new reports with the very text of another", empty=True),
        Column("failed", "int", "things that could not be read", empty=True),
        Column("statements", "int", "statements found in the new reports", empty=True),
    ),
    key=("id",),
)

_META = Table(
    "meta",
    "one fact about the record itself",
    (
        Column(
            "key",
            "text",
            "version; finished: whether the last build came to its end; copies, stories, accounts: what they "
            "are of; claims: the version that worked out those that are kept; weighed: the judge whose word "
            "was weighed; judge: the model of pairs that judged, empty if there was none",
        ),
        Column("value", "text", "its value"),
    ),
    key=("key",),
)

TABLES: tuple[Table, ...] = (
    _META,
    _RUN,
    _DOCUMENT,
    _RAW,
    _LOCATION,
    _DATE_CANDIDATE,
    _DROPPED,
    *READ,
    _LINE,
    _REPEATED_LINE,
    *LINKED,
    *ACROSS,
    _FAILURE,
)
BY_NAME: dict[str, Table] = {one.name: one for one in TABLES}
