"""What is derived from the whole record, brought up to date by batches: the same as of all at once."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from copied_reports import CUT, LEAD, MORE, QUOTE
from made import QUICK, file, made

import onrecord
from onrecord.derive import copies
from onrecord.store.schema.linked import ACROSS, LINKED

DERIVED = [one.name for one in (*ACROSS, *LINKED) if one.name != "decision"] + ["repeated_line", "meta"]
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
SETTINGS = replace(QUICK, batch=64)


def words(seed: int, size: int = 30) -> str:
    """Words of no language, the same for the same seed."""
    draw = random.Random(seed)
    return " ".join("".join(draw.choices(SYLLABLES, k=3)) for _ in range(size))


BOX = f"Read on: {words(900, 24)}."
BASE = [
    f"{LEAD}\n\n{QUOTE}\n\n{MORE}",
    f"{LEAD}\n\n{QUOTE}\n\n{MORE}".replace("old", "former"),
    f"{LEAD}\n\n{QUOTE}",
    f"{words(1)}\n\n{CUT}",
    f"{words(2, 80)}\n\n{LEAD}\n\n{words(3)}",
    f"{words(4)} On Monday the ferry stopped in January 2019.",
]
TEXTS = [*BASE, *(f"{words(10 + n, 60)}\n\n{BOX}\n\n{words(40 + n, 60)}" for n in range(8))]
DATES = ["2023-03-02", None, "2019-05-07", "2023-03-03"]
REPORTS: list[dict[str, Any]] = [
    {
        "text": text,
        "outlet": ("Herald", "Dispatch", None)[0 if BOX in text and n % 7 else n % 3],
        "title": f"R{n} ferry",
        "url": f"https://example.org/{n}",
        **({"published": DATES[n % 4]} if DATES[n % 4] else {}),
    }
    for n, text in enumerate(TEXTS)
]


def derived(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table that follows from the whole, and what documents and statements have from it."""
    with duckdb.connect(str(path), read_only=True) as connection:
        found = {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall() for name in DERIVED
        }
        found["document"] = connection.execute(
            "SELECT id, duplicate_of, copy_group, origin, story FROM document ORDER BY ALL"
        ).fetchall()
        found["statement"] = connection.execute(
            "SELECT id, said_earliest, said_latest, said_basis, boilerplate FROM statement ORDER BY ALL"
        ).fetchall()
    return found


def written(where: Path, numbers: list[int]) -> list[str]:
    """The reports as files."""
    return [str(file(where / f"{n}.jsonl", json.dumps(REPORTS[n]))) for n in numbers]


def test_the_reports_show_what_they_should(tmp_path: Path) -> None:
    """There are groups, pairs of several kinds, standing text, and stories of several reports."""
    made(tmp_path / "a.duckdb", written(tmp_path, list(range(len(REPORTS)))), SETTINGS)
    found = derived(tmp_path / "a.duckdb")
    assert found["copy_group"] and found["copy_standing"] and found["story_pair"] and found["publication"]
    assert {row[2] for row in found["copy_pair"]} >= {"copy", "embedded"}
    assert any(row[5] > 1 for row in found["story"])


@pytest.mark.long
@given(st.permutations(range(len(REPORTS))), st.sets(st.integers(1, len(REPORTS) - 1), max_size=4), st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_batches_in_any_order_are_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cuts: set[int], always: bool
) -> None:
    """Reports that come in batches, in any order, leave every derived table as if all had come at once.

    ``always``: whether copies are never found anew, however many the new reports are.
    """
    where = tmp_path_factory.mktemp("batches")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "_MANY", 0 if always else 4)
        ends = [0, *sorted(cuts), len(order)]
        for start, end in pairwise(ends):
            made(where / "a.duckdb", written(where, list(order)[start:end]), SETTINGS)
    made(where / "b.duckdb", written(where, list(range(len(order)))), SETTINGS)
    one, other = derived(where / "a.duckdb"), derived(where / "b.duckdb")
    for name in other:
        assert one[name] == other[name], name
    with onrecord.open(where / "a.duckdb") as opened:
        assert opened.check() == []


@pytest.mark.long
def test_what_does_not_fit_is_found_anew(tmp_path: Path) -> None:
    """Where what is kept is not of the documents that are there, nothing of it is used."""
    inputs = written(tmp_path, list(range(len(REPORTS))))
    for name in ("a", "b"):
        made(tmp_path / f"{name}.duckdb", inputs[:-1], SETTINGS)
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        connection.execute("DELETE FROM copy_print WHERE document_id = (SELECT min(id) FROM document)")
        connection.execute("UPDATE copy_print SET words = 1; UPDATE story_piece SET latest = '2001-01-01'")
        connection.execute("UPDATE story_words SET weights = [1.0 FOR one IN weights]")
    for name in ("a", "b"):
        made(tmp_path / f"{name}.duckdb", inputs[-1:], SETTINGS)
    assert derived(tmp_path / "a.duckdb") == derived(tmp_path / "b.duckdb")
