"""Positions that nobody holds, with whatever columns their rows have."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from onrecord.store import PositionRow, PositionSeenRow

# What stands in a column that a test does not care for.
_BLANK: dict[str, Any] = {"str": "", "int": 0, "float": 0.5, "bool": False}


def made(kind: Any, **given: Any) -> Any:
    """A row of ``kind`` with these values; other columns are empty."""
    values = {}
    for one in fields(kind):
        type = str(one.type)
        values[one.name] = None if "None" in type else _BLANK.get(type, ())
    return kind(**{**values, **given})


def seen(id: str, position: str, sentence: str, words: str, holder: str, target: str, **given: Any) -> Any:
    """A place that tells of a position; the words are found in the sentence, which begins at 100."""

    def spans(part: str) -> Any:
        at = sentence.index(part) if part else 0
        return ((100 + at, 100 + at + len(part)),) if part else ()

    return made(
        PositionSeenRow,
        **{
            "id": id, "position": position, "document": "d_1111111111111111", "uri": "a.txt", "status": "asserted",
            "start": 100, "end": 100 + len(sentence), "sentence": sentence, "quote": words,
            "quote_spans": spans(words), "holder_text": holder, "holder_spans": spans(holder),
            "target_text": target, "target_spans": spans(target), "outlet": "Harbour Post", **given,
        },
    )  # fmt: skip


def position(id: str, holder: str | None, relation: str, target: str, **given: Any) -> PositionRow:
    """A position; ids of its actors are made of their names."""
    return made(  # type: ignore[no-any-return]
        PositionRow,
        **{
            "id": id, "holder": holder, "holder_id": holder and f"a_{holder.lower()}", "relation": relation,
            "target": target, "target_id": f"a_{target.lower()}", "status": "asserted", "reports": 1,
            "outlet": ("Harbour Post",), "confidence": 0.8, **given,
        },
    )  # fmt: skip


_TOLD = "Ostrava recognizes the council, as do 12 other states."
_GONE = "Belmar no longer recognizes the council <script>alert(1)</script>."
POSITIONS = (
    position(
        "p_0000000000000001", "Ostrava", "recognizes", "Council", first="2023-03-06", last="2023-03-09", reports=2,
        holder_state="OST", seen=(
            seen("e_1", "p_0000000000000001", _TOLD, "recognizes", "Ostrava", "the council"),
            seen("e_2", "p_0000000000000001", "“We recognize the council,” she said.", "recognize", "We",
                 "the council", speaker="Mira Sole", own=True, statement="s_2222222222222222",
                 earliest="2023-03-09", latest="2023-03-09T10:00:00Z", confidence=0.7),
        ),
    ),
    position(
        "p_0000000000000002", None, "recognizes", "Council", unnamed=("12",), first="2023-03-06",
        last="2023-03-06",
        seen=(seen("e_3", "p_0000000000000002", _TOLD, "recognizes", "12 other states", "the council"),),
    ),
    position(
        "p_0000000000000003", "Belmar", "recognizes", "Council", status="denied", disputed=True,
        before=("p_0000000000000004",), first="2023-03-12", last="2023-03-12",
        seen=(seen("e_4", "p_0000000000000003", _GONE, "no longer recognizes", "Belmar", "the council",
                   status="denied"),),
    ),
    position(
        "p_0000000000000004", "Belmar", "supports", "Council", after=("p_0000000000000003",), status="claimed",
        first="2023-01-04", last="2023-02-01", outlet=("Harbour Post", "Evening Bell"),
        seen=(seen("e_5", "p_0000000000000004", "Belmar has supported the council.", "supported", "Belmar",
                   "the council", speaker="Ana Vey", status="claimed"),),
    ),
)  # fmt: skip
