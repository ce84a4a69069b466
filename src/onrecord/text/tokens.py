"""How a piece of text without white space is cut into tokens, by its shape: a text of the same length in
ASCII.

Cuts a text into tokens: the words, numbers and marks that syntax is written on.

Tokens are the syntactic words of Universal Dependencies as the English Web Treebank writes them: ``do|n't``,
``Ann|'s``, ``can|not``, ``short|-|term`` but ``non-violent``, ``$|5``, ``5|%``, ``5|pm``, ``U.S.``, ``Mr.``,
``10:30``, ``9/11``, one token for an address, a picture, three full stops. The stop of an abbreviation stays
with it also at the end of a sentence, so that a name has the same tokens wherever it stands.

Text is cut at white space first; how a piece without white space is cut depends on that piece alone, so each
different piece is worked out once and remembered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import not_, sub
from typing import NamedTuple

from onrecord.lang import Language, language

SYMBOL = "\x01"  # a picture or another sign that is a word of its own
JOINER = "\x02"  # ties the characters on both sides, as in pictures of families and in Persian words
EXTENDER = "\x03"  # belongs to the character before: combining marks, skin tones, invisible marks
REGION = "\x04"  # half a flag
DASH = "\x05"  # every dash that is no hyphen
ELLIPSIS = "\x06"

BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"  # characters that end a line

_SAME = {
    **dict.fromkeys("‘’‚‛ʼʻ′＇´", "'"),
    **dict.fromkeys("“”„‟«»″＂「」『』‹›", '"'),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("–—―−‒", DASH),
    **dict.fromkeys("。！؟｡।？", "!"),
    **dict.fromkeys("،、，", ","),
    "…": ELLIPSIS,
    "\u200d": JOINER,
    "\u200c": JOINER,
}
_BY_CATEGORY = {
    "Lu": "X", "Lt": "X", "Ll": "x", "Lm": "x", "Lo": "x", "Nd": "0", "No": "0", "Nl": "X",
    "Mn": EXTENDER, "Mc": EXTENDER, "Me": EXTENDER, "Cf": EXTENDER,
    "Sc": "$", "Pd": DASH, "Ps": "(", "Pe": ")", "Pi": '"', "Pf": '"', "Pc": "_", "Po": ";",
    "Zs": " ", "Zl": "\n", "Zp": "\n",
}  # fmt: skip


class _Shapes(dict[int, str]):
    """The shape of each code point, found when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if 0x1F3FB <= code <= 0x1F3FF:
            found = EXTENDER  # skin tones
        elif 0x1F1E6 <= code <= 0x1F1FF:
            found = REGION
        elif code < 128:
            found = character
        elif character.isspace():
            found = " "
        else:
            found = _BY_CATEGORY.get(unicodedata.category(character), SYMBOL)
        self[code] = found
        return found


_SHAPES = _Shapes({ord(character): same for character, same in _SAME.items()})


def shape(text: str) -> str:
    """One ASCII character for each character of ``text``: what it is for."""
    return text if text.isascii() else text.translate(_SHAPES)


# The ends of addresses without "http", and of names of files, that are seen as such.
_DOMAINS = (
    "com|org|net|gov|edu|mil|int|info|biz|co|uk|eu|de|fr|ru|ca|au|tv|io|ch|nl|es|il|ir|cn|jp"
    "|(?:us|me|it|in)(?=/)"  # also words: "told.me" has lost a space
)
_FILES = "docx?|xlsx?|pptx?|pdf|txt|html?|jpe?g|gif|png|mp[34]|exe|zip|csv|asp|php|rtf"

# In this order; the first rule that matches at a place cuts there. Over the shape of the text.
_RULES = r"""
 (?P<whole>
    (?:[A-Za-z][A-Za-z+.-]{1,9}://|www\.|mailto:)[^\s<>"]*[A-Za-z0-9/_=&\#%~+$*-]
  | [A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*
  | [@\#][A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*
  | (?:[A-Za-z0-9_-]+\.)+(?:DOMAINS)(?:/[^\s<>"]*[A-Za-z0-9/])?(?![A-Za-z0-9_])
  | [A-Za-z0-9_][A-Za-z0-9_.\#-]*\.(?i:FILES)(?![A-Za-z0-9])
  | [a-z]{2,}(?:\.[a-z-]{2,}){2,}(?![A-Za-z0-9])
  | (?:>?[:;=][-']?[()DPp|/\\*\[\]]|<3|\(:|\^_+\^|-_+-)(?![A-Za-z0-9])[()]*
  | (?i:COMPOUNDS)(?![A-Za-z0-9])
  | [A-Za-z]{1,3}(?:&[A-Za-z]{1,3})+(?![A-Za-z0-9])
 )
 | (?P<stops> \.{3,}(?=[?!]) | [.!?\x06]{2,} | [!?\x06] )
 | (?P<number>
    (?: \d{1,4}(?P<part>[/-])\d{1,2}(?P=part)\d{2,4}
      | \d{1,2}/\d{1,4}
      | (?:\d-)?(?:\d{3}[-/.])?\d{3}[-.]\d{4} | \d{5}-\d{4}
    )(?![A-Za-z0-9]|[/-]\d)
  | \d+(?::\d+)+(?:\.\d+)?
  | \d+(?:,\d{3})*(?i:ORDINALS)(?![A-Za-z])
  | \d*0's(?![A-Za-z])
  | (?<![A-Za-z0-9])'\d\ds?(?![A-Za-z0-9])
  | \d+(?=x\d) | (?<=\d)x(?=\d)
  | \d+(?!(?:UNITS)(?![A-Za-z0-9]))[A-Za-z_][A-Za-z0-9_]*
  | (?:(?<![A-Za-z0-9])\+)?\d+(?:,\d{3})*(?!\d)(?:\.\d+)* | (?<![A-Za-z0-9)])\.\d+ | \d+
 )\x03*
 | (?P<acronym> (?:[A-Za-z]\.){2,}(?![A-Za-z]\b) |
     (?:[A-Z][a-z]?\.){2,} | (?:[A-Za-z]\.)+[A-Za-z](?![A-Za-z0-9])\.? )
 | (?P<money> (?:US|AU|CA|NZ|HK|[ACSR])?\$+ )
 | (?P<word> (?:(?:PREFIXES)-(?=[A-Za-z0-9]))*
     [A-Za-z0-9][A-Za-z0-9_\x02\x03]*(?:'[A-Za-z][A-Za-z0-9\x02\x03]*)*(?:-(?i:SUFFIXES)(?![A-Za-z0-9]))? )
 | (?P<clitic> (?i:CLITICS)(?![A-Za-z0-9]) )
 | (?P<elision> '[nN]' | '(?i:ELISIONS)(?![A-Za-z]) )
 | (?P<mark>
    <?-+> | =+> | <-+
  | (?P<again>[-=*_+~\#,<>|^/\\\x05`])(?P=again)+ | ''
  | \x01\x03*(?:\x02\x01\x03*)* | \x04\x04?
  | [\s\S][\x02\x03]*
 )
"""

_PLAIN = re.compile(r"[A-Za-z]+")
_UNKNOWN = 6  # letters of an abbreviation no table has: its stop has a comma behind it


class Cutter:
    """Cuts pieces of text without white space by the tables of one language."""

    def __init__(self, words: Language) -> None:
        self._words = words
        self._rule = re.compile(_pattern(words), re.VERBOSE)
        self._clitic = re.compile(f"(?:{_either(words.clitics)})$")  # of small letters

    def cut(self, piece: str) -> tuple[str, ...]:
        """The tokens of ``piece``, in order; joined they are the piece.

        A piece of white space is one token. White space at the end of another says that a number follows.

        >>> from onrecord.lang import language
        >>> Cutter(language("en")).cut("(e.g.,")
        ('(', 'e.g.', ',')
        """
        if _PLAIN.fullmatch(piece):
            return tuple(self._word(piece, piece.lower()))
        body = piece.rstrip()
        if not body:
            return (piece,)
        form = shape(body)
        cuts: list[str] = []
        at = 0
        while at < len(form):
            match = self._rule.match(form, at)
            assert match is not None
            end = match.end()
            if match.lastgroup in ("word", "elision"):
                end += self._has_stop(form, at, end, numbered=len(body) < len(piece))
                cuts.extend(self._word(body[at:end], form[at:end].lower()))
            else:
                cuts.append(body[at:end])
            at = end
        if len(body) < len(piece):
            cuts.append(piece[len(body) :])
        return tuple(cuts)

    def _has_stop(self, form: str, at: int, end: int, *, numbered: bool) -> bool:
        """Whether a stop stands behind the word ``form[at:end]`` and is part of it."""
        behind = form[end : end + 3]
        if behind[:1] != "." or (behind[1:2] in (".", ELLIPSIS) and behind != ".."):
            return False
        word, before = form[at:end], form[at - 1 : at]
        if behind[1:2] in (",", ";") and len(word) <= _UNKNOWN:
            return True
        kind = self._words.behind(word)
        if kind == "number":
            return numbered or behind[1:2].isdigit()
        if len(word) == 1 and kind is None:  # an initial, "(b. 1950)"; not "5 M." and not "than I."
            return before == "(" if word.islower() else word != "I" and not before.isdigit()
        return kind is not None

    def _word(self, word: str, low: str) -> Iterator[str]:
        """The parts of a word that is several: contractions, and what an apostrophe ties on."""
        parts = self._words.contractions.get(low)
        if parts:
            at = 0
            for part in parts:
                yield word[at : at + len(part)]
                at += len(part)
            return
        tied: list[str] = []
        while "'" in low and (found := self._clitic.search(low)) and found.start():
            tied.append(word[found.start() :])
            word, low = word[: found.start()], low[: found.start()]
        yield word
        yield from reversed(tied)


def _pattern(words: Language) -> str:
    found = _RULES
    for name, alternatives in (
        ("DOMAINS", _DOMAINS),
        ("FILES", _FILES),
        ("COMPOUNDS", _either(words.compounds)),
        ("ORDINALS", _either(words.ordinals)),
        ("CLITICS", _either(word for word in words.clitics if word[0] == "'")),
        ("UNITS", _either(words.units)),
        ("PREFIXES", _either([*words.prefixes, *map(str.capitalize, words.prefixes)])),  # "UN-" is none
        ("SUFFIXES", _either(words.suffixes)),
        ("ELISIONS", _either(words.elisions | {word[1:] for word in words.contractions if word[0] == "'"})),
    ):
        found = found.replace(name, alternatives)
    return found


def _either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_LONGEST = 1000  # characters looked at together: bounds the work, and what is remembered, on any text
_REMEMBERED = 1 << 15  # pieces: what some two hundred reports hold

# White space, or what stands between; with the space behind a stop where a number follows, which makes an
# abbreviation of "No." and its like.
_PIECE = re.compile(rf"\s+|\S{{1,{_LONGEST}}}(?:(?<=\.)[ \u00a0](?=\d))?")

Cut = Callable[[str], tuple[str, ...]]


class Tokens(NamedTuple):
    """The tokens of a text in order: three lists of one length.

    They do not overlap, and every character that is no white space lies in one of them.
    """

    starts: list[int]  # code points into the text
    ends: list[int]
    texts: list[str]


def tokens(text: str, code: str = "en") -> Tokens:
    """The tokens of ``text`` in the language ``code``; takes time linear in its length.

    >>> tokens("Mr. Lee didn't pay $5 (in the U.S.).").texts
    ['Mr.', 'Lee', 'did', "n't", 'pay', '$', '5', '(', 'in', 'the', 'U.S.', ')', '.']
    """
    cuts = list(chain.from_iterable(map(_cutter(code), _PIECE.findall(text))))
    real = list(map(not_, map(str.isspace, cuts)))
    texts = list(compress(cuts, real))
    ends = list(compress(accumulate(map(len, cuts)), real))
    return Tokens(list(map(sub, ends, map(len, texts))), ends, texts)


@lru_cache(maxsize=8)
def _cutter(code: str) -> Cut:
    """How a piece of text in a language is cut, remembered."""
    return lru_cache(maxsize=_REMEMBERED)(Cutter(language(code)).cut)
