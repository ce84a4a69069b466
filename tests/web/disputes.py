"""An invented account, as a record that compares reports lists it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.store import AccountMemberRow, AccountRow

CLAIM = AccountMemberRow(
    account="acc_1",
    id="s_00000000000000a1",
    n=0,
    stance="supports",
    lead=True,
    text="the boats were inside the line when they were stopped",
    pieces=("the boats were inside the line when they were stopped",),
    spans=((40, 93),),
    speaker="Orla Venn",
    speaker_id="a_0000000000000001",
    polarity="asserts",
    said="2024-05-02",
    said_earliest="2024-05-02",
    said_latest="2024-05-02",
    document="d_00000000000000d1",
    uri="one.txt",
    outlet="Harbour Post",
    published="2024-05-03",
    title="Boats stopped",
    confidence=0.9,
    reasons=(),
    details=(),
    lead_spans=(),
    own_spans=(),
    utterance=None,
)
AGAINST = replace(
    CLAIM,
    id="s_00000000000000a2",
    n=1,
    stance="contradicts",
    polarity="denies",
    lead=False,
    text="“None of our boats had crossed <b>any</b> line.”",
    speaker="Tam Reddick",
    speaker_id="a_0000000000000002",
    document="d_00000000000000d2",
    outlet="Inland Courier",
    reasons=("inside against not across",),
    confidence=0.8,
)
OWN_WORDS = replace(
    AGAINST, polarity="asserts", id="r_00000000000000a3", n=2, speaker=None, speaker_id=None, spans=((7, 30),), confidence=0.6
)
DISPUTE = AccountRow(
    id="acc_1",
    rank=0,
    kind="disputed",
    lead=CLAIM.id,
    text=CLAIM.text,
    asserts=("Orla Venn",),
    denies=("Tam Reddick",),
    differs=(),
    first="2024-05-02",
    last="2024-05-04",
    outlet=("Harbour Post", "Inland Courier"),
    silent=(),
    reports=2,
    independent=2,
    members=(CLAIM, AGAINST, OWN_WORDS),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Some rows, read as a listing is."""

    rows: Sequence[Any]

    def __iter__(self) -> Iterator[Any]:
        """All."""
        return iter(self.rows)

    def count(self) -> int:
        """How many."""
        return len(self.rows)

    def page(self, limit: int, offset: int = 0) -> Listed:
        """Some of them."""
        return Listed(self.rows[offset : offset + limit])


def accounts(record: object, *, kind: str | None = None) -> Listed:
    """What ``Record.accounts`` gives."""
    return Listed([DISPUTE] if kind in (None, "disputed") else [])
