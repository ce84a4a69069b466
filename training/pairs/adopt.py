"""Puts a calibrated pair model into the package: the file, its hash in the code, its card.

    python -m training.pairs.adopt --model work/pairs.onnx --vitaminc work/vitaminc.json --nli work/nli.json

The reports are what ``onrecord evaluate pairs --json`` printed for this very file, on VitaminC's dev part and
with ``--held-back`` on SNLI and MNLI; the card repeats their figures and nothing else.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.ids import sha256
from onrecord.linking.claims.entailment import load
from training.adopt import DATA, commit
from training.pin import pin

CARD = """# The model of pairs

Says what one English sentence says of another: supports it, contradicts it, or neither.
File `pairs.onnx`, {size:.1f} MB, SHA-256 `{hash}`, int8 ONNX.

- Network: 6-layer MiniLM, 384 wide, over both texts at once, with the letter shape of each word, whether
  the other text has it, and of numbers and times how they stand to those of the other text as inputs
  (`training/pairs/network.py`, `linking/claims/quantities.py`).
- Start: {start}.
- Trained on: VitaminC, train part (28,172 pairs of claim and evidence, CC BY-SA 3.0, text from Wikipedia)
  without 4 of 100 pages; the dev parts of MNLI and SNLI (29,478 pairs; OANC and others, CC BY-SA 4.0) without
  14 of 100 premises; 2,500 pairs of VitaminC's pages that have nothing to do with each other.{more} None of
  their text is part of this project.
- Confidence: one temperature ({temperature:.2f}), and thresholds ({contradicts:.2f} for contradictions,
  {supports:.2f} for support), fitted on the 4 of 100 pages of VitaminC's train part that were kept, as if one
  pair in ten were a contradiction (`training/pairs/calibrate.py`).
- How: {plan}
- Trained by the code of commit `{commit}`.

## Figures

| corpus | pairs | accuracy | macro-F1 | contradictions told: precision | recall |
|---|---|---|---|---|---|
{rows}

VitaminC: its dev part, whose pages are none of the train part's (`onrecord evaluate pairs --data FILE`). MNLI
and SNLI: the tenth of premises that was kept (the same with `--held-back`). "Told" are the pairs above the
threshold when read in both orders, which is what a user is shown.

## Limits

English. Trained on Wikipedia and on crowd-written sentences, not on news: two reports about different
occasions can look like a contradiction. What must be reckoned out, or needs knowledge of the world, is not
seen.
"""


def rows(reports: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table."""
    for report in reports:
        for name, one in report["corpora"].items():
            told = one["contradictions_told"]
            shown = [f"{told[key]:.3f}" if told[key] is not None else "-" for key in ("precision", "recall")]
            yield (
                f"| {name} | {one['pairs']:,} | {one['accuracy']:.3f} | {one['macro_f1']:.3f}"
                f" | {shown[0]} | {shown[1]} |"
            )


def main() -> None:
    """Adopt as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--vitaminc", type=Path, help="report on VitaminC's dev part")
    parser.add_argument("--nli", type=Path, help="report on SNLI and MNLI")
    parser.add_argument("--plan", default="")
    parser.add_argument("--start", default="all-MiniLM-L6-v2, Apache-2.0")
    parser.add_argument("--more", default="", help="what else was learned from")
    options = parser.parse_args()
    data = options.model.read_bytes()
    (DATA / "pairs.onnx").write_bytes(data)
    pin()
    if options.vitaminc and options.nli:
        network = load(data)
        reports = [json.loads(path.read_text("utf-8")) for path in (options.vitaminc, options.nli)]
        text = CARD.format(
            size=len(data) / 1e6, hash=sha256(data), start=options.start, more=options.more,
            plan=options.plan, temperature=network.temperature, contradicts=network.contradicts,
            supports=network.supports, commit=commit(), rows="\n".join(rows(reports)),
        )  # fmt: skip
        (DATA / "pairs.card.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
