"""From a checkpoint of the pair model to the one int8 ONNX file that is shipped.

    python -m training.pairs.export --checkpoint work/pairs.pt --out work/pairs.onnx
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from training.export import finish, load_averaged, write_graph
from training.network import Size
from training.pairs.network import PairModel

# Until they are fitted: scores as they are, and nothing is shown as a contradiction.
UNFITTED: dict[str, Any] = {"temperature": 1.0, "supports": 1.0, "contradicts": 1.0}


def averaged(checkpoint: Path, size: Size) -> PairModel:
    """The model of ``checkpoint`` with its averaged weights, ready to evaluate."""
    model = PairModel(size)
    load_averaged(model, checkpoint)
    return model.eval()


def export(model: PairModel, out: Path, name: str, *, quantise: bool = True) -> None:
    """Writes ``model`` as ONNX, int8 with one scale a column unless ``quantise`` is off."""
    part = out.with_suffix(".float.onnx")
    write_graph(model, part, ["ids", "shape", "side"], {"scores": {0: "batch"}})
    finish(part, out, {"name": name, **UNFITTED}, quantise=quantise)


def main() -> None:
    """Export as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="pairs")
    parser.add_argument("--float", action="store_true", help="do not quantise")
    options = parser.parse_args()
    export(averaged(options.checkpoint, Size()), options.out, options.name, quantise=not options.float)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
