"""The scorer, on cases of its own and against the reference scorer."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.score import Count, Parts, intervals, score_document, tidy_parts, total

REFERENCE = Path(__file__).parents[3] / "shared/tools/score_attributions.py"
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/score.jsonl").read_text(encoding="utf-8").splitlines()
]
TEXT = "“We won’t go,” Ann Lee said. She added that no-one, 5 of them, “ever” would — not now.\n\nNo.  " * 3


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, object]) -> None:
    """Each case gives the counts it names."""
    counts = score_document(tidy_parts(case["gold"]), tidy_parts(case["predicted"]), case["text"])
    got = {key: [c.gold, c.predicted, c.found, c.right] for key, c in counts.items()}
    assert {key: got[key] for key in case["expected"]} == case["expected"]


def test_f1_of_nothing_is_zero() -> None:
    """No unit on either side is no division by zero."""
    assert (Count().precision, Count().recall, Count().f1) == (0.0, 0.0, 0.0)


def test_a_chain_of_any_length_is_paired() -> None:
    """Pairing needs no recursion: thousands of attributions may wait for one another."""
    size = 3000
    one: Parts = (((0, 1),), (), ((2, 3),))
    assert score_document([one] * 2, [one] * size)["attribution all-exact"] == Count(2, size, 2, 2)


def random_part(source: random.Random, grid: int) -> list[list[int]]:
    pieces = source.choices((0, 1, 2, 3), weights=(2, 6, 2, 1))[0]
    starts = [source.randrange(0, len(TEXT) - 12) // grid * grid for _ in range(pieces)]
    return [[start, start + source.choice((0, 1, 4, 12))] for start in starts]


def random_documents(source: random.Random, *, with_text: bool) -> tuple[list[dict], list[dict]]:
    gold, predicted = [], []
    for number in range(source.randrange(1, 7)):
        grid = source.choice((2, 8, 20))
        roles = ("source", "cue", "content")
        marked = [{r: random_part(source, grid) for r in roles} for _ in range(source.randrange(0, 12))]
        found = [dict(one) for one in marked if source.random() < 0.7]
        for one in found:
            if source.random() < 0.5:
                one[source.choice(roles)] = random_part(source, grid)
        found += [{r: random_part(source, grid) for r in roles} for _ in range(source.randrange(0, 6))]
        source.shuffle(found)
        gold.append({"doc": str(number), "attributions": marked} | ({"text": TEXT} if with_text else {}))
        if source.random() < 0.9:
            predicted.append({"doc": str(number), "attributions": found})
    return gold, predicted


def write(path: Path, rows: list[dict]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def parts(row: dict | None) -> list[Parts]:
    attributions = row["attributions"] if row else []
    return tidy_parts([(a["source"], a["cue"], a["content"]) for a in attributions])


@pytest.mark.corpus
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer is not beside the repository")
@pytest.mark.parametrize("seed", range(24))
def test_agrees_with_the_reference_to_the_last_digit(seed: int, tmp_path: Path) -> None:
    """Every figure and every interval is that of the reference scorer."""
    gold, predicted = random_documents(random.Random(seed), with_text=seed % 4 != 0)
    out = tmp_path / "scores.json"
    files = [str(write(tmp_path / "gold", gold)), str(write(tmp_path / "predicted", predicted))]
    options = ["--json", str(out), "--boot", "20", "--quiet"]
    subprocess.run([sys.executable, str(REFERENCE), *files, *options], check=True, capture_output=True)
    expected = json.loads(out.read_text())["scores"]
    by_name = {row["doc"]: row for row in predicted}
    counts = [score_document(parts(row), parts(by_name.get(row["doc"])), row.get("text")) for row in gold]
    sums, drawn = total(counts), intervals(counts, draws=20)
    assert sums.keys() == expected.keys()
    for key, want in expected.items():
        got: dict[str, object] = {"gold": sums[key].gold, "r": sums[key].recall}
        if not key.startswith("recall"):
            got |= {"pred": sums[key].predicted, "p": sums[key].precision, "f": sums[key].f1}
            got["f95"] = list(drawn[key])
        assert got == want, key
