"""Evaluation of the shipped reader on a folder in PolNeAR's format."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.quotes import LINES, corpus_digest, evaluate
from onrecord.errors import UsageError
from onrecord.reading.statements.quotes import find_attributions

REFERENCE = Path(__file__).parents[3] / "shared/tools/score_attributions.py"
ARTICLES = {
    "a_one": "The ships left on Friday.\n\n“We will not come back to this island,” said Orlov. He left.\n",
    "b_two": "Mayor Venn said that the port would stay open.\n",
    "c_bare": "Nobody marked this one.\n",
}
SPANS = {
    "a_one": (("Source", "Orlov"), ("Cue", "said"), ("Content", "“We will not come back to this island,”")),
    "b_two": (("Source", "Mayor Venn"), ("Cue", "said"), ("Content", "that the port would stay open")),
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two annotated articles, one of them by two people, and one that nobody marked."""
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
    for name, roles in SPANS.items():
        rows = []
        for number, (role, words) in enumerate(roles, 1):
            start = ARTICLES[name].index(words)
            rows.append(f"T{number}\t{role} {start} {start + len(words)}\t{words}")
        rows.append("E1\tAttribution:T9 Source:T1 Cue:T2 Content:T3")
        (tmp_path / "attributions" / f"{name}_00aa.ann").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "attributions" / "b_two_11bb.ann").write_text("", encoding="utf-8")
    return tmp_path


def test_the_first_annotator_is_the_measure(corpus: Path) -> None:
    """Two articles with one attribution each; a second annotator and an unmarked article change nothing."""
    report = evaluate(corpus, draws=0)
    assert (report.documents, report.gold) == (2, 2)
    assert report.counts["attribution all-overlap"].gold == 2
    assert report.predicted == sum(len(find_attributions(ARTICLES[name])) for name in SPANS)


def test_limit_reads_the_first_articles_only(corpus: Path) -> None:
    """Articles come in the order of their names."""
    assert evaluate(corpus, limit=1, draws=0).documents == 1


@pytest.mark.corpus
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer is not beside the repository")
def test_written_files_give_the_same_figures_elsewhere(corpus: Path, tmp_path: Path) -> None:
    """The reference scorer, run on what was written, agrees with the report."""
    gold, predictions, out = (tmp_path / name for name in ("gold.jsonl", "found.jsonl", "scores.json"))
    report = evaluate(corpus, predictions=predictions, gold=gold, draws=0)
    command = [sys.executable, str(REFERENCE), str(gold), str(predictions), "--json", str(out), "--quiet"]
    subprocess.run(command, check=True)
    scores = json.loads(out.read_text())["scores"]
    assert {key: count.recall for key, count in report.counts.items()} == {
        k: v["r"] for k, v in scores.items()
    }


def test_the_report_is_plain_values_and_tables(corpus: Path) -> None:
    """Every figure of others stands beside ours, in both forms."""
    report = evaluate(corpus, draws=20)
    plain = json.loads(json.dumps(report.as_json()))
    table = report.text()
    for key, line in LINES.items():
        assert plain["lines"][key]["peer"] == line.peer
        assert f"{key:25} {report.counts[key].f1:5.3f}" in table
    assert plain["digest"] == corpus_digest(corpus)
    assert "Citron" in table and "two people" in table and "peak memory" in table


def test_confidence_is_compared_with_what_is_right(corpus: Path) -> None:
    """Every attribution found stands in one bin."""
    report = evaluate(corpus, draws=0)
    assert sum(row.count for row in report.calibration) == report.predicted
    assert 0 <= report.calibration_error <= 1


def test_the_digest_follows_names_and_bytes(corpus: Path) -> None:
    """Any change of a file or its name is another corpus; order of creation is not."""
    before = corpus_digest(corpus)
    (corpus / "notes.md").write_text("not part of the corpus")
    assert corpus_digest(corpus) == before
    (corpus / "text/c_bare.txt").rename(corpus / "text/d_bare.txt")
    assert corpus_digest(corpus) != before


def test_a_folder_without_annotations_is_said_so(corpus: Path, tmp_path: Path) -> None:
    """The message names the folder and the hint says what is expected."""
    for path in (corpus / "attributions").iterdir():
        path.unlink()
    with pytest.raises(UsageError, match="no annotated article") as caught:
        evaluate(corpus)
    assert "attributions/NAME.ann" in caught.value.hint
    with pytest.raises(UsageError, match="PolNeAR"):
        evaluate(tmp_path / "text")
