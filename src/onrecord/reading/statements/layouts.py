"""Who can stand before a colon as a speaker: word lists of the layout rules, and what they decide.

All lists are lower case. They were written down from headlines and page furniture of English news; a word is
only listed where it is nearly always one or the other.

Attributions told by layout, without a reporting verb: headlines, transcripts, pull quotes.

    Deputy Minister Orlov: No More Specialists Will Be Sent      headline
    No more specialists will be sent — Orlov                     headline-end
    TAPPER: Will you go?                                         transcript
    “We will not go.” — Ada Orlov, deputy minister               signed
    Orlov, on Twitter: “We will not go.”                         channel

Rules, not a model: such lines are few in any corpus, and a colon mostly does not attribute (“RELATED
CONTENT: …”, “WASHINGTON: …”, “Star Wars: …”). Precision comes first: a rule fires only if the words before
the colon name somebody who can speak. As in PolNeAR, the colon or dash is the cue, and a full stop outside
quotation marks is no part of the content."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal, Protocol, TypeVar

from onrecord.lang import either, word_list
from onrecord.text.quotation import MARK_CLOSE, OUT, quotation_state
from onrecord.values import Span, Spans

# Titles: a name may follow them ("Deputy Prime Minister Borisov").
TITLES = word_list("statements", "titles")
# What can speak as the last word of a name, with nothing after it.
BODIES = word_list("statements", "bodies")
OUTLETS = word_list("statements", "outlets")
TWO_WORD_BODIES = ("white house", "state department", "downing street", "foreign office", "supreme court")
# Page furniture and kinds of article: never speakers, alone or at the head or end of the label.
LABELS = word_list("statements", "labels")
_PARTICLES = word_list("statements", "particles")
_NO_NAME = word_list("statements", "no_name")
_NO_PLACE_IN_NAME = word_list("statements", "no_place_in_name")
_PREPOSITIONS = word_list("statements", "prepositions")
# Contents that are about the name and not by it.
_ABOUT = word_list("statements", "about")
_VERB = re.compile(rf"\b(?:{either('saying', 'beside_names')})\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,()]+")
_NEAR = 45  # characters between a name and its verb
_LOOKS = 200  # occurrences of a name looked at


def tokens_of(label: str) -> list[str]:
    """The words of a label, punctuation inside them kept."""
    return _TOKEN.findall(label)


def is_label(label: str) -> bool:
    """Whether the words are page furniture ("RELATED CONTENT", "Featured image") and no speaker."""
    words = [word.lower().strip(".!*[]") for word in tokens_of(label)]
    if words[:1] == ["the"]:
        words = words[1:]
    return not words or words[0] in LABELS or words[-1] in LABELS


def is_name(label: str) -> bool:
    """Whether the words are written as a name: one to six, capitals but for particles, no digit.

    >>> is_name("Ursula von der Leyen"), is_name("It was not so"), is_name("Volume 2")
    (True, False, False)
    """
    words = tokens_of(label.partition(",")[0])
    if not 1 <= len(words) <= 6 or any(c.isdigit() or c in '?!;"“”/@#&' for c in label.partition(",")[0]):
        return False
    first = re.sub(r"['’]s$", "", words[0].lower())
    if first in _NO_NAME or words[-1].lower() in _NO_NAME or not words[0][0].isupper():
        return False
    if any(word.lower() in _NO_PLACE_IN_NAME for word in words):
        return False
    return words[-1][0].isupper() and all(w[0].isupper() or w.lower() in _PARTICLES for w in words)


def has_office(label: str) -> bool:
    """Whether the words end in, or open with, what can speak: a title, a public body, a report.

    >>> has_office("Deputy Prime Minister Borisov"), has_office("Police shooting"), has_office("Study")
    (True, False, True)
    """
    words = [word.lower() for word in tokens_of(label)]
    if not words or len(words) > 7 or words[0] in _NO_NAME - {"the"} or any(c in '"“”‘?!' for c in label):
        return False
    for preposition in ("of", "for", "to"):
        if preposition in words[1:]:
            words = words[: words.index(preposition, 1)]
    if words[-1] in TITLES | BODIES or " ".join(words[-2:]) in TWO_WORD_BODIES:
        return True
    titles = [i for i, word in enumerate(words) if word in TITLES]
    return bool(titles) and is_name(label) and len(words) - titles[-1] <= 4


def is_outlet(label: str) -> bool:
    """Whether the words name a newspaper, agency or station."""
    words = tokens_of(label)
    return bool(words) and words[-1].lower() in OUTLETS


def has_verb(label: str) -> bool:
    """Whether a reporting verb stands in the words: then it is a sentence, and the model's to read."""
    return bool(_VERB.search(label))


def surname(label: str) -> str:
    """The last word of the name before any comma, without a possessive."""
    words = tokens_of(label.partition(",")[0])
    return re.sub(r"['’]s$", "", words[-1]) if words else ""


def _occurrences(name: str, text: str) -> list[int]:
    return [
        m.start() for m, _ in zip(re.finditer(rf"\b{re.escape(name)}\b", text), range(_LOOKS), strict=False)
    ]


def is_told_of(label: str, body: str) -> bool:
    """Whether the last word of the name stands in ``body`` too, written the same way."""
    name = surname(label)
    return bool(name) and bool(_occurrences(name, body))


def speaks_in(label: str, body: str) -> bool:
    """Whether ``body`` has the last word of the name next to a reporting verb or behind a title."""
    name = surname(label)
    if not name:
        return False
    for at in _occurrences(name, body):
        end = at + len(name)
        before = max(0, at - _NEAR // 2)
        last = body[before:at].split()[-1:]
        if last and last[0].lower() in _PREPOSITIONS:  # "said in Davos" does not make Davos speak
            continue
        if _VERB.search(body, end, end + _NEAR) or _VERB.search(body, before, at):
            return True
        if any(word.lower() in TITLES for word in tokens_of(body[before:at])):
            return True
    return False


def is_about(content: str) -> bool:
    """Whether the words after the colon tell of the name rather than repeat what it said."""
    first = content.split(maxsplit=1)
    return not first or first[0].lower().strip("‘’'\"“”") in _ABOUT


Rule = Literal["headline", "headline-end", "transcript", "signed", "channel"]
# The share that is right, judged by reading about 45 of each rule's finds in 5,151 US news articles; for
# headlines also 67 of 72 annotated so in PolNeAR's training part.
TRUST: Mapping[Rule, float] = {
    "headline": 0.93,
    "headline-end": 0.95,
    "transcript": 0.95,
    "signed": 0.95,
    "channel": 0.9,
}


@dataclass(frozen=True, slots=True)
class LayoutAttribution:
    """Who, by which mark, what: offsets into the text read; each role is one piece."""

    speaker: Spans
    cue: Spans
    content: Spans
    rule: Rule


class HasSpans(Protocol):
    """Anything with the three roles of an attribution."""

    @property
    def speaker(self) -> Spans:
        """Who."""

    @property
    def cue(self) -> Spans:
        """By which words."""

    @property
    def content(self) -> Spans:
        """What."""


A = TypeVar("A", bound=HasSpans)
B = TypeVar("B", bound=HasSpans)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str  # without white space at its ends


_OPENING, _CLOSING = "\"“„«‘'`", "\"”“»’'"
_DASH = r"(?:—|–|―|--|-)"
_LONGEST = 400  # characters of a headline
_LABEL = re.compile(r"([^\W\d_][^:\n]{0,160}?)\s?(:)\s*(?=\S)")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_PREFIX = re.compile(rf"\s(?:{_DASH}|\|)\s?")
_TAIL = re.compile(rf"(.{{11,}}?\S)(?:\s?(:)|\s({_DASH}))\s+([^:—–]{{3,60}})$")
_SIGNED = re.compile(rf"\s*({_DASH})\s*([^\W\d_][^\n\"“”:]{{1,118}})$")
_HANDLE = re.compile(
    rf"\s*({_DASH})\s*([^\W\d_][^\n()—]{{1,50}} \(@\w{{1,20}}\))(?:\s[A-Z][a-z]+ \d+, \d{{4}})?\W*$"
)
_CHANNEL = re.compile(r"(?:, | )(?:" + either("statements", "channel") + r")\s[^:“\"]{2,60}$")
_CAPITALS = re.compile(r"[A-Z][A-Z.’'\-]*(?: [A-Z][A-Z.’'\-]*){0,4}(?: \([^)]{1,30}\))?(?:, [^:]{2,40})?")
_QUESTIONER = re.compile(r"Q|Question|Interviewer|Reporter|Moderator")
_ANSWERER = re.compile(r"A|Answer")
_SPEECH = re.compile(rf"\?|\b(?:I|I['’]m|{either('statements', 'speech')})\b")
_ENDED = re.compile(r"[.?!…\"”’)\]—–-]$")


def layout_attributions(text: str, *, headline: bool = True) -> list[LayoutAttribution]:
    """Attributions that the layout of ``text`` tells, in the order of their first character.

    The first line that is not empty is taken for the headline, unless ``headline`` is false, as for the later
    parts of a long text. Time is linear in the length of the text.
    """
    lines = [_Line(m.start(), m.group().rstrip()) for m in re.finditer(r"[^\s\n][^\n]*", text)]
    if not lines:
        return []
    body = text[lines[1].start :] if len(lines) > 1 else ""
    titled = headline and not _is_repeated_turn(lines)
    found = [*(_headline(lines[0], body) if titled else ()), *_transcript(lines[titled:])]
    words = Counter(_WORD.findall(text))
    for before, line in pairwise(lines):
        found += _signed(before, line, words) or _channel(line, words)
    return _without_overlaps(found)


def _without_overlaps(found: list[LayoutAttribution]) -> list[LayoutAttribution]:
    kept: list[LayoutAttribution] = []
    end = -1
    for one in sorted(found, key=_order):
        if _order(one)[0] >= end:
            kept.append(one)
            end = max(one.speaker[-1][1], one.content[-1][1])
    return kept


def _order(one: HasSpans) -> tuple[int, int]:
    pieces = (*one.speaker, *one.cue, *one.content)
    return min(pieces)[0], max(end for _, end in pieces)


def _at(line: _Line, speaker: Span, cue: Span, content: Span, rule: Rule) -> LayoutAttribution:
    def moved(span: Span) -> Spans:
        return ((line.start + span[0], line.start + span[1]),)

    return LayoutAttribution(moved(speaker), moved(cue), moved(content), rule)


def _headline(line: _Line, body: str) -> list[LayoutAttribution]:
    text = line.text
    end = _content_end(text)
    if len(text) > _LONGEST:
        return []
    if match := _LABEL.match(text):
        start, stop = _name_in(match[1])
        content = text[match.end() : end]
        told = _is_quoted(content) or (len(content.split()) > 2 and not content.endswith("?"))
        if (
            told
            and not is_about(content)
            and _may_speak(match[1][start:stop], body, quoted=_is_quoted(content))
        ):
            return [_at(line, (start, stop), match.span(2), (match.end(), end), "headline")]
    if match := _TAIL.match(text[:end]):
        mark, name = (2 if match[2] else 3), match[4]
        outlet = is_outlet(name) and mark == 3  # "… - The Valley Times" is the name of the site
        # "A New Threat: Ada Venn" is as common as "The Threat Is Over: Venn".
        plain = len(name.split()) == 1 or mark == 3 or has_office(name)
        told = plain and not outlet and len(match[1].split()) > 3
        if told and _may_speak(name, body, quoted=False):
            return [_at(line, match.span(4), match.span(mark), match.span(1), "headline-end")]
    return []


def _content_end(text: str) -> int:
    """The end of ``text`` without a full stop or semicolon of its own."""
    return len(text) if text.endswith("..") else len(text.rstrip(".; "))


def _name_in(label: str) -> Span:
    """The name in "EXCLUSIVE – Ada Orlov, on Twitter": behind a dash, before a channel."""
    start = max((match.end() for match in _PREFIX.finditer(label)), default=0)
    channel = _CHANNEL.search(label, start)
    apposition = channel and "," in label[start : channel.start()]
    return start, channel.start() if channel and not apposition else len(label)


def _is_quoted(content: str) -> bool:
    return content[:1] in _OPENING and content.rstrip(".,;!? ")[-1:] in _CLOSING


def _may_speak(name: str, body: str, *, quoted: bool) -> bool:
    """Whether a headline's label is a speaker: by its office, by speaking in the body, or by being quoted."""
    if is_label(name) and not has_office(name):
        return False
    if has_office(name):
        return not body or is_told_of(name, body) or not is_name(name) or len(tokens_of(name)) < 3
    if not is_name(name) or len(name.split()) > 3:
        return False
    return quoted or is_outlet(name) or speaks_in(name, body)


def _signed(before: _Line, line: _Line, words: Counter[str]) -> list[LayoutAttribution]:
    """A quotation with a dash and a name behind it or below; an embedded message with its handle."""
    if not re.search(_DASH, line.text[-200:]):
        return []
    tail = max(0, len(line.text) - 160)
    for pattern in (_HANDLE, _SIGNED):
        for match in pattern.finditer(line.text, tail):
            quote = _Line(line.start, line.text[: match.start()]) if match.start() else before
            if pattern is _HANDLE or (_whole_quotation(quote.text) and _signs(match[2], words)):
                name_end = match.start(2) + len(match[2].rstrip(" ."))
                at = line.start
                return [
                    LayoutAttribution(
                        ((at + match.start(2), at + name_end),),
                        ((at + match.start(1), at + match.end(1)),),
                        ((quote.start, quote.start + len(quote.text.rstrip())),),
                        "signed",
                    )
                ]
    return []


def _whole_quotation(text: str) -> bool:
    """Whether a line is one quotation and no more, of at least four words."""
    text = text.rstrip(" ,")
    if (
        len(text) < 2
        or text[0] not in _OPENING
        or text.rstrip(".")[-1:] not in _CLOSING
        or len(text.split()) < 4
    ):
        return False
    state = quotation_state(text.rstrip("."))
    return not (state[:-1] == MARK_CLOSE).any() and state[-1] == MARK_CLOSE


def _signs(name: str, words: Counter[str]) -> bool:
    first = name.partition(",")[0].partition("(")[0].strip().rstrip(".")
    if is_label(first) or not is_name(first):
        return False
    return len(tokens_of(first)) > 1 or words[first] > 1


def _channel(line: _Line, words: Counter[str]) -> list[LayoutAttribution]:
    """A name, perhaps with a channel, a colon, and a quotation that begins at once."""
    match = _LABEL.match(line.text)
    if not match or line.text[match.end()] not in '"“„«':
        return []
    start, stop = _name_in(match[1])
    name = match[1][start:stop]
    told = has_verb(name) or re.search(r"(?:^| )[a-z]+ed$", name)  # a sentence: the model's to read
    if told or is_label(name) or not is_name(name) or len(tokens_of(name)) > 12:
        return []
    again = words[name] > 1 or (name.isupper() and words[name.title()] > 0)
    known = again or len(tokens_of(name)) > 1 or has_office(name)
    state = quotation_state(line.text)[match.end() :]
    if not known or (state[:1] == OUT).any():
        return []
    closing = (state == MARK_CLOSE).nonzero()[0]
    end = match.end() + int(closing[0]) + 1 if len(closing) else len(line.text)
    if len(line.text[match.end() : end].split()) < 2:
        return []
    return [_at(line, (start, stop), match.span(2), (match.end(), end), "channel")]


def _transcript(lines: Sequence[_Line]) -> Iterator[LayoutAttribution]:
    """Turns of a conversation: labelled lines close to one another, by two speakers or more."""
    turns: list[tuple[int, _Line, re.Match[str]]] = []
    for number, line in enumerate(lines):
        match = _LABEL.match(line.text)
        if match and _is_turn(match[1]):
            if turns and number - turns[-1][0] > 4:
                yield from _conversation(turns)
                turns = []
            turns.append((number, line, match))
    yield from _conversation(turns)


def _is_repeated_turn(lines: Sequence[_Line]) -> bool:
    """The first line has a label that a later one has too: a conversation without a headline."""
    match = _LABEL.match(lines[0].text)
    return match is not None and any(line.text.startswith(match[0].rstrip()) for line in lines[1:])


def _is_turn(label: str) -> bool:
    if _QUESTIONER.fullmatch(label) or _ANSWERER.fullmatch(label):
        return True
    return not is_label(label) and (bool(_CAPITALS.fullmatch(label)) or is_name(label)) and len(label) < 50


def _conversation(turns: Sequence[tuple[int, _Line, re.Match[str]]]) -> Iterator[LayoutAttribution]:
    labels = Counter(match[1] for _, _, match in turns)
    said = [line.text[match.end() :] for _, line, match in turns]
    if len(labels) < 2 or not any(_SPEECH.search(content) for content in said):
        return
    ended = sum(bool(_ENDED.search(content)) for content in said)
    asked = any(_QUESTIONER.fullmatch(label) for label in labels)
    capitals = all(_CAPITALS.fullmatch(label) for label in labels)
    repeated = max(labels.values()) > 1
    if (
        asked
        or (capitals and (repeated or ended == len(said)))
        or (repeated and len(said) > 3 and 2 * ended > len(said))
    ):
        for _, line, match in turns:
            end = max(match.end() + 1, _content_end(line.text))
            yield _at(line, match.span(1), match.span(2), (match.end(), end), "transcript")


def merge(model: Sequence[A], layouts: Sequence[B]) -> list[A | B]:
    """The model's attributions with those of the layouts it has not found, by their first character.

    A layout's attribution is left out where the model has its content: half of it or more by one attribution,
    or any of it with the same speaker. What the model finds inside a long turn does not hide the turn.
    """
    pieces = sorted((*piece, number) for number, one in enumerate(model) for piece in one.content)
    furthest = list(accumulate((end for _, end, _ in pieces), max))
    kept: list[A | B] = list(model)
    for layout in layouts:
        start, end = _order(layout)
        shared: Counter[int] = Counter()
        for at in range(bisect_left(pieces, (end,)) - 1, -1, -1):
            if furthest[at] <= start:
                break
            number = pieces[at][2]
            shared[number] += _in_common(pieces[at][:2], layout.content)
        size = sum(end - start for start, end in layout.content)
        if not any(
            2 * common >= size or (common and _meet(model[number].speaker, layout.speaker))
            for number, common in shared.items()
        ):
            kept.append(layout)
    return sorted(kept, key=_order)


def _in_common(piece: Span, others: Spans) -> int:
    return sum(max(0, min(piece[1], end) - max(piece[0], start)) for start, end in others)


def _meet(one: Spans, other: Spans) -> bool:
    return any(_in_common(piece, other) for piece in one)
