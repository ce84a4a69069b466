"""Onrecord: who said what, in news reports, every row tied to the characters it came from.

    onrecord.build("affair.duckdb", ["reports/"])
    with onrecord.open("affair.duckdb") as record:
        for row in record.statements(actor="Zakharova"):
            print(row.said, row.speaker, row.content, row.outlet)

What is offered here is loaded when it is first used, so that ``onrecord --help`` stays quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.again import check_again as check_again
    from onrecord.again import rebuild as rebuild
    from onrecord.building import BuildReport as BuildReport
    from onrecord.building import BuildSettings as BuildSettings
    from onrecord.building import build as build
    from onrecord.building import read as read
    from onrecord.derive.decide import carry_decisions as carry_decisions
    from onrecord.derive.decide import decide as decide
    from onrecord.store import ActorRow as ActorRow
    from onrecord.store import DecisionRow as DecisionRow
    from onrecord.store import DocumentRow as DocumentRow
    from onrecord.store import DroppedRow as DroppedRow
    from onrecord.store import EntityRow as EntityRow
    from onrecord.store import FailureRow as FailureRow
    from onrecord.store import MentionRow as MentionRow
    from onrecord.store import OfficeRow as OfficeRow
    from onrecord.store import Problem as Problem
    from onrecord.store import Record as Record
    from onrecord.store import RunRow as RunRow
    from onrecord.store import Shown as Shown
    from onrecord.store import StatementRow as StatementRow
    from onrecord.store import Status as Status
    from onrecord.store import SuggestionRow as SuggestionRow
    from onrecord.store import TimeRow as TimeRow
    from onrecord.store import open_record as open  # noqa: F401  # offered, not used here

__version__ = "0.1.0"

_ROWS = (
    "ActorRow",
    "DecisionRow",
    "DocumentRow",
    "DroppedRow",
    "EntityRow",
    "FailureRow",
    "MentionRow",
    "OfficeRow",
    "Problem",
    "Record",
    "RunRow",
    "Shown",
    "StatementRow",
    "Status",
    "SuggestionRow",
    "TimeRow",
)
_HOMES = {
    "open": ("onrecord.store", "open_record"),
    "build": ("onrecord.building", "build"),
    "read": ("onrecord.building", "read"),
    "rebuild": ("onrecord.again", "rebuild"),
    "carry_decisions": ("onrecord.derive.decide", "carry_decisions"),
    "check_again": ("onrecord.again", "check_again"),
    "decide": ("onrecord.derive.decide", "decide"),
    "BuildReport": ("onrecord.building", "BuildReport"),
    "BuildSettings": ("onrecord.building", "BuildSettings"),
    **{name: ("onrecord.store", name) for name in _ROWS},
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    """What is named in ``__all__``, loaded when first asked for."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
