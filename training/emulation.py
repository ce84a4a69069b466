"""The integer products of a shipped network computed again: exactly, and as processors without VNNI do it.

``exact`` gives a network with the same graph whose integer products are sums of floats that hold every such sum;
``disagreements`` runs the file as it is and computes each product again from what went into it. Both run anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

ROWS = 8  # of each product that are computed as processors without VNNI do it, which is slow here

Doubles = NDArray[np.float64]  # they hold every whole number that comes up


def exact(data: bytes) -> bytes:
    """The network in ``data`` with every MatMulInteger as a product of floats, made int32 again.

    Raises:
        ValueError: a matrix whose products can be larger than what floats hold exactly.
    """
    network = onnx.load_from_string(data)
    weights = {one.name: numpy_helper.to_array(one) for one in network.graph.initializer}
    nodes = []
    for node in network.graph.node:
        if node.op_type == "MatMulInteger":
            if np.abs(weights[node.input[1]].astype(np.int64)).sum(0).max() * 255 >= 2**24:
                raise ValueError(f"{node.name}: sums of this matrix can be over 2^24")
            nodes += _in_floats(node)
        else:
            nodes.append(node)
    del network.graph.node[:]
    network.graph.node.extend(nodes)
    return network.SerializeToString()


def _in_floats(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """What a MatMulInteger does, in nodes of floats."""
    made, parts = [], []
    for side in (0, 1):
        given, zero = node.input[side], node.input[2 + side]
        names = [f"{node.output[0]}/{side}/{step}" for step in ("value", "zero", "real")]
        made += [
            helper.make_node("Cast", [given], [names[0]], to=TensorProto.FLOAT),
            helper.make_node("Cast", [zero], [names[1]], to=TensorProto.FLOAT),
            helper.make_node("Sub", names[:2], [names[2]]),
        ]
        parts.append(names[2])
    product = f"{node.output[0]}/product"
    made.append(helper.make_node("MatMul", parts, [product]))
    made.append(helper.make_node("Cast", [product], [node.output[0]], to=TensorProto.INT32))
    return made


def disagreements(data: bytes, feed: Mapping[str, NDArray[Any]]) -> Iterator[str]:
    """The integer products of the network that come out otherwise than computed here, for one input.

    Each is computed twice: exactly, and with every sum of two neighbouring products cut off at 16 bits, as
    processors without VNNI cut it off. Where both are what the runtime says, it says the same everywhere.
    """
    network = onnx.load_from_string(data)
    products = [node for node in network.graph.node if node.op_type == "MatMulInteger"]
    weights = {one.name: numpy_helper.to_array(one) for one in network.graph.initializer}
    wanted = {name for node in products for name in (*node.input, node.output[0])} - set(weights)
    own = {one.name for one in network.graph.output}
    network.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in sorted(wanted - own))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(network.SerializeToString(), options, providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]
    values = weights | dict(zip(names, session.run(None, dict(feed)), strict=True))
    for node in products:
        given, matrix, zero, shift = (values[name].astype(np.float64) for name in node.input)
        rows = given.reshape(-1, given.shape[-1])
        takes = (shift * rows.sum(1, keepdims=True) + zero * matrix.sum(0)) - len(matrix) * zero * shift
        said = values[node.output[0]].reshape(len(rows), -1)
        if not np.array_equal(said, rows @ matrix - takes):
            yield f"{node.name}: not the exact product"
        some = slice(None, None, max(1, len(rows) // ROWS))
        if not np.array_equal(said[some], _cut_off(rows[some], matrix) - takes[some]):
            yield f"{node.name}: products that processors without VNNI would cut off"


def _cut_off(rows: Doubles, matrix: Doubles) -> Doubles:
    """``rows`` [M, K] times ``matrix`` [K, N], sums of two neighbouring products kept to 16 bits."""
    total = np.zeros((len(rows), matrix.shape[1]))
    for at in range(0, len(matrix), 2):
        total += np.clip(rows[:, at : at + 2] @ matrix[at : at + 2], -(2**15), 2**15 - 1)
    return total
