"""What the characters of a mention's phrase say: name, number, gender, and where it stands in its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from onrecord.facts import states_in
from onrecord.lang import either, word_list
from onrecord.reading.actors.names_in_report import PersonName, bare, folded_words
from onrecord.reading.actors.words import (
    BODIES,
    COLLECTIVES,
    TITLES,
    Gender,
    Number,
    Pronoun,
    gender_of_noun,
    number_of,
)
from onrecord.reading.mentions import RawMention
from onrecord.values import Span

Definite = Literal["the", "this", "possessive", "a", "bare"]

TOKEN = re.compile(r"[^\W_](?:[\w.&]|[-'’/](?=\w))*\.?")
CAPITAL = re.compile(r"[^\W\d_a-z]")
_NO_NAME = word_list("actors", "no_name")
_LINK = word_list("actors", "link")
# What members of parties, faiths and peoples are called by: "the Republican" is no name, "the Advocate" is.
_MEMBER = re.compile(rf"(?:{either('actors', 'member')})$")


_POLITE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.?[ \u00a0]$")  # a title behind one is a surname: "Mr. Singer"


def name_in(text: str, raw: RawMention) -> Span | None:
    """The proper name that the phrase is of: one that holds its head, or follows the head as its
    apposition."""
    if not CAPITAL.match(text[raw.head[0] : raw.head[1]]) and raw.name is None:
        return None
    # "Holm strategist Tad Lee" may hang on Holm: anywhere in what the network takes for a person's name.
    for name in (raw.name, _guessed_name(text, raw)):
        if name is None:
            continue
        seen = raw.kind == "person" and name is raw.name and name[0] <= raw.head[0] < name[1]
        name = _without_title(text, _whole_words(text, name), person=raw.kind == "person")
        if name and not CAPITAL.search(_last_word(text, name)):
            continue  # "Russian experts": what is named is only the nation
        seen = seen or (name is not None and name[0] <= raw.head[0] < name[1])
        if name and (seen or not text[raw.head[1] : name[0]].strip(" .\u00a0")):
            words = folded_words(text[name[0] : name[1]])
            polite = len(words) == 1 and _POLITE.search(text[max(0, name[0] - 6) : name[0]])
            if words and (polite or not all(word in TITLES or word in BODIES for word in words)):
                return None if _is_member(text, raw, name) else name
    return None


def _is_member(text: str, raw: RawMention, name: Span) -> bool:
    """Whether a name only says what somebody is one of: "one Democrat", "a Muslim", "the Republican"."""
    if raw.kind != "person" or " " in text[name[0] : name[1]] or name[1] - 1 > raw.span[1]:
        return False
    how = definiteness(text[raw.span[0] : raw.span[1]])
    return how == "a" or (how in ("the", "this") and _MEMBER.search(text[name[0] : name[1]]) is not None)


def _whole_words(text: str, name: Span) -> Span:
    """Up to the ends of hyphenated words ("Melik-Bagdasarov"), and not past a bracket."""
    start, end = name
    bracket = text.find(" (", start, end)
    if bracket > start:
        end = bracket
    while start > 1 and end - start < 80 and text[start - 1] in "-‑" and text[start - 2].isalpha():
        start -= 1
        while start > 0 and text[start - 1].isalpha():
            start -= 1
    while end + 1 < len(text) and end - start < 80 and text[end] in "-‑" and text[end + 1].isupper():
        end += 1
        while end < len(text) and text[end].isalpha():
            end += 1
    return start, end


def _last_word(text: str, name: Span) -> str:
    return text[name[0] : name[1]].split()[-1] if text[name[0] : name[1]].split() else ""


def _guessed_name(text: str, raw: RawMention) -> Span | None:
    """The capitals around the head of a phrase, where the head is one; the network found no name there."""
    start, end = raw.span
    if end - start > 300 or not CAPITAL.match(text[raw.head[0] : raw.head[1]]):
        return None
    tokens = [(start + m.start(), start + m.end()) for m in TOKEN.finditer(text[start:end])]
    at = next((n for n, (a, b) in enumerate(tokens) if a <= raw.head[0] < b), None)
    if at is None or text[slice(*tokens[at])] in _NO_NAME:
        return None
    if len(tokens) == 1 and begins_sentence(text, start) and raw.form == "nominal":
        word = text[slice(*tokens[0])].lower()
        if raw.kind not in ("person", "organisation") or word in COLLECTIVES or word in BODIES:
            return None
    first, last = _run(text, tokens, at, -1), _run(text, tokens, at, 1)
    if (
        first == last
        and begins_sentence(text, tokens[first][0])
        and _common(text, text[slice(*tokens[first])])
    ):
        return None
    piece = text[tokens[first][0] : tokens[last][1]]
    if raw.kind == "person":  # "Ambassador to the United States Hamdullah Mohib"
        for state in states_in(piece):
            if tokens[first][0] + state.end < raw.head[0] and state.start < 4:
                return tokens[first][0] + state.end + 1, tokens[last][1]
    return tokens[first][0], tokens[last][1]


def _common(text: str, word: str) -> bool:
    """Whether a word that begins a sentence is no name: a plural, or written small elsewhere."""
    return number_of(word.lower()) == "many" or word.lower() in TITLES or f" {word.lower()} " in text


def _run(text: str, tokens: Sequence[Span], at: int, step: int) -> int:
    """How far capitals go on from token ``at``, small linking words between them included."""
    last = at
    while 0 <= at + step < len(tokens):
        inner, outer = (tokens[at], tokens[at + step]) if step > 0 else (tokens[at + step], tokens[at])
        between = text[inner[1] : outer[0]]
        word = text[slice(*tokens[at + step])]
        if between.strip(" \u00a0") or text[inner[1] - 2 : inner[1]] in ("'s", "’s"):
            break
        at += step
        if CAPITAL.match(word) and word not in _NO_NAME:
            last = at
        elif word.lower() not in _LINK or abs(at - last) > 1 + (text[slice(*tokens[at - step])] == "for"):
            break
    return last


def _without_title(text: str, name: Span, *, person: bool) -> Span | None:
    """The name behind titles ("Secretary Pompeo"), without "the" and a genitive."""
    start, end = name
    end -= len(text[start:end]) - len(bare(text[start:end]).rstrip()) if text[start:end].strip() else 0
    tokens = [(start + m.start(), start + m.end()) for m in TOKEN.finditer(text[start:end])]
    if not tokens:
        return None
    at = 0
    if text[slice(*tokens[0])].lower() == "the" and len(tokens) > 1:
        at = 1
    if not person:  # "Russian news agency Sputnik"
        small = [n for n, (a, b) in enumerate(tokens[:-1]) if text[a:b].islower() and text[a:b] not in _LINK]
        at = max(at, small[-1] + 1 if small else 0)
    if person:
        end = min(
            end,
            *(start + match.start() for match in re.finditer(r" (?:of|from|in) ", text[start:end])),
            end,
        )
        titles = [n for n, (a, b) in enumerate(tokens[:-1]) if text[a:b].strip(".").lower() in TITLES]
        at = max(at, titles[-1] + 1 if titles else 0)
    return tokens[at][0], max(end, tokens[at][1])


def titled(text: str, raw: RawMention, name: Span | None) -> str:
    """The name with the one title right before it, inside or before the phrase."""
    assert name
    before = re.search(r"(\w+\.?)\s+$", text[max(0, name[0] - 20) : name[0]])
    title = before[1] + " " if before and before[1].strip(".").lower() in TITLES else ""
    return title + text[name[0] : name[1]]


_JOINED = re.compile(r"[^,'’]{2,60}? and [^\W\d_a-z]")  # not "host and writer Ann Lee"


def number_told(pronoun: Pronoun | None, form: str, kind: str, head: str, text: str) -> Number | None:
    """Of one or of many, as far as the phrase tells."""
    if pronoun:
        return pronoun.number
    if form == "name" and kind == "person" and _JOINED.match(text):
        return "many"
    if form == "name":
        family = text.startswith(("the ", "The ")) and text.endswith("s") and " " not in text[4:]
        return ("many" if family else "one") if kind == "person" else None
    if head in COLLECTIVES:
        return None
    return number_of(head)


def gender_told(
    pronoun: Pronoun | None, person: PersonName | None, form: str, head: str, text: str
) -> Gender | None:
    """A man or a woman, as far as the phrase tells."""
    if pronoun:
        return pronoun.gender
    told = gender_of_noun(head) if form == "nominal" else None
    if told is None and person:
        told = person.gender
    if told is None and form == "name":  # "spokeswoman Ann Lee", "the actress"
        for word in text.lower().split()[:8]:
            told = told or gender_of_noun(word)
    return told


_THE = re.compile(
    rf"(?:(the|both|all)|(this|that|these|those|such)|({either('actors', 'the_his')})|("
    rf"{either('actors', 'the_an')}))\b",
    re.IGNORECASE,
)


_OF = re.compile(r" (?:of|in) ")


def state_named(text: str, raw: RawMention, name: Span | None) -> str | None:
    """The first state in the phrase, up to its first comma."""
    end = raw.span[1]
    if name is not None and not _OF.match(text, name[1]):  # "Ann Lee by the US" is not of the US
        end = max(raw.span[0], name[0] if raw.kind == "person" else name[1])
    phrase = text[raw.span[0] : min(end, raw.span[0] + 120)].split(",")[0]
    found = states_in(phrase)
    return found[0].code if found and found[0].kind != "capital" else None


def with_article(text: str, span: Span) -> str:
    """The phrase with a "the" that was left before it."""
    return "the" if text[max(0, span[0] - 4) : span[0]].lower() == "the " else text[span[0] : span[1]]


def definiteness(text: str) -> Definite:
    """How the phrase begins: "the", "this", a possessive, "a" or none of them."""
    match = _THE.match(text)
    if match:
        kinds: tuple[Definite, ...] = ("the", "this", "possessive", "a")
        return kinds[(match.lastindex or 1) - 1]
    return "possessive" if re.match(r"(?:\S+ ){0,4}?\S+['’]s? ", text[:80]) else "bare"


_VERB = re.compile(
    r"(?:,[^,\n]{2,60},)?\s*(?:(?:"
    + either("actors", "verb_also")
    + r")\s+)?(?:"
    + either("actors", "verb_is")
    + r"|[a-z]{2,}[^\Ws]s)\b"
)
_PREPOSITION = re.compile(rf"\b(?:{either('actors', 'preposition')})\s+(?:the\s+)?$", re.IGNORECASE)


def before_verb(text: str, end: int) -> bool:
    """Whether a verb follows that the phrase may be the subject of."""
    return _VERB.match(text, end, min(len(text), end + 90)) is not None


def behind_preposition(text: str, start: int) -> bool:
    """Whether a preposition stands before the phrase."""
    return _PREPOSITION.search(text[max(0, start - 14) : start]) is not None


def is_possessive(text: str, raw: RawMention, pronoun: Pronoun | None) -> bool:
    """Whether the phrase is a genitive or a possessive pronoun."""
    if pronoun:
        return pronoun.case == "possessive"
    return text[raw.span[1] - 2 : raw.span[1]] in ("'s", "’s", "s'", "s’") or text[
        raw.span[1] : raw.span[1] + 2
    ] in (
        "'s",
        "’s",
    )


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence or line begins at ``start``, but for quotation marks."""
    before = text[max(0, start - 3) : start].rstrip(" \"“'‘")
    return not before or before[-1] in ".!?\n:"
