"""Tokens and sentences against a treebank: the format is read right and figures count what they say."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.tokens import evaluate, gold_cuts
from onrecord.cli.app import onrecord
from onrecord.errors import NothingReadable

TREEBANK = """\
# newdoc id = news-1
# newpar
# text = Ann didn't go.
1\tAnn\t_
2-3\tdidn't\t_\t_\tSpaceAfter=No
2\tdid\t_
3\tn't\t_
4\tgo\t_\t_\tSpaceAfter=No
5\t.\t_

# text = “No 'un.”
1\t“\t_\t_\tSpaceAfter=No
2\tNo\t_
2.1\telided\t_
3-4\t'un\t_\t_\tSpaceAfter=No
3\ta\t_
4\tone\t_
5\t.\t_\t_\tSpaceAfter=No
6\t”\t_

# newdoc id = chat-1
# newpar id = chat-1-p1
# text = Yes
1\tYes\t_

# newpar id = chat-1-p2
# newpar_block = p (1 s)
# text = ok bye
1\tok\t_
2\tbye\t_
"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "a.conllu.gz"
    path.write_bytes(gzip.compress(TREEBANK.encode()))
    return path


def test_documents_are_put_together(treebank: Path) -> None:
    """A space between sentences, a break in front of paragraphs; words of one written word share its letters."""
    news, chat = gold_cuts(treebank)
    assert (news.name, news.text) == ("news-1", "Ann didn't go. “No 'un.”")
    assert [news.text[a:b] for a, b in news.tokens] == [
        "Ann", "did", "n't", "go", ".", "“", "No", "'", "un", ".", "”",
    ]  # fmt: skip
    assert [news.text[a:b] for a, b in news.sentences] == ["Ann didn't go.", "“No 'un.”"]
    assert chat.text == "Yes\nok bye"


def test_figures(treebank: Path) -> None:
    """Only spans with both ends right count; documents are chosen by name."""
    report = evaluate(treebank, only=["chat"])
    assert report["documents"] == 1
    assert report["tokens"] == {"gold": 3, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    wrong = treebank.with_name("b.conllu")
    wrong.write_text(TREEBANK.replace("# text = ok bye", "# text = okbye"), encoding="utf-8")
    assert evaluate(wrong, only=["chat"])["tokens"] == {
        "gold": 3,
        "precision": 0.5,
        "recall": 0.3333,
        "f1": 0.4,
    }


def test_the_command(treebank: Path) -> None:
    """It prints figures, or JSON of them."""
    result = CliRunner().invoke(
        onrecord, ["evaluate", "tokens", "--data", str(treebank.parent), "--only", "news", "--json"]
    )
    assert json.loads(result.stdout)["sentences"]["gold"] == 2


def test_nothing_to_score(tmp_path: Path, treebank: Path) -> None:
    """A folder without treebanks, and a name no document has, are told."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingReadable, match="CoNLL-U"):
        evaluate(tmp_path / "empty")
    with pytest.raises(NothingReadable, match="named nix"):
        evaluate(treebank, only=["nix"])
