"""Which stop of a visit is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.model import Stop, StopState


@dataclass(frozen=True, slots=True)
class Precedence:
    """What comes before a service: `requires` binds, `better_after` is a wish."""

    requires: tuple[str, ...] = ()
    better_after: tuple[str, ...] = ()


def choose(stops: Sequence[Stop], precedence: Mapping[str, Precedence]) -> int | None:
    """Index of the planned stop that begins to wait now; None while another is active or nothing is left.

    A requirement binds only while the visit has an open stop of that service: it orders stops and never adds one.
    Among the stops that may come, those whose wishes are met go first, then the order of the journey decides.
    """
    if any(stop.state.active for stop in stops):
        return None
    planned = [index for index, stop in enumerate(stops) if stop.state is StopState.PLANNED]
    open_services = {stops[index].service for index in planned}

    def free_of(index: int, before: tuple[str, ...]) -> bool:
        return not (open_services - {stops[index].service}).intersection(before)

    allowed = [i for i in planned if free_of(i, precedence[stops[i].service].requires)] or planned
    wished = [i for i in allowed if free_of(i, precedence[stops[i].service].better_after)] or allowed
    return wished[0] if wished else None
