"""Onrecord: who said what, in news reports, every row tied to the characters it came from.

    with onrecord.open("affair.duckdb") as record:
        for row in record.statements(actor="Zakharova"):
            print(row.said, row.speaker, row.content, row.outlet)

What is offered here is loaded when it is first used, so that ``onrecord --help`` stays quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.again import check_again as check_again
    from onrecord.build import BuildReport as BuildReport
    from onrecord.build import BuildSettings as BuildSettings
    from onrecord.store import (
        ActorRow,
        DecisionRow,
        DocumentRow,
        DroppedRow,
        EntityRow,
        FailureRow,
        MentionRow,
        OfficeRow,
        Problem,
        Record,
        RunRow,
        Shown,
        StatementRow,
        Status,
        SuggestionRow,
        TimeRow,
        carry_decisions,
        decide,
    )
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
    "carry_decisions": ("onrecord.store", "carry_decisions"),
    "check_again": ("onrecord.again", "check_again"),
    "decide": ("onrecord.store", "decide"),
    "BuildReport": ("onrecord.build", "BuildReport"),
    "BuildSettings": ("onrecord.build", "BuildSettings"),
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
