"""From a training checkpoint to the one int8 ONNX file that is shipped.

    python -m training.export --checkpoint work/reader.pt --out work/reader.onnx

The averaged weights are exported; matrix products and embeddings become int8 (dynamic quantisation, one
scale a column); what the run time needs beside the network (tag chain, link scores, confidence) travels in
the file's metadata.
"""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from onrecord.reading.network.assemble import FEATURES
from training.network import Reader, Size
from training.saturation import spare
from training.softmax import steady

AXES = {0: "batch", 1: "length"}  # that differ from call to call
OUTPUTS = ("tags", "ask", "answer", "names", "mentions", "edges", "corefer")


def averaged(checkpoint: Path, size: Size) -> Reader:
    """The model of ``checkpoint`` with its averaged weights, ready to evaluate."""
    model = Reader(size)
    load_averaged(model, checkpoint)
    return model.eval()


def load_averaged(model: nn.Module, checkpoint: Path) -> None:
    """Fills ``model`` with the averaged weights of ``checkpoint``."""
    state = torch.load(checkpoint)
    model.load_state_dict(state["model"])
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.copy_(state["mean"][name])


def learned(model: Reader, name: str, *, confidence: list[float] | None = None) -> dict[str, Any]:
    """What travels beside the network; the confidence is set by ``training.calibrate``."""
    return {
        "name": name,
        "begin": (model.begin + model.forbidden[0]).tolist(),  # type: ignore[index]
        "moves": model.transitions.tolist(),
        "nobody": model.nobody.tolist(),
        "distance": model.distance.tolist(),
        "between": model.between.tolist(),
        "name_begin": (model.name_begin + model.name_forbidden[0]).tolist(),  # type: ignore[index]
        "name_moves": model.name_transitions.tolist(),
        "edge_distance": model.edge_distance.tolist(),
        "mention_distance": model.mention_distance.tolist(),
        "new": model.new.item(),
        "confidence": confidence or [0.0, *[0.1] * len(FEATURES)],
    }


def export(model: Reader, out: Path, metadata: dict[str, Any], *, quantise: bool = True) -> None:
    """Writes ``model`` as ONNX, int8 unless ``quantise`` is off, with ``metadata`` in it."""
    part = out.with_suffix(".float.onnx")
    to_onnx(model, part)
    finish(part, out, metadata, quantise=quantise)


def to_onnx(model: Reader, path: Path) -> None:
    """Writes the reader as float32 ONNX."""
    write_graph(model, path, ["ids", "shape", "quote"], {name: dict(AXES) for name in OUTPUTS})


def write_graph(
    model: nn.Module, path: Path, inputs: list[str], outputs: dict[str, dict[int, str]]
) -> None:
    """Writes a network over three int32 [B, T] inputs as float32 ONNX; ``outputs`` with their free axes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    example = torch.ones((2, 16), dtype=torch.int32)
    with warnings.catch_warnings():
        # The exporter that replaces this one needs a further package and gives the same graph here.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            model,
            (example, example, example),
            str(path),
            input_names=inputs,
            output_names=list(outputs),
            dynamic_axes={name: dict(AXES) for name in inputs} | outputs,
            opset_version=17,
            dynamo=False,
        )


def finish(part: Path, out: Path, metadata: dict[str, Any], *, quantise: bool) -> None:
    """Makes ``out`` of the float32 file ``part``: int8, alike everywhere, unless ``quantise`` is off."""
    if quantise:
        quantize_dynamic(
            part,
            out,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
        real = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(part)).graph.initializer}
        network = onnx.load(str(out))
        spare(network, real)
        steady(network)
        onnx.save(network, str(out))
        part.unlink()
    else:
        part.replace(out)
    describe(out, metadata)


def describe(path: Path, metadata: dict[str, Any]) -> None:
    """Puts ``metadata`` into the file, in place of what was there."""
    network = onnx.load(str(path))
    del network.metadata_props[:]
    entry = network.metadata_props.add()
    entry.key, entry.value = "onrecord", json.dumps(metadata, sort_keys=True)
    onnx.save(network, str(path))


def main() -> None:
    """Export as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="reader-1")
    parser.add_argument("--float", action="store_true", help="do not quantise")
    options = parser.parse_args()
    model = averaged(options.checkpoint, Size())
    export(model, options.out, learned(model, options.name), quantise=not options.float)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
