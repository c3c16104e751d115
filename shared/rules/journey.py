"""Which stop of a visit is next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.model import StopState


@dataclass(frozen=True, slots=True)
class Precedence:
    """What comes before a service: `requires` binds, `better_after` is a wish."""

    requires: tuple[str, ...] = ()
    better_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """A stop as one leg of a journey."""

    service: str
    state: StopState
    position: int = 0
    """Stops that another was forwarded to stand at its position."""
    due: bool = False
    """Parked, and its time has come."""
    on_break: bool = False
    """Parked because the visitor is away."""


def choose(legs: Sequence[Leg], precedence: Mapping[str, Precedence]) -> int | None:
    """Index of the leg that begins to wait now, of those in the order of the journey.

    None while another is active, while the visitor has a break, and where nothing can begin. A parked one whose time
    has come is first. Of the planned ones that are not bound, those whose wishes are met go before the others.
    """
    if any(leg.state.active or (leg.on_break and not leg.due) for leg in legs):
        return None
    if back := [index for index, leg in enumerate(legs) if leg.due]:
        return back[0]
    planned = [index for index, leg in enumerate(legs) if leg.state is StopState.PLANNED]
    chosen = _wished((index for index in planned if not bound(legs, index, precedence)), legs, precedence)
    if chosen is None and not any(leg.state is StopState.PARKED for leg in legs):
        chosen = _wished(planned, legs, precedence)  # forwarding can close a circle: nobody is left standing in it
    return chosen


@dataclass(frozen=True, slots=True)
class Staffing:
    """Where somebody is now, as far as a visit can go there."""

    attended: frozenset[str]
    """Services with a desk that is not closed."""
    taking: frozenset[str]
    """Services with a desk that is open and takes visitors."""


def detour(
    legs: Sequence[Leg], precedence: Mapping[str, Precedence], staffing: Staffing, times_left: int
) -> tuple[int, int] | None:
    """Indexes of the leg that waits where nobody serves it and of the one that can be made meanwhile; None without one.

    Only planned legs that are not bound come into question, in the order of `choose`.

    Args:
        times_left: So often the visit may still be sent elsewhere.
    """
    waits = next((index for index, leg in enumerate(legs) if leg.state is StopState.WAITING), None)
    if waits is None or times_left <= 0 or legs[waits].service in staffing.attended:
        return None
    there = (
        index
        for index, leg in enumerate(legs)
        if leg.state is StopState.PLANNED and leg.service in staffing.taking and not bound(legs, index, precedence)
    )
    instead = _wished(there, legs, precedence)
    return None if instead is None else (waits, instead)


def _wished(indexes: Iterable[int], legs: Sequence[Leg], precedence: Mapping[str, Precedence]) -> int | None:
    """The first whose wishes are met, else the first."""
    first = None
    for index in indexes:
        if not _awaits(legs, index, precedence[legs[index].service].better_after):
            return index
        first = index if first is None else first
    return first


def bound(legs: Sequence[Leg], index: int, precedence: Mapping[str, Precedence]) -> bool:
    """Whether this leg must wait for another one of the visit.

    A requirement binds only while the visit has an open stop of that service, or one that it was forwarded to: it
    orders stops and never adds one.
    """
    return _awaits(legs, index, precedence[legs[index].service].requires)


def _awaits(legs: Sequence[Leg], index: int, services: Collection[str]) -> bool:
    """Whether another open leg is for one of these services, or stands for one that was forwarded."""
    if not services:
        return False
    forwarded = {leg.position for leg in legs if leg.state is StopState.FORWARDED and leg.service in services}
    others = (leg for n, leg in enumerate(legs) if n != index and leg.state.open)
    return any(leg.service in services or leg.position in forwarded for leg in others)
