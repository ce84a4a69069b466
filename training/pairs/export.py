"""From a checkpoint of the pair model to the one int8 ONNX file that is shipped.

    python -m training.pairs.export --checkpoint work/pairs.pt --out work/pairs.onnx
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.export import describe
from training.network import Size
from training.pairs.network import PairModel

# Until they are fitted: scores as they are, and nothing is shown as a contradiction.
UNFITTED: dict[str, Any] = {"temperature": 1.0, "supports": 1.0, "contradicts": 1.0}


def averaged(checkpoint: Path, size: Size) -> PairModel:
    """The model of ``checkpoint`` with its averaged weights, ready to evaluate."""
    state = torch.load(checkpoint)
    model = PairModel(size)
    model.load_state_dict(state["model"])
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.copy_(state["mean"][name])
    return model.eval()


def export(model: PairModel, out: Path, name: str, *, quantise: bool = True) -> None:
    """Writes ``model`` as ONNX, int8 with one scale a column unless ``quantise`` is off."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_suffix(".float.onnx")
    example = torch.ones((2, 16), dtype=torch.int32)
    axes = {0: "batch", 1: "length"}
    with warnings.catch_warnings():
        # The exporter that replaces this one needs a further package and gives the same graph here.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            model,
            (example, example, example),
            str(part),
            input_names=["ids", "shape", "side"],
            output_names=["scores"],
            dynamic_axes={"ids": axes, "shape": axes, "side": axes, "scores": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
    if quantise:
        quantize_dynamic(
            part,
            out,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
        part.unlink()
    else:
        part.replace(out)
    describe(out, {"name": name, **UNFITTED})


def main() -> None:
    """Export as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="pairs-1")
    parser.add_argument("--float", action="store_true", help="do not quantise")
    options = parser.parse_args()
    export(averaged(options.checkpoint, Size()), options.out, options.name, quantise=not options.float)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
