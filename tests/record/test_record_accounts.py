"""Accounts in the record: who is on which side, in any order of reading, and no pair is judged twice."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from disputed_reports import JUDGED, disputed_record, lines
from made import QUICK, file, made
from stub_judges import WORDS, Silent, WordJudge

import onrecord
from onrecord.derive.accounts import account_all, shipped
from onrecord.errors import ModelError, UsageError
from onrecord.linking.claims import entailment
from onrecord.linking.claims.claims import claims_of
from onrecord.linking.claims.weighing import weigh
from onrecord.shipped import pinned
from onrecord.store import create, open_to_write
from onrecord.store.file.database import Tuning
from onrecord.store.schema.linked import CLAIMS

DATABASE = ("account", "account_member", "judgement", *(table.name for table in CLAIMS))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return disputed_record(tmp_path_factory.mktemp("disputed") / "a.duckdb")


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of all that accounts write; the place of a report in its file is no part of them."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall() for name in DATABASE}


def test_sides_reasons_and_places(record: Path) -> None:
    """The dispute comes first; each member has its words, its speaker, its report and why it is there."""
    with onrecord.open(record) as opened:
        assert opened.check() == []
        texts = {row.id: row.text for row in opened.documents()}
        first, second = opened.accounts()
        status = opened.status()
    assert (status.accounts, status.disputed, status.judge) == (2, 1, "words 1")
    assert (first.kind, first.asserts, first.denies, first.rank) == ("disputed", ("Arve", "Cato"), ("Bodil",), 1)
    assert (first.outlet, first.reports, first.independent) == (("Dispatch", "Herald"), 4, 4)
    assert {row.id for row in first.members if row.speaker == "Arve"} and first.members[0].lead
    against = next(row for row in first.members if row.stance == "contradicts")
    assert against.details == ("polarity",) and against.reasons == ("“mined” against “not mined”",)
    assert [texts[against.document][a:b] for a, b in against.own_spans] == ["not"]
    assert [texts[first.members[0].document][a:b] for a, b in against.lead_spans] == ["mined"]
    assert (second.kind, second.asserts, second.differs) == ("differs", ("Dagny",), ("Embla",))
    assert second.members[1].reasons == ("14 against 19 sailors",)
    for row in (*first.members, *second.members):
        assert [texts[row.document][a:b] for a, b in row.spans] == list(row.pieces)
        assert row.id.startswith("s_") and row.account in (first.id, second.id)


def test_who_agrees_with_a_denial_denies(tmp_path: Path) -> None:
    """Two who deny what a third did: both in ``denies``, nobody in ``asserts``, though they agree."""
    words = "that Norway had mined the bridge of Talvik"
    for name in ("Arve Strand", "Bodil Berg"):
        said = {"speaker": name, "who": name, "cue": "denied", "content": words, "polarity": "denies", "evidence": "denied"}
        report = {"text": f"{name} denied {words}.", "published": "2023-05-05", "state": "NOR", "statements": [said]}
        file(tmp_path / "in" / f"{name}.txt", "TOLD " + json.dumps(report))
    path = tmp_path / "a.duckdb"
    made(path, tmp_path / "in", replace(QUICK, reader="stub_readers:told", judge="stub_judges:WORDS"))
    with onrecord.open(path) as opened:
        (one,) = opened.accounts()
    assert (one.kind, one.asserts, one.denies) == ("agreed", (), ("Arve Strand", "Bodil Berg"))
    assert {each.stance for each in one.members} == {"supports"}


def test_the_same_words_of_one_speaker_are_judged_once(record: Path) -> None:
    """Arve's words stand in two reports: two members, one utterance, no reason needed."""
    with onrecord.open(record) as opened:
        (first, *_) = opened.accounts(actor="Arve")
    mine = [row for row in first.members if row.speaker == "Arve"]
    assert len(mine) == 2 and {row.stance for row in mine} == {"supports"} and mine[0].utterance == mine[1].utterance
    assert len({row.document for row in mine}) == 2


def test_filters(record: Path) -> None:
    """By kind, side, outlet, time, report and story; a date that is none is told."""
    with onrecord.open(record) as opened:
        count = lambda **more: len(list(opened.accounts(**more)))  # noqa: E731
        (embla,) = (row.document for row in opened.account_members(actor="Embla") if row.speaker == "Embla")
        assert [count(kind=kind) for kind in ("disputed", "differs", "agreed")] == [1, 1, 0]
        assert [count(actor=name) for name in ("Bodil", "Embla", "Nobody")] == [1, 1, 0]
        assert [count(state="NOR"), count(state="RUS")] == [2, 0]
        assert [count(outlet="herald"), count(outlet="courier"), count(outlet="monitor")] == [1, 1, 0]
        assert [count(until="2023-03-01"), count(since="2023-03-04"), count(since="2023")] == [1, 1, 2]
        assert [count(document=embla), count(min_confidence=0.8), count(min_confidence=1.0)] == [1, 2, 1]
        assert len(list(opened.account_members(kind="differs"))) == 2
        with pytest.raises(UsageError, match="not a date"):
            count(since="soon")


def test_silent_are_only_outlets_of_the_same_story(record: Path) -> None:
    """Who tells of something else altogether is not silent about this."""
    with onrecord.open(record) as opened:
        stories = {row.id: set(row.outlet) for row in opened.stories(all=True)}
        of = {row.id: row.story for row in opened.documents()}
        for row in opened.accounts():
            there = set().union(*(stories[of[one.document]] for one in row.members))
            assert set(row.silent) == there - set(row.outlet)


@pytest.mark.long
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 4), st.integers(1, 7))
def test_any_order_and_any_parts_give_the_same(
    tmp_path_factory: pytest.TempPathFactory, record: Path, random: random.Random, batch: int, cut: int
) -> None:
    """Read in any order, in any batches, at once or in two builds."""
    mixed = lines()
    random.shuffle(mixed)
    path = disputed_record(tmp_path_factory.mktemp("mixed") / "b.duckdb", mixed[:cut], mixed[cut:], batch=batch)
    assert tables(path) == tables(record)


@pytest.mark.long
def test_more_reports_judge_only_new_pairs(tmp_path: Path) -> None:
    """What two texts say of each other is kept: no pair that was judged is judged again, nor for a decision."""
    WORDS.asked.clear()
    path = disputed_record(tmp_path / "a.duckdb", lines()[:6])
    before = set(WORDS.asked)
    assert before and len(before) == len(WORDS.asked)
    WORDS.asked.clear()
    made(path, [str(tmp_path / "in" / "a0.jsonl")], JUDGED)
    assert WORDS.asked == []
    disputed_record(tmp_path / "a.duckdb", lines()[:6], lines()[6:])
    assert not set(WORDS.asked) & before
    WORDS.asked.clear()
    with onrecord.open(path) as opened:
        (arve, bodil) = (next(iter(opened.actors(actor=name))).id for name in ("Arve", "Bodil"))
        rejected = next(row.id for row in opened.statements(actor="Bodil") if "mined" in row.content)
    onrecord.decide(path, "rename", arve, "Arve Strand", judge=WORDS)
    with onrecord.open(path) as opened:
        assert next(iter(opened.accounts())).asserts == ("Arve Strand", "Cato")
    onrecord.decide(path, "reject", rejected, judge=WORDS)
    with onrecord.open(path) as opened:
        assert [row.kind for row in opened.accounts()] == ["differs", "agreed"]
        assert opened.check() == []
    assert WORDS.asked == [] and bodil


AT = "2024-05-01T10:00:00Z"
DECISIONS = (
    [("reject", "Bodil said")],
    [("rename", "Arve", "Arve Strand"), ("reject", "Arve said"), ("undo", 0)],
    [("merge", "Arve", "Cato"), ("reject", "Dagny said"), ("undo", 1), ("undo", 0)],
    [("reject", "Arve"), ("confirm", "Bodil said"), ("undo", 0), ("undo", 2)],
)


@pytest.mark.long
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 7), st.sampled_from(DECISIONS))
def test_parts_and_decisions_give_what_all_at_once_gives(
    tmp_path_factory: pytest.TempPathFactory, random: random.Random, cut: int, steps: list[tuple[Any, ...]]
) -> None:
    """Reports in two parts, decisions between and after, some taken back: what is kept is never out of date."""
    mixed = lines()
    random.shuffle(mixed)
    path = disputed_record(tmp_path_factory.mktemp("decided") / "b.duckdb", mixed[:cut])
    made: list[str] = []
    for step in steps[: len(steps) // 2]:
        decided(path, step, made)
        assert tables(path) == anew(path)
    source = path.parent / "in" / "rest.jsonl"
    add(path, file(source, "\n".join(map(json.dumps, mixed[cut:])) + "\n"))
    assert tables(path) == anew(path)
    for step in steps[len(steps) // 2 :]:
        decided(path, step, made)
        assert tables(path) == anew(path)


def add(path: Path, source: Path) -> None:
    made(path, [str(source)], JUDGED)


def decided(path: Path, step: tuple[Any, ...], made: list[str]) -> None:
    """Make one decision of ``DECISIONS``, if what it is about is there yet; else none, but it has its number."""
    verb, first, *rest = step
    with onrecord.open(path) as opened:
        actors = {row.name: row.id for row in opened.actors()}
        said = {f"{row.speaker} said": row.id for row in opened.statements()}
    known: dict[Any, str] = {**said, **actors, **dict(enumerate(made))}
    targets = [known.get(each, each) if verb != "rename" or n == 0 else each for n, each in enumerate([first, *rest])]
    if first in known and known[first] and (verb != "merge" or rest[0] in known):
        made.append(onrecord.decide(path, verb, *targets, at=AT, judge=WORDS).id)
    else:
        made.append("")


def anew(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The tables as they are if nothing but what was read and decided is known."""
    with open_to_write(path, Tuning()) as connection:
        connection.execute("BEGIN")
        for name in DATABASE:
            connection.execute(f'DELETE FROM "{name}"')
        connection.execute("DELETE FROM meta WHERE key = 'accounts'")
        account_all(connection, judge=WORDS)
        found = {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall() for name in DATABASE}
        connection.execute("ROLLBACK")
    return found


def test_only_what_is_touched_is_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports that did not change are not analysed again, and no pair that was weighed is weighed again."""
    analysed: list[str] = []
    weighed: list[frozenset[str]] = []

    def claims(report: Any) -> Any:
        analysed.append(report.id)
        return claims_of(report)

    def weighs(pair: Any, told: Any) -> Any:
        weighed.append(frozenset([pair.one.claim.id, pair.other.claim.id]))
        return weigh(pair, told)

    monkeypatch.setattr("onrecord.derive.claims.claims_of", claims)
    monkeypatch.setattr("onrecord.derive.comparing.weigh", weighs)
    path = disputed_record(tmp_path / "a.duckdb", lines()[:6])
    first = set(analysed), set(weighed)
    assert len(analysed) == len(first[0]) == 6 and len(weighed) == len(first[1]) > 3
    for part in (lines()[:6], lines()):
        analysed.clear()
        weighed.clear()
        disputed_record(tmp_path / "a.duckdb", part)
    assert len(analysed) == 2 and not first[0] & set(analysed) and not first[1] & set(weighed)
    with onrecord.open(path) as opened:
        rejected, other = (next(iter(opened.statements(actor=name))) for name in ("Bodil", "Dagny"))
    analysed.clear()
    weighed.clear()
    onrecord.decide(path, "reject", rejected.id, judge=WORDS)
    assert analysed == [rejected.document]
    assert not [pair for pair in weighed if pair in first[1]]
    onrecord.decide(path, "confirm", other.id, judge=WORDS)
    assert analysed == [rejected.document]


def test_a_record_begun_before_claims_were_kept(tmp_path: Path, record: Path) -> None:
    """It is brought up to date by the next that writes to it."""
    path = disputed_record(tmp_path / "a.duckdb", lines()[:6])
    with duckdb.connect(str(path)) as connection:
        for table in CLAIMS:
            connection.execute(f'DROP TABLE "{table.name}"')
        connection.execute("DELETE FROM meta WHERE key IN ('claims', 'weighed')")
    disputed_record(path, lines()[:6], lines()[6:])
    assert tables(path) == tables(record)


def test_what_another_version_kept_is_not_taken(tmp_path: Path, record: Path) -> None:
    """It may have read texts otherwise."""
    path = disputed_record(tmp_path / "a.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE claim_words SET meant = []; UPDATE claim_pair SET likeness = 1")
        connection.execute("UPDATE meta SET value = 'other' WHERE key IN ('accounts', 'claims')")
    with open_to_write(path, Tuning()) as connection:
        account_all(connection, judge=WORDS)
    assert tables(path) == tables(record)


def test_another_judge_judges_anew(tmp_path: Path, record: Path) -> None:
    """Judgements are of one model; those of another are not taken over."""
    path = disputed_record(tmp_path / "a.duckdb")
    other = WordJudge(name="words 2")
    with open_to_write(path, Tuning()) as connection:
        account_all(connection, judge=other)
        assert other.asked
        asked = len(other.asked)
        account_all(connection, judge=other)
        assert len(other.asked) == asked
        account_all(connection, judge=Silent())
        assert connection.execute("SELECT count(*) FROM account").fetchall() == [(1,)]  # Arve's words, twice
    assert tables(record)["account"] != tables(path)["account"]


def test_without_a_model_there_are_no_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is guessed: the tables are empty, and the status says why."""
    path = disputed_record(tmp_path / "a.duckdb")
    monkeypatch.setattr("onrecord.derive.accounts.shipped", shipped)
    monkeypatch.delitem(pinned(), entailment.FILE)
    with open_to_write(path, Tuning()) as connection:
        account_all(connection)
    assert tables(path) == {name: [] for name in DATABASE}
    with onrecord.open(path) as opened:
        assert (opened.status().accounts, opened.status().judge) == (0, "")
        assert opened.check() == []


def test_a_wrong_model_is_no_missing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is not the one of this version ends the build, as with the reader."""
    create(tmp_path / "a.duckdb")
    monkeypatch.setattr("onrecord.derive.accounts.shipped", shipped)
    monkeypatch.setitem(pinned(), entailment.FILE, "0" * 64)
    entailment.network.cache_clear()
    with open_to_write(tmp_path / "a.duckdb", Tuning()) as connection, pytest.raises(ModelError):
        account_all(connection)
    entailment.network.cache_clear()


@pytest.mark.long
@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE account_member SET pieces = [{'start': 0, 'end': 4, 'quote': 'else'}]", "does not cover its quote"),
        ("UPDATE account_member SET stance = 'likes' WHERE n = 1", "unknown stance 'likes'"),
        ("UPDATE account_member SET lead_marks = [{'document_id': 'd_0', 'start': 0, 'end': 1, 'quote': 'x'}]",
         "refers to a document that is not there"),
        ("DELETE FROM account_member WHERE n = 0", "its lead is not there"),
        ("DELETE FROM account", "it is of no account"),
        ("UPDATE account_member SET statement_id = 's_0'", "refers to a statement that is not there"),
        ("UPDATE claim SET pieces = [{'start': 0, 'end': 4, 'quote': 'else'}]", "does not cover its quote"),
        ("INSERT INTO claim SELECT * FROM claim LIMIT 1", "stands more than once"),
        ("UPDATE claim_report SET document_id = 'd_0'", "refers to a document that is not there"),
        ("DELETE FROM claim", "is of no claim"),
        ("UPDATE claim_pair SET second = 's_0'", "refers to a claim that is not there"),
        ("DELETE FROM judgement", "refers to a judgement that is not there"),
    ],
)  # fmt: skip
def test_check_finds_damage(tmp_path: Path, sql: str, problem: str) -> None:
    """Every quote of a member from its span, every reference."""
    path = disputed_record(tmp_path / "a.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
    with onrecord.open(path) as opened:
        assert any(problem in one.problem for one in opened.check())
