"""Nothing but ``onrecord.text`` cuts a report's text into words or sentences, and it does so once a report."""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.reading.report import read_text
from onrecord.text import doc as annotated
from onrecord.text.doc import Doc
from onrecord.text.tokens import Tokens

SOURCE = Path(onrecord.__file__).parent
ALLOWED = {
    (one["module"], one["what"]): one["why"]
    for one in map(json.loads, (Path(__file__).parent / "cases" / "cutters.jsonl").read_text().splitlines())
}
WORDS = "the small grey houses stood alone there"
NAMES = "Ann Marie Lee Roe Vega Soto Holm"
WALKS = ("finditer", "findall")  # ways to go over a text
SENTENCES = "He left. She stayed. They went. We know. You see. It rains."


def modules() -> Iterator[tuple[str, Path]]:
    """Every module but those of ``text``, by its dotted name."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if parts[0] not in ("text", "__main__"):
            yield ".".join(("onrecord", *parts)).removesuffix(".__init__"), path


def cuts(pattern: re.Pattern[str]) -> bool:
    """Whether all that a pattern finds in plain words is those words, or in plain sentences the sentences.

    >>> cuts(re.compile(r"[^\\W_]+")), cuts(re.compile(r"\\bthe\\b")), cuts(re.compile(r"[^.]+"))
    (True, False, True)
    """
    found = [[match[0].strip(" .") for match in pattern.finditer(text)] for text in (WORDS, NAMES, SENTENCES)]
    words, names, sentences = (list(filter(None, one)) for one in found)
    apart = [one for one in re.split(r"\. ?", SENTENCES) if one]
    return words == WORDS.split() or names == NAMES.split() or sentences == apart


def cutters(name: str, path: Path) -> Iterator[str]:
    """What in a module cuts text: its patterns by name or where they stand, and ``text[...].split()``."""
    tree = ast.parse(path.read_text("utf-8"))
    used = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in WALKS and isinstance(node.value, ast.Name)
    }
    for what, value in vars(importlib.import_module(name)).items():
        if what in used and isinstance(value, re.Pattern) and isinstance(value.pattern, str) and cuts(value):
            yield what
    joined = {
        id(one)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "join"
        for one in call.args
    }  # " ".join(text.split()) only tidies white space
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or id(call) in joined:
            continue
        of, attr, first = call.func.value, call.func.attr, call.args[0] if call.args else None
        if isinstance(of, ast.Name) and of.id == "re" and attr in WALKS:
            if isinstance(first, ast.Constant) and cuts(re.compile(first.value)):
                yield first.value
        elif attr == "split" and first is None and isinstance(of, ast.Subscript) and _is_text(of.value):
            yield ast.unparse(of.value) + "[].split()"


def _is_text(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in ("text", "blanked", "content", "line")


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=[name for name, _ in modules()])
def test_nothing_else_cuts_text(name: str, path: Path) -> None:
    """Rules ask the ``Doc``; what cuts by itself stands in cases/cutters.jsonl with its reason."""
    if name.endswith("__main__"):
        return
    for what in cutters(name, path):
        assert (name, what) in ALLOWED, f"{name} cuts text by {what}: ask onrecord.text.doc.Doc"


def test_every_exception_is_still_there() -> None:
    """A reason whose pattern is gone goes too; a pattern taken from another module needs its own none."""
    there = {
        (name, what) for name, path in modules() if "__main__" not in name for what in cutters(name, path)
    }
    assert set(ALLOWED) <= there
    assert all(len(why) > 10 for why in ALLOWED.values())


def test_a_report_is_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a report makes one ``Doc``, of the whole text, and asks it ever after."""
    seen: list[str] = []
    real = annotated.tokens

    def counted(text: str, code: str = "en") -> Tokens:
        seen.append(text)
        return real(text, code)

    monkeypatch.setattr(annotated, "tokens", counted)
    text = (
        "“We will pay,” Ann Lee said on Friday. Mr. Roe denied that she had told the court of a debt.\n" * 9
    )
    read_text(Doc.of(text), document_id="d_1", published=None)
    assert seen == [text]
