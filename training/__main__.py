"""From corpora to the shipped reader of quotes, in one command.

    python -m training --data ../shared/data --work work

Runs warm-up, training, export, calibration, adoption, evaluation, each as a process of its own. Started again
after it was stopped, it goes on where it was: warm-up and training continue from their checkpoints.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

PLAN = "warm-up of {warm:g} minutes on two cores, {passes} passes, seed {seed}, averaged weights"


def main() -> None:
    """All stages in order; the first that fails ends it with its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="holds polnear/{train,dev} and articles/")
    parser.add_argument("--work", type=Path, default=Path("work"), help="checkpoints and logs")
    parser.add_argument("--warm", type=float, default=18, help="minutes of warm-up")
    parser.add_argument("--passes", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop training then; run again to go on")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    work, polnear = options.work, options.data / "polnear"
    model, report = work / "quotes.onnx", work / "report.json"
    plan = PLAN.format(warm=options.warm, passes=options.passes, seed=options.seed)
    stage(
        "training.warmup", "--articles", options.data / "articles" / "articles.jsonl.gz",
        "--texts", polnear / "train" / "text", "--out", work / "warmup.pt", "--minutes", options.warm,
    )  # fmt: skip
    stage(
        "training.train", "--data", polnear / "train", "--start", work / "warmup.pt",
        "--out", work / "quotes.pt", "--passes", options.passes, "--minutes", options.minutes,
        "--seed", options.seed,
    )  # fmt: skip
    stage("training.export", "--checkpoint", work / "quotes.pt", "--out", model)
    stage("training.calibrate", "--model", model, "--data", polnear / "dev")
    stage("training.adopt", "--model", model)
    command = [Path(sys.executable).parent / "onrecord", "evaluate", "quotes", "--data", polnear / "dev"]
    report.write_bytes(
        subprocess.run([*map(str, command), "--json"], check=True, stdout=subprocess.PIPE).stdout
    )
    stage("training.adopt", "--model", model, "--report", report, "--plan", plan)


def stage(module: str, *arguments: object) -> None:
    """Runs one module; what it prints is printed."""
    print(f"== {module}", flush=True)
    done = subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
