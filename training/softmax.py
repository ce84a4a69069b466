"""Attention whose sums come out the same on every processor.

onnxruntime's Softmax adds up exponentials in an order that hangs on the width of the processor's registers.
The last bit of a sum then differs, now and then an activation is rounded to the next of 256 steps because of
it, and after six layers scores differ by as much as int8 costs at all (measured: by up to 2.0, where scores
are some 3 large). All other operations of the networks give the same bits with and without AVX-512
(``docs/decisions/processors.md``). So softmax(x) v is written as (e v) / sum(e) with e = round(2^16 exp(x -
max x)): whole numbers, whose sum is exact in whatever order it is taken, up to 256 positions.
"""

from __future__ import annotations

import math

import numpy as np
import onnx
from onnx import helper, numpy_helper

STEPS = 2.0**16  # of the largest exponential; 256 of them sum to 2^24, up to which floats hold whole numbers
_SHIFT, _AXES = "onrecord/shift", "onrecord/last"


def steady(network: onnx.ModelProto) -> int:
    """Writes every attention of ``network`` in sums of whole numbers; how many there were.

    What is added for padding goes: windows are read alone.

    Raises:
        ValueError: a softmax is not followed by one product, as attention is.
    """
    graph = network.graph
    made = {name: node for node in graph.node for name in node.output}
    uses: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            uses.setdefault(name, []).append(node)
    gone: set[str] = set()  # outputs of nodes that are replaced
    instead: dict[str, list[onnx.NodeProto]] = {}  # by the output of the product that they stand for
    for softmax in [node for node in graph.node if node.op_type == "Softmax"]:
        mask = made[softmax.input[0]]
        scores = mask.input[0] if mask.op_type == "Add" else softmax.input[0]
        gone |= {softmax.output[0]} | ({mask.output[0]} if mask.op_type == "Add" else set())
        after = uses[softmax.output[0]]
        while len(after) == 1 and after[0].op_type == "Cast":
            gone.add(after[0].output[0])
            after = uses[after[0].output[0]]
        if len(after) != 1 or after[0].op_type != "MatMul":
            raise ValueError(f"{softmax.name}: not an attention")
        instead[after[0].output[0]] = _mixed(scores, after[0].input[1], after[0].output[0])
    nodes = [
        new
        for node in graph.node
        for new in instead.get(node.output[0], [node])
        if node.output[0] not in gone
    ]
    del graph.node[:]
    graph.node.extend(nodes)
    if instead:
        graph.initializer.append(numpy_helper.from_array(np.array(math.log(STEPS), np.float32), _SHIFT))
        graph.initializer.append(numpy_helper.from_array(np.array([-1], np.int64), _AXES))
    return len(instead)


def _mixed(scores: str, value: str, out: str) -> list[onnx.NodeProto]:
    """The nodes that mix ``value`` by ``scores`` into ``out``."""
    most, less, off, raised, whole, total, mixed = (
        f"{out}/{part}" for part in ("most", "less", "off", "exp", "whole", "sum", "mixed")
    )
    return [
        helper.make_node("ReduceMax", [scores], [most], axes=[-1], keepdims=1),
        helper.make_node("Sub", [most, _SHIFT], [less]),
        helper.make_node("Sub", [scores, less], [off]),
        helper.make_node("Exp", [off], [raised]),
        helper.make_node("Round", [raised], [whole]),
        helper.make_node("ReduceSum", [whole, _AXES], [total], keepdims=1),
        helper.make_node("MatMul", [whole, value], [mixed]),
        helper.make_node("Div", [mixed, total], [out]),
    ]
