"""Puts a calibrated model into the package: the file, its hash in the code, its card.

    python -m training.adopt --model work/quotes.onnx --report work/report.json --plan "6 passes, seed 1"

The report is what ``onrecord evaluate quotes --json`` printed for this very file; the card repeats its
figures and nothing else.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from onrecord.ids import sha256

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "onrecord" / "data"
CODE = ROOT / "src" / "onrecord" / "reading" / "encoder.py"
FIGURES = (
    "source set", "cue set", "content set", "source token", "cue token", "content token",
    "attribution all-overlap", "attribution all-exact", "attribution sc-overlap", "attribution sc-exact",
)  # fmt: skip

CARD = """# The reader of quotes

Finds who said what in English news text: spans of speaker, cue and content, and the links between them.
File `{file}`, {size:.1f} MB, SHA-256 `{hash}`, int8 ONNX.

- Network: 6-layer MiniLM, 384 wide, 22 M parameters, with letter-shape and quotation-state inputs, a
  linear-chain CRF over words and a linker (`training/network.py`).
- Start weights: all-MiniLM-L6-v2, Apache-2.0.
- Warm-up: masked tokens on 5,151 US news texts and the texts of the training part below (unlabelled; the
  texts are copyrighted and not part of this project).
- Trained on: PolNeAR 1.0, train part, 840 articles, 19,834 attributions (US election news 2015-16; research
  corpus, no data licence stated; its text is not part of this project).
- Confidence fitted on: PolNeAR, dev part, which the figures below are measured on too; one logistic of eight
  weights was fitted there.
- How: {plan}; one command: see `training/README.md`.
- Trained by the code of commit `{commit}`.

## Figures

Measured on {corpus} ({documents} articles, {gold} attributions), through the command
`onrecord evaluate quotes --data DIR`:

| measure | precision | recall | F1 |
|---|---|---|---|
{rows}

Confidence: expected calibration error {calibration:.3f} (an attribution counts as right where source, cue and
content all overlap the gold).

## Limits

English news prose. Trained on US political news, so foreign names and machine-translated text are read less
well. Speech inside speech is not marked. A denial ("did not say", "denied") is marked like a claim. Each word
belongs to at most one attribution.
"""


def commit() -> str:
    """The commit that is checked out."""
    run = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def pin(digest: str) -> None:
    """Writes the hash into the code that loads the model."""
    code = CODE.read_text("utf-8")
    CODE.write_text(re.sub(r'^SHA256 = ".*"$', f'SHA256 = "{digest}"', code, flags=re.MULTILINE), "utf-8")


def card(report: dict[str, Any], *, size: int, digest: str, plan: str) -> str:
    """The text of the card."""
    scores = report["scores"]
    rows = [
        f"| {name} | {scores[name]['p']:.3f} | {scores[name]['r']:.3f} | {scores[name]['f1']:.3f} |"
        for name in FIGURES
    ]
    return CARD.format(
        file="quotes.onnx", size=size / 1e6, hash=digest, plan=plan, commit=commit(), rows="\n".join(rows),
        corpus="PolNeAR " + report["corpus"], documents=report["documents"], gold=report["gold_attributions"],
        calibration=report["expected_calibration_error"],
    )  # fmt: skip


def main() -> None:
    """Adopt as the options say; without a report, only the file and its hash."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--plan", default="")
    options = parser.parse_args()
    data = options.model.read_bytes()
    (DATA / "quotes.onnx").write_bytes(data)
    pin(sha256(data))
    if options.report:
        report = json.loads(options.report.read_text("utf-8"))
        text = card(report, size=len(data), digest=sha256(data), plan=options.plan)
        (DATA / "quotes.card.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
