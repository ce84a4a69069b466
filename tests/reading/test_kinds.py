"""Direct, indirect or mixed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.statements.kinds import kind_of
from onrecord.text.doc import Doc
from onrecord.values import Spans

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/kinds.jsonl").read_text(encoding="utf-8").splitlines()
]


def unbracket(marked: str) -> tuple[str, Spans]:
    """The text without the brackets, and the spans they stood around."""
    text, starts, ends = "", [], []
    for character in marked:
        if character == "[":
            starts.append(len(text))
        elif character == "]":
            ends.append(len(text))
        else:
            text += character
    return text, tuple(zip(starts, ends, strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    """Each case is of its kind, as its marks show."""
    text, content = unbracket(case["input"])
    assert kind_of(Doc.of(text), content) == case["expected"]


def test_no_content_is_indirect() -> None:
    """An attribution without content has nothing quoted."""
    assert kind_of(Doc.of("He said so."), ()) == "indirect"


@given(st.text(alphabet=st.sampled_from("“”\"' ab\n"), min_size=1), st.data())
def test_any_span_of_any_text_has_a_kind(text: str, data: st.DataObject) -> None:
    """No text and no span raises."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert kind_of(Doc.of(text), ((start, end),)) in ("direct", "indirect", "mixed")
