"""Cuts a text into sentences.

A line break always ends one, as paragraphs and headings stand in lines of their own. Within a line a
sentence ends at a stop, with the quotation marks and brackets that close behind it, where white space and
something that can begin a sentence follow; unless the word before the stop is a title, an initial or another
abbreviation, or what follows only says who asked what was just quoted ("Why?” Ann Lee asked.").
"""

from __future__ import annotations

import re

from onrecord.values import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_CLOSERS = "\"'”’»›)\\]"
_STOP = re.compile(rf"(?<![.!?…])[.!?…؟।]++[{_CLOSERS}]*+(?=\s)|[。！？]++[{_CLOSERS}」』]*+")
_LAST_WORD = re.compile(r"[^\s(\[“\"'‘«—–-]+$")
_OPENERS = "\"'“‘«‹([¿¡—–-•*„ \t\u00a0"
_LONGEST_WORD = 24  # characters looked at before a stop, behind it: bounds the work on any text
_AHEAD = 60
_PRONOUNS = frozenset(("he", "she", "it", "they"))


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Nothing ends behind these: a name or a number follows.
_BEFORE_NAME = _words(
    "mr mrs ms mx dr prof gen lt col sgt capt cpt cmdr adm maj brig cpl pvt sen sens rep reps gov govs"
    " hon rev fr pres supt insp amb atty messrs mme mlle st ste mt ft vs viz cf eg ie e.g i.e al hr sr.d"
    " sra approx"
)
# Only a number follows these.
_BEFORE_NUMBER = _words(
    "no nos art sec para pp p vol ch fig jan feb mar apr jun jul aug sept sep oct nov dec ca"
)
# These may end a sentence; then a word follows that begins one and is no name.
_MAY_END = _words(
    "jr sr inc corp ltd co bros etc a.m p.m am pm dept est assn intl ave blvd rd esq ph.d ala ariz ark"
    " calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn"
    " tex va vt wash wis wyo ont que"
)
_BEGINNINGS = _words(
    "the a an he she it they we you i this that these those there but and or so in on at as if when"
    " while after before however his her its their our my for from to by with since although though what"
    " who why how both no not now then yet also according another some many most earlier later meanwhile"
    " asked still"
)
_ASKED = re.compile(
    r"(?:[\w.’'-]+[ \u00a0]){0,4}?(?:said|says|asked|asks|wrote|tweeted|replied|added|shouted|yelled|demanded"
    r"|wondered|cried|joked|declared|told|chanted|exclaimed)\b"
)


def sentences(text: str) -> list[Span]:
    """The spans of the sentences of ``text``, in order, without the white space around them.

    What lies between two of them is white space only.

    >>> text = "Mr. Lee spoke at 5 p.m. on Monday. “We go.” He left."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Mr. Lee spoke at 5 p.m. on Monday.', '“We go.”', 'He left.']
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        begin = line.start()
        for stop in _STOP.finditer(text, begin, line.end()):
            if _ends(text, stop.start(), stop.end(), line.end()):
                _add(found, text, begin, stop.end())
                begin = stop.end()
        _add(found, text, begin, line.end())
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        found.append((start + left, start + right))


def _ends(text: str, stop: int, end: int, limit: int) -> bool:
    """Whether a sentence ends with the stop at ``text[stop:end]``."""
    if text[stop] in "。！？।؟":
        return True
    ahead = text[end : min(limit, end + _AHEAD)].lstrip()
    follows = ahead.lstrip(_OPENERS)
    if not follows:
        return not ahead
    if follows[0].islower() and ahead[0] not in "•*":
        return False
    mark = text[stop:end]
    if mark[0] in "!?" and len(mark) > 1 and mark[-1] in "\"'”’»":
        first = follows.split()[0].lower()
        return first in _BEGINNINGS - _PRONOUNS or not _ASKED.match(follows)
    if mark[0] == "." and not mark.startswith(".."):
        return not _abbreviated(text[max(0, stop - _LONGEST_WORD) : stop], follows, closed=len(mark) > 1)
    return True


def _abbreviated(before: str, follows: str, *, closed: bool) -> bool:
    """Whether the stop behind ``before`` belongs to an abbreviation and ends nothing."""
    match = _LAST_WORD.search(before)
    if match is None or closed:
        return False
    word = match[0].lower()
    next_word = re.split(r"[\s,.’'”]", follows, maxsplit=1)[0]
    begins = next_word.lower() in _BEGINNINGS and next_word != next_word.lower()
    if word in _BEFORE_NAME:
        return True
    if word in _BEFORE_NUMBER:
        return follows[0].isdigit() or (word not in {"no", "p", "ch", "mar", "art"} and not begins)
    letters = word.split(".")
    if word in _MAY_END or (all(len(one) == 1 and one.isalpha() for one in letters) and word != "i"):
        return not begins
    return False
