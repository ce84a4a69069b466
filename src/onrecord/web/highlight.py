"""Where in the text of a report stood what was left out of it: found by the letters around.

The original (HTML, Markdown, a page as text) and the canonical text differ in white space, marks and what was
left out, but the letters of a paragraph come in the same order in both. The beginnings of paragraphs are
looked up in the original; those that are found in order fix the places of all that lies between.

Texts with highlights that cross: cut at every boundary, so that nothing has to lie within anything;
numbered marks; paragraphs and parts of long reports; and which rows of a report can be highlighted.

    text       The envoy said the ship left on Monday."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.errors import UsageError
from onrecord.store import AccountMemberRow, MentionRow, PositionSeenRow, Record, StatementRow, TimeRow
from onrecord.values import RawKind, Span, Spans
from onrecord.web.ask import Ask, link

_RUN = re.compile(r"[^\W_]+")
_NAMED = re.compile(r"&#?\w{1,8};")
_KEY = 40  # letters of a paragraph that are looked up
_LEAST = 8  # fewer letters than this stand in too many places
_SILENT = ("script", "style")


def places(
    text: str, paragraphs: Sequence[Span], original: str, kind: RawKind, pieces: Sequence[Span]
) -> list[int | None]:
    """Before which paragraph (number; their count: after the last) each piece of ``original`` stood.

    None where no paragraph could be found in the original. ``pieces``: spans in ``original``.
    """
    stream = _Letters(without_tags(original) if kind == "html" else original)
    found = []
    after = 0
    for number, (start, end) in enumerate(paragraphs):
        key = _Letters(text[start : min(end, start + 4 * _KEY)]).joined[:_KEY]
        if len(key) < _LEAST:
            continue
        at = stream.joined.find(key, after)
        if at < 0:
            at = stream.joined.find(key)
        if at >= 0:
            after = at + len(key)
            found.append((number, stream.place(at)))
    found = _in_order(found)
    if not found:
        return [None] * len(pieces)
    begins = [at for _, at in found]
    numbers = [found[0][0], *(number + 1 for number, _ in found)]
    return [numbers[bisect_right(begins, start)] for start, _ in pieces]


def without_tags(source: str) -> str:
    """HTML with tags, comments, scripts, styles and named characters blanked: all others keep their places.

    One pass, however broken the source is.

    >>> without_tags("<p>a<br>b</p>")
    '   a    b    '
    """
    found: list[str] = []
    at, lowered = 0, _lowered(source)
    while (tag := source.find("<", at)) >= 0:
        found.append(source[at:tag])
        after = _after(lowered, tag)
        found.append(" " * (after - tag))
        at = after
    return _NAMED.sub(lambda named: " " * len(named[0]), "".join([*found, source[at:]]))


def _after(lowered: str, tag: int) -> int:
    """Where the tag, comment or silent element that begins at ``tag`` is over."""
    closing = "-->" if lowered.startswith("<!--", tag) else ">"
    for name in _SILENT:
        if lowered.startswith(f"<{name}", tag):
            closing = f"</{name}>"
    at = lowered.find(closing, tag)
    return len(lowered) if at < 0 else at + len(closing)


class _Letters:
    """The letters and digits of a text without what is between, and where each stood."""

    def __init__(self, text: str) -> None:
        runs = [(match.start(), match.group()) for match in _RUN.finditer(text)]
        self.joined = _lowered("".join(run for _, run in runs))
        self._starts = [start for start, _ in runs]
        self._before = [0]
        for _, run in runs:
            self._before.append(self._before[-1] + len(run))

    def place(self, letter: int) -> int:
        """Where in the text the letter with this number stands."""
        run = bisect_right(self._before, letter) - 1
        return self._starts[run] + letter - self._before[run]


def _lowered(text: str) -> str:
    """In lower case, as long as before: letters that become two stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def _in_order(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of ``found`` (numbers rise) whose places rise, too."""
    tails: list[int] = []  # least place that ends a chain of each length
    chains: list[int] = []  # which of ``found`` that is
    before: list[int] = []
    for index, (_, at) in enumerate(found):
        length = bisect_left(tails, at)
        before.append(chains[length - 1] if length else -1)
        tails[length : length + 1] = [at]
        chains[length : length + 1] = [index]
    kept = []
    at = chains[-1] if chains else -1
    while at >= 0:
        kept.append(found[at])
        at = before[at]
    return kept[::-1]


@dataclass(frozen=True, slots=True)
class Cover:
    """One highlight.

    Attributes:
        start: first code point in the text.
        end: code point after the last.
        layer: what kind of highlight: "speaker", "content", "mention" ...
        of: id of what it belongs to.
        goal: address within the app that it leads to; empty: none.
        says: what it is, in words.
    """

    start: int
    end: int
    layer: str
    of: str = ""
    goal: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text with one set of highlights: ``covers``, the widest first."""

    start: int
    end: int
    text: str
    covers: tuple[Cover, ...]

    @property
    def layers(self) -> frozenset[str]:
        """The kinds of its highlights."""
        return frozenset(one.layer for one in self.covers)

    def depth(self, layer: str) -> int:
        """How many highlights of one kind lie over each other here."""
        return sum(one.layer == layer for one in self.covers)


def segments(
    text: str, covers: Iterable[Cover], within: Span | None = None, *, cuts: Iterable[int] = ()
) -> list[Segment]:
    """The text from ``within[0]`` to ``within[1]`` (all of it, if None) in flat pieces, none of them empty.

    Put together again they give the text; each has just the highlights that cover it, and two that touch
    have different ones or one of ``cuts`` between them. Empty highlights show nowhere. Raises ValueError for
    one that is out of the text.

    >>> [(one.text, sorted(one.layers)) for one in segments("abcd", [Cover(0, 3, "x"), Cover(2, 4, "y")])]
    [('ab', ['x']), ('c', ['x', 'y']), ('d', ['y'])]
    """
    first, last = within or (0, len(text))
    if not 0 <= first <= last <= len(text):
        raise ValueError(f"no part of a text of {len(text)} code points: {within}")
    begin: dict[int, list[Cover]] = {}
    ends: set[int] = set()
    for one in covers:
        if not 0 <= one.start <= one.end <= len(text):
            raise ValueError(f"out of a text of {len(text)} code points: {one}")
        start, end = max(one.start, first), min(one.end, last)
        if start < end:
            begin.setdefault(start, []).append(one)
            ends.add(end)
    wanted = {one for one in cuts if first < one < last}
    bounds = sorted({first, last, *begin, *ends, *wanted})
    found: list[Segment] = []
    active: list[Cover] = []
    for start, end in pairwise(bounds):
        active = [one for one in active if one.end > start] + begin.get(start, [])
        covering = tuple(sorted(active, key=_widest_first))
        if found and found[-1].covers == covering and start not in wanted:
            start = found.pop().start
        found.append(Segment(start, end, text[start:end], covering))
    return found


def _widest_first(one: Cover) -> tuple[int, int, str, str, str]:
    return one.start - one.end, one.start, one.layer, one.of, one.goal


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A stretch of text with the numbers of the marks that lie on it; ``ends``: of those that end with it."""

    text: str
    marks: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


Marks = Iterable[tuple[Span, int]]


def cut(text: str, start: int, marks: Marks) -> tuple[ReportPart, ...]:
    """``text``, which begins at ``start``, cut wherever a mark begins or ends.

    What of a mark lies outside is left away. The parts together are the text.

    >>> [(part.text, part.marks) for part in cut("fourteen people", 10, [((10, 18), 1), ((14, 25), 2)])]
    [('four', (1,)), ('teen', (1, 2)), (' people', (2,))]
    """
    end = start + len(text)
    covers = [
        Cover(max(a, start) - start, min(b, end) - start, "mark", str(number))
        for (a, b), number in marks
        if a < end and b > start
    ]
    return tuple(
        ReportPart(
            one.text, _numbers(one.covers), _numbers(cover for cover in one.covers if cover.end == one.end)
        )
        for one in segments(text, covers)
    )


def _numbers(covers: Iterable[Cover]) -> tuple[int, ...]:
    return tuple(sorted({int(one.of) for one in covers}))


def pieces(texts: Sequence[str], spans: Spans, marks: Marks) -> tuple[tuple[ReportPart, ...], ...]:
    """Each piece of a quotation, cut by marks that are code points of its report.

    Args:
        texts: the characters of each piece.
        spans: where each stands in the text of its report.
        marks: spans in the same text, each with its number.
    """
    kept = tuple(marks)
    return tuple(cut(text, start, kept) for text, (start, _) in zip(texts, spans, strict=True))


LONGEST = 6_000  # code points of a paragraph that is shown as one; a text need not have any empty line
PART_LENGTH = 25_000  # code points of a part, about; some ten printed pages
PART_STATEMENTS = 120  # statements of a part, about

_BREAK = "\n\n"


def paragraphs(text: str, *, longest: int = LONGEST) -> list[Span]:
    r"""Where paragraphs stand: what lies between empty lines, cut at white space where it is too long.

    Between two of them there is white space or nothing; none is empty. There is one at least, unless the
    text is nothing but line ends.

    >>> paragraphs("One.\n\n\nTwo two.", longest=5)
    [(0, 4), (7, 10), (11, 15)]
    """
    found: list[Span] = []
    at = 0
    while at < len(text):
        end = text.find(_BREAK, at)
        end = len(text) if end < 0 else end
        while end - at > longest:
            cut = max(text.rfind(" ", at + 1, at + longest + 1), text.rfind("\n", at + 1, at + longest + 1))
            cut = cut if cut > at else at + longest
            found.append((at, cut))
            at = cut + (text[cut] in " \n")
        if at < end:
            found.append((at, end))
        at = end
        while at < len(text) and text[at] == "\n":
            at += 1
    return found


def parts(
    paragraphs: Sequence[Span],
    starts: Sequence[int],
    *,
    length: int = PART_LENGTH,
    statements: int = PART_STATEMENTS,
) -> list[Span]:
    """Which paragraphs (numbers, half-open) make one part each: as many as stay within both bounds, one at
    least. A text without paragraphs is one empty part.

    Args:
        paragraphs: spans in the text, in order.
        starts: where statements begin, in order.
        length: most code points of a part.
        statements: most statements that begin in it.
    """
    found: list[Span] = []
    first = 0
    for number, (_, end) in enumerate(paragraphs):
        begin = paragraphs[first][0]
        begun = bisect_left(starts, end) - bisect_left(starts, begin)
        if number > first and (end - begin > length or begun > statements):
            found.append((first, number))
            first = number
    found.append((first, len(paragraphs)))
    return found


def part_of(paragraphs: Sequence[Span], parts: Sequence[Span], at: int) -> int:
    """Number (from 0) of the part that holds the code point ``at``; one between two is of the later."""
    for number, (_, last) in enumerate(parts):
        if last and at < paragraphs[last - 1][1]:
            return number
    return len(parts) - 1


LAYERS = ("statements", "mentions", "times", "positions", "accounts")
_DEFAULT = ("statements",)
_NONE = "none"


def chosen_layers(ask: Ask) -> tuple[str, ...]:
    """The layers that ``show`` names, in their order; raises UsageError for one that is not known.

    >>> chosen_layers(Ask("/report/d_1", query=(("show", "times,statements"),)))
    ('statements', 'times')
    """
    given = [one.strip() for value in ask.every("show") for one in value.split(",") if one.strip()]
    for one in given:
        if one not in (*LAYERS, _NONE):
            hint = f"any of {', '.join(LAYERS)}, joined by commas, or {_NONE}"
            raise UsageError(f"show: unknown layer: {one!r}", hint=hint)
    return tuple(one for one in LAYERS if one in (given or _DEFAULT))


def switched(layers: tuple[str, ...], one: str) -> str:
    """What ``show`` is with one layer switched over.

    >>> switched(("statements",), "times"), switched(("statements",), "statements")
    ('statements,times', 'none')
    """
    return ",".join(name for name in LAYERS if (name in layers) != (name == one)) or _NONE


def of_statements(rows: Iterable[StatementRow]) -> Iterator[Cover]:
    """Speaker, cue and content of each."""
    for row in rows:
        for layer, spans in (
            ("speaker", row.speaker_spans),
            ("cue", row.cue_spans),
            ("content", row.content_spans),
        ):
            yield from (Cover(start, end, layer, row.id) for start, end in spans)


def of_mentions(rows: Iterable[MentionRow]) -> Iterator[Cover]:
    """Whom each one stands for; pronouns only where somebody is known."""
    for row in rows:
        goal = link(f"/actor/{row.actor_id}") if row.actor_id else ""
        says = f"{row.actor or row.name or row.quote}, {row.kind}"
        if goal or row.form != "pronoun":
            yield Cover(row.start, row.end, "mention", row.actor_id or row.id, goal, says)


def of_times(rows: Iterable[TimeRow]) -> Iterator[Cover]:
    """What each one means."""
    for row in rows:
        days = " to ".join(dict.fromkeys(one[:10] for one in (row.earliest, row.latest) if one))
        yield Cover(row.start, row.end, "time", row.id, "", f"{row.type} {days or row.value}")


def of_positions(rows: Iterable[PositionSeenRow]) -> Iterator[Cover]:
    """The words that tell a relation."""
    for row in rows:
        goal = link(f"/position/{row.position}") if row.position else ""
        says = f"position: {row.holder_text} {row.quote} {row.target_text} ({row.status})"
        yield from (Cover(start, end, "position", row.id, goal, says) for start, end in row.quote_spans)


def of_accounts(rows: Iterable[AccountMemberRow]) -> Iterator[Cover]:
    """What other reports or speakers agree with or contradict."""
    for row in rows:
        stance = "what others are compared with" if row.lead else row.stance.replace("_", " ")
        goal = link(f"/account/{row.account}")
        yield from (Cover(a, b, "account", row.id, goal, f"in an account: {stance}") for a, b in row.spans)


def positions_in(record: Record, id: str) -> list[PositionSeenRow]:
    """Every place of a report that tells of a position."""
    return list(iter(record.positions_seen(document=id)))


def accounts_in(record: Record, id: str) -> list[AccountMemberRow]:
    """What of a report is in accounts; the members in other reports are left out."""
    return [one for one in record.account_members(document=id) if one.document == id]
