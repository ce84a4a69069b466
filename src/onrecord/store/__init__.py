"""The record: one DuckDB file that holds who said what, with everything needed to check it.

``docs/record.md`` tells every table and column."""

from onrecord.store.file.database import Connection, Tuning, create, is_there, open_to_write, remove
from onrecord.store.file.lock import locked
from onrecord.store.file.writer import (
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
from onrecord.store.listing.actors import ActorFacets, AskedActors
from onrecord.store.listing.counting import Count
from onrecord.store.listing.listing import Listing
from onrecord.store.record import Record, open_record
from onrecord.store.schema.columns import Shape, write_parquet
from onrecord.store.schema.rows import (
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
from onrecord.store.schema.rows_linked import (
    AccountMemberRow,
    AccountRow,
    AppearanceRow,
    CopyRow,
    PositionRow,
    PositionSeenRow,
    StoryRow,
    TieRelation,
    TieRow,
    UtteranceRow,
)
from onrecord.store.shown.cast import Cast
from onrecord.store.shown.shown import Shown

__all__ = [
    "AccountMemberRow",
    "AccountRow",
    "ActorFacets",
    "ActorRow",
    "AppearanceRow",
    "AskedActors",
    "Batch",
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
    "commit",
    "create",
    "duplicates_of_run",
    "end_run",
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
