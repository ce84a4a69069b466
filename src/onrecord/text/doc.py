"""The annotated text: made once a report and handed to everything that reads it.

What rules ask of a text stands here: its tokens, sentences and lines, which tokens a span covers, in which
sentence a character stands. Everything is a pure function of the text and its language. What other parts
work out of the text alone (quotation, times, quantities) is asked through ``Doc.once``, so it is worked out
once as well, and this package need not know them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from onrecord.text.sentences import sentence_starts
from onrecord.text.tokens import BREAKS, tokens
from onrecord.values import Span

T = TypeVar("T")

_LINE = re.compile(f"[^{BREAKS}]+")


@dataclass(frozen=True, slots=True)
class Syntax:
    """What syntax says of each token, in the order of the tokens of a ``Doc``."""

    lemmas: tuple[str, ...]
    tags: tuple[str, ...]  # universal parts of speech: NOUN, PROPN, VERB ...
    heads: tuple[int, ...]  # the token each hangs on, counted in the whole text; a root hangs on itself
    relations: tuple[str, ...]  # universal dependency relations: nsubj, obj, nsubj:pass ...


@dataclass(frozen=True, eq=False)
class Doc:
    """A text with its tokens and sentences. Tokens and sentences are named by their numbers, from 0.

    Make one with ``Doc.of``. The lists have one entry a token, but for ``firsts``.
    """

    text: str
    language: str
    starts: tuple[int, ...]  # code points into the text
    ends: tuple[int, ...]
    words: tuple[str, ...]  # text[start:end]
    firsts: tuple[int, ...]  # the first token of each sentence
    syntax: Syntax | None = None
    _made: dict[Callable[[Doc], Any], Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, text: str, language: str = "en") -> Doc:
        """The tokens and sentences of ``text``; takes time linear in its length.

        >>> doc = Doc.of("Sen. Roe didn't vote. She left.")
        >>> [doc.words[first] for first in doc.firsts], doc.words[doc.token_at(12)]
        (['Sen.', 'She'], "n't")
        """
        found = tokens(text, language)
        return cls(
            text,
            language,
            starts=tuple(found.starts),
            ends=tuple(found.ends),
            words=tuple(found.texts),
            firsts=tuple(sentence_starts(text, found, language)),
        )

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The words in small letters, curly apostrophes made straight: what to ask tables of words with."""
        return tuple(word.lower().replace("’", "'") for word in self.words)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The span of each sentence, from its first token to its last. Between them is white space only."""
        return tuple(self.span(self.tokens_of(number)) for number in range(len(self.firsts)))

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The span of each line that is not blank, without white space around it: a paragraph or heading."""
        spans = [self.span(self.tokens_in(*match.span())) for match in _LINE.finditer(self.text)]
        return tuple(span for span in spans if span[0] < span[1])

    def sentences_in(self, start: int, end: int) -> list[Span]:
        """What of each sentence lies in ``text[start:end]``, in order, without white space around it.

        >>> Doc.of("He left. She stayed.").sentences_in(3, 12)
        [(3, 8), (9, 12)]
        """
        tokens, found = self.tokens_in(start, end), list[Span]()
        while tokens:
            last = self.tokens_of(self.sentence_of(tokens[0])).stop
            here, tokens = tokens[: last - tokens[0]], tokens[last - tokens[0] :]
            found.append((max(start, self.starts[here[0]]), min(end, self.ends[here[-1]])))
        return found

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that a token is in."""
        return bisect_right(self.firsts, token) - 1

    def tokens_of(self, sentence: int) -> range:
        """The tokens of a sentence."""
        after = self.firsts[sentence + 1] if sentence + 1 < len(self.firsts) else len(self.words)
        return range(self.firsts[sentence], after)

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens that share a character with ``text[start:end]``.

        >>> doc = Doc.of("in the U.S. today")
        >>> [doc.words[token] for token in doc.tokens_in(4, 8)]
        ['the', 'U.S.']
        """
        if end <= start:
            return range(0)
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def token_at(self, offset: int) -> int | None:
        """The token that holds the character at ``offset``; None where there is white space or no text."""
        token = bisect_right(self.starts, offset) - 1
        return token if token >= 0 and offset < self.ends[token] else None

    def sentence_at(self, offset: int) -> int | None:
        """The sentence that the character at ``offset`` is in; of the space behind one, that sentence.

        None in front of the first one.
        """
        token = bisect_right(self.starts, offset) - 1
        return self.sentence_of(token) if token >= 0 else None

    def span(self, of: Sequence[int]) -> Span:
        """From the first character of the first token to the last one of the last; (0, 0) of none."""
        return (self.starts[of[0]], self.ends[of[-1]]) if of else (0, 0)

    def glued(self, token: int) -> bool:
        """Whether nothing stands between a token and the one before it ("n't" of "don't")."""
        return token > 0 and self.starts[token] == self.ends[token - 1]

    def once(self, make: Callable[[Doc], T]) -> T:
        """What ``make`` makes of this text, made when it is first asked for.

        ``make`` has to be a function of a module that depends on nothing but the text: the state of quotation
        of each character, the times in it, its quantities.

        >>> Doc.of("He left.").once(lambda doc: len(doc.words))
        3
        """
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])
