"""What a table is made of: columns with types, each with its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal[
    "text", "int", "long", "key", "real", "flag", "bytes", "quotes", "texts",
    "speakers", "vias", "offices", "seen", "anchors", "known", "keys", "reals", "flags",
]  # fmt: skip
_QUOTES = 'STRUCT("start" INTEGER, "end" INTEGER, quote VARCHAR)[]'
SQL_TYPES: dict[Type, str] = {
    "text": "VARCHAR",
    "int": "INTEGER",
    "long": "BIGINT",
    "key": "UBIGINT",
    "real": "DOUBLE",
    "flag": "BOOLEAN",
    "bytes": "BLOB",
    "quotes": _QUOTES,
    "texts": "VARCHAR[]",
    "speakers": f"STRUCT(entity INTEGER, rule VARCHAR, evidence {_QUOTES}, confidence DOUBLE)[]",
    "vias": f"STRUCT(name VARCHAR, how VARCHAR, pieces {_QUOTES})[]",
    "offices": "STRUCT(title VARCHAR, kind VARCHAR, state VARCHAR, organisation VARCHAR, former BOOLEAN, "
    '"start" INTEGER, "end" INTEGER, quote VARCHAR)[]',
    "seen": 'STRUCT(document_id VARCHAR, "start" INTEGER, "end" INTEGER, quote VARCHAR)[]',
    "anchors": "STRUCT(document_id VARCHAR, entity INTEGER)[]",
    "known": 'STRUCT("start" INTEGER, "end" INTEGER, actor VARCHAR, name VARCHAR, pronoun BOOLEAN, '
    "confidence DOUBLE)[]",
    "keys": "UBIGINT[]",
    "reals": "DOUBLE[]",
    "flags": "BOOLEAN[]",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type, what it means, and whether it may be empty."""

    name: str
    type: Type
    meaning: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what a row is, its columns, and the columns of its primary key, if any.

    ``same``: of a table without a primary key, the columns that tell its rows apart. What is worked out anew
    by each build has none, since DuckDB does not let a key be taken away and put back in one transaction.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    @property
    def apart(self) -> tuple[str, ...]:
        """The columns that tell its rows apart."""
        return self.key or self.same

    def ddl(self, *, unless_there: bool = False) -> str:
        """The statement that makes the table."""
        condition = "IF NOT EXISTS " if unless_there else ""
        return f'CREATE TABLE {condition}"{self.name}" ({", ".join(self.lines())})'

    def lines(self) -> list[str]:
        """Its columns and its key, as they stand in ``CREATE TABLE``."""
        lines = [
            f'"{one.name}" {SQL_TYPES[one.type]}{"" if one.empty else " NOT NULL"}' for one in self.columns
        ]
        if self.key:
            lines.append(f"PRIMARY KEY ({', '.join(self.key)})")
        return lines
