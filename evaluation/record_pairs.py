"""How many of the pairs that a record shows are right: pairs to label, and the score of what was labelled.

    python -m evaluation.record_pairs RECORD --count 200 --seed 1 -o pairs.jsonl --texts texts.jsonl
    (a person fills in ``label`` of pairs.jsonl, reading texts.jsonl)
    python -m evaluation.record_pairs RECORD --score pairs.jsonl

A pair is a member of an account and the account's lead. Labels name texts by their hashes and characters by
offsets, so they hold no text of a report; ``texts.jsonl`` does, and is for the one who labels. Contradictions
are drawn first, up to half of the count, then the other stances in turn. ``label`` is contradicts, supports,
differs or unrelated.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import OnrecordError, UsageError
from onrecord.ids import content_id, sha256
from onrecord.store import AccountMemberRow, Record, open_record

LABELS = ("contradicts", "supports", "differs", "unrelated")
_STANCES = ("contradicts", "differs", "supports", "related")


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A lead and a member of one account, as a label names them."""

    lead: AccountMemberRow
    member: AccountMemberRow
    hashes: tuple[str, str]  # SHA-256 of both texts

    @property
    def id(self) -> str:
        """Made from the hashes and the spans: the same in any record of these reports."""
        return content_id("w", *self.hashes, repr(self.lead.spans), repr(self.member.spans))

    def label(self) -> dict[str, Any]:
        """What is kept of it: no text."""
        lead, member = self.lead, self.member
        return {
            "id": self.id,
            "first": {"sha256": self.hashes[0], "spans": lead.spans, "polarity": lead.polarity},
            "second": {"sha256": self.hashes[1], "spans": member.spans, "polarity": member.polarity},
            "shown": member.stance,
            "details": member.details,
            "label": None,
        }

    def texts(self) -> dict[str, Any]:
        """What who labels must read."""
        return {"id": self.id, "first": _told(self.lead), "second": _told(self.member)}


@dataclass(frozen=True, slots=True)
class Score:
    """Labelled pairs by (stance shown, label), and pairs of the labels that the record does not show now."""

    counts: Counter[tuple[str, str]]
    unlabelled: int
    not_shown: int

    def precision(self, stance: str) -> float | None:
        """Share of the labelled pairs shown with a stance that have it; None if there are none."""
        shown = sum(number for (one, _), number in self.counts.items() if one == stance)
        return self.counts[stance, stance] / shown if shown else None


def shown_pairs(record: Record) -> list[ShownPair]:
    """Every member that is no lead with the lead of its account, in the order of the record."""
    hashes = {row.id: row.text_sha256 for row in record.documents()}
    found = []
    for account in record.accounts():
        lead = account.members[0]
        found += [
            ShownPair(lead, one, (hashes[lead.document], hashes[one.document]))
            for one in account.members[1:]
            if one.text != lead.text and (one.utterance is None or one.utterance != lead.utterance)
        ]
    return found


def drawn(pairs: Sequence[ShownPair], count: int, seed: int) -> list[ShownPair]:
    """``count`` pairs: contradictions up to half of them, then the other stances in turn."""
    mixed = sorted(pairs, key=lambda one: sha256(f"{seed} {one.id}".encode()))
    by_stance = {stance: [one for one in mixed if one.member.stance == stance] for stance in _STANCES}
    chosen = by_stance["contradicts"][: (count + 1) // 2]
    rest = [by_stance[stance] for stance in _STANCES[1:]] + [by_stance["contradicts"][len(chosen) :]]
    while len(chosen) < count and any(rest):
        for some in rest:
            if some and len(chosen) < count:
                chosen.append(some.pop(0))
    return sorted(chosen, key=lambda one: one.id)


def score(pairs: Iterable[ShownPair], labels: Iterable[Mapping[str, Any]]) -> Score:
    """What the record shows now against the labels; raises UsageError for a label that is none."""
    known: dict[str, str | None] = {}
    for row in labels:
        if row.get("label") is not None and row["label"] not in LABELS:
            hint = "one of: " + ", ".join(LABELS)
            raise UsageError(f"{row['id']}: no such label: {row['label']!r}", hint=hint)
        known[row["id"]] = row.get("label")
    counts: Counter[tuple[str, str]] = Counter()
    unlabelled = 0
    for one in pairs:
        label = known.pop(one.id, None)
        if label is None:
            unlabelled += 1
        else:
            counts[one.member.stance, label] += 1
    return Score(counts, unlabelled, len(known))


def _told(row: AccountMemberRow) -> dict[str, Any]:
    names = ("text", "speaker", "polarity", "said", "outlet", "published", "title", "reasons", "stance")
    return {name: getattr(row, name) for name in names}


def _lines(found: Score) -> Iterator[str]:
    for stance in _STANCES:
        right = found.precision(stance)
        if right is not None:
            told = {label: number for (one, label), number in sorted(found.counts.items()) if one == stance}
            yield f"{stance}: {sum(told.values())} labelled, precision {right:.3f}  {told}"
    yield f"shown and not labelled: {found.unlabelled}; labelled and not shown: {found.not_shown}"


def main() -> None:
    """Writes pairs to label, or scores labels."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("record", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, help="pairs to label; without it, standard output")
    parser.add_argument("--texts", type=Path, help="the texts of these pairs, for who labels")
    parser.add_argument("--score", type=Path, help="instead: labels to score")
    options = parser.parse_args()
    try:
        with open_record(options.record) as record:
            pairs = shown_pairs(record)
        if options.score:
            rows = [json.loads(line) for line in options.score.read_text("utf-8").splitlines()]
            print("\n".join(_lines(score(pairs, rows))))
            return
    except (OnrecordError, OSError, ValueError) as error:
        sys.exit(f"{error}")
    chosen = drawn(pairs, options.count, options.seed)
    _write(options.output, (one.label() for one in chosen))
    if options.texts:
        _write(options.texts, (one.texts() for one in chosen))


def _write(path: Path | None, rows: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if path is None:
        print(text, end="")
    else:
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
