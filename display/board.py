"""Sorts the open calls into what the waiting room sees and hears. Pure: calls and moments are passed in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.model import Call, StopState

SAME_MOMENT = timedelta(seconds=10)
"""Calls that ring within this time of the newest also count as new: the length of one announcement."""
STILL_NEW = timedelta(minutes=1)
"""If a call is older than this when the screen starts, it is shown, but not spoken and not highlighted."""


class Ring(NamedTuple):
    """One announcement of a call: it is highlighted and spoken once."""

    call: int
    ring: int


@dataclass(frozen=True, slots=True)
class Board:
    """What the screen shows; each call is in it at most once."""

    now: tuple[Call, ...]
    """The newest calls, newest first, as large as possible; empty when nobody is expected at a desk."""
    expected: tuple[Call, ...]
    """The other calls whose visitors are still expected at a desk, newest first."""
    at_desk: tuple[Call, ...]
    """The calls whose visitors have come, newest first: nobody needs to look for these numbers any more."""


def board_of(calls: Sequence[Call], most_now: int) -> Board:
    """Sort the open calls; at most `most_now` count as new."""
    expected = [call for call in calls if call.stop_state is StopState.CALLED]
    at_desk = [call for call in calls if call.stop_state is not StopState.CALLED]
    expected.sort(key=_age, reverse=True)
    at_desk.sort(key=_age, reverse=True)
    now = [call for call in expected[:most_now] if expected[0].rung_at - call.rung_at <= SAME_MOMENT]
    return Board(tuple(now), tuple(expected[len(now) :]), tuple(at_desk))


def ring_of(call: Call) -> Ring:
    """The present announcement of a call."""
    return Ring(call.id, call.ring)


def rings(calls: Sequence[Call]) -> frozenset[Ring]:
    """The announcements in these calls."""
    return frozenset(ring_of(call) for call in calls)


def new_rings(calls: Sequence[Call], seen: Collection[Ring] | None, now: datetime) -> tuple[Call, ...]:
    """The calls with an announcement that is new since the last look, in the order in which they rang.

    Args:
        seen: What the last look saw; None for the first look, which ignores old calls.
        now: The present moment.
    """
    expected = [call for call in calls if call.stop_state is StopState.CALLED]
    if seen is None:
        new = [call for call in expected if now - call.rung_at <= STILL_NEW]
    else:
        new = [call for call in expected if ring_of(call) not in seen]
    return tuple(sorted(new, key=_age))


def _age(call: Call) -> tuple[datetime, int]:
    return call.rung_at, call.id
