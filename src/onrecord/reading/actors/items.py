"""What the resolver knows of each mention before anything is tied: form, name, number, gender, and where it
stands.

The network gives phrases, heads and kinds; here the characters around them are read. A pronoun that the
network
passed over, and a speaker that no mention covers, become mentions of their own: nobody who speaks is left
out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from onrecord.facts import (
    OfficeFound,
    office_in,
    organisation_of,
    outlet_of,
    state_kind,
    state_of,
)
from onrecord.lang import either, word_list
from onrecord.reading.actors.names_in_report import PersonName, folded_words, person_name
from onrecord.reading.actors.phrases import (
    TOKEN,
    Definite,
    before_verb,
    behind_preposition,
    definiteness,
    gender_told,
    is_possessive,
    name_in,
    number_told,
    state_named,
    titled,
    with_article,
)
from onrecord.reading.actors.words import PERSONAL, PRONOUNS, TITLES, Gender, Number, Pronoun
from onrecord.reading.mentions import RawMention
from onrecord.reading.network.encoder import COREFERENCE
from onrecord.text.doc import Doc
from onrecord.text.quotation import OUT, states
from onrecord.values import MentionForm, Span, Spans


class ToldAttribution(Protocol):
    """An attribution: who, by which words, said what."""

    @property
    def speaker(self) -> Spans:
        """The words for who speaks."""
        ...

    @property
    def cue(self) -> Spans:
        """The words that tell it."""
        ...

    @property
    def content(self) -> Spans:
        """What was said."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One mention with what its characters say."""

    number: int
    raw: RawMention
    form: MentionForm
    kind: str  # "person", "organisation", "place", "thing", "time"
    text: str  # the phrase
    head: str  # folded head word
    words: frozenset[str]  # folded words of the phrase
    name: Span | None
    name_words: tuple[str, ...]  # folded
    person: PersonName | None  # of a named person
    pronoun: Pronoun | None
    many: Number | None
    gender: Gender | None
    definite: Definite
    state: str | None  # of a name that is a state's
    of_state: str | None  # the state that the phrase says it is of: "Russia's Foreign Ministry"
    offices: tuple[OfficeFound, ...]  # worded in the phrase before its name, or by a description itself
    sentence: int
    quotation: int  # which one it stands in; -1: in none
    subject: bool  # stands where subjects stand, before a verb
    oblique: bool  # behind a preposition
    possessive: bool
    first: bool  # of its sentence
    outer: int  # number of the mention it lies in, -1 if none

    @property
    def start(self) -> int:
        """Where the phrase begins."""
        return self.raw.span[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.raw.span[1]


@dataclass(frozen=True, slots=True)
class ReportText:
    """A text with its sentences and quotations."""

    text: str
    sentences: tuple[Span, ...]
    starts: tuple[int, ...]  # of the sentences
    quotations: tuple[Span, ...]
    quotation_starts: tuple[int, ...]
    offices: tuple[OfficeFound, ...]
    office_starts: tuple[int, ...]

    def offices_in(self, span: Span) -> tuple[OfficeFound, ...]:
        """Those that begin in a span."""
        low, high = bisect_left(self.office_starts, span[0]), bisect_left(self.office_starts, span[1])
        return self.offices[low:high]

    def sentence(self, at: int) -> int:
        """Number of the sentence at an offset."""
        return max(0, bisect_right(self.starts, at) - 1)

    def quotation(self, at: int) -> int:
        """Number of the quotation around an offset, or -1."""
        found = bisect_right(self.quotation_starts, at) - 1
        return found if found >= 0 and at < self.quotations[found][1] else -1


def offices_of(doc: Doc) -> tuple[OfficeFound, ...]:
    """The offices that a text words, in order."""
    return tuple(office_in(doc.text))


def page_of(doc: Doc) -> ReportText:
    """The sentences, quotations and offices of a text."""
    text, spans = doc.text, doc.sentences
    inside = np.flatnonzero(np.diff(np.concatenate(([0], states(doc) != OUT, [0]))))
    quotations = tuple((int(a), int(b)) for a, b in inside.reshape(-1, 2))
    offices = doc.once(offices_of)
    return ReportText(
        text, spans, tuple(a for a, _ in spans), quotations, tuple(a for a, _ in quotations),
        offices, tuple(one.start for one in offices),
    )  # fmt: skip


_POLITE = re.compile(rf"(?:{either('actors', 'polite')})\.? (?=[A-Z])")
_POLITE_NAME = re.compile(
    r"\b(?:"
    + either("actors", "polite")
    + r")\.? (?:[A-Z][\w’'-]*\.? ){0,2}?([A-Z][\w-]+)(?=['’]s|[^\w’' -]|$| [^A-Z])"
)
# Behind the last head in the words for a speaker: a noun that the network passed over ("Holm surrogates").
_HEADLESS = re.compile(
    r"['’]?s?[ \u00a0](?!(?:"
    + either("actors", "headless_of")
    + r")\b)(?:[a-z][\w-]*[ \u00a0]){0,3}?[a-z][\w-]+(?=$|[,;]| (?:"
    + either("actors", "items.headless")
    + r")\b)"
)
_PRONOUN = re.compile(rf"\b(?:{'|'.join(sorted(PERSONAL, key=len, reverse=True))})\b", re.IGNORECASE)


def with_missing(
    page: ReportText, mentions: Sequence[RawMention], told: Sequence[ToldAttribution]
) -> list[RawMention]:
    """``mentions`` without twins, with pronouns and speakers that they lack, in the order of the text."""
    text = page.text
    found: dict[Span, RawMention] = {}
    for one in mentions:
        start, end = one.span
        if text[start:end].lower() in ("the", "a", "an"):
            continue
        if 0 <= start < end <= len(text) and start <= one.head[0] < one.head[1] <= end:
            one = _within_sentence(page, one)
            known = found.get(one.head)
            if known is None or known.confidence < one.confidence:
                found[one.head] = one
    heads = sorted(found)
    for match in _POLITE_NAME.finditer(text):  # nobody is Mr. without being a person
        if not _covered(heads, (match.start(), match.end())):
            found[match.span(1)] = _made(match.span(), match.span(1), "name", "person")
    heads = sorted(found)
    for match in _PRONOUN.finditer(text):
        if match[0] == "US" or _covered(heads, match.span()):
            continue
        found[match.span()] = _made(match.span(), match.span(), "pronoun", _pronoun_kind(match[0]))
    heads = sorted(found)
    for one_told in told:
        for span in one_told.speaker[:1]:
            inside = [head for head in _near(heads, span) if head[1] <= span[1]]
            if all(_within_modifier(text, span, found[head]) for head in inside):
                inside = []
            if all(text[b : b + 2] in ("'s", "’s") and b + 2 < span[1] for _, b in inside) or (
                _HEADLESS.match(text, max(b for _, b in inside), span[1])
            ):
                made = _speaker(text, span)
                found.setdefault(made.head, made)
    return sorted(found.values(), key=lambda one: (one.span[0], -one.span[1], one.head))


_MODIFIES = re.compile(rf"\w\s(?:{either('actors', 'modifies')})\s(?:the\s|an?\s)?$")


def _within_modifier(text: str, span: Span, one: RawMention) -> bool:
    """Whether a mention only says where or of what: the Middle West of "some polls in the Middle West"."""
    before = text[span[0] : max(span[0], min(one.span[0], one.head[0]))]
    return len(before) < 300 and "," not in before and _MODIFIES.search(before) is not None


def _within_sentence(page: ReportText, one: RawMention) -> RawMention:
    """A phrase that runs over the end of a sentence is cut to that of its head."""
    start, end = page.sentences[page.sentence(one.head[0])] if page.sentences else one.span
    a, b = max(one.span[0], min(start, one.head[0])), min(one.span[1], max(end, one.head[1]))
    name = one.name if one.name and a <= one.name[0] and one.name[1] <= b else None
    return one if (a, b) == one.span else replace(one, span=(a, b), name=name)


def _near(heads: Sequence[Span], span: Span) -> Sequence[Span]:
    return heads[bisect_right(heads, (span[0], 0)) : bisect_right(heads, (span[1], 0))]


def _covered(heads: Sequence[Span], span: Span) -> bool:
    at = bisect_right(heads, span) - 1
    return any(a < span[1] and span[0] < b for a, b in heads[max(0, at) : at + 2])


def _made(span: Span, head: Span, form: MentionForm, kind: str) -> RawMention:
    nothing = np.zeros(COREFERENCE, np.float32)
    return RawMention(span, head, None, kind, form, 0.5, nothing, nothing)  # type: ignore[arg-type]


def _pronoun_kind(word: str) -> str:
    return "thing" if word.lower() in ("it", "its", "itself") else "person"


def _speaker(text: str, span: Span) -> RawMention:
    """A speaker's phrase as a mention; it hangs on its name, or on the last word before a comma or
    preposition."""
    words = [
        (span[0] + match.start(), span[0] + match.end()) for match in TOKEN.finditer(text[span[0] : span[1]])
    ] or [span]
    head = words[0]
    if text[head[0] : head[1]].lower() in ("who", "which", "that"):
        return _made(head, head, "pronoun", "person")
    for word in words:
        piece = text[word[0] : word[1]].lower()
        if piece in word_list("actors", "items.headless") or "," in text[head[1] : word[0]]:
            break
        head = word
    named = text[head[0]].isupper()
    return _made(span, head, "name" if named else "nominal", "person")


def items_of(page: ReportText, mentions: Iterable[tuple[RawMention, Span | None]]) -> list[Item]:
    """What is known of each of ``mentions`` with its name; they are sorted, outer ones first."""
    found: list[Item] = []
    open_ones: list[Item] = []
    for number, (raw, name) in enumerate(mentions):
        open_ones = [one for one in open_ones if one.end > raw.span[0]]
        outer = next((one.number for one in reversed(open_ones) if one.end >= raw.span[1]), -1)
        one = _item(page, number, raw, name, outer)
        found.append(one)
        open_ones.append(one)
    return found


PARTY_MARK = re.compile(r"\(?[RDI]-[A-Z][\w.]{0,12}\)?")  # the "R-Tenn." of "Bob Corl, R-Tenn."


def without_twins(page: ReportText, mentions: Sequence[RawMention]) -> list[tuple[RawMention, Span | None]]:
    """Of mentions that share the characters of a name, one: that whose name the network saw, else the
    widest. Each with its name, if it has one."""
    named: list[tuple[Span, RawMention]] = []
    for raw in mentions:
        head = page.text[raw.head[0] : raw.head[1]]
        name = name_in(page.text, raw) if head.lower() not in PRONOUNS or head == "US" else None
        if name is not None:
            named.append((name, raw))
    begins = {pair[0][0]: pair[1] for pair in named}
    gone = {
        id(raw)
        for raw in mentions
        if _is_title_of(page, raw, begins) or PARTY_MARK.fullmatch(page.text, *raw.span)
    }
    named.sort(key=lambda pair: pair[0])
    best: tuple[Span, RawMention] | None = None
    for pair in named:
        if best is not None and pair[0][0] < best[0][1]:
            worse = min(
                (best, pair), key=lambda one: (one[1].name is not None, one[0][1] - one[0][0], one[1].span)
            )
            gone.add(id(worse[1]))
            best = pair if worse is best else best
        else:
            best = pair
    names = {id(raw): name for name, raw in named}
    return [(raw, names.get(id(raw))) for raw in mentions if id(raw) not in gone]


def _is_title_of(page: ReportText, raw: RawMention, begins: dict[int, RawMention]) -> bool:
    """Whether a mention hangs on a title right before a name that is a mention of its own: the "Ms." of
    "Ms. Lee"."""
    text = page.text
    for office in page.offices_in((max(0, raw.head[0] - 60), raw.head[1])):
        other = begins.get(office.end + 1)
        if office.start <= raw.head[0] < office.end and other is not None and other is not raw:
            return other.kind == "person"
    head = text[raw.head[0] : raw.head[1]]
    if raw.kind != "person" or not head[:1].isupper() or head.strip(".").lower() not in TITLES:
        return False
    gap = re.match(r"\.?[ \u00a0]+", text[raw.head[1] : raw.head[1] + 4])
    other = begins.get(raw.head[1] + gap.end()) if gap else None
    return other is not None and other is not raw and other.kind == "person"


def _item(page: ReportText, number: int, raw: RawMention, name: Span | None, outer: int) -> Item:
    text = page.text[raw.span[0] : raw.span[1]]
    head_text = page.text[raw.head[0] : raw.head[1]]
    pronoun = PRONOUNS.get(head_text.lower()) if head_text != "US" else None
    people = name is not None and head_text.endswith("s") and state_kind(head_text) == "demonym"
    form: MentionForm = "pronoun" if pronoun else "name" if name else "nominal"
    head = "-".join(folded_words(head_text)) or head_text.lower()
    name_text = page.text[name[0] : name[1]] if name else ""
    kind = _kind(raw, pronoun, name_text)
    if name and kind != "person" and (bearer := _office_bearer(page, name)):
        name, kind, name_text = bearer, "person", page.text[bearer[0] : bearer[1]]
    offices = _offices(page, raw, name)
    if name is None and offices and kind != "nationality":
        kind = "person"
    person = person_name(titled(page.text, raw, name)) if name and kind == "person" and not people else None
    return Item(
        number=number, raw=raw, form=form, kind=kind, text=text, head=head,
        words=frozenset(folded_words(text)),
        name=name, name_words=folded_words(name_text) if name else (), person=person, pronoun=pronoun,
        many="many" if people else number_told(pronoun, form, kind, head, text),
        gender=gender_told(pronoun, person, form, head, text),
        definite=definiteness(with_article(page.text, raw.span)), state=state_of(name_text) if name else None,
        of_state=None if pronoun else state_named(page.text, raw, name),
        offices=offices if kind == "person" else (),
        sentence=page.sentence(raw.head[0]),
        quotation=page.quotation(raw.head[0]), subject=before_verb(page.text, raw.span[1]),
        oblique=behind_preposition(page.text, raw.span[0]), possessive=is_possessive(page.text, raw, pronoun),
        first=_first(page, raw.span[0]), outer=outer,
    )  # fmt: skip


def _kind(raw: RawMention, pronoun: Pronoun | None, name: str) -> str:
    """The network's kind in the five that matter here, mended where the characters are plain."""
    if pronoun and pronoun.gender:
        return "person"
    kind = {"state": "place", "force": "organisation", "outlet": "organisation"}.get(raw.kind, raw.kind)
    if name and kind in ("person", "thing") and state_kind(name) == "name":
        return "place"
    if name and kind in ("person", "thing") and (outlet_of(name) or organisation_of(name)):
        return "organisation"
    return kind


def _office_bearer(page: ReportText, name: Span) -> Span | None:
    """Who bears the title that a name begins with: what begins with a title is a person whatever the
    network says."""
    polite = _POLITE.match(page.text, *name)
    if polite and re.search(r"['’]s\s", page.text[name[0] : name[1]]) is None:
        rest = re.split(r" (?:of|from|in) ", page.text[polite.end() : name[1]])[0]
        return polite.end(), polite.end() + len(rest.rstrip())
    for office in page.offices_in(name)[-1:]:
        rest = page.text[office.end : name[1]].split()
        before = page.text[name[0] : office.start].strip()
        if rest and not before and len(rest) < 5 and all(word[0].isupper() for word in rest):
            return name[1] - len(page.text[office.end : name[1]].lstrip()), name[1]
    return None


def _offices(page: ReportText, raw: RawMention, name: Span | None) -> tuple[OfficeFound, ...]:
    """Those right before the name of a person, or that a description is."""
    found = page.offices_in((max(0, raw.span[0] - 100), raw.span[1]))
    if name is None:
        return tuple(one for one in found if one.start <= raw.head[0] < one.end and not one.plural)
    before: list[OfficeFound] = []
    edge = name[0]
    for one in reversed(found):
        if one.end <= edge and not page.text[one.end : edge].strip(" \u00a0"):
            before.append(one)
            edge = one.start
    return (*before[::-1], *_office_behind(page, name[1]))


_COMMA = re.compile(rf",\s+(?:(?:{either('actors', 'marks')})\s+)?", re.IGNORECASE)
_CLOSED = re.compile(r"[’']?s?\s*(?:[,.;:)\n]|$|who\b|said\b|told\b)")


def _office_behind(page: ReportText, end: int) -> tuple[OfficeFound, ...]:
    """The office in an apposition: "Ann Lee, the mayor of Hill,"."""
    comma = _COMMA.match(page.text, end)
    if comma is None:
        return ()
    near = page.offices_in((comma.end(), comma.end() + 1))
    return tuple(one for one in near if not one.plural and _CLOSED.match(page.text, one.end))


def _first(page: ReportText, start: int) -> bool:
    at = page.sentences[page.sentence(start)][0] if page.sentences else 0
    return start - at < 14 and page.text[at:start].count(" ") <= 2
