"""What of a plan is in use at one moment: what a new plan must not take away from anybody."""

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
    """Whom it has called or serves."""
    stop_state: StopState | None = None


@dataclass(frozen=True, slots=True)
class InUse:
    """Visits of today, desks at work, counters and slips, as a plan finds them."""

    at: datetime
    day: date
    training: bool
    open_until: datetime | None = None
    """When the centre closes today, where somebody has said so."""
    drawn: int = 0
    """How many numbers of today there are, of visits that are over too."""
    stops: tuple[OpenStop, ...] = ()
    """By number."""
    desks: Mapping[str, DeskInUse] = field(default_factory=dict)
    counted: Mapping[str, int] = field(default_factory=dict)
    """Of each series the last number of today, and of each service with a quota how many visits it had."""
    slips: Mapping[str, int] = field(default_factory=dict)
    """By printer, how many slips wait for it."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The numbers that are open."""
        return tuple(dict.fromkeys(stop.code for stop in self.stops))
