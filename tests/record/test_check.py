"""The check finds damage in every table of actors, mentions, times and decisions."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from told_reports import told_record

import onrecord

AT = "2024-05-01T10:00:00Z"
NOWHERE = "[{'start': 0, 'end': 4, 'quote': 'Lima'}]"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = told_record(tmp_path_factory.mktemp("check") / "a.duckdb")
    with onrecord.open(path) as opened:
        one, other = [row.id for row in opened.actors() if "Str" in row.name]
        statement = next(row.id for row in opened.statements())
    onrecord.decide(path, "undo", onrecord.decide(path, "merge", one, other, at=AT).id, at=AT)
    onrecord.decide(path, "confirm", statement, at=AT)
    with onrecord.open(path) as opened:
        assert opened.check() == []
    return path


DAMAGE = {
    "evidence of a speaker": "UPDATE statement SET speakers = [{'entity': one.entity, 'rule': one.rule, 'evidence': "
    f"{NOWHERE}, 'confidence': one.confidence}} FOR one IN speakers]",
    "confidence of a speaker": "UPDATE statement SET speakers = [{'entity': one.entity, 'rule': one.rule, "
    "'evidence': one.evidence, 'confidence': 7.0} FOR one IN speakers]",
    "a speaker that is nobody": "UPDATE statement SET speakers = [{'entity': 99, 'rule': one.rule, "
    "'evidence': one.evidence, 'confidence': 0.5} FOR one IN speakers]",
    "evidence of the polarity": f"UPDATE statement SET polarity_evidence = {NOWHERE}",
    "a hedge": f"UPDATE statement SET hedges = {NOWHERE}",
    "a distance": f"UPDATE statement SET distances = {NOWHERE}",
    "a channel": f"UPDATE statement SET via = [{{'name': 'Wire', 'how': 'told', 'pieces': {NOWHERE}}}]",
    "a venue": f"UPDATE statement SET venue = {NOWHERE}",
    "an addressee": f"UPDATE statement SET addressee = {NOWHERE}",
    "the words of a time said": f"UPDATE statement SET said_evidence = {NOWHERE}",
    "a time that ends before it begins": "UPDATE statement SET said_earliest = '2999-01-01'",
    "no time": "UPDATE statement SET said_earliest = NULL, said_latest = NULL",
    "an unknown polarity": "UPDATE statement SET polarity = 'lies'",
    "a parent that is not there": "UPDATE statement SET parent = 's_0000000000000000' WHERE parent IS NOT NULL",
    "a statement inside itself": "UPDATE statement SET parent = id WHERE n = 0",
    "two statements inside each other": "UPDATE statement SET parent = (SELECT child.id FROM statement AS child "
    "WHERE child.parent = statement.id) WHERE id IN (SELECT parent FROM statement)",
    "a mark nobody made": "UPDATE statement SET rejected = 'x_0000000000000000' WHERE n = 0",
    "a quote of a mention": "UPDATE mention SET quote = 'Lima'",
    "a span of a mention": 'UPDATE mention SET "end" = 999999',
    "a name out of its mention": "UPDATE mention SET name_start = 0, name_end = 2, name_quote = 'KA'",
    "half a name": "UPDATE mention SET name_quote = NULL WHERE name_quote IS NOT NULL",
    "a mention of nobody": "UPDATE mention SET entity = 99",
    "an unknown kind of mention": "UPDATE mention SET kind = 'liar'",
    "a mention twice": "INSERT INTO mention SELECT * FROM mention LIMIT 1",
    "a context": f"UPDATE entity SET context = {NOWHERE}",
    "an office of an entity": "UPDATE entity SET offices = [{'title': one.title, 'kind': one.kind, 'state': one.state, "
    "'organisation': one.organisation, 'former': one.former, 'start': 0, 'end': 4, 'quote': 'Lima'} "
    "FOR one IN offices]",
    "an entity twice": "UPDATE entity SET number = 0",
    "an entity that is gone": "DELETE FROM entity WHERE number = 0",
    "an office of an actor": "UPDATE actor_office SET seen = [{'document_id': one.document_id, 'start': 0, 'end': 4, "
    "'quote': 'Lima'} FOR one IN seen]",
    "an office seen nowhere": "UPDATE actor_office SET seen = [{'document_id': 'd_0', 'start': 0, 'end': 4, "
    "'quote': 'Lima'}]",
    "an office of nobody": "UPDATE actor_office SET actor_id = 'a_0'",
    "an actor that is gone": "DELETE FROM actor WHERE name LIKE 'Marta%'",
    "an actor twice": "INSERT INTO actor SELECT * FROM actor LIMIT 1",
    "an actor without members": "DELETE FROM actor_member",
    "a member twice": "INSERT INTO actor_member SELECT * FROM actor_member LIMIT 1",
    "a member that is no entity": "UPDATE actor_member SET entity = 99",
    "a suggestion of nobody": "UPDATE suggestion SET first = 'a_0'",
    "bounds that are gone": "DELETE FROM publication",
    "words of bounds": f"UPDATE publication SET evidence = {NOWHERE}",
    "a decision backdated": "UPDATE decision SET made_at = '2020-01-01T00:00:00Z' WHERE n = 1",
    "a decision about something else": "UPDATE decision SET targets = ['a_0', 'a_1'] WHERE n = 1",
    "a decision that is gone": "DELETE FROM decision WHERE n = 3",
    "an undo of nothing": "DELETE FROM decision WHERE n = 1",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_every_damage_is_found(record: Path, tmp_path: Path, name: str) -> None:
    """Whatever row is changed behind Onrecord's back, the check says so."""
    path = tmp_path / "a.duckdb"
    path.write_bytes(record.read_bytes())
    with duckdb.connect(str(path)) as connection:
        before = connection.execute("SELECT count(*) FROM statement").fetchall()
        connection.execute(DAMAGE[name])
        assert connection.execute("SELECT count(*) FROM statement").fetchall() == before
    with onrecord.open(path) as opened:
        assert opened.check()
