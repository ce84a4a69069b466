"""How a shipped network is run: the only module that knows onnxruntime."""

from __future__ import annotations

import json
import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError

GRID = 64  # scores are read in steps of 1/64: what is behind that differs from processor to processor


def on_grid(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """``scores`` in steps of 1/GRID.

    Integer products of the shipped networks are the same on every processor (training/saturation.py); sums of
    floats may differ in their last bits. Steps are whole numbers over a power of two, so that sums and
    products of a few hundred of them are exact in whatever order they are taken.
    """
    steps: NDArray[np.float32] = scores * np.float32(GRID)
    np.rint(steps, out=steps)
    steps *= np.float32(1 / GRID)  # a power of two: as exact as dividing
    return steps


def session(data: bytes, *, threads: int = 1) -> tuple[Any, dict[str, Any]]:
    """A session over the network in ``data``, and what was learned beside it.

    Args:
        data: the bytes of an ONNX file whose metadata has the key "onrecord", a JSON object.
        threads: cores that one run may use.

    Raises:
        ModelError: onnxruntime cannot run it, or it is no network of ours.
    """
    onnxruntime = _runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # the arena keeps the largest batch for ever
    try:
        made = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        learned = json.loads(made.get_modelmeta().custom_metadata_map["onrecord"])
    except Exception as error:
        raise ModelError(f"the model cannot be loaded: {error}", hint="see: onrecord doctor") from error
    return made, learned


def _runtime() -> Any:
    """onnxruntime, which tells nobody that it is used: left alone it gives the machine an id, keeps notes of
    each run in the home folder, and sends them to its makers. It must be told before it is imported; where a
    program had it before, it is told to note nothing more."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime
