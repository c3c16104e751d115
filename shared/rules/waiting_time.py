"""How long a visitor will wait: the work still ahead of the open desks, widened by how wrong earlier estimates were."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import ceil, floor

from shared.model import Wait
from shared.rules.rank import Rank

LEAST_FINISHED = 20
"""With fewer finished stops the duration of a service is unknown, and no time is given."""
_PRIOR_WEIGHT = 10
"""Earlier knowledge counts as this many finished stops: days differ less from each other than single stops do."""
REMEMBERED = 100
"""How many of the latest errors count."""
_SOFTENING_MIN = 5.0
"""Added to both sides of an error. Otherwise the error has no bound if the promise was zero minutes."""
_USUAL_ERRORS = (0.55, 0.75, 0.85, 0.95, 1.0, 1.0, 1.0, 1.05, 1.2, 1.4, 1.95)
"""Used before any error is known: the errors of simulated mornings (`tests/unit/shared/rules/test_waiting_time.py`)."""
_OUTSIDE = 0.1
"""The share of errors that the range leaves out on each side: the aim is to keep four of five promises."""
_ROUNDED_TO_MIN = 5


@dataclass(frozen=True, slots=True)
class Work:
    """The work done for one service today."""

    finished: int
    busy_min: float
    """How long its calls kept desks busy in total; open calls count up to now."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """A desk that calls visitors."""

    services: frozenset[str]
    free_in_min: float = 0.0
    """When it will be done with its visitor; 0 if it has none."""
    step_free: bool = True
    """Whether it can be reached without steps."""


def minutes_each(before: float, today: Work) -> float:
    """How long one visitor keeps a desk busy: today's mean, pulled towards what was known before today.

    Early in the day little is known, so the mean of the first few visitors counts little.
    """
    return (_PRIOR_WEIGHT * before + today.busy_min) / (_PRIOR_WEIGHT + today.finished)


def minutes_left(each: float, so_far: float) -> float:
    """How long a desk will still be busy with a visitor; one that has already taken long will take some more time."""
    return max(each - so_far, each / 4)


def expected(
    queues: Mapping[str, Sequence[Rank]],
    own: str,
    desks: Iterable[AtWork],
    minutes: Mapping[str, float],
    *,
    step_free: bool = False,
) -> float | None:
    """In how many minutes the last visitor of a queue is called if the desks go on working as they do now.

    Args:
        queues: For each service the ranks of those who wait, in order; the visitor in question is the last in `own`.
        desks: The desks that call visitors now.
        minutes: How long one visitor of each service takes.
        step_free: Whether this visitor cannot take steps.

    None if no desk serves it. Not foreseen: visitors who join later with an earlier rank, and visitors passed over for
    a language or for steps. The errors of past promises include them.
    """
    waiting = {service: deque(ranks) for service, ranks in queues.items()}
    free = [(desk.free_in_min, n, desk) for n, desk in enumerate(desks)]
    heapify(free)
    while free:
        now, n, desk = heappop(free)
        barred = own if step_free and not desk.step_free and len(waiting[own]) == 1 else None
        heads = [(waiting[key][0], key) for key in desk.services if waiting.get(key) and key != barred]
        if not heads:
            continue
        _, service = min(heads)
        waiting[service].popleft()
        if service == own and not waiting[service]:
            return now
        heappush(free, (now + minutes[service], n, desk))
    return None


def error(told: float, came: float) -> float:
    """The factor by which a wait was longer than expected, both in minutes."""
    return (came + _SOFTENING_MIN) / (told + _SOFTENING_MIN)


def interval(minutes: float, errors: Sequence[float]) -> Wait:
    """The range to promise: the expected wait, widened by recent errors, rounded outward to whole five minutes.

    Args:
        errors: The latest ones, as `error` gives them.
    """
    known = sorted([*errors, *_USUAL_ERRORS])
    outside = _OUTSIDE * (len(known) - 1)
    low, high = known[floor(outside)], known[ceil(len(known) - 1 - outside)]
    fives = floor(_spread(minutes, low) / _ROUNDED_TO_MIN), ceil(_spread(minutes, high) / _ROUNDED_TO_MIN)
    return Wait(fives[0] * _ROUNDED_TO_MIN, max(fives[1], fives[0] + 1) * _ROUNDED_TO_MIN)


def _spread(minutes: float, factor: float) -> float:
    return max(0.0, factor * (minutes + _SOFTENING_MIN) - _SOFTENING_MIN)
