"""A person's decisions: done at once, replayed by every build, and undone without a trace."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from made import exported, file, made

import onrecord
from onrecord.derive.finish import finish
from onrecord.errors import RecordLocked, UsageError
from onrecord.linking.decisions import chosen_names, regroup, standing, undone
from onrecord.store import ActorRow, Tuning, locked, open_to_write
from onrecord.values import Decision

AT = "2024-05-01T10:00:00Z"
SPEAKERS = [
    ("Marta Vellin", "Arve Strand"),
    ("Martha Velin", "Arve Strond"),
    ("Marta Velin", "Arvid Strand"),
    ("A Strand", "Vellin"),
]


def reports(path: Path, numbers: range) -> list[str]:
    """Reports in which people speak whose names are spelt in several ways."""
    return [
        str(
            file(
                path / f"{n}.txt",
                f"“We saw {n} ships at the long pier,” said {SPEAKERS[n % 4][0]} later.\n\n"
                f"“We saw no more than {n} boats,” said {SPEAKERS[n % 4][1]} later.",
            )
        )
        for n in numbers
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "a.duckdb"
    made(path, reports(path.parent, range(4)))
    return path


@pytest.fixture
def record(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path))


def actors(path: Path, **filters: object) -> dict[str, ActorRow]:
    """The actors listed, by name."""
    with onrecord.open(path) as opened:
        return {row.name: row for row in opened.actors(**filters)}  # type: ignore[arg-type]


def outcome(path: Path) -> dict[str, bytes]:
    """Every export but the decisions themselves."""
    return {name: data for name, data in exported(path).items() if not name.startswith("decisions")}


def sound(path: Path) -> None:
    with onrecord.open(path) as opened:
        assert opened.check() == []


def test_merge_and_undo(record: Path) -> None:
    """Two actors become one with all their names and statements; undoing it leaves no trace, redoing it does."""
    before, found = outcome(record), actors(record)
    one, other = found["Arve Strand"], found["Arvid Strand"]
    decision = onrecord.decide(record, "merge", one.id, other.id[:8], note="cousins they are not", at=AT)
    assert decision.targets == (one.id, other.id)
    merged = actors(record)
    assert len(merged) == len(found) - 1
    (row,) = [row for row in merged.values() if "Strand" in row.name and row.documents == 2]
    assert {row.name, *row.aliases} == {"Arve Strand", "Arvid Strand"}
    assert decision.id in row.basis
    with onrecord.open(record) as opened:
        said = list(opened.statements(actor="Arvid Strand"))
        assert {one.speaker_text for one in said} == {"Arve Strand", "Arvid Strand"}
        assert [(one.verb, one.note, one.undone_by) for one in opened.decisions()] == [
            ("merge", "cousins they are not", None)
        ]
    sound(record)
    after = outcome(record)
    undo = onrecord.decide(record, "undo", decision.id, at=AT)
    assert outcome(record) == before
    sound(record)
    with pytest.raises(UsageError, match="undone already") as caught:
        onrecord.decide(record, "undo", decision.id, at=AT)
    assert f"undo {undo.id}" in caught.value.hint
    onrecord.decide(record, "undo", undo.id, at=AT)
    assert outcome(record) == after


def test_split_by_document_and_by_mention(record: Path) -> None:
    """What a document or a mention says of an actor is somebody else's from then on."""
    vellin = actors(record)["Marta Vellin"]
    assert vellin.documents == 4
    with onrecord.open(record) as opened:
        mention = next(row for row in opened.mentions(actor="Marta Vellin") if row.quote == "Martha Velin")
        document = next(row.document for row in opened.mentions() if row.quote == "Vellin")
    onrecord.decide(record, "split", vellin.id, mention.id, document, at=AT)
    with onrecord.open(record) as opened:
        who = {row.speaker_text: row.speaker_ids for row in opened.statements(speaker="vel")}
    assert who["Martha Velin"] == who["Vellin"] != who["Marta Vellin"] == who["Marta Velin"]
    sound(record)


def test_rename(record: Path) -> None:
    """An actor is listed under the name it was given, and keeps its others."""
    vellin = actors(record)["Marta Vellin"]
    onrecord.decide(record, "rename", vellin.id, "Márta  Vellin-Holm", at=AT)
    row = actors(record)["Márta Vellin-Holm"]
    assert "Marta Vellin" in row.aliases
    assert list(actors(record, actor="marta vellin holm")) == ["Márta Vellin-Holm"]
    sound(record)


def test_a_rejected_statement_is_hidden_and_can_be_confirmed(record: Path) -> None:
    """It is left out with the reason; the last word counts."""
    with onrecord.open(record) as opened:
        row = next(iter(opened.statements()))
    decision = onrecord.decide(record, "reject", row.id, at=AT)
    with onrecord.open(record) as opened:
        assert row.id not in {one.id for one in opened.statements()}
        (found,) = [one for one in opened.statements(all=True) if one.id == row.id]
        assert found.hidden == f"rejected by {decision.id}"
        assert opened.status().hidden == 1
    sound(record)
    confirmed = onrecord.decide(record, "confirm", row.id, at=AT)
    with onrecord.open(record) as opened:
        (found,) = [one for one in opened.statements() if one.id == row.id]
        assert (found.confirmed, found.hidden) == (confirmed.id, None)


def test_a_rejected_actor_names_nobody(record: Path) -> None:
    """It is not listed, and its statements have words for a speaker but no name."""
    vellin = actors(record)["Marta Vellin"]
    onrecord.decide(record, "reject", vellin.id, at=AT)
    assert "Marta Vellin" not in actors(record)
    assert actors(record, all=True)["Marta Vellin"].hidden
    with onrecord.open(record) as opened:
        (row,) = opened.statements(speaker="Marta Vellin")
        assert row.speaker is None
        assert not list(opened.statements(actor="Marta Vellin"))
    sound(record)


def test_suggestions(record: Path) -> None:
    """Confirming one makes its actors one; rejecting one makes it go, and undoing that brings it back."""
    with onrecord.open(record) as opened:
        first, *rest = opened.suggestions()
    assert rest
    onrecord.decide(record, "confirm", first.id, at=AT)
    assert not {first.first_name, first.second_name} <= set(actors(record))
    with onrecord.open(record) as opened:
        other = next(iter(opened.suggestions()))
    decision = onrecord.decide(record, "reject", other.id, at=AT)
    with onrecord.open(record) as opened:
        assert other.id not in {one.id for one in opened.suggestions()}
    onrecord.decide(record, "undo", decision.id, at=AT)
    with onrecord.open(record) as opened:
        assert other.id in {one.id for one in opened.suggestions()}
    sound(record)


@pytest.mark.long
def test_decisions_are_kept_when_reports_come(tmp_path: Path) -> None:
    """What was decided early holds for reports that come later; the way there does not show."""
    paths, small = reports(tmp_path, range(8)), tmp_path / "small.duckdb"
    made(small, paths[:3])
    found = actors(small)
    onrecord.decide(small, "merge", found["Arve Strand"].id, found["Arve Strond"].id, at=AT)
    made(small, paths)
    row = next(row for row in actors(small).values() if "Arve Strond" in (row.name, *row.aliases))
    assert row.documents == 4
    large = tmp_path / "large.duckdb"
    made(large, paths)
    found = actors(large)
    onrecord.decide(large, "merge", found["Arve Strand"].id, found["Arve Strond"].id, at=AT)
    both = [
        {name: (row.documents, row.statements, row.aliases) for name, row in actors(path).items()}
        for path in (small, large)
    ]
    assert both[0] == both[1]


@pytest.mark.long
def test_decisions_are_carried_to_a_record_built_anew(record: Path, tmp_path: Path) -> None:
    """Exported from one record and imported into another of the same reports they do the same, once."""
    found = actors(record)
    merged = onrecord.decide(record, "merge", found["Arve Strand"].id, found["Arve Strond"].id, at=AT)
    onrecord.decide(record, "rename", found["Marta Vellin"].id, "M. Vellin", note="as she signs", at=AT)
    onrecord.decide(record, "undo", merged.id, at=AT)
    onrecord.decide(record, "merge", found["Arve Strand"].id, found["Arvid Strand"].id, at=AT)
    with onrecord.open(record) as opened:
        statement = next(iter(opened.statements())).id
    onrecord.decide(record, "reject", statement, at=AT)
    expected = exported(record)
    decisions = record.with_suffix(".out") / "decisions.jsonl"
    new = tmp_path / "new" / "a.duckdb"
    inputs = reports(new.parent / "in", range(4))
    made(new, inputs)
    with onrecord.open(new) as opened:  # the places differ, and nothing else
        assert {row.id for row in opened.actors()} == {row.id for row in found.values()}
    carried = onrecord.carry_decisions(new, decisions)
    assert (carried.added, carried.known, carried.lost) == (5, 0, ())
    for name in ("actors.jsonl", "decisions.jsonl", "suggestions.jsonl"):
        assert exported(new)[name] == expected[name]
    sound(new)
    assert onrecord.carry_decisions(new, decisions).known == 5
    small = tmp_path / "small.duckdb"
    made(small, inputs[:1])
    carried = onrecord.carry_decisions(small, decisions)
    assert len(carried.lost) >= 2 and carried.added + len(carried.lost) == 5
    sound(small)


def test_what_is_no_export_is_not_imported(record: Path, tmp_path: Path) -> None:
    """A file that is none, or holds something else, is said to be so, with the line."""
    with pytest.raises(UsageError, match="cannot be read") as caught:
        onrecord.carry_decisions(record, tmp_path / "none.jsonl")
    assert "onrecord export" in caught.value.hint
    path = file(tmp_path / "other.jsonl", '{"id": "s_1"}\n')
    with pytest.raises(UsageError, match="line 1: not a decision"):
        onrecord.carry_decisions(record, path)


@pytest.fixture(scope="module")
def divided(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], dict[str, bytes]]:
    """A record with one decision, the ids that tests speak of, and its exports; not to be changed."""
    path = Path(shutil.copy(whole, tmp_path_factory.mktemp("divided")))
    found = actors(path)
    with onrecord.open(path) as opened:
        rows = {row.speaker_text: row.document for row in opened.statements()}
    onrecord.decide(path, "split", found["Marta Vellin"].id, rows["Vellin"], at=AT)
    ids = {
        "vellin": found["Marta Vellin"].id,
        "strand": found["Arve Strand"].id,
        "first": rows["Arve Strand"],
        "elsewhere": rows["Vellin"],
    }
    return path, ids, exported(path)


@pytest.mark.long
@pytest.mark.parametrize(
    ("verb", "targets", "message", "hint"),
    [
        ("merge", ["a_0000", "a_1111"], "no actor has the id 'a_0000'", "onrecord actors"),
        ("merge", ["Arvid", "a_1111"], "no actor has the id 'Arvid'", "is Arvid Strand"),
        ("merge", ["a_"], "merge takes at least two targets", "merge ACTOR ACTOR"),
        ("merge", ["a_", "a_"], "more than one actor", "more of its characters"),
        ("split", ["{vellin}", "d_0000"], "no document has the id", "onrecord documents"),
        ("split", ["{vellin}", "{elsewhere}"], "does not mention", "onrecord show"),
        ("split", ["{strand}", "{first}"], "nothing of a_", "fewer"),
        ("rename", ["{vellin}"], "rename takes two targets, not 1", "rename ACTOR"),
        ("rename", ["{vellin}", "  "], "the new name is empty", "rename ACTOR"),
        ("reject", ["s_0000"], "no statement has the id", "onrecord statements"),
        ("reject", ["u_0000"], "no suggestion has the id", "onrecord actors"),
        ("confirm", [], "confirm takes one target, not 0", "confirm STATEMENT"),
        ("undo", ["x_0000"], "no decision has the id", "onrecord decide"),
        ("forget", ["x_0000"], "no such decision: 'forget'", "merge, split"),
    ],
)
def test_errors_help(
    divided: tuple[Path, dict[str, str], dict[str, bytes]],
    tmp_path: Path,
    verb: str,
    targets: list[str],
    message: str,
    hint: str,
) -> None:
    """What cannot be decided is said, with what to type, and nothing is changed."""
    path, ids, before = divided
    record = Path(shutil.copy(path, tmp_path))
    with pytest.raises(UsageError, match=message) as caught:
        onrecord.decide(record, verb, *(one.format(**ids) for one in targets), at=AT)  # type: ignore[arg-type]
    assert hint in caught.value.hint
    assert exported(record) == before


def test_one_writer_at_a_time(record: Path) -> None:
    """A record that is being built is not decided upon."""
    with locked(record, command="onrecord build", since=AT), pytest.raises(RecordLocked, match="is being"):
        onrecord.decide(record, "merge", "a_1", "a_2", at=AT)
    with pytest.raises(UsageError, match="no such record"):
        onrecord.decide(record.with_name("b.duckdb"), "merge", "a_1", "a_2", at=AT)


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "rename", "reject", "undo"]), st.integers(0, 99), st.integers(0, 99)),
    min_size=1,
    max_size=4,
)


@pytest.mark.long
@given(STEPS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_rebuild_replays_all(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    """Whatever was decided, working all out anew from reports and decisions gives the same record."""
    path = Path(shutil.copy(whole, tmp_path_factory.mktemp("replay")))
    for verb, a, b in steps:
        with onrecord.open(path) as opened:
            ids = [row.id for row in opened.actors(all=True)]
            documents = [row.id for row in opened.documents()]
            standing_now = [row.id for row in opened.decisions() if row.undone_by is None]
        targets = {
            "merge": [ids[a % len(ids)], ids[b % len(ids)]],
            "split": [ids[a % len(ids)], documents[b % len(documents)]],
            "rename": [ids[a % len(ids)], f"Name {b}"],
            "reject": [ids[a % len(ids)]],
            "undo": standing_now[a % len(standing_now) :][:1] if standing_now else [],
        }[verb]
        try:
            onrecord.decide(path, verb, *targets, at=AT)  # type: ignore[arg-type]
        except UsageError:
            continue
    before = exported(path)
    with open_to_write(path, Tuning(threads=1)) as connection:
        for table in ("actor", "actor_member", "actor_office", "suggestion", "publication"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE statement SET rejected = NULL, confirmed = NULL")
        finish(connection)
    assert exported(path) == before
    sound(path)


MEMBERS = st.lists(st.tuples(st.sampled_from("de"), st.integers(0, 4)), max_size=4).map(tuple)
DECISIONS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "rename", "undo"]), MEMBERS, st.integers(0, 5)), max_size=6
).map(
    lambda made: tuple(
        Decision(f"x_{n}", AT, verb, (f"x_{to}",) if to < n else ("a_1",), anchors, "New", None)  # type: ignore[arg-type]
        for n, (verb, anchors, to) in enumerate(made)
    )
)
GROUPS = st.lists(st.tuples(st.sampled_from("de"), st.integers(0, 4)), unique=True).flatmap(
    lambda members: st.lists(st.integers(0, 2), min_size=len(members), max_size=len(members)).map(
        lambda where: [
            [one for one, at in zip(members, where, strict=True) if at == place] for place in set(where)
        ]
    )
)


@given(GROUPS, DECISIONS)
def test_no_decision_loses_or_doubles_an_entity(
    groups: list[list[tuple[str, int]]], decisions: tuple[Decision, ...]
) -> None:
    """Groups stay a partition, in an order that does not depend on theirs; only groups there get names."""
    valid = standing(decisions)
    found = regroup(groups, valid)
    assert sorted(one for group in found for one in group) == sorted(one for group in groups for one in group)
    assert all(found) and found == regroup(list(reversed(groups)), valid) == sorted(found)
    assert set(chosen_names(found, valid)) <= set(found)
    gone = undone(decisions)
    assert not set(gone) & {one.id for one in valid}
