"""The visible text of HTML, block by block, each with its place in the source; linear in any input.

This is no parser of the HTML standard. It never builds a tree and never recurses, so a hundred thousand
nested elements or a tag that never ends cost no more than their length. It serves three ends: to say where
in the source a piece stands that did not reach the canonical text, to read a page whose tree cannot be
built, and to give the text of a page as a scraper without a tree would.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from onrecord.documents.characters import at_most, clean
from onrecord.lang import word_list

BLOCKS = word_list("documents", "blocks")
_VOID = word_list("documents", "void")
_UNSEEN = word_list("documents", "unseen")
_RAW = {
    name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "iframe", "noscript")
}
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_TAG_END = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTES = re.compile(r"""\b(?:class|id|role)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
_LONGEST_TAG = 65_536  # characters; longer ones end at the first ">"
_DEEPEST = 100_000  # open elements that are told apart: bounds memory
_MOST_BROKEN = 100  # tags with unbalanced quotes before quotes are no longer looked at: keeps the pass linear

# What the class, id or role of an element says about all that is in it; the first that fits wins.
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        ("cookie notice", r"cookie|consent|gdpr"),
        ("newsletter box", r"newsletter|subscri|signup|sign-up|mailchimp|mc_embed|optin"),
        ("comment form", r"comment|disqus|respond\b|discussion"),
        ("share bar", r"shar(e|ing)|social|follow-us|addtoany"),
        (
            "related content",
            r"related|recommend|read-?more|more-(from|stor|news)|popular|trending|also-like|most-read",
        ),
        ("advertisement", r"\bad(s|vert\w*)?\b|\bad-|sponsor|promo|outbrain|taboola"),
        ("caption", r"caption"),
        ("credit", r"credit|copyright"),
        (
            "navigation",
            r"\bnav|menu|breadcrumb|sidebar|pagination|footer|masthead|site-header|toolbar|\btoc\b",
        ),
    )
)
_ANY_LABEL = re.compile("|".join(pattern.pattern for _, pattern in _LABELS), re.IGNORECASE)
# What holds something else than the text of the article it stands in: a picture, a post, the card of another.
_APART_TAGS = frozenset(["figure", "figcaption", "blockquote"])
_APART = re.compile(
    r"related|recommend|read-?more|more-(?:from|stor|news)|popular|trending|also-like|most-read"
    r"|tweet|instagram-media|fb-post|tiktok|mastodon|bluesky|\bcomments?\b",
    re.IGNORECASE,
)
_TAG_LABELS = {
    "nav": "navigation",
    "footer": "navigation",
    "menu": "navigation",
    "figcaption": "caption",
    "button": "navigation",
    "select": "navigation",
    "form": "form",
    "aside": "aside",
}


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one block element, or of what stands between two breaks in it.

    ``start, end``: code points into the source, from its first visible character to behind its last.
    ``tag``: the innermost block element. ``label``: what the elements around it say it is, or "".
    ``link``: share of its characters that stand in links. ``apart``: where the innermost element around it
    opens that holds a picture, a post or cards of other articles; -1: none.
    """

    start: int
    end: int
    text: str
    tag: str
    label: str
    link: float
    apart: int = -1


@dataclass(slots=True)
class _State:
    """Open elements and the text gathered since the last block boundary."""

    stack: list[tuple[str, str, bool, int]] = field(default_factory=list)  # name, label, unseen, apart
    open: Counter[str] = field(default_factory=Counter)
    pieces: list[str] = field(default_factory=list)
    start: int = -1
    end: int = -1
    linked: int = 0
    broken: int = 0
    deepest: int = 0

    def take(self, source: str, start: int, end: int) -> None:
        """Gather the text node ``source[start:end]``."""
        if start >= end or (self.stack and self.stack[-1][2]):
            return
        raw = source[start:end]
        if not raw.isspace():
            if self.start < 0:
                self.start = start + len(raw) - len(raw.lstrip())
            self.end = start + len(raw.rstrip())
            if self.open["a"]:
                self.linked += len(raw.strip())
        if self.start >= 0:
            self.pieces.append(raw)

    def flush(self) -> Iterator[Block]:
        """The block gathered so far, if it has a visible character."""
        if self.start >= 0:
            text = clean(unescape("".join(self.pieces)))
            if text:
                tag = next((name for name, *_ in reversed(self.stack[-8:]) if name in BLOCKS), "")
                label, _, apart = self.stack[-1][1:] if self.stack else ("", False, -1)
                link = min(1.0, self.linked / max(1, len(text)))
                yield Block(self.start, self.end, text, tag, label, link, apart)
        self.pieces = []
        self.start = self.end = -1
        self.linked = 0

    def push(self, name: str, attributes: str, at: int) -> None:
        """Open an element that begins at ``at``; too deep, it counts as a part of the one it stands in."""
        if len(self.stack) >= _DEEPEST:
            return
        label, unseen, apart = self.stack[-1][1:] if self.stack else ("", False, -1)
        own = ""
        if name not in ("html", "body", "main", "article"):
            values = " ".join(_ATTRIBUTES.findall(attributes[:2000])) if attributes else ""
            own = _label(name, values)
            apart = at if _APART.search(values) else apart
        if name in _APART_TAGS or (name == "article" and self.open["article"]):
            apart = at
        self.stack.append((name, own or label, unseen or name in _UNSEEN, apart))
        self.open[name] += 1
        self.deepest = max(self.deepest, len(self.stack))

    def pop(self, name: str) -> None:
        """Close the innermost open element of that name and all within it; nothing if there is none."""
        if not self.open[name]:
            return
        while self.stack:
            top = self.stack.pop()[0]
            self.open[top] -= 1
            if top == name:
                return


def _label(name: str, values: str) -> str:
    if values and _ANY_LABEL.search(values):
        for reason, pattern in _LABELS:
            if pattern.search(values):
                return reason
    return _TAG_LABELS.get(name, "")


def blocks(source: str) -> Iterator[Block]:
    """The visible blocks of ``source`` in order.

    >>> [(b.text, b.label) for b in blocks("<nav>Home</nav><p>He <b>said</b> so.</p>")]
    [('Home', 'navigation'), ('He said so.', '')]
    """
    return _blocks(source, _State())


def blocks_and_depth(source: str, *, most: int) -> tuple[list[Block], int]:
    """The blocks, and how deep elements are nested at most (end tags that may be left out count).

    Raises TooManyLines if there are more than ``most`` blocks.
    """
    state = _State()
    return at_most(_blocks(source, state), most), state.deepest


def _blocks(source: str, state: _State) -> Iterator[Block]:
    at, size = 0, len(source)
    while at < size:
        less = source.find("<", at)
        if less < 0:
            break
        name = _NAME.match(source, less)
        if name is None:
            after = _markup_end(source, less)
            if after < 0:  # a "<" that is text
                state.take(source, at, less + 1)
                at = less + 1
            else:
                state.take(source, at, less)
                at = after
            continue
        state.take(source, at, less)
        after = _tag_end(source, name.end(), state)
        if after < 0:
            return  # the last tag never ends
        yield from _tag(state, name.group(1).lower(), source, less, name.end(), after)
        at = after
        raw = _RAW.get(name.group(1).lower())
        if raw is not None and source[less + 1] != "/":
            closing = raw.search(source, at)
            at = closing.start() if closing else size
    state.take(source, at, size)
    yield from state.flush()


def _tag(state: _State, name: str, source: str, less: int, names_end: int, after: int) -> Iterator[Block]:
    """What a tag does: a block boundary flushes, then the stack of open elements changes."""
    if name in BLOCKS:
        yield from state.flush()
    if source[less + 1] == "/":
        state.pop(name)
    elif name not in _VOID and source[after - 2] != "/":
        if name in BLOCKS and state.stack and state.stack[-1][0] == "p":
            state.pop("p")
        if name in ("li", "p", "option", "tr", "td") and state.stack and state.stack[-1][0] == name:
            state.pop(name)  # end tags that may be left out
        state.push(name, source[names_end : after - 1], less)


def _markup_end(source: str, less: int) -> int:
    """Where a comment, declaration or instruction that begins at ``less`` ends, or -1 if it is none."""
    if source.startswith("<!--", less):
        end = source.find("-->", less + 4)
        return end + 3 if end >= 0 else len(source)
    if source.startswith(("<!", "<?", "</"), less):
        end = source.find(">", less)
        return end + 1 if end >= 0 else len(source)
    return -1


def _tag_end(source: str, at: int, state: _State) -> int:
    """The offset behind the ``>`` of a tag whose name ends at ``at``, or -1."""
    if state.broken < _MOST_BROKEN:
        match = _TAG_END.match(source, at, at + _LONGEST_TAG)
        if match:
            return match.end()
        state.broken += 1
    return source.find(">", at) + 1 or -1


def strip_tags(source: str) -> str:
    """The page as a scraper without a tree gives it: one line per block element or line break.

    Scripts, styles and what a browser does not show are gone; menus, forms and footers stay.
    """
    return "\n".join(block.text for block in blocks(source))
