"""What bringing accounts up to date takes after a small change, beside working them all out: ``python -m``.

    python -m evaluation.accounts_load RECORD

A copy of the record is worked on. Ten reports are taken out, with all that was read in them, and put back at
the end; what is linked across reports stays as it was, so this is the work of accounts alone. Figures are
processor seconds of one run, to be compared with each other; those of the model stand apart, with the pairs
that it was asked, since what it said before is known throughout.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.derive.accounts import account_all
from onrecord.linking.claims.entailment import Judgement, PairNetwork, Thresholds, network
from onrecord.store import Connection, Tuning, open_to_write

_OWNED = ("statement", "mention", "actor_member", "publication", "repeated_line", "utterance")
_SPARED = """
SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM document) WHERE n % {} = 0 LIMIT {}
"""
_STATEMENT = """
SELECT statement_id FROM account_member WHERE statement_id IS NOT NULL ORDER BY account, n LIMIT 1
"""
# The one named tenth most often: in many reports, though not in most.
_ACTOR = """
SELECT actor_id FROM actor_member GROUP BY actor_id ORDER BY count(*) DESC, actor_id LIMIT 1 OFFSET 9
"""


@dataclass
class _Apart:
    """The shipped model, with its own processor seconds and the pairs that it was asked."""

    network: PairNetwork
    used: float = 0.0
    asked: int = 0

    @property
    def name(self) -> str:
        return self.network.name

    @property
    def told(self) -> Thresholds:
        return self.network.told

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        start = time.process_time()
        found = self.network.judge(pairs)
        self.used += time.process_time() - start
        self.asked += len(pairs)
        return found


@dataclass(frozen=True, slots=True)
class Used:
    """What one step took."""

    seconds: float  # of a processor, without the model
    model: float  # the same, of the model
    asked: int  # pairs that the model was asked


def measure(record: Path, where: Path, *, added: int) -> dict[str, Used]:
    """What each change took, in the copy ``where`` of a record."""
    shutil.copy(record, where)
    used: dict[str, Used] = {}
    with open_to_write(where, Tuning(threads=1)) as connection:
        _timed(connection, lambda: None)  # the model, the tables of facts, and judgements of this version

        def step(name: str, change: Callable[[], object]) -> None:
            used[name] = _timed(connection, change)

        step("nothing known", lambda: _forget(connection))
        (statement,), (actor,) = (connection.execute(sql).fetchall()[0] for sql in (_STATEMENT, _ACTOR))
        step(
            "one statement rejected",
            lambda: connection.execute("UPDATE statement SET rejected = 'x_0' WHERE id = ?", [statement]),
        )
        step(
            "one actor renamed",
            lambda: connection.execute("UPDATE actor SET name = name || ' Junior' WHERE id = ?", [actor]),
        )
        _take_out(connection, added)
        _timed(connection, lambda: None)
        step(f"{added} reports added", lambda: _put_back(connection))
    return used


def _timed(connection: Connection, change: Callable[[], object]) -> Used:
    judge = _Apart(network())
    change()
    connection.execute("BEGIN")
    start = time.process_time()
    account_all(connection, judge=judge)
    used = time.process_time() - start
    connection.execute("COMMIT")
    return Used(used - judge.used, judge.used, judge.asked)


def _forget(connection: Connection) -> None:
    connection.execute("DELETE FROM meta WHERE key IN ('accounts', 'claims')")


def _take_out(connection: Connection, count: int) -> None:
    """Take some reports, spread over all, out of the record; what is taken is kept aside."""
    row = connection.execute("SELECT count(*) FROM document").fetchall()[0]
    sql = _SPARED.format(max(1, row[0] // (count + 1)), count)
    connection.execute(f"CREATE TEMP TABLE spared AS {sql}")
    for table, id in (("document", "id"), *((name, "document_id") for name in _OWNED)):
        some = f"{id} IN (SELECT id FROM spared)"
        connection.execute(f'CREATE TEMP TABLE "spared {table}" AS SELECT * FROM "{table}" WHERE {some}')
        connection.execute(f'DELETE FROM "{table}" WHERE {some}')


def _put_back(connection: Connection) -> None:
    for table in ("document", *_OWNED):
        connection.execute(f'INSERT INTO "{table}" SELECT * FROM "spared {table}"')


def main() -> None:
    """Says what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--added", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        used = measure(options.record, Path(folder) / "copy.duckdb", added=options.added)
    every = used["nothing known"].seconds
    print(f"{'':24}{'seconds':>8}{'ratio':>8}{'model':>8}{'asked':>8}")
    for name, one in used.items():
        print(f"{name:24}{one.seconds:>8.2f}{one.seconds / every:>8.3f}{one.model:>8.2f}{one.asked:>8}")


if __name__ == "__main__":
    main()
