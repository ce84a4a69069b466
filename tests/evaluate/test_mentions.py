"""Scoring mentions, on small invented corpora in the formats of the public ones."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.mentions import corpus_of, evaluate, score_mentions
from evaluation.score import Count
from onrecord.errors import UsageError
from onrecord.values import Mention, Span

SHARED = Path(__file__).parents[3] / "shared" / "data"
UNER = (
    "# newdoc id = one\n# text = Ann Roe left Acme in Oslo .\n"
    "1\tAnn\tB-PER\t-\t-\n2\tRoe\tI-PER\t-\t-\n3\tleft\tO\t-\t-\n4\tAcme\tB-ORG\t-\t-\n5\tin\tO\t-\t-\n"
    "6\tOslo\tB-LOC\t-\t-\n7\t.\tO\t-\t-\n\n"
)
GUM = (
    "# newdoc id = one\n# newpar\n# text = The mayor of Oslo left.\n"
    "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-person-new-cf1-2-coref\n"
    "2\tmayor\tmayor\tNOUN\tNN\t_\t5\tnsubj\t_\t_\n"
    "3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_\n"
    "4\tOslo\tOslo\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-new-cf2-1-sgl)1)\n"
    "5\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n"
    "6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_\n\n"
)


def mention(span: Span, kind: str, *, name: Span | None = None, form: str = "name") -> Mention:
    """One as reading makes it."""
    return Mention("m", "d", span, name, kind, form, None, "rule", 1.0)


def exact(report, view: str, kind: str) -> list[int]:
    """Annotated, found and right of a type."""
    count = report.counts[view][f"{kind} exact"]
    return [count.gold, count.predicted, count.right]


def test_uner_compares_names(tmp_path: Path) -> None:
    """The name inside a phrase counts, a force is an organisation, a description is not asked for."""
    (tmp_path / "a.iob2").write_text(UNER, encoding="utf-8")
    found = [
        mention((0, 7), "person", name=(0, 7)),
        mention((8, 17), "force", name=(13, 17)),
        mention((21, 25), "person", name=(21, 25)),
        mention((8, 12), "person", form="nominal"),
        mention((8, 12), "money"),
    ]
    report = evaluate(tmp_path / "a.iob2", mentions_of=lambda text: found)
    assert report.format == "uner"
    assert exact(report, "names", "PER") == [1, 2, 1]
    assert exact(report, "names", "ORG") == [1, 1, 1]
    assert exact(report, "names", "LOC") == [1, 0, 0]
    assert exact(report, "names", "micro") == [3, 3, 2]


def test_gum_compares_whole_phrases_named_and_all(tmp_path: Path) -> None:
    """A nested name and the description around it; the description counts only among all."""
    (tmp_path / "a.conllu").write_text(GUM, encoding="utf-8")
    found = [mention((0, 17), "person", form="nominal"), mention((13, 17), "state", name=(13, 17))]
    report = evaluate(tmp_path, mentions_of=lambda text: found)
    assert exact(report, "named", "micro") == [1, 1, 1]
    assert exact(report, "all", "person") == [1, 1, 1] and exact(report, "all", "place") == [1, 1, 1]


def test_gum_a_shorter_phrase_overlaps_only(tmp_path: Path) -> None:
    """ "The mayor" for "The mayor of Oslo" is not exact."""
    (tmp_path / "a.conllu").write_text(GUM, encoding="utf-8")
    report = evaluate(tmp_path, mentions_of=lambda text: [mention((0, 9), "person", form="nominal")])
    assert exact(report, "all", "person") == [1, 1, 0]
    assert report.counts["all"]["person overlap"] == Count(1, 1, 1, 1)


def test_re3d_has_nationalities_and_sums(tmp_path: Path) -> None:
    """Types that Onrecord has count, weapons do not."""
    text = "Syrian guns cost £5."
    (tmp_path / "documents.json").write_text(json.dumps({"_id": "1", "text": text}), encoding="utf-8")
    rows = [("Nationality", 0, 6), ("Weapon", 7, 11), ("Money", 17, 19)]
    (tmp_path / "entities.json").write_text(
        "\n".join(
            json.dumps({"documentId": "1", "type": kind, "begin": a, "end": b, "value": text[a:b]})
            for kind, a, b in rows
        ),
        encoding="utf-8",
    )
    found = [mention((0, 6), "nationality"), mention((17, 19), "money"), mention((7, 11), "office")]
    report = evaluate(tmp_path, mentions_of=lambda text: found)
    assert report.format == "re3d" and exact(report, "all", "micro") == [2, 2, 2]


def test_crossner_is_told_by_its_two_columns(tmp_path: Path) -> None:
    """Parties are organisations, politicians persons; elections are left out."""
    rows = "Ann\tB-politician\nof\tO\nLabour\tB-politicalparty\nwon\tO\nthe\tO\nvote\tB-election\n\n"
    (tmp_path / "dev.txt").write_text(rows, encoding="utf-8")
    report = evaluate(tmp_path, mentions_of=lambda text: [mention((0, 3), "person", name=(0, 3))])
    assert report.format == "crossner" and exact(report, "names", "micro") == [2, 1, 1]


def test_a_mention_found_twice_counts_once(tmp_path: Path) -> None:
    """The same span and type from two entities is one mention."""
    (tmp_path / "a.iob2").write_text(UNER, encoding="utf-8")
    twice = [mention((0, 7), "person", name=(0, 7))] * 2
    assert exact(evaluate(tmp_path, mentions_of=lambda text: twice), "names", "PER") == [1, 1, 1]


@pytest.mark.parametrize("name", ["notes.txt", "a.csv", None])
def test_other_files_are_told(tmp_path: Path, name: str | None) -> None:
    """Prose is no CrossNER file, an empty folder no corpus."""
    if name:
        (tmp_path / name).write_text("Just some words.\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no corpus of mentions"):
        evaluate(tmp_path, mentions_of=lambda text: [])


spans = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))
typed = st.frozensets(st.tuples(st.sampled_from(["PER", "ORG"]), spans), max_size=12)


@given(typed, typed)
def test_counts_agree_with_the_plain_definition(gold, found) -> None:
    """Exact is set intersection; overlap asks every other span."""

    def met(ours, others) -> int:
        return sum(
            any(kind == other and a < d and c < b for other, (c, d) in others) for kind, (a, b) in ours
        )

    counts = score_mentions(gold, found)
    same = len(gold & found)
    assert counts["micro exact"] == Count(len(gold), len(found), same, same)
    assert counts["micro overlap"] == Count(len(gold), len(found), met(gold, found), met(found, gold))


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("path", "format"),
    [("uner/en_ewt-ud-dev.iob2", "uner"), ("gum/dev", "gum"), ("re3d", "re3d"), ("crossner-politics", "crossner")],
)
def test_the_gold_itself_is_right(path: str, format: str) -> None:
    """A reader that answers what is annotated has F1 1 on every corpus, with its types mapped back."""
    data = SHARED / path
    if not data.exists():
        pytest.skip(f"the corpus {path} is not beside the repository")
    name, texts = corpus_of(data)
    assert name == format
    ours = {
        "PER": "person", "ORG": "organisation", "LOC": "place", "organization": "organisation",
        "politician": "person", "politicalparty": "organisation", "country": "state", "location": "place",
        "Location": "place",
    }  # fmt: skip
    answers = {
        text.text: [
            mention(one.span, ours.get(one.kind, one.kind.lower()), name=one.span, form=one.form)
            for one in text.mentions
        ]
        for text in texts
    }
    report = evaluate(data, mentions_of=lambda text: answers[text])
    assert all(counts["micro exact"].f1 == 1.0 for counts in report.counts.values())
