"""A decision that changes only marks gives the same rows as linking all anew does."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from made import file, made
from stub_judges import SILENT

import onrecord
from onrecord.derive.actors import link_all
from onrecord.store import Tuning, open_to_write
from onrecord.store.schema.read import TABLES

AT = "2024-05-01T10:00:00Z"
QUOTE = "“We saw no more than a dozen of the old boats out there,” said {} later."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people; one quotation in three reports."""
    path = tmp_path_factory.mktemp("follow") / "a.duckdb"
    texts = [f"{QUOTE.format('Marta Vellin')}\n\n“Ship {n} is late,” said Arve Strand later." for n in range(3)]
    made(path, [str(file(path.parent / f"{n}.txt", text)) for n, text in enumerate(texts)])
    return path


def rows(path: Path, *, anew: bool = False) -> dict[str, list[Any]]:
    """All tables of a record; ``anew``: after linking all."""
    with open_to_write(path, Tuning()) as connection:
        if anew:
            connection.execute("BEGIN")
            link_all(connection, judge=SILENT)
        return {
            one.name: connection.execute(f'SELECT * FROM "{one.name}" ORDER BY ALL').fetchall()
            for one in TABLES
        }


STEPS = (
    [("reject", "s0")],
    [("confirm", "s0")],
    [("reject", "s0"), ("confirm", "s0")],
    [("reject", "s0"), ("undo", "x0")],
    [("reject", "s0"), ("undo", "x0"), ("undo", "x1")],
    [("reject", "s0"), ("reject", "s1"), ("confirm", "s2")],
    [("reject", "a0")],
    [("confirm", "a0"), ("reject", "a0"), ("undo", "x1")],
    [("reject", "a1"), ("merge", "a0", "a1"), ("undo", "x1")],
    [("merge", "a0", "a1"), ("reject", "s1"), ("undo", "x0")],
)


@pytest.mark.long
@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: ", ".join(map(" ".join, steps)))
def test_rows_are_those_of_linking_all(whole: Path, tmp_path: Path, steps: list[tuple[str, ...]]) -> None:
    path = Path(shutil.copy(whole, tmp_path))
    with onrecord.open(path) as opened:
        ids = {f"s{n}": row.id for n, row in enumerate(opened.statements(speaker="Vellin"))}
        ids |= {f"a{n}": row.id for n, row in enumerate(opened.actors())}
    for n, (verb, *targets) in enumerate(steps):
        decision = onrecord.decide(path, verb, *(ids[one] for one in targets), at=AT, judge=SILENT)  # type: ignore[arg-type]
        ids[f"x{n}"] = decision.id
        found = rows(path)
        assert found == rows(path, anew=True)
    assert len(found["decision"]) == len(steps)


def test_a_rejected_statement_leaves_its_utterance(whole: Path, tmp_path: Path) -> None:
    """What depends on what was rejected follows, without linking."""
    path = Path(shutil.copy(whole, tmp_path))
    with onrecord.open(path) as opened:
        said = [row.id for row in opened.statements(speaker="Vellin")]
        assert {row.statement for row in opened.utterances()} == set(said)

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("linked")

    onrecord.decide(path, "reject", said[0], at=AT, link=never, judge=SILENT)
    with onrecord.open(path) as opened:
        assert {row.statement for row in opened.utterances()} == set(said[1:])
