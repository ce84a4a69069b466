"""Texts for property tests: made of what rules look at, and any text at all."""

from hypothesis import strategies as st

_WORDS = [
    "don't",
    "U.S.",
    "No.",
    "etc",
    ".",
    "..",
    "…",
    "'",
    "’s",
    "“",
    '"',
    "-",
    "–",
    "non",
    "e",
    "A",
    "5",
    "$",
    "%",
    "1,000",
    "10:30",
    "9/11",
    "http://a.b",
    "@",
    "&",
    "👍🏽",
    "א",
    "你",
]
_INVISIBLE = ["\u200d", "\u0301", "\u200b", "\ufeff", "\x01"]
_SPACES = [" ", "  ", "\u00a0", "\n", "\r\n", "\u2028", "\x1f"]

TEXTS = st.lists(st.sampled_from([*_WORDS, *_INVISIBLE, *_SPACES]), max_size=40).map("".join) | st.text(
    max_size=60
)
