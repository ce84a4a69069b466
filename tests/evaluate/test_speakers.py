"""Judging who is answered for a speaker, on invented articles, and the gold file's own form."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation.polnear import read_corpus
from evaluation.quotes import corpus_digest
from evaluation.speakers import (
    GoldSpeaker,
    Identity,
    SpeakersReport,
    Verdict,
    evaluate,
    judge,
    natural_mix,
    read_gold,
    tied,
)
from evaluation.strata import stratum
from onrecord.errors import UsageError
from onrecord.values import Document, Mention, RawDocument, Reading, Speaker, Statement

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "quality" / "speakers.jsonl"
DATA = ROOT.parent / "shared" / "data" / "polnear" / "dev"
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/speakers.jsonl").read_text(encoding="utf-8").splitlines()
]


def mention(span: list[int], entity: int | None, form: str = "name") -> Mention:
    """One as reading makes it."""
    place = (span[0], span[1])
    return Mention("m", "d", place, place if form == "name" else None, "person", form, entity, "rule", 1.0)


def statement(speaker: list[list[int]], entities: list[int]) -> Statement:
    """One as reading makes it, by the speakers given."""
    spans = tuple((a, b) for a, b in speaker)
    who = tuple(Speaker(number, "rule", (), 1.0) for number in entities)
    return Statement("s", "d", spans, ((90, 91),), ((92, 93),), "indirect", 1.0, who)


def gold(who: list[dict], *, speaker: list[list[int]], optional: bool = False) -> GoldSpeaker:
    """One as the gold file gives it."""
    identities = tuple(
        Identity(tuple((a, b) for a, b in one["full"]), tuple((a, b) for a, b in one["names"])) for one in who
    )
    return GoldSpeaker("a", "pronoun", tuple((a, b) for a, b in speaker), "person", optional, identities)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict) -> None:
    """Each case gives its verdict, and the stricter one."""
    wanted = gold(case["who"], speaker=case["speaker"], optional=case.get("optional", False))
    mentions = [mention(*one) for one in case["mentions"]]
    statements = [statement(*one) for one in case["statements"]]
    got = judge(wanted, mentions, statements)
    assert [got.outcome, got.pure] == case["expected"]


def test_without_a_statement_the_mention_answers() -> None:
    """The mention that shares most decides, not the first that overlaps."""
    mentions = [mention([0, 40], 1), mention([10, 14], 2), mention([10, 11], None)]
    assert tied(((10, 14),), mentions, []) == {2}


def test_a_statement_that_hardly_overlaps_does_not_answer_for_a_pronoun() -> None:
    """ "who" inside a long description of somebody else keeps its own mention."""
    assert tied(((30, 33),), [mention([30, 33], 2, "pronoun")], [statement([[0, 60]], [1])]) == {2}


def verdict(form: str, right: bool) -> Verdict:
    """A judged row of that stratum."""
    row = GoldSpeaker("a", form, ((0, 1),), "person", False, (Identity(((2, 3),), ((2, 3),)),))
    return Verdict(row, (), right, right)


def test_the_natural_mix_weighs_strata() -> None:
    """Three of four right in the sample, but the form that fails makes up most of the corpus."""
    rows = (*[verdict("pronoun", True)] * 3, verdict("short", False))
    report = SpeakersReport(rows, {"pronoun": 10, "short": 90, "other": 50})
    assert report.share(rows) == 0.75
    assert report.natural() == pytest.approx(0.1)  # "other" has no gold row and no weight


def corpus(folder: Path) -> str:
    """Writes one article of two attributions; returns its text."""
    text = "Ann Roe came. She said no, and a guard agreed."
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    (folder / "text" / "one.txt").write_text(text, encoding="utf-8")
    standoff = (
        "T1\tSource 14 17\tShe\nT2\tCue 18 22\tsaid\nT3\tContent 23 25\tno\n"
        "T4\tSource 31 38\ta guard\nT5\tCue 39 45\tagreed\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\nE2\tAttribution:T5 Source:T4 Cue:T5\n"
    )
    (folder / "attributions" / "one.ann").write_text(standoff, encoding="utf-8")
    return text


def reading(text: str) -> Reading:
    """Ties "She" and, wrongly, "a guard" to Ann Roe."""
    raw = RawDocument("u", "n", b"", "text", "2000-01-01T00:00:00Z")
    none = dict.fromkeys(("url", "outlet", "title", "byline", "wire", "translator", "language", "published"))
    document = Document(
        id="d", uri="u", kind="text", candidates=(), text=text, text_sha256="", raw_sha256="",
        retrieved_at="", charset="utf-8", extractor="", words=0, dropped=(), **none,
    )  # fmt: skip
    mentions = (mention([0, 7], 0), mention([14, 17], 0, "pronoun"), mention([31, 38], 0, "nominal"))
    return Reading(document, raw, (statement([[14, 17]], [0]),), mentions)


def test_a_corpus_is_read_and_every_wrong_row_is_told_by_its_offsets(tmp_path: Path) -> None:
    """The report names the article and the spans, and no word of it."""
    corpus(tmp_path)
    rows = [
        {"article": "one", "stratum": "pronoun", "speaker": [[14, 17]], "kind": "person", "optional": False,
         "who": [{"full": [[0, 7]], "names": [[0, 7]]}]},
        {"article": "one", "stratum": "nominal", "speaker": [[31, 38]], "kind": "unnamed", "optional": False,
         "who": []},
    ]  # fmt: skip
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = evaluate(tmp_path, file, read=reading)
    plain = json.loads(json.dumps(report.as_json()))
    assert plain["accuracy"] == 0.5 and plain["groups"]["pronoun"]["accuracy"] == 1.0
    assert plain["wrong"] == [
        {"article": "one", "stratum": "nominal", "kind": "unnamed", "speaker": [[31, 38]], "gold": [],
         "answered": [[0, 7]], "outcome": "named though nobody is"}
    ]  # fmt: skip
    assert "0.500 right" in report.text() and "guard" not in report.text()


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "No such file"), ("{}\n", "line 1"), ("\n", "line 1"), ("[1]\n", "line 1"),
     ('{"article": "no", "stratum": "other", "speaker": [[0, 1]], "kind": "unnamed", "optional": false, "who": []}',
      "no article no")],
)  # fmt: skip
def test_a_bad_gold_file_is_told(tmp_path: Path, content: str | None, words: str) -> None:
    """A missing file, a line that is no row, and an article of another corpus are usage errors."""
    corpus(tmp_path)
    file = tmp_path / "gold.jsonl"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        evaluate(tmp_path, file, read=reading)


def test_the_gold_file_is_well_formed() -> None:
    """200 rows in the sizes that its guidelines name; full names are among the names; spans in order."""
    rows = read_gold(GOLD)
    assert Counter(one.stratum for one in rows) == {"pronoun": 80, "nominal": 60, "short": 40, "other": 20}
    for one in rows:
        assert one.speaker
        assert one.who or not one.optional, "nobody to name is not optional"
        for identity in one.who:
            assert set(identity.full) <= set(identity.names)
            assert all(a[1] <= b[0] for a, b in pairwise(identity.names))


@pytest.mark.corpus
def test_the_gold_file_fits_its_corpus() -> None:
    """Every speaker is one that the first annotator marked, in the stratum its words give."""
    if not DATA.is_dir():
        pytest.skip("the corpus polnear/dev is not beside the repository")
    assert corpus_digest(DATA) in (ROOT / "quality" / "speakers.md").read_text(encoding="utf-8")
    articles = {one.name: one for one in read_corpus(DATA)}
    for one in read_gold(GOLD):
        article = articles[one.article]
        assert one.speaker in {marked.speaker for marked in article.annotations[0]}
        assert stratum(" ".join(article.text[start:end] for start, end in one.speaker)) == one.stratum
    assert natural_mix(articles.values()) == {"short": 577, "nominal": 575, "pronoun": 472, "other": 442}


def test_the_gold_itself_is_right() -> None:
    """A reader that ties each speaker to exactly the names given is right and pure in every row."""
    for one in read_gold(GOLD):
        mentions = [
            mention(list(span), number) for number, who in enumerate(one.who) for span in who.names
        ]
        speaker = [list(span) for span in one.speaker]
        got = judge(one, mentions, [statement(speaker, list(range(len(one.who))))])
        assert got.right and got.pure
