"""Times against the English specs of Recognizers-Text: which cases apply and when one is right.

The files are lists of cases: an input, a reference time, and what should be found. Read are the extractors
and parsers of dates and of dates with times, and the whole model; the other files test parts of those.

A case applies if its authors do not mark it as unsupported in one of their own four versions: then it is
settled what is right. Times of day and spans within a day ("from 3 to 5pm"), as in the booking of meetings,
apply too. Every category is reported, and the share of the cases that are marked.

A case is right if each expression asked for is found, with its value, and nothing else is found outside
these. Found: ours overlaps it; of a range, both ends may be two expressions, as TIMEX3 has them. Value: the
same TIMEX3 value; or, as a spec leaves the year open and offers a past and a future day, the same days as one
of these (where it offers none, any year). A few are three there and X in TIMEX3. "Two months ago" is a month
in TIMEX3 and a day there: right if the day lies within ours. A time of day has a day in
TIMEX3 and none there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import Interval, Span, TimeExpression

FILES = ("DateExtractor", "DateParser", "DateTimeExtractor", "DateTimeParser", "DateTimeModel")
_NEVER = "2016-11-07T00:00:00"
_RANGE = re.compile(r"\(([^,]+),([^,]+),(P[^)]+)\)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One expression a case asks for: where, of which type, and the values that are right (none: any)."""

    span: Span
    type: str
    values: frozenset[str] = frozenset()
    days: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # first and last, inclusive


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a spec."""

    file: str
    input: str
    reference: str
    wanted: tuple[Wanted, ...]
    settled: bool  # not marked as unsupported anywhere

    @property
    def category(self) -> str:
        """What kind of case it is, for the report."""
        kinds = {one.type for one in self.wanted}
        return "nothing to find" if not kinds else "+".join(sorted(kinds))


def cases(data_dir: Path) -> Iterator[Case]:
    """The cases of the files that are read, in order."""
    for name in FILES:
        path = data_dir / f"{name}.json"
        for raw in json.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else ():
            results = [one for one in raw.get("Results") or [] if isinstance(one, Mapping)]
            yield Case(
                name,
                raw["Input"],
                (raw.get("Context") or {}).get("ReferenceDateTime") or _NEVER,
                tuple(_wanted(raw["Input"], one) for one in results),
                not raw.get("NotSupported") and not raw.get("NotSupportedByDesign"),
            )


def _wanted(text: str, raw: Mapping[str, Any]) -> Wanted:
    start = raw.get("Start")
    start = text.lower().find(raw["Text"].lower()) if start is None else int(start)
    span = (max(0, start), max(0, start) + len(raw["Text"]))
    kind = (raw.get("TypeName") or raw.get("Type") or "").rpartition(".")[2]
    values: set[str] = set()
    days: set[tuple[str, str]] = set()
    if raw.get("Value"):
        value = raw["Value"]
        values.add(value.get("Timex") or "")
        for side in ("PastResolution", "FutureResolution"):
            days |= _days((value.get(side) or {}).values())
    for one in (raw.get("Resolution") or {}).get("values") or []:
        values.add(one.get("timex", ""))
        if "value" in one:
            days |= _days([one["value"]])
        elif "start" in one and "end" in one:
            days |= {(one["start"], _day_before(one["end"]))}
    return Wanted(span, kind, frozenset(values - {""}), frozenset(days))


def _days(texts: Any) -> set[tuple[str, str]]:
    return {(text, text) for text in texts if re.match(r"[1-9]\d{3}-\d\d-\d\d", str(text))}


def _day_before(end: str) -> str:
    try:
        return (date.fromisoformat(end[:10]) - timedelta(days=1)).isoformat() if len(end) == 10 else end
    except (ValueError, OverflowError):
        return end


def is_right(case: Case) -> bool:
    """Whether what is found in the case is what it asks for."""
    anchor = Interval(case.reference, case.reference, "second", "reference")
    found = find_times(Doc.of(case.input), anchor=anchor)
    inside = [one for one in found if any(_overlap(one.span, each.span) for each in case.wanted)]
    return len(inside) == len(found) and all(
        _answers(each, [one for one in found if _overlap(one.span, each.span)]) for each in case.wanted
    )


def _overlap(a: Span, b: Span) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])


def _answers(wanted: Wanted, found: Sequence[TimeExpression]) -> bool:
    if not found:
        return False
    if not wanted.values and not wanted.days:
        return len(found) == 1 or wanted.type.endswith("range")
    if len(found) == 1:
        return _same(wanted, found[0])
    if len(found) != 2 or not wanted.type.endswith("range"):
        return False
    starts = {(first, first) for first, _ in wanted.days}
    ends = {(last, last) for _, last in wanted.days}
    begins = Wanted(
        wanted.span, "", frozenset(m[1] for v in wanted.values if (m := _RANGE.match(v))), frozenset(starts)
    )
    stops = Wanted(
        wanted.span, "", frozenset(m[2] for v in wanted.values if (m := _RANGE.match(v))), frozenset(ends)
    )
    return _begins(begins, found[0]) and _ends(stops, found[1])


def _begins(wanted: Wanted, mine: TimeExpression) -> bool:
    if _told(mine.value, wanted.values):
        return True
    return bool(
        bool(mine.interval)
        and any(
            mine.interval is not None and mine.interval.earliest[:10] == first[:10]
            for first, _ in wanted.days
        )
    )


def _ends(wanted: Wanted, mine: TimeExpression) -> bool:
    """A range ends with its last day, or before its end; of months and years the specs give the first day."""
    if _told(mine.value, wanted.values):
        return True
    if mine.interval is None or any("T" in value for value in wanted.values):
        return False
    first, last = mine.interval.earliest[:10], mine.interval.latest[:10]
    for _, end in wanted.days:
        after = (date.fromisoformat(end[:10]) + timedelta(days=1)).isoformat() if len(end) >= 10 else end
        if end[:10] in (first, last) or after in (first, last):
            return True
    return False


def _same(wanted: Wanted, mine: TimeExpression) -> bool:
    value = _plain_value(mine.value)
    if _told(mine.value, wanted.values):
        return True
    if not wanted.days and any(_agrees(each, value) for each in wanted.values):
        return True
    if mine.interval is None:
        return False
    first, last = mine.interval.earliest, mine.interval.latest
    for begin, end in wanted.days:
        begin, end = begin.replace(" ", "T"), end.replace(" ", "T")
        if (first, last) == (begin, end) or (first[:16], last[:16]) == (begin[:16], end[:16]):
            return True
        if "T" in begin and (first + ":00:00")[:16] == begin[:16] and mine.type == "time":
            return True
        coarse = mine.rule.startswith("counted") and len(mine.value) < 9 and begin == end
        if coarse and first[:10] <= begin[:10] <= last[:10]:
            return True
        if mine.rule.startswith("length") and first[:10] <= begin[:10] and end[:10] <= last[:10]:
            return True
    return False


def _told(value: str, values: Iterable[str]) -> bool:
    """Whether a value is one of ``values``; a time of day, which we give a day, without its day."""
    mine = _plain_value(value)
    wanted = {_plain_value(each) for each in values}
    return mine in wanted or ("T" in mine and mine[mine.find("T") :] in wanted)


def _agrees(wanted: str, value: str) -> bool:
    """Whether two values are the same where neither has an X; a few are three there and X in TIMEX3."""
    if "X" in wanted and len(wanted) == len(value):
        return all(a in (b, "X") for a, b in zip(wanted, value, strict=True))
    return "X" in value and value.startswith("P") and wanted == value.replace("X", "3")


def evaluate_specs(data_dir: Path) -> dict[str, Any]:
    """The share of the cases that apply that are right, by file and by category, and that of the rest."""
    all_: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for case in cases(data_dir):
        group = "unsettled" if not case.settled else case.category
        applies = case.settled
        keys = [f"category {group}"] + (["applies", f"file {case.file}"] if applies else [])
        all_.update(keys)
        if is_right(case):
            right.update(keys)
    shares = {key: {"cases": all_[key], "right": round(right[key] / all_[key], 4)} for key in sorted(all_)}
    return {"applies": shares.pop("applies"), **shares}


def _plain_value(value: str) -> str:
    """A value without what is only a way of writing: "T07:00" and "T07", a day that nobody knows."""
    value = value.removeprefix("XXXX-XX-XX") if "T" in value else value
    return re.sub(r"(T\d\d):00(?::00)?\Z", r"\1", value)
