"""Entities of invented reports."""

from __future__ import annotations

from onrecord.values import ActorKind, Decision, Entity, Interval, Office, Seen


def office(
    title: str, kind: str, state: str | None = None, *, of: str | None = None, former: bool = False
) -> Office:
    """An office as a report words it."""
    return Office(title, kind, state, of, former, (0, len(title)))


def seen(
    where: str,
    *names: str,
    kind: ActorKind = "person",
    state: str | None = None,
    offices: tuple[Office, ...] = (),
    on: str | tuple[str, str] | None = None,
    mentions: int = 1,
) -> Seen:
    """The entity ``where`` ("a0" is number 0 of report a), fullest name first."""
    date = None
    if on is not None:
        earliest, latest = (on, on) if isinstance(on, str) else on
        date = Interval(earliest, latest, "day", "field published")
    entity = Entity(int(where[1:]), kind, names[0] if names else None, names, state, offices)
    return Seen(where[0], entity, mentions, date, None, "")


def at(*places: str) -> tuple[tuple[str, int], ...]:
    """Members or anchors: "a0" is entity 0 of report a."""
    return tuple((place[0], int(place[1:])) for place in places)


def decision(
    number: int, verb: str, *places: str, value: str | None = None, target: str = "a_1"
) -> Decision:
    """A decision on the entities at ``places``."""
    return Decision(f"x_{number}", "2024-01-01T00:00:00Z", verb, (target,), at(*places), value, None)  # type: ignore[arg-type]
