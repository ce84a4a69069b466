"""Words of a language stand in its tables: no module that reads text has six or more of them in one place.

A place is a collection, or the alternatives of a pattern. What stays stands in ``cases/words_in_code.jsonl`` with
its reason, and an entry whose words are gone goes too.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord

SOURCE = Path(onrecord.__file__).parent
ROOMS = ("documents", "facts", "linking", "reading", "text", "times")  # the others read no text
FILES = [path for room in ROOMS for path in sorted((SOURCE / room).rglob("*.py"))]
ALLOWED = {
    (one["module"], one["name"]): one["why"]
    for one in map(
        json.loads, (Path(__file__).parent / "cases" / "words_in_code.jsonl").read_text().splitlines()
    )
}
MOST = 5
_WORD = re.compile(r"[A-Za-z]*[a-z][A-Za-z'’. -]*")
_LIST = re.compile(r"\s*(?:[a-z'’-]+\s+){9,}[a-z'’-]+\s*")
_TOLD = re.compile(r"(?<!\\)(?<!\\[A-Za-z])[A-Za-z]{2,}|^[aAI]$")
_OPENS = re.compile(r"\((?:\?(?:P<\w+>|P=\w+|[aiLmsux-]*:|<?[=!]|\(\w+\)))?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


def alternatives(pattern: str) -> Iterator[list[str]]:
    """The alternatives of every group of a pattern, and of the whole.

    >>> list(alternatives("a(?:b|[|)])|c"))
    [['b', '[|)]'], ['a(?:b|[|)])', 'c']]
    """
    groups: list[tuple[int, list[str]]] = [(0, [])]
    at = 0
    while at < len(pattern):
        start, found = groups[-1]
        if pattern[at] == "\\":
            at += 2
        elif inside := _CLASS.match(pattern, at):
            at = inside.end()
        elif opens := _OPENS.match(pattern, at):
            at = opens.end()
            groups.append((at, []))
        else:
            if pattern[at] in "|)" and (pattern[at] == "|" or len(groups) > 1):
                found.append(pattern[start:at])
                groups[-1] = (at + 1, found)
            if pattern[at] == ")" and len(groups) > 1:
                yield groups.pop()[1]
            at += 1
    start, found = groups[-1]
    yield [*found, pattern[start:]]


def text_of(node: ast.AST) -> str:
    """The text of a string in the code, with a mark for what is put in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(one) if isinstance(one, ast.Constant) else "\0" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def words_at(node: ast.AST) -> list[str]:
    """The words that one place in the code lists; a long string of small letters is a list."""
    if isinstance(node, (ast.Set, ast.Tuple, ast.List)):
        listed = [text_of(one) for one in node.elts]
    elif isinstance(node, ast.Dict):
        listed = [text_of(one) for one in node.keys if one]
    elif isinstance(node, ast.Call):
        of = node.func
        listed = text_of(of.value).split() if isinstance(of, ast.Attribute) and of.attr == "split" else []
        if isinstance(of, ast.Name) and of.id == "word_set":
            listed = text_of(node.args[0]).split()
    elif "|" in (text := text_of(node)):
        return max(([one for one in group if _TOLD.search(one)] for group in alternatives(text)), key=len)
    else:
        listed = text.split() if _LIST.fullmatch(text) else []
    return [one for one in listed if _WORD.fullmatch(one)]


def places(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """What stands in a module with too many words, by the name it is given or the function it is in."""

    def walk(node: ast.AST, name: str) -> Iterator[tuple[str, list[str]]]:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                pass
            case ast.Raise() | ast.Expr(value=ast.Constant()) | ast.keyword(arg="hint" | "reason" | "detail"):
                return  # what a person is told, docstrings
            case ast.Subscript(value=ast.Name(id="Literal")):
                return
        if len(found := words_at(node)) > MOST:
            yield name, found
        for one in () if isinstance(node, ast.JoinedStr) else ast.iter_child_nodes(node):
            yield from walk(one, name)

    yield from walk(tree, "")


def found_in(path: Path) -> dict[tuple[str, str], list[str]]:
    """Those of one file, by module and name."""
    module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    return {(module, name): words for name, words in places(ast.parse(path.read_text("utf-8")))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_words_are_data(path: Path) -> None:
    """A list of words goes to ``lang/en``; ``word_list``, ``either`` and their like ask for it."""
    assert {key: words for key, words in found_in(path).items() if key not in ALLOWED} == {}


def test_every_exception_is_still_there() -> None:
    """Who moves the words away takes the exception with them."""
    assert set(ALLOWED) <= {key for path in FILES for key in found_in(path)}
    assert all(len(why) > 10 for why in ALLOWED.values())


def test_every_list_is_asked_for() -> None:
    """A list whose rule is gone goes too; what asks for all lists of a table needs no names."""
    code = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    for path in sorted((SOURCE / "lang" / "en").glob("*.tsv")):
        head, *rows = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        if head == "list\twords" and not re.search(rf'word_(?:groups|lists)\("{path.stem}"', code):
            names = {row.split("\t")[0] for row in rows}
            assert {name for name in names if not re.search(f"[\"']{re.escape(name)}[\"']", code)} == set()
