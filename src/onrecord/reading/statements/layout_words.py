"""Who can stand before a colon as a speaker: word lists of the layout rules, and what they decide.

All lists are lower case. They were written down from headlines and page furniture of English news; a word is
only listed where it is nearly always one or the other.
"""

from __future__ import annotations

import re

from onrecord.lang import word_list


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


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
_VERB = re.compile(
    r"\b(?:said|says?|saying|told|tells|stated|states|stressed|added|adds|announced|claims?|claimed|"
    r"argued|argues|insisted|insists|warned|warns|noted|wrote|writes|tweeted|tweets|declared|denied|denies|explained|called|"
    r"asked|asks|replied|emphasi[sz]ed|pledged|vowed|vows|urged|urges|believes|"
    r"according to|suggested|found|finds|shows|showed|reported|reports)\b",
    re.IGNORECASE,
)
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
