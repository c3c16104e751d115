"""From the open calls to what the waiting room sees and hears. Pure: calls and moments are handed in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.model import Call, StopState

SAME_MOMENT = timedelta(seconds=10)
"""Calls that ring within this of the newest are all new: as long as one announcement takes."""
STILL_NEW = timedelta(minutes=1)
"""A call older than this when the screen is switched on is shown, but neither spoken nor pointed out."""


class Ring(NamedTuple):
    """One announcement of a call: what attention and speech belong to."""

    call: int
    ring: int


@dataclass(frozen=True, slots=True)
class Board:
    """What the screen shows; no call is in it twice."""

    now: tuple[Call, ...]
    """The newest calls, newest first, as large as possible; empty when nobody is expected at a desk."""
    expected: tuple[Call, ...]
    """The others who are still expected at a desk, newest first."""
    at_desk: tuple[Call, ...]
    """Those who have come, newest first: nobody needs to look for them any more."""


def board_of(calls: Sequence[Call], most_now: int) -> Board:
    """Sort the open calls; at most `most_now` count as new."""
    expected = [call for call in calls if call.stop_state is StopState.CALLED]
    at_desk = [call for call in calls if call.stop_state is not StopState.CALLED]
    expected.sort(key=_age, reverse=True)
    at_desk.sort(key=_age, reverse=True)
    now = [call for call in expected[:most_now] if expected[0].rung_at - call.rung_at <= SAME_MOMENT]
    return Board(tuple(now), tuple(expected[len(now) :]), tuple(at_desk))


def ring_of(call: Call) -> Ring:
    """The announcement that a call is at."""
    return Ring(call.id, call.ring)


def rings(calls: Sequence[Call]) -> frozenset[Ring]:
    """The announcements that a look has seen."""
    return frozenset(ring_of(call) for call in calls)


def new_rings(calls: Sequence[Call], seen: Collection[Ring] | None, now: datetime) -> tuple[Call, ...]:
    """The calls whose announcement is new since the last look, in the order in which they rang.

    Args:
        seen: What the last look saw; None at the first one, which takes no notice of calls that are old already.
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
