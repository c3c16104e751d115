"""Which stop of a visit is next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.model import StopState


@dataclass(frozen=True, slots=True)
class Precedence:
    """What comes before a service: `requires` is binding, `better_after` is a wish."""

    requires: tuple[str, ...] = ()
    better_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """A stop as one leg of a journey."""

    service: str
    state: StopState
    position: int = 0
    """Stops that replace a forwarded one have its position."""
    due: bool = False
    """Parked, and its time has come."""
    on_break: bool = False
    """Parked because the visitor is away."""


def choose(legs: Sequence[Leg], precedence: Mapping[str, Precedence]) -> int | None:
    """Index of the leg that begins to wait now; `legs` are in the order of the journey.

    None while another is active, while the visitor has a break, and if nothing can begin. A parked leg whose time
    has come goes first. Then come planned legs that are not bound: first those whose wishes are met.
    """
    if any(leg.state.active or (leg.on_break and not leg.due) for leg in legs):
        return None
    if back := [index for index, leg in enumerate(legs) if leg.due]:
        return back[0]
    chosen = _first(legs, _free(legs, precedence), precedence)
    if chosen is None and not any(leg.state is StopState.PARKED for leg in legs):
        chosen = _first(legs, _planned(legs), precedence)  # forwarding can close a circle: nobody must get stuck in it
    return chosen


@dataclass(frozen=True, slots=True)
class Staffing:
    """Which services have somebody at a desk now that the visit can reach."""

    attended: frozenset[str]
    """Services with a desk that is not closed."""
    taking: frozenset[str]
    """Services with a desk that is open and takes visitors."""


def detour(
    legs: Sequence[Leg], precedence: Mapping[str, Precedence], staffing: Staffing, times_left: int
) -> tuple[int, int] | None:
    """Indexes of the leg that waits where nobody serves it, and of the leg to make meanwhile; None if there is none.

    Only planned legs that are not bound are considered, in the order of `choose`.

    Args:
        times_left: How often the visit may still be sent elsewhere.
    """
    waits = next((index for index, leg in enumerate(legs) if leg.state is StopState.WAITING), None)
    if waits is None or times_left <= 0 or legs[waits].service in staffing.attended:
        return None
    there = (index for index in _free(legs, precedence) if legs[index].service in staffing.taking)
    instead = _first(legs, there, precedence)
    return None if instead is None else (waits, instead)


def _planned(legs: Sequence[Leg]) -> list[int]:
    return [index for index, leg in enumerate(legs) if leg.state is StopState.PLANNED]


def _free(legs: Sequence[Leg], precedence: Mapping[str, Precedence]) -> Iterator[int]:
    return (index for index in _planned(legs) if not bound(legs, index, precedence))


def _first(legs: Sequence[Leg], among: Iterable[int], precedence: Mapping[str, Precedence]) -> int | None:
    """The first of these legs whose wishes are met, else the first."""
    first = None
    for index in among:
        if not _awaits(legs, index, precedence[legs[index].service].better_after):
            return index
        first = index if first is None else first
    return first


def bound(legs: Sequence[Leg], index: int, precedence: Mapping[str, Precedence]) -> bool:
    """Whether this leg must wait for another leg of the visit.

    A requirement binds only while the visit has an open stop of that service, or one that it was forwarded to: it
    orders stops and never adds one.
    """
    return _awaits(legs, index, precedence[legs[index].service].requires)


def _awaits(legs: Sequence[Leg], index: int, services: Collection[str]) -> bool:
    """Whether another open leg is for one of these services, or replaces a forwarded leg for one."""
    if not services:
        return False
    forwarded = {leg.position for leg in legs if leg.state is StopState.FORWARDED and leg.service in services}
    others = (leg for n, leg in enumerate(legs) if n != index and leg.state.open)
    return any(leg.service in services or leg.position in forwarded for leg in others)
