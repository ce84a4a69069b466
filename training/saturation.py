"""Weights of eight bits whose products saturate on no processor.

Where a processor lacks VNNI (or its like), onnxruntime multiplies unsigned activations a (0 to 255) by signed
weights w with ``vpmaddubsw``, which adds two neighbouring products of a column and cuts the sum off at 16
bits. So the same file gives other scores there. The sum a0 w0 + a1 w1 cannot be cut off for any a if the
positive ones of w0 and w1 sum to at most 128, and the negative ones to at least -128 (255 * 128 = 32,640 <
32,768). Seven bits (``reduce_range``) keep to that at the cost of one bit in every weight; here each column
takes the least scale at which its pairs do, on average 1.3 times that of eight bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

MOST = 128  # of two neighbouring weights of one sign: 255 * 128 fits into 16 bits, 255 * 129 does not

Floats = NDArray[np.float32]
Ints = NDArray[np.int8]


def quantised(real: Floats) -> tuple[Ints, Floats]:
    """Weights int8 [K, N] and scales float32 [N] for ``real`` [K, N], that saturate nowhere.

    Of two numbers that sum to at most 128 the nearest whole ones do, too, halves going to the even one.
    """
    needed = np.maximum(np.abs(real).max(0) / 127, _pairs(real) / MOST)
    scales = np.where(needed > 1e-30, needed, 1).astype(np.float32)  # next to nothing is nothing
    return np.rint(real / scales).astype(np.int8), scales


def _pairs(weights: NDArray[Any]) -> NDArray[Any]:
    """Of each column of ``weights`` [K, N] the largest sum of two neighbours of one sign, as a size: [N]."""
    wide = np.vstack([weights, np.zeros((len(weights) % 2, weights.shape[1]))]).astype(np.float64)
    above, below = np.maximum(wide, 0), np.maximum(-wide, 0)
    largest: NDArray[Any] = np.maximum(above[0::2] + above[1::2], below[0::2] + below[1::2]).max(0)
    return largest


def can_saturate(weights: Ints) -> bool:
    """Whether sums of two neighbouring products of int8 ``weights`` [K, N] can be too large for 16 bits."""
    return bool(_pairs(weights).max() > MOST)


def spare(network: onnx.ModelProto, real: dict[str, Floats] | None = None) -> int:
    """Makes the int8 matrices of ``network`` such that none saturates; how many were changed.

    Args:
        real: the weights before they were made int8, by their names; without, the int8 ones are taken for
        exact.

    Raises:
        ValueError: a matrix has a zero point, so that its weights are not symmetric.
    """
    own = {one.name: one for one in network.graph.initializer}
    values = {name: numpy_helper.to_array(one) for name, one in own.items()}
    names = {node.input[1] for node in network.graph.node if node.op_type == "MatMulInteger"} & set(own)
    changed = 0
    for name in sorted(names):
        base = name.removesuffix("_quantized")
        if np.any(values[f"{base}_zero_point"]):
            raise ValueError(f"{name}: weights with a zero point are not made")
        if not can_saturate(values[name]):
            continue
        weights, scales = quantised(_real(base, values, real or {}))
        for key, value in ((name, weights), (f"{base}_scale", scales.reshape(values[f"{base}_scale"].shape))):
            own[key].CopyFrom(numpy_helper.from_array(value, key))
        changed += 1
    return changed


def _real(base: str, values: dict[str, Any], real: dict[str, Floats]) -> Floats:
    """The float32 matrix [K, N] behind an int8 one."""
    if base in real:
        return real[base]
    if (turned := base.removesuffix("_Transposed")) in real:
        return real[turned].T
    made: Floats = values[f"{base}_quantized"].astype(np.float32) * values[f"{base}_scale"]
    return made
