"""Countries and places that no table knows are told by the words around their names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onrecord.reading.report import countries
from onrecord.values import Entity, Mention, Office

LINES = (Path(__file__).parent / "cases" / "countries.jsonl").read_text("utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


def _mentions(text: str, name: str, kind: str) -> list[Mention]:
    spans = [match.span() for match in re.finditer(re.escape(name), text)]
    return [Mention(f"m{n}", "d", span, span, kind, "name", 0, "name", 0.9) for n, span in enumerate(spans)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_kind_of_a_single_name(case: dict) -> None:
    """Entity and mentions get the kind that the words show, or keep theirs."""
    text, name = case["input"], case["name"]
    entity = Entity(0, case["kind"], name, (name,), None, ())
    (found,), mentions = countries(text, [entity], _mentions(text, name, case["kind"]))
    assert found.kind == case["expected"], case["comment"]
    assert {one.kind for one in mentions} == {case["expected"]}


def test_who_has_an_office_is_nobody_s_country() -> None:
    """A president is not taken for a state by his own army."""
    text = "President Maduro spoke. Maduro’s army waited."
    office = Office("President", "head_of_state", None, None, False, (0, 9))
    entity = Entity(0, "person", "Maduro", ("Maduro",), None, (office,))
    assert countries(text, [entity], _mentions(text, "Maduro", "person"))[0] == (entity,)
