"""Which parts of a plan are in use at one moment: a new plan must not take these away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shared.model.desk import DeskState
from shared.model.visit import StopState


@dataclass(frozen=True, slots=True)
class OpenStop:
    """A service that a visit of today still needs."""

    code: str
    service: str
    step_free: bool = False
    """Whether only a desk without steps suits."""
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class DeskInUse:
    """A desk that is not closed."""

    state: DeskState
    services: tuple[str, ...]
    code: str | None = None
    """The number that it has called or serves."""
    stop_state: StopState | None = None


@dataclass(frozen=True, slots=True)
class InUse:
    """Visits of today, desks in use, counters and slips when a new plan comes."""

    at: datetime
    day: date
    training: bool
    open_until: datetime | None = None
    """When the centre closes today, if staff have set it."""
    drawn: int = 0
    """How many numbers were given today, including those of visits that are over."""
    stops: tuple[OpenStop, ...] = ()
    """Sorted by number."""
    desks: Mapping[str, DeskInUse] = field(default_factory=dict)
    counted: Mapping[str, int] = field(default_factory=dict)
    """The last number of today for each series, and how many visits each service with a quota had."""
    slips: Mapping[str, int] = field(default_factory=dict)
    """How many slips wait for each printer."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The numbers that are open."""
        return tuple(dict.fromkeys(stop.code for stop in self.stops))
