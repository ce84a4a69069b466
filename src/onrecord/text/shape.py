"""The shape of characters: any Unicode text in the few ASCII characters that rules are written in.

Rules on words ask what a character is for, not which one it is: a curly apostrophe is an apostrophe, a
letter of any script a letter, a mark that combines belongs to what it stands on. The shape of a text has
the same length, so offsets are the same in both. ASCII characters stay as they are.

>>> shape("“Élan vital”: Zoë’s 5 €…")
'"Xlan vital": Zox\\'s 5 $\\x06'
"""

from __future__ import annotations

import unicodedata

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
