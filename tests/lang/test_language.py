"""The tables of a language: every row has its columns and means something."""

from importlib.resources import files

import pytest

from onrecord.errors import UsageError
from onrecord.lang import language, rows

TABLES = sorted(path.name for path in files("onrecord").joinpath("lang", "en").iterdir())


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_head_and_no_row_twice(name: str) -> None:
    """One row a word, each as wide as the line of column names, which ``rows`` leaves out."""
    lines = files("onrecord").joinpath("lang", "en", name).read_text(encoding="utf-8").splitlines()
    head, *table = [line for line in lines if line and not line.startswith("#")]
    words = [line.split("\t")[0] for line in table]
    assert lines[0].startswith("# "), "the first line says what the table is for"
    assert len(set(words)) == len(words)
    assert {len(line.split("\t")) for line in table} == {len(head.split("\t"))}
    assert all(word.strip() == word != "" for word in words)
    assert len(rows("en", name.removesuffix(".tsv"))) == len(table)


def test_the_parts_of_a_contraction_are_its_letters() -> None:
    """Parts of words are cut out of the text: they have to be there."""
    for written, parts in language().contractions.items():
        assert "".join(parts) == written
        assert len(parts) > 1


@pytest.mark.parametrize(
    ("word", "behind"),
    [
        ("Mr", "name"),
        ("GEN", "name"),
        ("gen", None),
        ("etc", "end"),
        ("No", "number"),
        ("IE", None),
        ("the", None),
    ],
)
def test_case_of_abbreviations(word: str, behind: str | None) -> None:
    """A capital in a table asks for one; capitals throughout are the word as well, but not of two letters."""
    assert language().behind(word) == behind


def test_a_language_without_tables() -> None:
    """The error names what was asked for and what there is."""
    with pytest.raises(UsageError, match="'xx'") as caught:
        language("xx")
    assert "en" in caught.value.hint
