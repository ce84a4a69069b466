"""Attention whose sums come out the same on every processor.

onnxruntime's Softmax adds up exponentials in an order that hangs on the width of the processor's registers. The last
bit of a sum then differs, now and then an activation is rounded to the next of 256 steps because of it, and after six
layers scores differ by as much as int8 costs at all (measured: by up to 2.0, where scores are some 3 large). All other
operations of the networks give the same bits with and without AVX-512 (``docs/decisions/quotes-model.md``). So
softmax(x) v is written as (e v) / sum(e) with e = round(2^16 exp(x - max x)): whole numbers, whose sum is exact in
whatever order it is taken, up to 256 positions.
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
    count = 0
    for softmax in [node for node in graph.node if node.op_type == "Softmax"]:
        chain = [softmax]
        while len(after := uses.get(chain[-1].output[0], [])) == 1 and after[0].op_type == "Cast":
            chain.append(after[0])
        if len(after) != 1 or after[0].op_type != "MatMul":
            raise ValueError(f"{softmax.name}: not an attention")
        before = made[softmax.input[0]]
        masked = before.op_type == "Add"
        scores = before.input[0] if masked else softmax.input[0]
        _replace(graph, [*chain, after[0], *([before] if masked else [])], scores, after[0].input[1], after[0].output[0])
        count += 1
    if count:
        graph.initializer.append(numpy_helper.from_array(np.float32(math.log(STEPS)), _SHIFT))
        graph.initializer.append(numpy_helper.from_array(np.array([-1], np.int64), _AXES))
    return count


def _replace(graph: onnx.GraphProto, gone: list[onnx.NodeProto], scores: str, value: str, out: str) -> None:
    """Puts the nodes that mix ``value`` by ``scores`` where those of ``gone`` stood."""
    names = {part: f"{out}/{part}" for part in ("most", "less", "off", "exp", "whole", "sum", "mixed")}
    nodes = [
        helper.make_node("ReduceMax", [scores], [names["most"]], axes=[-1], keepdims=1),
        helper.make_node("Sub", [names["most"], _SHIFT], [names["less"]]),
        helper.make_node("Sub", [scores, names["less"]], [names["off"]]),
        helper.make_node("Exp", [names["off"]], [names["exp"]]),
        helper.make_node("Round", [names["exp"]], [names["whole"]]),
        helper.make_node("ReduceSum", [names["whole"], _AXES], [names["sum"]], keepdims=1),
        helper.make_node("MatMul", [names["whole"], value], [names["mixed"]]),
        helper.make_node("Div", [names["mixed"], names["sum"]], [out]),
    ]
    kept = list(graph.node)
    at = kept.index(gone[0])
    later = [node for node in kept[at:] if node not in gone]
    kept = [node for node in kept[:at] if node not in gone] + nodes + later
    del graph.node[:]
    graph.node.extend(_sorted(kept, graph))


def _sorted(nodes: list[onnx.NodeProto], graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """``nodes`` such that each comes after those it reads from."""
    known = {one.name for one in (*graph.input, *graph.initializer)} | {"", _SHIFT, _AXES}
    made: list[onnx.NodeProto] = []
    while nodes:
        ready = [node for node in nodes if known.issuperset(node.input)]
        if not ready:
            raise ValueError("a graph with a circle")
        made += ready
        known |= {name for node in ready for name in node.output}
        nodes = [node for node in nodes if node not in ready]
    return made
