"""Columns: rows of a record as Arrow tables with explicit schemas, and Parquet files made of them.

The only module that imports pyarrow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from onrecord.record.schema import BY_NAME
from onrecord.record.tables import Type

if TYPE_CHECKING:
    import pyarrow as pa

    Table = pa.Table
else:  # only ever an annotation; pyarrow is loaded when columns are made
    Table = object

ListingType = Literal["text", "int", "real", "flag", "spans", "texts", "objects"]
Shape = Mapping[str, ListingType]  # column -> type, in order
GROUP = 10_000  # rows turned into columns at a time
_ARRAYS = ("keys", "reals", "flags")  # types of columns whose values are arrays of numbers


def to_insert(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """``rows`` as an Arrow table with the columns of the record's ``table``, in their order."""
    import pyarrow as pa

    columns = BY_NAME[table].columns
    schema = pa.schema([(one.name, _stored(one.type)) for one in columns])
    if not any(one.type in _ARRAYS for one in columns):
        return pa.Table.from_pylist(list(rows), schema=schema)
    made = [
        _lists([row[one.name] for row in rows], _stored(one.type))
        if one.type in _ARRAYS
        else pa.array([row[one.name] for row in rows], _stored(one.type))
        for one in columns
    ]
    return pa.Table.from_arrays(made, schema=schema)


def keys_to_join(keys: Any) -> pa.Table:
    """Numbers (an array, uint64 [n]) as an Arrow table with one column, ``key``."""
    import pyarrow as pa

    return pa.table({"key": pa.array(keys, pa.uint64())})


def arrays_of(connection: Any, sql: str) -> tuple[list[str], list[tuple[Any, Any]]]:
    """An answer whose first column is a text and whose others are arrays of numbers, without a copy of each.

    Returns:
        The texts; and for each other column the numbers of all rows one after the other, with where those of
        each row begin and the last end: int32 [rows + 1].
    """
    found = connection.arrow(sql).combine_chunks()
    arrays = []
    for column in found.columns[1:]:
        lists = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        values = lists.values.to_numpy(zero_copy_only=False)
        arrays.append((values, lists.offsets.to_numpy()))
    return found.column(0).to_pylist(), arrays


def _lists(arrays: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Arrays of numbers as one column: turning each into objects first would take most of the time."""
    import pyarrow as pa

    ends = list(accumulate(map(len, arrays), initial=0))
    values = [pa.array(one, kind.value_type) for one in arrays]
    joined = pa.concat_arrays(values) if values else pa.array([], kind.value_type)
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), joined)


def to_table(shape: Shape, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """``rows`` of a listing as one Arrow table; spans are lists of structs of start and end,
    rows within rows are JSON."""
    import pyarrow as pa

    return pa.Table.from_batches(_batches(shape, rows), schema=_schema(shape))


def write_parquet(path: Path, shape: Shape, rows: Iterable[Mapping[str, Any]]) -> None:
    """``rows`` of a listing as a Parquet file; the same rows give the same bytes."""
    import pyarrow.parquet as parquet

    with parquet.ParquetWriter(path, _schema(shape), compression="zstd", store_schema=False) as writer:
        for batch in _batches(shape, rows):
            writer.write_batch(batch)


def _batches(shape: Shape, rows: Iterable[Mapping[str, Any]]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    schema, rest = _schema(shape), iter(rows)
    while group := [_plain(shape, row) for row in islice(rest, GROUP)]:
        yield pa.RecordBatch.from_pylist(group, schema=schema)


def _plain(shape: Shape, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _cell(row[name], kind) for name, kind in shape.items()}


def _cell(value: Any, kind: ListingType) -> Any:
    if kind == "spans":
        return [{"start": start, "end": end} for start, end in value]
    return json.dumps(value, ensure_ascii=False) if kind == "objects" else value


def _schema(shape: Shape) -> pa.Schema:
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "int": pa.int64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "objects": pa.string(),
        "spans": pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())])),
    }
    return pa.schema([(name, types[kind]) for name, kind in shape.items()])


def _stored(kind: Type) -> pa.DataType:
    import pyarrow as pa

    text, number = pa.string(), pa.int32()
    span = [("start", number), ("end", number), ("quote", text)]
    quotes = pa.list_(pa.struct(span))
    office = [*((name, text) for name in ("title", "kind", "state", "organisation")), ("former", pa.bool_())]
    types: dict[Type, pa.DataType] = {
        "text": text,
        "int": number,
        "long": pa.int64(),
        "key": pa.uint64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "bytes": pa.binary(),
        "quotes": quotes,
        "texts": pa.list_(text),
        "speakers": _structs(entity=number, rule=text, evidence=quotes, confidence=pa.float64()),
        "vias": _structs(name=text, how=text, pieces=quotes),
        "offices": _structs(**dict(office), **dict(span)),
        "seen": _structs(document_id=text, **dict(span)),
        "anchors": _structs(document_id=text, entity=number),
        "known": _structs(
            start=number, end=number, actor=text, name=text, pronoun=pa.bool_(), confidence=pa.float64()
        ),
        "keys": pa.list_(pa.uint64()),
        "reals": pa.list_(pa.float64()),
        "flags": pa.list_(pa.bool_()),
    }
    return types[kind]


def _structs(**parts: pa.DataType) -> pa.DataType:
    import pyarrow as pa

    return pa.list_(pa.struct(list(parts.items())))
