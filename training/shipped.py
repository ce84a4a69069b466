"""Goes on from a shipped model: its int8 weights made float again.

The graph that the exporter writes is the same for the same network, so a fresh export of an untrained network
tells which matrix of the file is which parameter.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.network import Reader


def restore_shipped(model: Reader, path: Path) -> None:
    """Fills ``model`` with what the file holds; heads that it does not have stay as they are.

    Raises:
        ValueError: the file's graph is not that of this network.
    """
    from training.export import to_onnx

    outputs = [one.name for one in onnx.load(str(path)).graph.output]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        to_onnx(model, plain)
        fresh = onnx.load(str(plain))
    parameters = dict(model.named_parameters())
    values = {one.name: numpy_helper.to_array(one) for one in fresh.graph.initializer}
    stored = onnx.load(str(path))
    own = {one.name: numpy_helper.to_array(one) for one in stored.graph.initializer}
    matrices = [node.input[1] for node in fresh.graph.node if node.op_type == "MatMul"]
    matrices = [name for name in matrices if name in values]
    found = [node.input[1] for node in stored.graph.node if node.op_type == "MatMulInteger"]
    if len(found) > len(matrices):
        raise ValueError(f"{path}: {len(found)} matrices, this network has {len(matrices)}")
    with torch.no_grad():
        for name, parameter in parameters.items():
            if name in own:
                parameter.copy_(torch.tensor(own[name]))
            elif f"{name}_quantized" in own:
                parameter.copy_(torch.from_numpy(_real(own, name)))
        for fresh_name, name in zip(matrices, found, strict=False):
            target = _parameter(parameters, values[fresh_name])
            target.copy_(torch.from_numpy(_real(own, name.removesuffix("_quantized")).T))
        _learned(model, json.loads(stored.metadata_props[0].value))
    print(f"{path}: {len(found)} of {len(matrices)} matrices restored; outputs {outputs}")


def _parameter(parameters: dict[str, torch.nn.Parameter], value: Any) -> torch.nn.Parameter:
    """The parameter whose transpose ``value`` is: fresh random weights are all different."""
    for parameter in parameters.values():
        if parameter.shape == value.T.shape and np.array_equal(parameter.detach().numpy(), value.T):
            return parameter
    raise ValueError("a matrix of the export is no parameter")


def _real(own: dict[str, Any], name: str) -> Any:
    """The float32 values of a quantised initializer."""
    scale, zero = own[f"{name}_scale"], own[f"{name}_zero_point"]
    return (own[f"{name}_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale


def _learned(model: Reader, learned: dict[str, Any]) -> None:
    """What stands beside the graph; a file older than the heads of names and mentions lacks theirs."""
    for key, parameter in (
        ("moves", model.transitions), ("nobody", model.nobody), ("distance", model.distance),
        ("between", model.between), ("name_moves", model.name_transitions),
        ("edge_distance", model.edge_distance), ("mention_distance", model.mention_distance),
        ("new", model.new),
    ):  # fmt: skip
        if key in learned:
            parameter.copy_(torch.tensor(learned[key]))
    model.begin.copy_(torch.tensor(learned["begin"]) - model.forbidden[0])  # type: ignore[index]
    if "name_begin" in learned:
        model.name_begin.copy_(torch.tensor(learned["name_begin"]) - model.name_forbidden[0])  # type: ignore[index]
