"""The coreference measures, on published examples, and the share of mentions tied to the right name."""

import json
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.clusters import Share, assignment, clusters, score_clusters
from evaluation.coref import Tied, evaluate, tied
from evaluation.corpora import GoldMention, GoldText, gum
from onrecord.errors import UsageError
from onrecord.values import Mention, Span

GUM = Path(__file__).parents[3] / "shared" / "data" / "gum" / "dev"
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/clusters.jsonl").read_text(encoding="utf-8").splitlines()
]


def lettered(words: list[str]) -> list[frozenset[Span]]:
    """Each letter is a mention."""
    return [frozenset((ord(letter), ord(letter) + 1) for letter in word) for word in words]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict) -> None:
    """Recall and precision of each measure."""
    scores = score_clusters(lettered(case["gold"]), lettered(case["found"]))
    got = {name: [one.recall, one.precision] for name, one in scores.items()}
    assert got == {name: pytest.approx(both, abs=1e-5) for name, both in case["expected"].items()}


def test_documents_are_summed_before_dividing() -> None:
    """A long text weighs more than a short one."""
    both = Share(found=9, gold=10, right=9, predicted=9) + Share(found=0, gold=10, right=0, predicted=1)
    assert (both.recall, both.precision) == (0.45, 0.9)
    assert both.f1 == pytest.approx(0.6)


def test_clusters_of_one_are_kept_or_left_out() -> None:
    """And a span given twice is in its first cluster only."""
    named = [((0, 1), 1), ((2, 3), 1), ((4, 5), 2), ((0, 1), 2)]
    assert clusters(named, alone=False) == [frozenset({(0, 1), (2, 3)})]
    assert clusters(named, alone=True) == [frozenset({(0, 1), (2, 3)}), frozenset({(4, 5)})]


def rows_of(size: int) -> st.SearchStrategy[list[list[int]]]:
    """One to five rows of ``size`` small numbers."""
    return st.lists(st.lists(st.integers(0, 9), min_size=size, max_size=size), min_size=1, max_size=5)


@given(st.integers(1, 4).flatmap(rows_of))
def test_the_assignment_is_the_best_of_all(worth: list[list[int]]) -> None:
    """Against every permutation."""
    rows, columns = len(worth), len(worth[0])
    if rows <= columns:
        best = max(sum(worth[i][j] for i, j in enumerate(p)) for p in permutations(range(columns), rows))
    else:
        best = max(sum(worth[i][j] for j, i in enumerate(p)) for p in permutations(range(rows), columns))
    assert assignment(worth) == best


parts = st.lists(st.integers(0, 5), min_size=1, max_size=14)


@given(parts, parts)
def test_measures_stay_within_bounds_and_change_sides(ours: list[int], theirs: list[int]) -> None:
    """Recall one way is precision the other way; nothing is below 0 or above 1."""
    gold = clusters((((n, n + 1), number) for n, number in enumerate(ours)), alone=True)
    found = clusters((((n, n + 1), number) for n, number in enumerate(theirs)), alone=True)
    there, back = score_clusters(gold, found), score_clusters(found, gold)
    for name, one in there.items():
        assert 0 <= one.recall <= 1 + 1e-9 and 0 <= one.precision <= 1 + 1e-9
        assert one.recall == pytest.approx(back[name].precision)
    assert all(one.f1 == pytest.approx(1) or name == "MUC" for name, one in score_clusters(gold, gold).items())


#       0         10        20        30
TEXT = "Ann Roe met the mayor of Oslo. She left it."


def gold(span: Span, head: Span, form: str, cluster: int, kind: str = "person") -> GoldMention:
    """One as the corpus gives it."""
    return GoldMention(span, head, kind, form, cluster)


ANNOTATED = GoldText(
    "one",
    TEXT,
    (
        gold((0, 7), (0, 3), "name", 1),
        gold((12, 29), (16, 21), "nominal", 2),  # never named
        gold((25, 29), (25, 29), "name", 3, "place"),
        gold((31, 34), (31, 34), "pronoun", 1),
        gold((40, 42), (40, 42), "pronoun", 3, "place"),
        gold((8, 11), (8, 11), "nominal", 1, "event"),  # another kind
    ),
)


def mention(span: Span, entity: int | None, form: str = "name", kind: str = "person") -> Mention:
    """One as reading makes it."""
    return Mention("m", "d", span, span if form == "name" else None, kind, form, entity, "rule", 1.0)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], Tied(2, 0, 0)),
        ([mention((0, 7), 1), mention((31, 34), 1, "pronoun")], Tied(2, 1, 1)),
        ([mention((0, 7), 1), mention((31, 34), 2, "pronoun")], Tied(2, 1, 0)),  # its own entity
        ([mention((0, 7), 1), mention((31, 34), None, "pronoun")], Tied(2, 1, 0)),
        ([mention((0, 7), 1), mention((25, 29), 2), mention((31, 34), 2, "pronoun")], Tied(2, 1, 0)),
        ([mention((0, 7), 1, "nominal"), mention((31, 34), 1, "pronoun")], Tied(2, 1, 0)),  # not by name
        ([mention((0, 3), 1), mention((31, 34), 1, "pronoun")], Tied(2, 1, 1)),  # shorter, with the head
        ([mention((4, 7), 1), mention((31, 34), 1, "pronoun")], Tied(2, 1, 0)),  # without it
        ([mention((0, 7), 1), mention((31, 34), 1, "pronoun", "money")], Tied(2, 0, 0)),  # no actor
    ],
)
def test_a_pronoun_is_tied_to_its_name(found: list[Mention], expected: Tied) -> None:
    """Pronouns of named clusters are asked for: "She" and "it"."""
    assert tied(ANNOTATED, found)["pronoun"] == expected


def test_a_description_that_is_never_named_is_not_asked_for() -> None:
    """ "the mayor of Oslo" is named nowhere, an event is no actor."""
    assert tied(ANNOTATED, [])["nominal"] == Tied()


@pytest.mark.corpus
def test_the_gold_itself_is_right() -> None:
    """A reader that answers what is annotated of actors and places has 1 where only these are asked for."""
    if not GUM.is_dir():
        pytest.skip("the corpus gum/dev is not beside the repository")
    answers = {
        text.text: [
            mention(one.span, one.cluster, one.form, "organisation" if one.kind == "organization" else one.kind)
            for one in text.mentions
            if one.kind in ("person", "organization", "place")
        ]
        for text in gum(GUM)
    }
    report = evaluate(GUM, mentions_of=lambda text: answers[text])
    assert report.conll("actors and places") == report.conll("actors and places, single too") == 1.0
    assert 0.5 < report.conll("every kind") < 1
    assert report.tied["both"].share > 0.99 and report.tied["both"].mentions > 500
    plain = json.loads(json.dumps(report.as_json()))
    assert plain["rows"]["actors and places"]["MUC"]["f1"] == 1.0


def test_a_folder_without_gum_is_told(tmp_path: Path) -> None:
    """The message says what is wanted."""
    with pytest.raises(UsageError, match="conllu"):
        evaluate(tmp_path, mentions_of=lambda text: [])
