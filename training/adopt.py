"""Puts a calibrated model into the package: the file, its hash, its card.

    python -m training.adopt --model work/reader.onnx --reports work/reports --plan "3,000 steps, seed 1"

The reports are what ``onrecord evaluate TASK --json`` printed for this very file, one file a task
(``REPORTS``); the card repeats their figures and nothing else.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.ids import sha256
from training.pin import pin

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "onrecord" / "data"
FIGURES = (
    "source set", "cue set", "content set", "source token", "cue token", "content token",
    "attribution all-overlap", "attribution all-exact", "attribution sc-overlap", "attribution sc-exact",
)  # fmt: skip
# File under --reports -> the corpus, as the arguments of the command tell it.
REPORTS = {
    "quotes": "quotes --data polnear/dev",
    "mentions-uner": "mentions --data uner/en_ewt-ud-dev.iob2",
    "mentions-gum": "mentions --data gum/dev",
    "mentions-re3d": "mentions --data re3d --every 4",
    "mentions-crossner": "mentions --data crossner-politics/dev.txt",
    "coref": "coref --data gum/dev",
    "speakers": "speakers --data polnear/dev",
    "stance": "stance --data polnear/dev",
    "times-wikiwars": "times --data wikiwars/train",
    "times-specs": "times --data recognizers-specs",
}

CARD = """# The reader

Finds in English news text, in one pass: who said what (spans of speaker, cue and content, and the links
between them); names; mentions of persons, organisations and places with the word they hang on, and
which goes back to which. File `{file}`, {size:.1f} MB, SHA-256 `{hash}`, int8 ONNX.

- Network: 6-layer MiniLM, 384 wide, 22 M parameters, with letter-shape and quotation-state inputs; a
  linear-chain CRF over words and a linker for attributions, a second CRF for names, head words with
  pointers to the ends of their phrases, and two vectors for coreference (`training/network.py`).
- Start: all-MiniLM-L6-v2, Apache-2.0; masked-token warm-up on 5,151 US news texts and the texts of
  PolNeAR's train part (unlabelled; copyrighted, not part of this project); six passes over PolNeAR
  alone (quotes-1).
- Trained on: PolNeAR 1.0, train part (840 articles, 19,834 attributions; research corpus, no data
  licence stated); Universal NER English EWT, train (CC BY-SA 4.0); CrossNER politics, train (MIT); both
  once more with names of the fact tables put in; GUM, train part, openly licensed genres (annotations
  CC BY 4.0, texts by genre); re3d without every fourth document (OGL, public domain, CC BY, CC BY-SA by
  publisher). No text of any of them is part of this project.
- Confidence of attributions fitted on: PolNeAR, dev part, which the figures below are measured on too;
  one logistic of eight weights was fitted there.
- How: {plan}; see `training/README.md`.
- Adopted on the code of commit `{commit}`.

## Figures

All through the installed program, `onrecord evaluate TASK --data DIR`, on the corpora named. Speakers,
polarity and times are read by rules on top of this model; they stand here because they are read with
it.

{figures}

## Limits

English news prose. Trained on US political news, web text and Wikipedia genres, so foreign names and
machine-translated text are read less well. Each word belongs to at most one attribution; speech inside
speech is found by reading contents again. The annotation files for speakers and polarity have one
annotator each.
"""


def tables(reports: dict[str, dict[str, Any]]) -> Iterator[str]:
    """One table for each report that is there."""
    if one := reports.get("quotes"):
        many = f"{one['documents']} articles, {one['gold_attributions']} attributions"
        yield f"**{REPORTS['quotes']}** ({many})\n"
        yield "| measure | precision | recall | F1 |\n|---|---|---|---|"
        for name in FIGURES:
            yield _row(name, one["scores"][name])
        yield f"\nExpected calibration error {one['expected_calibration_error']:.3f}.\n"
    for name in ("mentions-uner", "mentions-gum", "mentions-re3d", "mentions-crossner"):
        if one := reports.get(name):
            yield f"**{REPORTS[name]}** (exact spans)\n"
            yield "| mentions | precision | recall | F1 |\n|---|---|---|---|"
            for view, counts in one["views"].items():
                for kind, count in counts.items():
                    if kind.endswith(" exact"):
                        yield _row(f"{view}: {kind.removesuffix(' exact')}", count)
            yield ""
    if one := reports.get("coref"):
        yield f"**{REPORTS['coref']}**\n"
        yield "| row | CoNLL F1 |\n|---|---|"
        for row, scores in one["rows"].items():
            yield f"| {row} | {scores['conll']:.3f} |"
        for form, tied in one["tied"].items():
            yield f"| {form} tied to the right name, share of {tied['mentions']} | {tied['share']:.3f} |"
        yield ""
    if one := reports.get("speakers"):
        yield f"**{REPORTS['speakers']}** ({one['speakers']} annotated speakers)\n"
        shares = f"{one['accuracy']:.3f}; in the corpus's own mix {one['natural']:.3f}"
        yield f"Tied to the right person: {shares}.\n"
    if one := reports.get("stance"):
        yield f"**{REPORTS['stance']}**\n"
        for part, scores in one["scores"].items():
            yield f"{part}: accuracy {scores['accuracy']:.3f}, macro F1 {scores['macro_f1']:.3f}\n"
    if one := reports.get("times-wikiwars"):
        yield f"**{REPORTS['times-wikiwars']}** ({one['documents']} documents, 12 of them developed on)\n"
        figures = (f"{name} {one[name]['f1']:.3f}" for name in ("exact", "overlap", "value"))
        yield f"F1: {', '.join(figures)}.\n"
    if one := reports.get("times-specs"):
        yield f"**{REPORTS['times-specs']}**\n"
        yield f"Right of the {one['applies']['cases']} cases that apply: {one['applies']['right']:.3f}.\n"


def _row(name: str, score: dict[str, float]) -> str:
    return f"| {name} | {score['p']:.3f} | {score['r']:.3f} | {score['f1']:.3f} |"


def commit() -> str:
    """The commit that is checked out."""
    run = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def card(reports: dict[str, dict[str, Any]], *, size: int, digest: str, plan: str) -> str:
    """The text of the card."""
    return CARD.format(
        file="reader.onnx", size=size / 1e6, hash=digest, plan=plan, commit=commit(),
        figures="\n".join(tables(reports)).rstrip(),
    )  # fmt: skip


def main() -> None:
    """Adopt as the options say; without reports, only the file and its hash."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--reports", type=Path, help="a folder of JSON reports, named as in REPORTS")
    parser.add_argument("--plan", default="")
    options = parser.parse_args()
    data = options.model.read_bytes()
    (DATA / "reader.onnx").write_bytes(data)
    pin()
    if options.reports:
        found = {name: options.reports / f"{name}.json" for name in REPORTS}
        reports = {name: json.loads(path.read_text("utf-8")) for name, path in found.items() if path.exists()}
        text = card(reports, size=len(data), digest=sha256(data), plan=options.plan)
        (DATA / "reader.card.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
