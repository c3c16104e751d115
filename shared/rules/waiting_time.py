"""How long somebody will wait: what the desks at work still have to do, and how far off such figures were so far."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import ceil, floor

from shared.model import Wait
from shared.rules.rank import Rank

LEAST_FINISHED = 20
"""With fewer stops finished ever, nobody knows how long this service takes, and nothing is said."""
_PRIOR_WEIGHT = 10
"""As many finished stops as what was known before the day counts: a day differs from the next less than a stop does."""
REMEMBERED = 100
"""How many of the last errors count."""
_SOFTENING_MIN = 5.0
"""Added to both sides of an error, which else has no bound where somebody was told that it is their turn."""
_USUAL_ERRORS = (0.55, 0.75, 0.85, 0.95, 1.0, 1.0, 1.0, 1.05, 1.2, 1.4, 1.95)
"""Errors before any is known: those of simulated mornings (`tests/unit/shared/rules/test_waiting_time.py`)."""
_OUTSIDE = 0.1
"""The share of errors on either side that the range leaves out: four of five promises are to be kept."""
_ROUNDED_TO_MIN = 5


@dataclass(frozen=True, slots=True)
class Work:
    """What one service was like today."""

    finished: int
    busy_min: float
    """How long its calls kept desks busy altogether, those that are still open up to now."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """A desk that calls visitors."""

    services: frozenset[str]
    free_in_min: float = 0.0
    """When it is done with the visitor it has; 0 where it has none."""
    step_free: bool = True
    """Whether everybody can come to it."""


def minutes_each(before: float, today: Work) -> float:
    """How long one visitor keeps a desk busy: the mean of today, drawn towards what was known before the day.

    Little is known early in the day, so the mean of the first few counts little.
    """
    return (_PRIOR_WEIGHT * before + today.busy_min) / (_PRIOR_WEIGHT + today.finished)


def minutes_left(each: float, so_far: float) -> float:
    """How long a desk will still be busy with a visitor; one that takes long already will take some time more."""
    return max(each - so_far, each / 4)


def expected(
    queues: Mapping[str, Sequence[Rank]],
    own: str,
    desks: Iterable[AtWork],
    minutes: Mapping[str, float],
    *,
    step_free: bool = False,
) -> float | None:
    """In how many minutes the last one of a queue is called if the desks work on as they do now.

    Args:
        queues: Per service the ranks of those who wait, in their order; the last one of `own` is the one in question.
        desks: Those that call visitors now.
        minutes: How long one visitor of each service takes.
        step_free: Whether that one cannot take steps.

    None where no desk serves it. Who comes to a queue later with an earlier rank, and whom an official passes for a
    language or for steps, is not foreseen: errors show it.
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
    """By what factor a wait was longer than expected, both in minutes."""
    return (came + _SOFTENING_MIN) / (told + _SOFTENING_MIN)


def interval(minutes: float, errors: Sequence[float]) -> Wait:
    """The range to promise: what is expected, spread by how wrong that was lately, outward to whole five minutes.

    Args:
        errors: The last ones, as `error` gives them.
    """
    known = sorted([*errors, *_USUAL_ERRORS])
    outside = _OUTSIDE * (len(known) - 1)
    low, high = known[floor(outside)], known[ceil(len(known) - 1 - outside)]
    fives = floor(_spread(minutes, low) / _ROUNDED_TO_MIN), ceil(_spread(minutes, high) / _ROUNDED_TO_MIN)
    return Wait(fives[0] * _ROUNDED_TO_MIN, max(fives[1], fives[0] + 1) * _ROUNDED_TO_MIN)


def _spread(minutes: float, factor: float) -> float:
    return max(0.0, factor * (minutes + _SOFTENING_MIN) - _SOFTENING_MIN)
