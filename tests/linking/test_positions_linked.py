"""Positions across reports: one row for each holder, relation and target, changes, disputes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.positions import pair_of, positions
from onrecord.values import Interval, Party, PositionSeen

ACTORS = {"PER": "a_peru", "CHL": "a_chile", "BOL": "a_bolivia"}


def actor_of(document: str, party: Party) -> str | None:
    """The actor of a state; entities are persons, one for all reports."""
    return ACTORS.get(party.state or "") or (f"a_{party.entity}" if party.entity is not None else None)


def state(code: str) -> Party:
    return Party(((0, 4),), None, code)


def seen(
    holder: Party | str, relation: str, target: Party | int, on: str | None = None, *, status: str = "asserted",
    said: str | None = None, own: bool = False, report: str = "d",
) -> PositionSeen:  # fmt: skip
    """One row of evidence; ``on`` is a day or "first/last"."""
    first, _, last = (on or "").partition("/")
    interval = Interval(first, last or first, "day", "given") if on else None
    who = state(holder) if isinstance(holder, str) else holder
    towards = Party(((9, 12),), target) if isinstance(target, int) else target
    return PositionSeen(
        f"p_{report}_{who}_{relation}_{towards}_{on}_{status}_{said}_{own}", report, who, relation,  # type: ignore[arg-type]
        towards, ((5, 8),), (0, 20), (), status, said, own, interval, False, "verb", 0.9,  # type: ignore[arg-type]
    )  # fmt: skip


def short(rows: list[PositionSeen]) -> list[tuple[Any, ...]]:
    return [
        (one.holder, one.relation, one.target, one.status, one.first, one.last, one.reports)
        for one in positions(rows, actor_of)
    ]


def test_evidence_of_several_reports_is_one_row() -> None:
    """First and last day of all of it; the same row twice counts once."""
    rows = [
        seen("PER", "recognizes", 1, "2019-02-01", report="x"),
        seen("PER", "recognizes", 1, "2019-01-23/2019-05-01", report="y"),
        seen("PER", "recognizes", 1, report="z"),
    ]
    expected = [("a_peru", "recognizes", "a_1", "asserted", "2019-01-23", "2019-05-01", 3)]
    assert short(rows) == expected
    assert short(rows + rows) == expected
    assert [one.document_id for one in positions(rows, actor_of)[0].seen] == ["y", "x", "z"]


def test_unnamed_holders_are_a_row_with_counts() -> None:
    """Numbers of different reports stand side by side."""
    rows = [
        seen(Party(((0, 9),), None, None, 54, 54, True), "recognizes", 1, "2019-02-01", report="x"),
        seen(Party(((0, 9),), None, None, 51, None), "recognizes", 1, "2019-03-01", report="y"),
        seen("PER", "recognizes", 1, "2019-02-01", report="x"),
    ]
    found = positions(rows, actor_of)
    assert [(one.holder, one.counts) for one in found] == [
        ("a_peru", ()), (None, ((51, None), (54, 54)))
    ]  # fmt: skip


def test_a_party_that_is_no_actor_has_no_row() -> None:
    """Neither has somebody towards himself."""
    assert positions([seen(Party(((0, 4),)), "supports", 1)], actor_of) == []
    assert positions([seen("PER", "supports", state("PER"))], actor_of) == []
    assert pair_of(seen("PER", "supports", Party(((0, 4),))), actor_of) is None


def test_recognizes_then_opposes_is_a_change() -> None:
    """Both rows show it, with the days between which it happened."""
    rows = [
        seen("PER", "recognizes", 1, "2019-01-23", report="x"),
        seen("PER", "recognizes", 1, "2019-06-02", report="y"),
        seen("PER", "opposes", 1, "2021-08-01", report="z"),
    ]
    opposes, recognizes = sorted(positions(rows, actor_of), key=lambda one: one.relation)
    assert len(opposes.changes) == 1
    assert opposes.changes == recognizes.changes
    change = opposes.changes[0]
    assert (change.before, change.after) == (recognizes.id, opposes.id)
    assert change.between == ("2019-06-02", "2021-08-01")
    assert not opposes.disputed


def test_a_position_given_up() -> None:
    """What is denied later by the report itself is over, not disputed."""
    rows = [
        seen("PER", "recognizes", 1, "2019-01-23", report="x"),
        seen("PER", "recognizes", 1, "2021-08-01", status="denied", report="y"),
    ]
    (found,) = positions(rows, actor_of)
    assert (found.status, found.disputed, found.last) == ("denied", False, "2019-01-23")
    assert [(one.before, one.after) for one in found.changes] == [(found.id, found.id)]


def test_overlapping_evidence_is_no_change() -> None:
    """Reports that may be of the same days do not show what came first."""
    rows = [
        seen("PER", "supports", 1, "2019-01-01/2019-12-31", report="x"),
        seen("PER", "opposes", 1, "2019-06-01", report="y"),
    ]
    assert all(not one.changes for one in positions(rows, actor_of))


def test_what_others_claim_is_no_change_but_a_dispute() -> None:
    """One says that forces are there, the holder later rules it out."""
    rows = [
        seen("PER", "has_forces_in", state("CHL"), "2019-05-01", status="claimed", said="s_1", report="x"),
        seen("PER", "has_forces_in", state("CHL"), "2019-05-03", status="denied", said="s_2", own=True,
             report="y"),
    ]  # fmt: skip
    (found,) = positions(rows, actor_of)
    assert (found.status, found.disputed, found.changes) == ("claimed", True, ())


def test_sanctions_lifted_are_no_support() -> None:
    """Nothing is concluded but that they are over."""
    rows = [
        seen("PER", "sanctions", state("CHL"), "2019-05-01", report="x"),
        seen("PER", "sanctions", state("CHL"), "2022-05-03", status="denied", report="y"),
    ]
    assert [(one.relation, one.status) for one in positions(rows, actor_of)] == [("sanctions", "asserted")]


DAYS = st.sampled_from(["2019-01-01", "2019-02-01/2019-03-05", "2020-01-01", "2020-06-01/2021-06-01", None])
ROWS = st.builds(
    lambda holder, relation, target, on, status, own, report: seen(
        holder, relation, target, on, status=status, said="s" if own is not None else None, own=bool(own),
        report=report,
    ),
    st.sampled_from(["PER", "CHL", Party(((0, 4),), None, None, 12, None)]),
    st.sampled_from(["recognizes", "supports", "opposes", "sanctions", "has_forces_in"]),
    st.sampled_from([1, 2, state("BOL")]),
    DAYS,
    st.sampled_from(["asserted", "claimed", "denied", "planned"]),
    st.sampled_from([None, True, False]),
    st.sampled_from(["x", "y", "z"]),
)  # fmt: skip


@given(st.lists(ROWS, max_size=14), st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[PositionSeen], random: Any) -> None:
    """Nor does another pair's evidence: a pair's rows are made from its own."""
    mixed = list(rows)
    random.shuffle(mixed)
    together = positions(rows, actor_of)
    assert positions(mixed, actor_of) == together
    for pair in {pair_of(one, actor_of) for one in rows}:
        alone = positions([one for one in rows if pair_of(one, actor_of) == pair], actor_of)
        assert alone == [one for one in together if (one.holder, one.target) == pair]
    assert sum(len(one.seen) for one in together) == len({one.id for one in rows})
