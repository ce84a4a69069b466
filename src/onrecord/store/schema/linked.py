"""The tables of what is worked out across reports."""

from __future__ import annotations

from onrecord.store.schema.tables import Column, Table

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


_PUBLICATION = Table(
    "publication",
    "between what moments a document without a date was published",
    (
        Column("document_id", "text", "the document"),
        Column("earliest", "text", "first moment, ISO 8601; empty: no bound", empty=True),
        Column("latest", "text", "last moment"),
        Column("precision", "text", "second, minute, hour, day, month, year, interval"),
        Column("basis", "text", "what bounds it, in words"),
        Column("evidence", "quotes", "the words of the document that bound it; none: its retrieval only"),
        Column("found_in", "text", "hash of the other dates that it was found in"),
    ),
    same=("document_id",),
)

_ACTOR = Table(
    "actor",
    "one person, organisation, state, armed force, outlet or place across all reports",
    (
        Column("id", "text", "made from its kind and name: a_ and 16 hex digits"),
        Column("name", "text", "the name it is listed under"),
        Column("kind", "text", "person, organisation, state, force, outlet or place"),
        Column("state", "text", "ISO 3166 alpha-3 code", empty=True),
        Column("aliases", "texts", "other names it has in the reports"),
        Column("basis", "text", "why its members are one, in words"),
        Column("rejected", "text", "id of the decision that rejected it", empty=True),
        Column("confirmed", "text", "id of the decision that confirmed it", empty=True),
    ),
    same=("id",),
)

_ACTOR_MEMBER = Table(
    "actor_member",
    "one entity of one report that an actor stands for",
    (
        Column("actor_id", "text", "the actor"),
        Column("document_id", "text", "the document"),
        Column("entity", "int", "number of the entity in the document"),
    ),
    same=("document_id", "entity"),
)

_ACTOR_OFFICE = Table(
    "actor_office",
    "one office of an actor",
    (
        Column("actor_id", "text", "the actor"),
        Column("n", "int", "its place among the offices of the actor, from 0"),
        Column("title", "text", "the office in words"),
        Column("kind", "text", "foreign_minister, head_of_state ... or other"),
        Column("state", "text", "ISO 3166 alpha-3 code of the state it is an office of", empty=True),
        Column("since", "text", "ISO 8601, as exact as known", empty=True),
        Column("until", "text", "ISO 8601, as exact as known", empty=True),
        Column("source", "text", "report, or the source of the fact"),
        Column("seen", "seen", "where reports say so: document_id, start, end, quote"),
    ),
    same=("actor_id", "n"),
)

_SUGGESTION = Table(
    "suggestion",
    "two actors that may be one, to be merged or rejected by a person",
    (
        Column("id", "text", "made from the two actors: u_ and 16 hex digits"),
        Column("first", "text", "id of the better known actor"),
        Column("second", "text", "id of the other"),
        Column("reason", "text", "why they may be one, in words"),
        Column("score", "real", "0 to 1, higher is likelier; not calibrated"),
    ),
    same=("id",),
)

_DECISION = Table(
    "decision",
    "one edit by a person; only ever added, and replayed at the end of each build",
    (
        Column("id", "text", "made from its number, time, verb and targets: x_ and 16 hex digits"),
        Column("n", "int", "1, 2, 3 ... in the order they were made"),
        Column("made_at", "text", "when, ISO 8601 in UTC"),
        Column("verb", "text", "merge, split, rename, reject, confirm or undo"),
        Column("targets", "texts", "the ids it was made for"),
        Column("anchors", "anchors", "the entities these stood for then: document_id, entity"),
        Column("value", "text", "the new name of a rename", empty=True),
        Column("note", "text", "why, in the person's words", empty=True),
    ),
    key=("id",),
)

LINKED: tuple[Table, ...] = (_PUBLICATION, _ACTOR, _ACTOR_MEMBER, _ACTOR_OFFICE, _SUGGESTION, _DECISION)


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
