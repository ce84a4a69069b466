"""Which rows differ between two exports of a record, and in which columns."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
_CUT = 70  # characters shown of a value
_COMMON = 50  # a value that so many rows have does not show which row became which


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a listing: columns that only one has; rows that only one has; rows that changed."""

    columns_gone: tuple[str, ...]
    columns_new: tuple[str, ...]
    gone: tuple[Row, ...]
    new: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]
    moved: bool  # the same rows in another order

    def columns(self) -> Counter[str]:
        """In how many changed rows each column differs."""
        return Counter(column for old, new in self.changed for column in _differing(old, new))


def difference(before: Sequence[Row], after: Sequence[Row]) -> Difference:
    """How the rows ``after`` differ from those ``before``.

    A row with the id of another is that row, changed; else the row that shares most values with it, at least
    half of its columns, is. Columns that only one side has are told and not compared.
    """
    had, has = _columns(before), _columns(after)
    common = [name for name in has if name in had] if had and has else [*had, *has]
    old, new = _but_equal(before, after, common)
    pairs = [*_by_id(old, new), *_by_values(old, new, len(common))]
    moved = not old and not new and not pairs and _keys(before, common) != _keys(after, common)
    apart = bool(had and has)
    return Difference(
        tuple(name for name in had if name not in has) if apart else (),
        tuple(name for name in has if name not in had) if apart else (),
        tuple(old),
        tuple(new),
        tuple(pairs),
        moved,
    )


def changes(before: Path, after: Path, *, most: int) -> Iterator[str]:
    """In words, how the listings in folder ``after`` differ from those in ``before``, ``most`` of each."""
    names = sorted({path.name for folder in (before, after) for path in folder.glob("*.jsonl")})
    if not any(before.glob("*.jsonl")):
        yield f"no exports are kept in {before}: make them with --keep, before the change"
        return
    for name in names:
        found = difference(_read(before / name), _read(after / name))
        yield from _told(name.removesuffix(".jsonl"), found, most)
    yield from _dossier(before / "dossier.md", after / "dossier.md", most)


def _told(name: str, found: Difference, most: int) -> Iterator[str]:
    for column in found.columns_gone:
        yield f"{name}: column {column} is gone"
    for column in found.columns_new:
        yield f"{name}: column {column} is new"
    if found.moved:
        yield f"{name}: the same rows in another order"
    if not (found.gone or found.new or found.changed):
        return
    yield f"{name}: {len(found.gone)} rows gone, {len(found.new)} new, {len(found.changed)} changed"
    if found.changed:
        yield "    " + ", ".join(f"{column} in {count}" for column, count in found.columns().most_common())
    lines = (
        *(f"  - {_short(row)}" for row in found.gone[:most]),
        *(f"  + {_short(row)}" for row in found.new[:most]),
        *(f"  ~ {_change(old, new)}" for old, new in found.changed[:most]),
    )
    yield from lines


def _dossier(before: Path, after: Path, most: int) -> Iterator[str]:
    if not (before.is_file() and after.is_file()):
        return
    old, new = (path.read_text("utf-8").splitlines() for path in (before, after))
    if old == new:
        return
    # Sets of lines, as a comparison in order takes minutes where much has changed.
    gone, added = Counter(old) - Counter(new), Counter(new) - Counter(old)
    counts = f"{gone.total()} lines gone, {added.total()} new"
    yield f"dossier: {counts if gone or added else 'the same lines in another order'}"
    for sign, lines in (("-", gone), ("+", added)):
        yield from (f"  {sign} {_cut(line)}" for line in islice(lines, most))


def _but_equal(
    before: Sequence[Row], after: Sequence[Row], common: Sequence[str]
) -> tuple[list[Row], list[Row]]:
    """Rows of each side, cut to the ``common`` columns, that the other side does not have."""
    keys_before, keys_after = _keys(before, common), _keys(after, common)
    return (
        _left(before, keys_before, Counter(keys_after), common),
        _left(after, keys_after, Counter(keys_before), common),
    )


def _left(rows: Sequence[Row], keys: Sequence[str], other: Counter[str], common: Sequence[str]) -> list[Row]:
    left: list[Row] = []
    for row, key in zip(rows, keys, strict=True):
        if other[key]:
            other[key] -= 1
        else:
            left.append({name: row[name] for name in common})
    return left


def _by_id(old: list[Row], new: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Rows with one id on both sides; they are taken out of ``old`` and ``new``."""
    ids = [Counter(row.get("id") for row in rows) for rows in (old, new)]
    both = {id for id in ids[0] if id is not None and ids[0][id] == ids[1][id] == 1}
    was = {row["id"]: row for row in old if row.get("id") in both}
    pairs = [(was[row["id"]], row) for row in new if row.get("id") in both]
    old[:] = [row for row in old if row.get("id") not in both]
    new[:] = [row for row in new if row.get("id") not in both]
    yield from pairs


def _by_values(old: list[Row], new: list[Row], columns: int) -> Iterator[tuple[Row, Row]]:
    """Rows that share most values with one of the other side; they are taken out of ``old`` and ``new``."""
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(old):
        for cell in _cells(row):
            having[cell].append(number)
    scored = []
    for number, row in enumerate(new):
        cells = _cells(row)
        likely = {one for cell in cells if len(having[cell]) <= _COMMON for one in having[cell]}
        for one in likely:
            shared = len(cells & _cells(old[one]))
            if shared * 2 >= columns:
                scored.append((-shared, one, number))
    became: dict[int, int] = {}
    found: set[int] = set()
    for _, one, number in sorted(scored):
        if one not in became and number not in found:
            became[one] = number
            found.add(number)
    pairs = [(old[one], new[number]) for one, number in became.items()]
    new[:] = [row for number, row in enumerate(new) if number not in found]
    old[:] = [row for number, row in enumerate(old) if number not in became]
    yield from pairs


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(rows[0]) if rows else []


def _keys(rows: Sequence[Row], columns: Sequence[str]) -> list[str]:
    return [json.dumps([row[name] for name in columns]) for row in rows]


def _cells(row: Row) -> set[tuple[str, str]]:
    return {(name, json.dumps(value)) for name, value in row.items()}


def _differing(old: Row, new: Row) -> list[str]:
    return [name for name in old if old[name] != new[name]]


def _change(old: Row, new: Row) -> str:
    where = f"{_place(old)} " if _place(old) else ""
    cells = (f"{name}: {_cut(old[name])} → {_cut(new[name])}" for name in _differing(old, new))
    return where + "; ".join(cells)


def _place(row: Row) -> str:
    return " ".join(str(row[name]) for name in ("id", "document") if row.get(name))


def _short(row: Row) -> str:
    told = {name: value for name, value in row.items() if value not in (None, "", [], False)}
    return ", ".join(f"{name}: {_cut(value)}" for name, value in told.items())


def _cut(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= _CUT else text[: _CUT - 1] + "…"


def _read(path: Path) -> list[Row]:
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    return [json.loads(line) for line in lines if line]
