"""A record of many statements that nobody said, written straight into its tables: for how quick the app is.

    python tests/web/many.py RECORD [STATEMENTS]          makes it
    python tests/web/many.py RECORD --ask /statements ...  milliseconds of each address, and of the
                                                          processors: the middle of six after the first

Every statement stands where its spans say, and the same number of statements gives the same rows.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.derive.positions import hold_all
from onrecord.ids import content_id, sha256, statement_id
from onrecord.store import Tuning, create, open_to_write
from onrecord.store.schema.columns import incoming
from onrecord.store.schema.read import BY_NAME

Row = dict[str, Any]
PER_REPORT = 20
WORDS = ["harbour", "border", "treaty", "vessel", "inquiry", "grain", "permit", "strait", "election", "envoy", "ceasefire", "pipeline", "sanction", "convoy", "observer", "dispute", "island", "tariff", "ministry", "coast", "survey", "crew", "court", "appeal", "port", "summit", "drill", "radar", "fishing", "quota", "never", "always", "soon", "again", "under", "over", "before", "after", "every", "no", "some", "their", "our", "this", "that", "will", "would", "may", "must"]
STATES = ("FRA", "DEU", "POL", "BRA", "KEN", "JPN", "CAN", "NOR", "PER", "GHA", None)
POLARITIES = ("asserts",) * 7 + ("denies", "declines", "questions", "promises", "calls_for")
RELATIONS = ("supports", "opposes", "recognizes")
KINDS = ("direct", "indirect", "indirect", "mixed")
VIAS = ((), (), (), ("North Wire",), ("Harbour Agency",))
_OF_A_REPORT = ("document", "location", "entity", "actor_member", "statement", "mention", "position_seen")
_AT_ONCE = 2_000  # rows handed over at a time


def many(path: Path, statements: int = 100_000) -> Path:
    """A record at ``path`` with this many statements, twenty to a report, and actors as they come in news:
    few speak often, many seldom. Every other statement speaks of an actor, and every report tells of a
    position."""
    create(path)
    connection = open_to_write(path, Tuning())
    with connection:
        reports = -(-statements // PER_REPORT)
        actors = _actors(max(4, reports // 3))
        _insert(connection, "actor", actors)
        rest = _reports(reports, actors)
        while some := list(islice(rest, _AT_ONCE // PER_REPORT)):
            for table in _OF_A_REPORT:
                _insert(connection, table, [row for one in some for row in one[table]])
        hold_all(connection)
        connection.execute("CHECKPOINT")
    return path


def _actors(count: int) -> list[Row]:
    draw = random.Random(1)
    rows = []
    for number in range(count):
        name = f"{draw.choice('BDGKLMNRT')}{draw.choice(('ara', 'oli', 'enu', 'ivo'))} {_surname(number)}"
        kind = "person" if number % 5 else "organisation"
        row = {"id": content_id("a", kind, name), "name": name, "kind": kind, "state": draw.choice(STATES)}
        rows.append(row | {"aliases": [], "basis": "one name", "rejected": None, "confirmed": None})
    return rows


def _surname(number: int) -> str:
    parts = ("dan", "ber", "sol", "mir", "tak", "ven", "rok", "lin", "gar", "pel")
    return "".join(parts[int(digit)] for digit in str(number + 100)).capitalize()


def _reports(count: int, actors: Sequence[Row]) -> Iterator[Mapping[str, list[Row]]]:
    draw = random.Random(2)
    for number in range(count):
        # The square of an even draw: the first actors are in many reports.
        cast = [actors[int(draw.random() ** 3 * len(actors))] for _ in range(6)]
        yield _report(number, cast, draw)


def _report(number: int, cast: Sequence[Row], draw: random.Random) -> Mapping[str, list[Row]]:
    id = content_id("d", str(number))
    day = f"20{10 + number % 14}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    text, statements, mentions = "", [], []
    for n in range(PER_REPORT):
        who = draw.randrange(len(cast))
        start = len(text)
        name, words = cast[who]["name"], " ".join(draw.choices(WORDS, k=draw.randrange(6, 24)))
        meant = draw.randrange(len(cast))
        if n % 2:
            words = f"{words} {cast[meant]['name']}"
        text += f"{name} said that {words}.\n\n"
        ends = (len(name), len(name) + 5)
        spans = [(start, start + ends[0]), (start + ends[0] + 1, start + ends[1])]
        spans.append((start + ends[1] + 1, start + ends[1] + 6 + len(words)))
        statements.append(_statement(id, n, who, spans, text, day, draw))
        mentions.append((who, start, start + len(name)))
        if n % 2:
            end = spans[2][1]
            mentions.append((meant, end - len(cast[meant]["name"]), end))
    held = _position(id, cast, len(text), draw.choice(RELATIONS))
    text += held["quote"]
    uri = f"many/{number:06}.txt"
    found = {"id": id, "uri": uri, "kind": "text", "outlet": f"Paper {number % 40}", "text": text}
    found |= {"title": " ".join(draw.choices(WORDS, k=7)).capitalize(), "published_precision": "day"}
    found |= {"published_earliest": day, "published_latest": day, "words": len(text.split())}
    found |= {"text_sha256": sha256(text.encode()), "raw_sha256": sha256(text.encode())}
    found |= {"retrieved_at": "2024-01-01T00:00:00Z", "charset": "utf-8", "extractor": "many", "reader": "many"}
    entities = [
        {"document_id": id, "number": at, "kind": one["kind"], "name": one["name"], "names": [one["name"]]}
        | {"state": None, "offices": [], "mentions": 3, "context": _pieces(text, [(0, 40)])}
        for at, one in enumerate(cast)
    ]
    return {
        "document": [found],
        "location": [{"uri": uri, "document_id": id, "path": None, "retrieved_at": "2024-01-01T00:00:00Z"}],
        "entity": entities,
        "actor_member": [
            {"actor_id": one["id"], "document_id": id, "entity": at} for at, one in enumerate(cast)
        ],
        "statement": statements,
        "mention": [_mention(id, n, cast[who]["kind"], who, text, at) for n, (who, *at) in enumerate(mentions)],
        "position_seen": [held],
    }


def _mention(document: str, n: int, kind: str, entity: int, text: str, span: Sequence[int]) -> Row:
    start, end = span
    id, name = content_id("m", document, repr((start, end))), text[start:end]
    return {
        "id": id, "document_id": document, "n": n, "start": start, "end": end, "quote": name, "name_start": start,
        "name_end": end, "name_quote": name, "kind": kind, "form": "name", "entity": entity, "rule": "name",
        "confidence": 0.9,
    }  # fmt: skip


def _position(document: str, cast: Sequence[Row], start: int, relation: str) -> Row:
    """What the last sentence of a report tells: its first actor holds something towards its last one."""
    holder, target = cast[0]["name"], cast[-1]["name"]
    quote = f"{holder} {relation} {target}."
    ends = (len(holder), len(holder) + 1 + len(relation))
    spans = ((0, ends[0]), (ends[0] + 1, ends[1]), (ends[1] + 1, len(quote) - 1))
    parts = [[{"start": start + a, "end": start + b, "quote": quote[a:b]}] for a, b in spans]
    return {
        "id": content_id("p", document, relation), "document_id": document, "n": 0, "start": start,
        "end": start + len(quote), "quote": quote, "evidence": parts[1], "relation": relation, "holder": parts[0],
        "holder_entity": 0, "holder_others": False, "target": parts[2], "target_entity": len(cast) - 1,
        "capacity": [], "status": "asserted", "own": False, "since": False, "rule": "verb", "confidence": 0.9,
    }  # fmt: skip


def _statement(
    document: str, n: int, who: int, spans: Sequence[tuple[int, int]], text: str, day: str, draw: random.Random
) -> Row:
    speaker, cue, content = ((span,) for span in spans)
    none: list[Row] = []
    named = {"entity": who, "rule": "name", "evidence": _pieces(text, speaker), "confidence": 0.9}
    via = [{"name": name, "how": "credit", "pieces": none} for name in draw.choice(VIAS)]
    return {
        "id": statement_id(document, speaker, cue, content), "document_id": document, "n": n,
        "speaker": _pieces(text, speaker), "cue": _pieces(text, cue), "content": _pieces(text, content),
        "kind": draw.choice(KINDS), "confidence": round(draw.uniform(0.3, 0.99), 3), "boilerplate": n == 19,
        "speakers": [named], "polarity": draw.choice(POLARITIES), "polarity_evidence": none, "hedges": none,
        "distances": none, "via": via, "venue": none, "addressee": none, "parent": None, "said_earliest": day,
        "said_latest": day, "said_precision": "day", "said_basis": "the report's date", "said_evidence": none,
        "rejected": None, "confirmed": None,
    }  # fmt: skip


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[Row]:
    return [{"start": start, "end": end, "quote": text[start:end]} for start, end in spans]


def _insert(connection: Any, table: str, rows: Sequence[Row]) -> None:
    names = [one.name for one in BY_NAME[table].columns]
    sql, values = incoming(table, [{name: row.get(name) for name in names} for row in rows])
    connection.execute(f'INSERT INTO "{table}" {sql}', values)


def _ask(path: Path, addresses: Sequence[str]) -> None:
    from starlette.testclient import TestClient

    from onrecord.web.app import app_of

    app = app_of(path, host="127.0.0.1", port=80)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for address in addresses:
            waited, worked = [], []
            for _ in range(7):
                begun, busy = time.perf_counter(), time.process_time()
                answer = client.get(address)
                worked.append((time.process_time() - busy) * 1000)
                waited.append((time.perf_counter() - begun) * 1000)
                assert answer.status_code == 200, answer.text
            some = [f"{name} {statistics.median(all[1:]):.0f}" for name, all in (("ms", waited), ("CPU ms", worked))]
            print(f"{address}: {', '.join(some)} (first {waited[0]:.0f}, {worked[0]:.0f})", flush=True)
    app.state.shelf.close()


if __name__ == "__main__":
    if sys.argv[2:3] == ["--ask"]:
        _ask(Path(sys.argv[1]), sys.argv[3:])
    else:
        many(Path(sys.argv[1]), *map(int, sys.argv[2:]))
