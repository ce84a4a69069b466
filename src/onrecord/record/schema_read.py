"""Tables of what is read from each report alone: entities, mentions, times, statements."""

from __future__ import annotations

from onrecord.record.tables import Column, Table

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
