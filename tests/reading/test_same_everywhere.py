"""The same text gives the same rows on every processor: integer products and sums that nothing can turn.

Products are computed again, exactly and as processors without VNNI do it (``training.emulation``). That the other
operations give the same bits was measured under an emulated processor without AVX-512 (docs/decisions/processors.md);
here it is held that there are no others.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

onnx = pytest.importorskip("onnx", reason="the graphs are looked into with onnx: make test installs it")

from onrecord.linking.claims import entailment  # noqa: E402
from onrecord.linking.claims.entailment import padded, pair_input  # noqa: E402
from onrecord.reading import report  # noqa: E402
from onrecord.reading.network import encoder  # noqa: E402
from onrecord.reading.network.runtime import GRID, on_grid  # noqa: E402
from onrecord.reading.network.windows import pieces_of, spans_of_windows, window_of  # noqa: E402
from onrecord.shipped import pinned, shipped  # noqa: E402
from onrecord.text.doc import Doc  # noqa: E402
from training.emulation import disagreements, exact  # noqa: E402
from training.saturation import can_saturate, quantised  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FILES = (encoder.FILE, entailment.FILE)
# Operations that give the same bits whatever the processor: they move values, work on each alone, take the largest,
# or add up in an order of their own. Softmax is none of them.
STEADY = {
    "Abs", "Add", "And", "Cast", "Clip", "Concat", "Constant", "DequantizeLinear", "Div", "DynamicQuantizeLinear",
    "Equal", "Erf", "Exp", "Gather", "GreaterOrEqual", "LayerNormalization", "Less", "MatMul", "MatMulInteger", "Mul",
    "Or", "Pow", "Range", "ReduceMax", "ReduceSum", "Reshape", "Round", "Shape", "Split", "Squeeze", "Sub",
    "Transpose", "Unsqueeze",
}  # fmt: skip


def example_texts() -> list[str]:
    """Real and invented reports in plain text."""
    folders = (ROOT / "examples" / "reports", SHARED / "reports")
    return [path.read_text("utf-8", "replace") for folder in folders for path in sorted(folder.glob("*.txt"))]


def windows_of(text: str) -> list[Any]:
    """The inputs of the encoder for ``text``."""
    pieces = pieces_of(text)
    return [window_of(pieces, span) for span in spans_of_windows(pieces)]


@pytest.mark.parametrize("file", FILES)
def test_no_weight_can_saturate(file: str) -> None:
    """Whatever is read, no sum of two products is over 16 bits, where processors without VNNI cut it off."""
    network = onnx.load_from_string(shipped(file))
    weights = {one.name: onnx.numpy_helper.to_array(one) for one in network.graph.initializer}
    matrices = [node.input[1] for node in network.graph.node if node.op_type == "MatMulInteger"]
    assert len(matrices) > 20
    assert [name for name in matrices if can_saturate(weights[name])] == []


@pytest.mark.parametrize("file", FILES)
def test_only_steady_operations(file: str) -> None:
    """A network with an operation that was not measured has to be measured first."""
    used = {node.op_type for node in onnx.load_from_string(shipped(file)).graph.node}
    assert used - STEADY == set()


def test_products_of_the_reader_are_exact() -> None:
    """Layer by layer the runtime's integers are those computed here, with and without cutting off."""
    one = max(windows_of(example_texts()[-1]), key=lambda window: len(window.ids))
    feed = {"ids": one.ids[None], "shape": one.shape[None], "quote": one.quote[None]}
    assert list(disagreements(shipped(encoder.FILE), feed)) == []


def test_products_of_the_pair_model_are_exact() -> None:
    """The same of the network that compares."""
    ids, shape, side = padded([pair_input("The dam at Orley was inspected in May.", "No one inspected it.")])
    assert list(disagreements(shipped(entailment.FILE), {"ids": ids, "shape": shape, "side": side})) == []


def test_emulation_tells_a_network_that_saturates() -> None:
    """What the tests above rest on: a matrix that can be cut off is told, by its weights and by its products."""
    network = onnx.load_from_string(shipped(encoder.FILE))
    node = next(node for node in network.graph.node if node.op_type == "MatMulInteger")
    matrix = next(one for one in network.graph.initializer if one.name == node.input[1])
    full = np.full(onnx.numpy_helper.to_array(matrix).shape, 127, np.int8)
    matrix.CopyFrom(onnx.numpy_helper.from_array(full, matrix.name))
    assert can_saturate(full)
    one = windows_of("Mira Talvik said that the bridge is closed.")[0]
    feed = {"ids": one.ids[None], "shape": one.shape[None], "quote": one.quote[None]}
    told = list(disagreements(network.SerializeToString(), feed))
    assert any(line.startswith(f"{node.name}: products that") for line in told)


def rows(text: str) -> Any:
    """All that is read from a text."""
    return report.read_text(Doc.of(text), document_id="d_0", published=None)


def emulated(monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> Iterator[tuple[Any, Any]]:
    """What is read from each text by the shipped network and by one whose products are computed exactly."""
    network = encoder.load(exact(shipped(encoder.FILE)))
    for text in texts:
        monkeypatch.undo()
        here = rows(text)
        monkeypatch.setattr(report, "network", lambda: network)
        yield here, rows(text)


def test_rows_of_the_exact_network_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report read with exact products has the very same rows."""
    for here, there in emulated(monkeypatch, example_texts()[-3:]):
        assert here.statements
        assert here == there


@pytest.mark.corpus
def test_rows_of_articles_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on all examples and 40 real articles."""
    path = SHARED / "data" / "articles" / "articles.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no articles at {path}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in lines][:4000:100]
    for here, there in emulated(monkeypatch, example_texts() + articles):
        assert here == there


def test_a_window_is_read_alike_among_any_others() -> None:
    """No score depends on what else is read."""
    windows = windows_of("\n".join(example_texts()))[:6]
    model = encoder.network()
    for alone, among in zip((next(model.read([one])) for one in windows), model.read(windows), strict=True):
        assert all(np.array_equal(getattr(alone, part), getattr(among, part)) for part in alone.__slots__)


@given(arrays(np.float32, 64, elements=st.floats(-60, 60, width=32)), st.randoms(use_true_random=False))
def test_sums_on_the_grid_do_not_hang_on_their_order(values: Any, random: Any) -> None:
    """Scores in steps sum exactly in float32, in whatever order."""
    steps = on_grid(values)
    assert np.abs(steps - values).max() <= 0.5 / GRID
    mixed = list(steps)
    random.shuffle(mixed)
    total = np.float32(0)
    for one in mixed:
        total = np.float32(total + one)
    assert total == steps.sum(dtype=np.float64)
    assert on_grid(on_grid(values)).tobytes() == steps.tobytes()


@given(arrays(np.float32, (7, 5), elements=st.floats(-3, 3, width=32)))
def test_quantised_weights_never_saturate_and_stay_near(real: Any) -> None:
    """Any weights: pairs of rows keep to 16 bits, and no weight is off by more than half a step."""
    weights, scales = quantised(real)
    assert not can_saturate(weights)
    assert (np.abs(weights * scales - real) <= scales * np.float32(0.5001)).all()


def test_every_data_file_has_its_hash_and_damage_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files but cards are listed; the reader's name changes with any of them but the pair model's."""
    from onrecord.reading.statements.quotes import reader_name

    folder = ROOT / "src" / "onrecord" / "data"
    tables = {f"../lang/{one.parent.name}/{one.name}" for one in folder.parent.glob("lang/*/*.tsv")}
    files = {one.name for one in folder.iterdir() if one.suffix != ".md"} - {"SHA256SUMS"}
    assert set(pinned()) == tables | files
    name = reader_name()
    for file in pinned():
        with monkeypatch.context() as patch:
            patch.setitem(pinned(), file, "0" * 64)
            assert (reader_name() == name) == (file == entailment.FILE)
