"""Columns: rows on their way into tables, Parquet files and Arrow tables, with explicit types throughout.

Rows travel as JSON that DuckDB takes apart by the types of the table, so that nothing else is needed to
write a record. The only module that imports pyarrow, and only for who asks for an Arrow table.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from onrecord.errors import UsageError
from onrecord.linking.arrays import end_to_end
from onrecord.store.file.database import Connection, scratch
from onrecord.store.schema.read import BY_NAME
from onrecord.store.schema.tables import SQL_TYPES

if TYPE_CHECKING:
    import pyarrow as pa

    Table = pa.Table
else:  # only ever an annotation; pyarrow is loaded when an Arrow table is made
    Table = object

ListingType = Literal["text", "int", "real", "flag", "spans", "texts", "objects"]
Shape = Mapping[str, ListingType]  # column -> type, in order
GROUP = 10_000  # rows turned into columns at a time
_LISTED: Mapping[ListingType, str] = {
    "text": "VARCHAR",
    "int": "BIGINT",
    "real": "DOUBLE",
    "flag": "BOOLEAN",
    "texts": "VARCHAR[]",
    "objects": "VARCHAR",
    "spans": 'STRUCT("start" BIGINT, "end" BIGINT)[]',
}
_DTYPES = {"UBIGINT[]": "uint64", "DOUBLE[]": "float64", "BOOLEAN[]": "bool"}


def incoming(table: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[Any]]:
    """A query, and its values, that gives ``rows`` with the columns of the record's ``table``, in order."""
    return _taken_apart({one.name: SQL_TYPES[one.type] for one in BY_NAME[table].columns}, rows)


def arrays_of(connection: Connection, sql: str) -> tuple[list[str], list[tuple[Any, Any]]]:
    """An answer whose first column is a text and whose others are arrays of numbers.

    Returns:
        The texts; and for each other column the numbers of all rows one after the other, with where those of
        each row begin and the last end: int64 [rows + 1].
    """
    types, columns = connection.typed(sql)
    arrays = zip(columns[1:], types[1:], strict=True)
    return columns[0].tolist(), [end_to_end(one.tolist(), _DTYPES[kind]) for one, kind in arrays]


def to_table(shape: Shape, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """``rows`` of a listing as one Arrow table; spans are lists of structs of start and end,
    rows within rows are JSON. Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as pa
    except ModuleNotFoundError as error:
        raise UsageError(
            "an Arrow table needs pyarrow, which is not installed", hint="pip install 'onrecord[arrow]'"
        ) from error
    span = pa.struct([("start", pa.int64()), ("end", pa.int64())])
    types = {
        "text": pa.string(),
        "int": pa.int64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "objects": pa.string(),
        "spans": pa.list_(span),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in shape.items()])
    groups = (pa.RecordBatch.from_pylist(group, schema=schema) for group in _groups(shape, rows))
    return pa.Table.from_batches(groups, schema=schema)


def write_parquet(path: Path, shape: Shape, rows: Iterable[Mapping[str, Any]]) -> None:
    """``rows`` of a listing as a Parquet file, typed as in ``to_table``; the same rows, the same bytes."""
    types = {name: _LISTED[kind] for name, kind in shape.items()}
    with scratch() as connection:
        connection.execute(f"CREATE TABLE listed ({_typed(types)})")
        for group in _groups(shape, rows):
            sql, values = _taken_apart(types, group)
            connection.execute(f"INSERT INTO listed {sql}", values)
        to = str(path).replace("'", "''")
        form = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP}"
        connection.execute(f"COPY listed TO '{to}' ({form})")


def _groups(shape: Shape, rows: Iterable[Mapping[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(rows)
    while group := [_plain(shape, row) for row in islice(rest, GROUP)]:
        yield group


def _plain(shape: Shape, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _cell(row[name], kind) for name, kind in shape.items()}


def _cell(value: Any, kind: ListingType) -> Any:
    if kind == "spans":
        return [{"start": start, "end": end} for start, end in value]
    return json.dumps(value, ensure_ascii=False) if kind == "objects" else value


def _taken_apart(types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[Any]]:
    """A query, and its values, that gives ``rows`` with columns of these SQL types; what lacks is empty."""
    carried = {name: "VARCHAR" if kind == "BLOB" else kind for name, kind in types.items()}
    columns = (
        f"from_base64(r.{_quoted(name)})" if kind == "BLOB" else f"r.{_quoted(name)}"
        for name, kind in types.items()
    )
    apart = f"SELECT unnest(?::VARCHAR[])::JSON::STRUCT({_typed(carried)}) AS r"
    told = ({name: row.get(name) for name in types} for row in rows)
    lines = [json.dumps(row, ensure_ascii=False, allow_nan=False, default=_bare) for row in told]
    return f"SELECT {', '.join(columns)} FROM ({apart})", [lines]


def _typed(types: Mapping[str, str]) -> str:
    return ", ".join(f"{_quoted(name)} {kind}" for name, kind in types.items())


def _quoted(name: str) -> str:
    return f'"{name}"'


def _bare(value: Any) -> Any:
    """Bytes, and what arrays are made of, for JSON."""
    return b64encode(value).decode("ascii") if isinstance(value, bytes) else value.tolist()
