"""Who said what: one statement as a block, and the sections that are made of statements.

timeline            by when it was said, those known to the same days under one bar
who said what       by speaker, then by matter where matters are known, else by report
denials, refusals   what speakers deny, decline, ask, promise and call for
at second hand      speech within speech, and through whom words are known
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from onrecord.export.dossier.material import Material
from onrecord.export.dossier.parts import (
    TONES,
    VERBS,
    AsGiven,
    Block,
    DossierTold,
    Heading,
    Label,
    Line,
    Link,
    Listed,
    Paragraph,
    Period,
    Piece,
    Quoted,
    Scale,
    Section,
    counted,
    joined,
    share,
    when_in_words,
    width_in_words,
)
from onrecord.lang import word_list
from onrecord.store import StatementRow
from onrecord.values import BETWEEN, Span, Spans

UNSURE = 0.5
"""Statements below this confidence are marked: more likely than not they are read wrongly."""

NOTHING: frozenset[str] = frozenset()
_KINDS = {"direct": "quoted", "indirect": "in the report’s words", "mixed": "partly quoted"}
_PRONOUNS = word_list("export", "pronouns")
_ACTS = (
    ("denies", "Denied"),
    ("declines", "Declined"),
    ("promises", "Promised"),
    ("calls_for", "Called for"),
    ("questions", "Asked"),
)


def told(
    material: Material, row: StatementRow, *, above: frozenset[str] = NOTHING, depth: int = 0
) -> DossierTold:
    """One statement as a block.

    Args:
        material: the rows and notes.
        row: the statement.
        above: what the headings above tell and the block need not: "speaker", "when", "report", "within".
        depth: how many statements it stands within.
    """
    mark = material.mark(row)
    who: list[Piece] = [] if "speaker" in above else [*speaker_of(material, row), " "]
    cue = _pieces(material, row, row.cue_spans, mark.note) if re.search(r"\w", row.cue) else ()
    if row.polarity == "asserts":
        who += cue or (VERBS["asserts"],)
    else:
        who.append(Label(VERBS[row.polarity], TONES.get(row.polarity, "other")))
        who += [" ", *cue] if cue else []
    if row.confidence < UNSURE:
        who += [" ", Label(f"uncertain reading, {share(row.confidence)}", "uncertain")]
    what = material.quoted(row.document, row.content_spans, mark) if row.content_spans else (mark,)
    return DossierTold(tuple(who), what, _about(material, row, mark.note, above), depth)


def speaker_of(material: Material, row: StatementRow) -> Line:
    """The names of those who speak; the report's words where nobody is named."""
    if row.speaker:
        return (AsGiven(row.speaker, strong=True),)
    if row.speaker_spans:
        return (*_pieces(material, row, row.speaker_spans, material.mark(row).note), " (not tied to a name)")
    return ("Speaker not stated",)


def timeline(material: Material) -> Section:
    """All statements by when they were said."""
    groups: dict[tuple[str | None, str | None], list[StatementRow]] = {}
    for row in material.statements.values():
        groups.setdefault(material.said(row), []).append(row)
    order = sorted(groups, key=lambda days: (days[0] is None, days[0] or "", days[1] is None, days[1] or ""))
    lowest, highest, cut = _domain([days for days in order for _ in groups[days]])
    blocks: list[Block] = [Paragraph((
        "Each group was said on the day, or at some time within the days, that its heading gives. ",
        "A long bar is a date that is not known, not a long event.",
    ), quiet=True)]  # fmt: skip
    if lowest and highest:
        blocks.append(Scale(_marks(lowest, highest, cut=cut)))
    for days in order:
        start, end = (_share(one, lowest, highest) for one in days)
        blocks.append(Period(_when(*days), start, end))
        blocks += [told(material, row, above=frozenset(["when"])) for row in groups[days]]
    return Section("timeline", "Timeline of statements", tuple(blocks))


def by_speaker(material: Material, matters: dict[tuple[str, str], int]) -> Section:
    """All statements by speaker; ``matters``: (document, id) of a statement -> number of its matter."""
    spoken: dict[str, list[StatementRow]] = {}
    for row in material.statements.values():
        for speaker in row.speaker_ids or ("",):
            spoken.setdefault(speaker, []).append(row)
    blocks: list[Block] = []
    for id, actor in material.actors.items():
        if id in spoken:
            blocks.append(Heading((AsGiven(actor.name),), f"said-{id}"))
            blocks.append(Paragraph((
                *joined(material.worded(id), ", "), *([" · "] if material.worded(id) else []),
                f"{counted(len(spoken[id]), 'statement')} in ",
                counted(len({row.document for row in spoken[id]}), "report"), " · ",
                Link("in the cast", f"actor-{id}"),
            ), quiet=True))  # fmt: skip
            blocks += _grouped(material, spoken[id], matters, frozenset(["speaker"]))
    rest = [row for id, rows in spoken.items() if id not in material.actors for row in rows]
    if rest:
        blocks.append(Heading(("Nobody named",), "said-nobody"))
        blocks += _grouped(material, rest, matters, NOTHING)
    return Section("said", "Who said what", tuple(blocks))


def acts(material: Material) -> Section | None:
    """What is no plain assertion, by what the speaker does."""
    blocks: list[Block] = []
    for polarity, title in _ACTS:
        rows = [row for row in material.statements.values() if row.polarity == polarity]
        if rows:
            blocks.append(Heading((title,), f"act-{polarity}"))
            blocks += [told(material, row) for row in rows]
    if not blocks:
        return None
    words = "What stands below “denies” is what the speaker rejects, not what the speaker holds."
    hint = Paragraph((words,), quiet=True)
    return Section("acts", "Denials, refusals, promises and demands", (hint, *blocks))


def second_hand(material: Material) -> Section | None:
    """Speech within speech, and the agencies, outlets and interviews that words went through."""
    below: dict[tuple[str, str], list[StatementRow]] = {}
    for row in material.statements.values():
        if row.parent and (row.document, row.parent) in material.statements:
            below.setdefault((row.document, row.parent), []).append(row)
    blocks: list[Block] = []
    inner = {(row.document, row.id) for rows in below.values() for row in rows}
    roots = [key for key in material.statements if key in below and key not in inner]
    if roots:
        blocks.append(Heading(("Speech within speech",)))
        for key in roots:
            blocks += _nested(material, key, below, 0)
    through: dict[str, list[StatementRow]] = {}
    for row in material.statements.values():
        for name in (row.via or "").split("; "):
            if name:
                through.setdefault(name, []).append(row)
    if through:
        blocks.append(Heading(("Through whom words are known",)))
        lines = [_through(material, name, rows) for name, rows in sorted(through.items())]
        blocks.append(Listed(tuple(lines)))
    return Section("second-hand", "At second hand", tuple(blocks)) if blocks else None


def _through(material: Material, name: str, rows: Sequence[StatementRow]) -> Line:
    by_speaker: dict[Line, list[Piece]] = {}
    for row in rows:
        by_speaker.setdefault(speaker_of(material, row), []).append(material.mark(row))
    who = joined(((*speaker, *marks) for speaker, marks in by_speaker.items()), "; ")
    return (AsGiven(name, strong=True), ": ", *who)


def _nested(
    material: Material, key: tuple[str, str], below: dict[tuple[str, str], list[StatementRow]], depth: int
) -> Iterable[Block]:
    above = frozenset(["within"]) if depth else NOTHING
    yield told(material, material.statements[key], above=above, depth=depth)
    for row in below.pop(key, ()):  # taken away, so that a circle ends
        yield from _nested(material, (row.document, row.id), below, depth + 1)


def _grouped(
    material: Material,
    rows: Sequence[StatementRow],
    matters: dict[tuple[str, str], int],
    above: frozenset[str],
) -> Iterable[Block]:
    groups: dict[tuple[bool, int], list[StatementRow]] = {}
    for row in rows:
        matter = matters.get((row.document, row.id))
        key = (True, material.numbers[row.document]) if matter is None else (False, matter)
        groups.setdefault(key, []).append(row)
    for (alone, number), found in sorted(groups.items(), key=lambda one: one[0]):
        yield Heading(_group(material, found[0], alone, number), level=4)
        told_above = above | {"report"} if alone else above
        yield from (told(material, row, above=told_above) for row in found)


def _group(material: Material, row: StatementRow, alone: bool, number: int) -> Line:
    if not alone:
        return (Link(f"Matter {number}", f"matter-{number}"),)
    named: Line = (
        (AsGiven(row.outlet),) if row.outlet else ("“", AsGiven(row.title), "”") if row.title else ()
    )
    date = f", {material.source_date(row.document)}"
    return (material.report(row.document), *((", ", *named) if named else ()), date)


def _about(material: Material, row: StatementRow, note: int, above: frozenset[str]) -> Line:
    pieces: Callable[..., Line] = lambda spans: _pieces(material, row, spans, note)  # noqa: E731
    report: Line = (
        material.report(row.document),
        *((", ", AsGiven(row.outlet)) if row.outlet else ()),
    )
    found: list[Line] = [
        () if "report" in above else report,
        () if "when" in above else (_when_short(*material.said(row)),),
        (_KINDS[row.kind],),
    ]
    if row.speaker and not _named(row):
        found.append(("named there as ", *pieces(row.speaker_spans)))
    outer = None if "within" in above else material.statements.get((row.document, row.parent or ""))
    if outer is not None:
        found.append(("within what ", *speaker_of(material, outer), " says", material.mark(outer)))
    if row.via:
        found.append(("through ", AsGiven(row.via)))
    for label, spans in (
        ("at ", row.venue_spans), ("to ", row.addressee_spans), ("hedged: ", row.hedged_spans),
        ("the report keeps its distance: ", row.distanced_spans),
    ):  # fmt: skip
        if spans:
            found.append((label, *pieces(spans)))
    shown = [one for one in row.polarity_spans if not _within(one, row.cue_spans)]
    if row.polarity != "asserts" and shown:
        found.append(("shown by ", *pieces(shown)))
    return joined(found, " · ")


def _named(row: StatementRow) -> bool:
    """Whether the report's words for the speaker hold the speaker's name."""
    words = {word.casefold() for word in re.findall(r"\w+", row.speaker_text)} - _PRONOUNS
    wanted = (row.speaker or "").split("; ")
    return len(wanted) == 1 and any(word.casefold() in words for word in re.findall(r"\w+", wanted[0])[-1:])


def _pieces(material: Material, row: StatementRow, spans: Iterable[tuple[int, int]], note: int) -> Line:
    """The characters of ``spans``, words beside each other as one piece."""
    text = material.documents[row.document].text
    pieces: list[tuple[int, int]] = []
    for a, b in spans:
        if pieces and not text[pieces[-1][1] : a].strip():
            pieces[-1] = (pieces[-1][0], b)
        else:
            pieces.append((a, b))
    return joined((("“", Quoted(text[a:b], row.document, a, b, note), "”") for a, b in pieces), BETWEEN)


def _within(span: Span, spans: Spans) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in spans)


def _when(earliest: str | None, latest: str | None) -> Line:
    words = when_in_words(earliest, latest)
    words = words[:1].upper() + words[1:]
    wide = earliest and latest and latest > earliest
    return (words, f" (known to within {width_in_words(earliest or '', latest or '')})") if wide else (words,)


def _when_short(earliest: str | None, latest: str | None) -> str:
    words = when_in_words(earliest, latest)
    return "undated" if words == "undated" else f"said {words}"


def _domain(days: Sequence[tuple[str | None, str | None]]) -> tuple[str | None, str | None, bool]:
    """First and last day of the scale, and whether days lie beyond it.

    A few days far off would leave no width for all others, so where nine tenths of the bounds fit in a
    quarter of the scale, it holds these.
    """
    known = sorted(one for pair in days for one in pair if one)
    if not known or known[0] == known[-1]:
        return None, None, False
    tail = len(known) // 20
    inner = known[tail : len(known) - tail]
    cut = inner[0] < inner[-1] and _days(inner[0], inner[-1]) * 4 < _days(known[0], known[-1])
    return (inner[0], inner[-1], True) if cut else (known[0], known[-1], False)


def _days(first: str, last: str) -> int:
    return date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal()


def _share(day: str | None, lowest: str | None, highest: str | None) -> float | None:
    if day is None or lowest is None or highest is None:
        return None
    return round(min(max(_days(lowest, day) / _days(lowest, highest), 0.0), 1.0), 4)


def _marks(lowest: str, highest: str, *, cut: bool) -> tuple[tuple[float, str], ...]:
    """The ends of the scale, and the turns of years or months between them where they are not too many."""
    first, last = date.fromisoformat(lowest), date.fromisoformat(highest)
    turns = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    if len(turns) < 2:
        months = range(first.year * 12 + first.month, last.year * 12 + last.month)
        turns = [date(one // 12, one % 12 + 1, 1) for one in months]
    step = len(turns) // 8 + 1
    inner = [(_share(one.isoformat(), lowest, highest) or 0.0, one) for one in turns[::step]]
    form = "%Y" if len(turns) > 1 and turns[0].month == turns[-1].month == 1 else "%Y-%m"
    kept = [(at, one.strftime(form)) for at, one in inner if 0.12 < at < 0.88]
    ends = (f"≤ {lowest}", f"{highest} ≤") if cut else (lowest, highest)
    return ((0.0, ends[0]), *kept, (1.0, ends[1]))
