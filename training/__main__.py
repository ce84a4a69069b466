"""From corpora to the shipped reader, in one command.

    python -m training --data ../shared/data --work work

Runs warm-up, training, export, calibration, adoption, evaluation, each as a process of its own. Started again
after it was stopped, it goes on where it was: warm-up and training continue from their checkpoints.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from training.adopt import REPORTS

PLAN = "warm-up of {warm:g} minutes on two cores, {steps} steps, seed {seed}, averaged weights"


def main() -> None:
    """All stages in order; the first that fails ends it with its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="holds polnear/, articles/, uner/ ...")
    parser.add_argument("--work", type=Path, default=Path("work"), help="checkpoints, logs and reports")
    parser.add_argument("--warm", type=float, default=18, help="minutes of warm-up")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop training then; run again to go on")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    work, data = options.work, options.data
    model, reports = work / "reader.onnx", work / "reports"
    plan = PLAN.format(warm=options.warm, steps=options.steps, seed=options.seed)
    stage(
        "training.warmup", "--articles", data / "articles" / "articles.jsonl.gz",
        "--texts", data / "polnear" / "train" / "text", "--out", work / "warmup.pt",
        "--minutes", options.warm,
    )  # fmt: skip
    stage(
        "training.train", "--data", data, "--start", work / "warmup.pt", "--out", work / "reader.pt",
        "--steps", options.steps, "--minutes", options.minutes, "--seed", options.seed,
    )  # fmt: skip
    stage("training.export", "--checkpoint", work / "reader.pt", "--out", model)
    stage("training.calibrate", "--model", model, "--data", data / "polnear" / "dev")
    stage("training.adopt", "--model", model)
    reports.mkdir(parents=True, exist_ok=True)
    for name, arguments in REPORTS.items():
        report(data, arguments.split(), reports / f"{name}.json")
    stage("training.adopt", "--model", model, "--reports", reports, "--plan", plan)


def report(data: Path, arguments: list[str], out: Path) -> None:
    """Writes what ``onrecord evaluate`` says of one corpus under ``data``."""
    at = arguments.index("--data") + 1
    arguments = [*arguments[:at], str(data / arguments[at]), *arguments[at + 1 :]]
    command = [str(Path(sys.executable).parent / "onrecord"), "evaluate", *arguments, "--json"]
    print(f"== {' '.join(command)}", flush=True)
    out.write_bytes(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def stage(module: str, *arguments: object) -> None:
    """Runs one module; what it prints is printed."""
    print(f"== {module}", flush=True)
    done = subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
