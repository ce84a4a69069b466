"""The scorer of polarity, hedge and distance, on invented articles."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.polnear import read_corpus
from evaluation.quotes import corpus_digest
from evaluation.stance import POLARITIES, Labels, evaluate, read_gold, score
from onrecord.cli.app import onrecord
from onrecord.errors import UsageError
from onrecord.text.doc import Doc
from onrecord.values import Polarity, Spans, Stance

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "quality" / "stance.jsonl"
TEXT = "Ida Moe said the bridge may be safe. Jan Ek denied that it shook. Ana Ruiz vowed to mend it."
WORDS = (("Ida Moe", "said", "the bridge may be safe"), ("Jan Ek", "denied", "that it shook"),
         ("Ana Ruiz", "vowed", "to mend it"))  # fmt: skip
LABELS: tuple[tuple[Polarity, bool, bool, str], ...] = (
    ("asserts", True, False, "random"),
    ("denies", False, False, "random"),
    ("promises", False, False, "enriched"),
)


def place(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def rows() -> list[dict]:
    return [
        {"article": "a", "speaker": place(speaker), "cue": place(cue), "content": place(content),
         "polarity": polarity, "hedged": hedged, "distanced": distanced, "part": part}
        for (speaker, cue, content), (polarity, hedged, distanced, part) in zip(WORDS, LABELS, strict=True)
    ]  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one article, with its annotation beside it."""
    for folder, name, text in (("text", "a.txt", TEXT), ("attributions", "a_0000.ann", "")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    write(tmp_path, rows())
    return tmp_path


def write(folder: Path, lines: list[dict]) -> None:
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines), encoding="utf-8")


def words_only(doc: Doc, *, speaker: Spans, cue: Spans, content: Spans) -> Stance:
    """A reader that knows one cue and one hedge, and takes every promise for a claim at a distance."""
    text, (start, end), (first, last) = doc.text, cue[0], content[0]
    assert text[speaker[0][0] : speaker[0][1]].istitle()
    at = text.find("may", first, last)
    return Stance(
        polarity="denies" if text[start:end] == "denied" else "asserts",
        hedges=((at, at + 3),) if at >= 0 else (),
        distances=((start, end),) if text[start:end] == "vowed" else (),
    )


def label(polarity: Polarity, *, hedged: bool = False, distanced: bool = False) -> Labels:
    return Labels(polarity, hedged, distanced)


def test_a_class_is_scored_both_ways() -> None:
    """Precision is over what was found, recall over what is annotated."""
    gold = [label("denies"), label("denies"), label("denies"), label("asserts")]
    found = [label("denies"), label("asserts"), label("asserts"), label("denies")]
    scores = score(list(zip(gold, found, strict=True)))
    denies = scores.polarity["denies"]
    assert (denies.precision, denies.recall) == (1 / 2, 1 / 3)
    assert denies.f1 == pytest.approx(0.4)
    assert scores.accuracy == 1 / 4
    assert scores.table == {
        ("denies", "denies"): 1, ("denies", "asserts"): 2, ("asserts", "denies"): 1
    }  # fmt: skip


def test_macro_f1_leaves_out_classes_that_are_not_annotated() -> None:
    """A class without gold rows costs precision elsewhere, and is no zero in the mean."""
    pairs = [(label("asserts"), label("asserts")), (label("denies"), label("questions"))]
    assert score(pairs).macro_f1 == 1 / 2


def test_hedges_and_distance_are_scored_on_their_own() -> None:
    """A wrong polarity takes nothing from them, and each has its own counts."""
    pairs = [
        (label("denies", hedged=True), label("asserts", hedged=True)),
        (label("asserts", hedged=True), label("asserts", distanced=True)),
    ]
    scores = score(pairs)
    assert (scores.hedged.precision, scores.hedged.recall) == (1.0, 0.5)
    assert (scores.distanced.gold, scores.distanced.predicted, scores.distanced.f1) == (0, 1, 0.0)


def test_no_rows_is_no_division_by_zero() -> None:
    """A natural part without rows has zeros."""
    scores = score([])
    assert (scores.accuracy, scores.macro_f1, scores.hedged.f1) == (0.0, 0.0, 0.0)


def test_the_natural_part_is_scored_alone(corpus: Path) -> None:
    """The enriched row counts under "all" and nowhere else."""
    report = evaluate(corpus, gold=corpus / "gold.jsonl", reader=words_only)
    assert {name: scores.rows for name, scores in report.scores.items()} == {"all": 3, "random": 2}
    assert report.scores["all"].accuracy == pytest.approx(2 / 3)
    assert report.scores["random"].accuracy == report.scores["random"].hedged.f1 == 1.0


def test_wrong_rows_are_listed_with_both_labels_and_no_text(corpus: Path) -> None:
    """The list finds its place in the corpus by offsets alone."""
    plain = evaluate(corpus, gold=corpus / "gold.jsonl", reader=words_only).as_json()
    (wrong,) = plain["wrong"]
    assert wrong["article"] == "a" and [list(span) for span in wrong["cue"]] == place("vowed")
    assert wrong["gold"] == {"polarity": "promises", "hedged": False, "distanced": False}
    assert wrong["found"] == {"polarity": "asserts", "hedged": False, "distanced": True}
    assert "mend" not in json.dumps(plain)
    assert plain["scores"]["all"]["confusion"]["promises"]["asserts"] == 1


def test_the_tables_name_every_class(corpus: Path) -> None:
    """The terminal shows both sets of rows, each class, and the confusion."""
    text = evaluate(corpus, gold=corpus / "gold.jsonl", reader=words_only).text()
    assert text.startswith("all: 3 rows, accuracy 0.667") and "\nrandom: 2 rows, accuracy 1.000" in text
    for name in (*POLARITIES, "hedged", "distanced"):
        assert f"\n{name} " in text
    confusion = [line.split() for line in text.splitlines() if line.startswith("promises ")]
    assert confusion[1] == ["promises", "1", "0", "0", "0", "0", "0"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"polarity": "maybe"}, "line 2: unknown label"),
        ({"hedged": "no"}, "line 2: unknown label"),
        ({"distanced": []}, "line 2: unknown label"),
        ({"cue": [[1]]}, "line 2: not an annotated attribution"),
        ({"content": None}, "line 2: not an annotated attribution"),
        ({"article": "b"}, "b: the annotation is of another corpus"),
        ({"cue": [[5, 5000]]}, "a: the annotation is of another corpus"),
        ({"cue": [[-3, 4]]}, "a: the annotation is of another corpus"),
    ],
)
def test_a_row_that_does_not_fit_is_told(corpus: Path, change: dict, message: str) -> None:
    """The error names the line or the article; nothing is scored by half."""
    first, second, third = rows()
    write(corpus, [first, second | change, third])
    with pytest.raises(UsageError, match=message):
        evaluate(corpus, gold=corpus / "gold.jsonl", reader=words_only)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", None])
def test_a_broken_annotation_is_told(tmp_path: Path, data: bytes | None) -> None:
    """Empty, cut off, not text, or not there."""
    path = tmp_path / "gold.jsonl"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError, match=r"gold\.jsonl"):
        read_gold(path)


def test_the_command_prints_the_report(corpus: Path) -> None:
    """--json is one object on stdout; without it, tables."""
    arguments = ["evaluate", "stance", "--data", str(corpus), "--gold", str(corpus / "gold.jsonl")]
    plain = CliRunner().invoke(onrecord, [*arguments, "--json"])
    assert plain.exit_code == 0, plain.output
    assert json.loads(plain.stdout)["scores"]["all"]["rows"] == 3
    assert CliRunner().invoke(onrecord, arguments).stdout.startswith("all: 3 rows, accuracy ")


def test_the_shipped_annotation_is_what_its_guidelines_say() -> None:
    """300 rows, half of them drawn at random, all different; the counts per class stand in the guidelines."""
    gold = read_gold(GOLD)
    guidelines = (ROOT / "quality" / "stance.md").read_text(encoding="utf-8")
    assert Counter(row.part for row in gold) == {"random": 150, "enriched": 150}
    assert len({(row.article, row.speaker, row.cue, row.content) for row in gold}) == 300
    for name in POLARITIES:
        parts = Counter(row.part for row in gold if row.labels.polarity == name)
        assert f"| {name} | {parts['random']} | {parts['enriched']} | {parts.total()} |" in guidelines
    for name in ("hedged", "distanced"):
        parts = Counter(row.part for row in gold if getattr(row.labels, name))
        assert f"| {name} | {parts['random']} | {parts['enriched']} | {parts.total()} |" in guidelines


@pytest.mark.corpus
def test_the_shipped_annotation_is_of_annotated_attributions() -> None:
    """Every row is one of the corpus's attributions, and the guidelines name the corpus by its digest."""
    data = ROOT.parent / "shared" / "data" / "polnear" / "dev"
    if not data.is_dir():
        pytest.skip("the corpus polnear/dev is not beside the repository")
    assert corpus_digest(data) in (ROOT / "quality" / "stance.md").read_text(encoding="utf-8")
    known = {
        (article.name, one.speaker, one.cue, one.content)
        for article in read_corpus(data)
        for one in (article.annotations[0] if article.annotations else ())
    }
    assert {(row.article, row.speaker, row.cue, row.content) for row in read_gold(GOLD)} <= known
