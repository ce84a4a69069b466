"""From the corpora to a calibrated pair model and its figures, in one command that goes on where it stopped.

    python -m training.pairs --data ../shared/data --work work --passes 5

Leaves ``pairs.onnx`` and the reports ``pairs.vitaminc.json`` and ``pairs.nli.json`` in the work folder; with
``--adopt`` the model, its hash and its card go into the package.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from evaluation.pairs import evaluate
from onrecord.linking.claims.entailment import load
from training.network import Size
from training.pairs import data as corpora
from training.pairs.calibrate import calibrate
from training.pairs.export import averaged, export

NAME = "pairs-2"  # of the next model: judgements of another one are not kept


def finish(checkpoint: Path, data: Path) -> None:
    """Exports, calibrates and scores a checkpoint; the files stand beside it."""
    model = checkpoint.with_suffix(".onnx")
    export(averaged(checkpoint, Size()), model, NAME)
    calibrate(model, corpora.load(data, checkpoint.parent / "pairs.parts"))
    network = load(model.read_bytes(), threads=2)
    for name, path in (("vitaminc", data / "vitaminc" / "dev.jsonl"), ("nli", data / "nli")):
        report = evaluate(path, held_back=name == "nli", network=network)
        print(report.text(), flush=True)
        text = json.dumps(report.as_json(), indent=1) + "\n"
        checkpoint.with_suffix(f".{name}.json").write_text(text, "utf-8")


def main() -> None:
    """Every stage, as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="holds vitaminc/{train,dev}.jsonl and nli/")
    parser.add_argument("--work", type=Path, default=Path("work"))
    parser.add_argument("--name", default="pairs", help="of the files in the work folder")
    parser.add_argument("--start", type=Path, help="a checkpoint of a pair model to start from")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--two-way", action="store_true", help="learn FEVER's pairs in the first pass")
    parser.add_argument("--adopt", action="store_true", help="put the result into the package")
    options = parser.parse_args()
    checkpoint = options.work / f"{options.name}.pt"
    python = [sys.executable, "-W", "ignore", "-m"]
    start = ["--start", str(options.start)] if options.start else []
    train = ["training.pairs.train", "--data", str(options.data), "--out", str(checkpoint), *start]
    more = ["--passes", str(options.passes), "--rate", str(options.rate)]
    more += ["--two-way"] if options.two_way else []
    subprocess.run([*python, *train, *more], check=True)
    finish(checkpoint, options.data)
    if options.adopt:
        reports = [f"{checkpoint.with_suffix('')}.{name}.json" for name in ("vitaminc", "nli")]
        adopt = ["training.pairs.adopt", "--model", str(checkpoint.with_suffix(".onnx"))]
        plan = f"{options.passes} passes over all pairs; one command: see `training/README.md`."
        shown = ["--vitaminc", reports[0], "--nli", reports[1], "--plan", plan]
        subprocess.run([*python, *adopt, *shown], check=True)


if __name__ == "__main__":
    main()
