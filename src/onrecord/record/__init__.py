"""The record: one DuckDB file that holds who said what, with everything needed to check it.

``docs/record.md`` tells every table and column.
"""

from onrecord.record.asked_actors import ActorFacets, AskedActors
from onrecord.record.carried import Carried, carry_decisions
from onrecord.record.cast import Cast
from onrecord.record.columns import Shape, write_parquet
from onrecord.record.counting import Count
from onrecord.record.database import Connection, Tuning, create, is_there, open_to_write, remove
from onrecord.record.deciding import decide
from onrecord.record.finish import finish
from onrecord.record.listing import Listing
from onrecord.record.lock import locked
from onrecord.record.opened import Record, open_record
from onrecord.record.rows import (
    ActorRow,
    DecisionRow,
    DocumentRow,
    DroppedRow,
    EntityRow,
    FailureRow,
    ListedRow,
    MentionRow,
    OfficeRow,
    Problem,
    RunRow,
    StatementRow,
    Status,
    SuggestionRow,
    TimeRow,
    as_row,
    shape_of,
)
from onrecord.record.rows_across import (
    AccountMemberRow,
    AccountRow,
    CopyRow,
    PositionRow,
    PositionSeenRow,
    StoryRow,
    UtteranceRow,
)
from onrecord.record.rows_actors import AppearanceRow, TieRelation, TieRow
from onrecord.record.shown import Shown
from onrecord.record.writer import (
    Batch,
    Place,
    commit,
    duplicates_of_run,
    end_run,
    is_finished,
    known,
    resolve_retried,
    start_run,
)

__all__ = [
    "AccountMemberRow",
    "AccountRow",
    "ActorFacets",
    "ActorRow",
    "AppearanceRow",
    "AskedActors",
    "Batch",
    "Carried",
    "Cast",
    "Connection",
    "CopyRow",
    "Count",
    "DecisionRow",
    "DocumentRow",
    "DroppedRow",
    "EntityRow",
    "FailureRow",
    "ListedRow",
    "Listing",
    "MentionRow",
    "OfficeRow",
    "Place",
    "PositionRow",
    "PositionSeenRow",
    "Problem",
    "Record",
    "RunRow",
    "Shape",
    "Shown",
    "StatementRow",
    "Status",
    "StoryRow",
    "SuggestionRow",
    "TieRelation",
    "TieRow",
    "TimeRow",
    "Tuning",
    "UtteranceRow",
    "as_row",
    "carry_decisions",
    "commit",
    "create",
    "decide",
    "duplicates_of_run",
    "end_run",
    "finish",
    "is_finished",
    "is_there",
    "known",
    "locked",
    "open_record",
    "open_to_write",
    "remove",
    "resolve_retried",
    "shape_of",
    "start_run",
    "write_parquet",
]
