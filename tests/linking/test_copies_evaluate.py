"""onrecord evaluate copies and stories, on invented reports."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

import onrecord
from evaluation.copies import evaluate, made, read_articles
from evaluation.finish_load import measure
from evaluation.stories import evaluate as evaluate_stories
from onrecord.cli.doctor import evaluate as command
from onrecord.derive.finish import steps as finish_steps
from onrecord.errors import NothingReadable

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def sentence(draw: random.Random, size: int = 14) -> str:
    return " ".join("".join(draw.choices(SYLLABLES, k=3)) for _ in range(size)).capitalize() + "."


def article(number: int) -> dict[str, str]:
    draw = random.Random(number)
    lines = [sentence(draw) for _ in range(12)]
    lines[4] = f"“{sentence(draw, 18)}” said the mayor of town {number}."
    text = "\n".join(lines)
    day = f"2019-05-{number + 1:02}" if number else "5/1/19"
    return {"id": f"a{number:02}", "title": "", "text": text, "outlet": "x", "url": f"www.s{number}.example", "published": day}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [article(number) for number in range(12)]
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    stories = [row | {"story": str(number // 2)} for number, row in enumerate(rows)]
    with gzip.open(tmp_path / "news_cluster.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in stories)
    return tmp_path


def test_articles_have_their_site_and_only_dates_that_are_dates(folder: Path) -> None:
    """Two names of one site are one outlet; "5/1/19" is no date."""
    first, second, *_ = read_articles(folder)
    assert (first.outlet, first.published) == ("s0.example", None)
    assert (second.outlet, second.published) == ("s1.example", "2019-05-02")


def test_copies_are_made_the_same_at_each_call(folder: Path) -> None:
    """Drawn with a seed; each names the articles it is made from, the one to find first."""
    articles = read_articles(folder)
    one, other = made(articles, sources=5), made(articles, sources=5)
    assert one == other
    texts = {article.id: article.text for article in articles}
    for copy in one["third embedded"]:
        source, host = copy.sources
        assert len(copy.report.text) > len(texts[host]) and texts[source][:40] not in texts[host]
    assert all(texts[copy.sources[0]].startswith(copy.report.text) for copy in one["half"])


def test_invented_copies_are_found_and_nothing_else(folder: Path) -> None:
    """Every sort but the one we do not claim; no pair among the articles."""
    got = evaluate(folder, sources=6, minhash=False)
    assert (got["articles"], got["pairs"], got["unread"], got["groups"]) == (12, {}, 0, 0)
    assert {name: share for name, share in got["recall"].items() if name != "short quote"} == dict.fromkeys(
        ["half", "quarter", "5 %", "15 %", "third embedded", "quote"], 1.0
    )
    assert set(got["strays"].values()) == {0}


def test_a_pair_nobody_has_read_is_told(folder: Path) -> None:
    """Two articles that are one text, read and unread."""
    rows = [article(0), article(0) | {"id": "b", "url": "other.example"}]
    with gzip.open(folder / "articles.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    read = folder / "read.jsonl"
    assert evaluate(folder, sources=1, minhash=False, read=read)["unread"] == 1
    read.write_text('{"first": "a00", "second": "b", "kind": "copy", "right": true}\n', encoding="utf-8")
    assert evaluate(folder, sources=1, minhash=False, read=read)["unread"] == 0


def test_stories_are_scored_and_streamed(folder: Path) -> None:
    """Reports without a word in common: all alone, so half of each story is found."""
    got = evaluate_stories(folder, batch=5)
    assert (got["precision"], got["recall"], got["found"]) == (1.0, 0.5, 12)
    assert got["stream_is_the_same"]


@pytest.mark.parametrize("task", ["copies", "stories"])
def test_the_command_gives_the_figures(folder: Path, task: str) -> None:
    """As JSON, and as lines for people."""
    plain = CliRunner().invoke(command, [task, "--data", str(folder)])
    figures = CliRunner().invoke(command, [task, "--data", str(folder), "--json"])
    assert plain.exit_code == figures.exit_code == 0
    assert all(name in plain.output for name in json.loads(figures.output))


@pytest.mark.parametrize("score", [evaluate, evaluate_stories])
def test_a_folder_without_the_file_says_what_is_missing(tmp_path: Path, score) -> None:
    """The error names the file."""
    with pytest.raises(NothingReadable, match=r"jsonl\.gz"):
        score(tmp_path)


@pytest.mark.long
def test_the_end_of_a_build_is_measured_step_by_step(folder: Path, tmp_path: Path) -> None:
    """Every step of all reports, of a few more and of none; the record that is made is one that holds good."""
    path = tmp_path / "load.duckdb"
    used = measure(folder, reports=20, added=3, where=path)
    assert list(used) == ["all", "few", "nothing"]
    assert all(list(steps) == [*finish_steps(), "commit"] for steps in used.values())
    with onrecord.open(path) as opened:
        status = opened.status()
        assert (status.documents, opened.check()) == (23, [])
        assert status.statements > 10 and 0 < status.undated < 10
        assert [one.kind for one in opened.copies()].count("copy") > 2
