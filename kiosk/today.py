"""What can be had today, and how long it takes until it is a visitor's turn, as known at one moment. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shared.config import Plan
from shared.model import Wait
from shared.rules.duration import minutes
from shared.rules.hours import Errand, Hours, opening, possible_today

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Today:
    """What is known of the services. Nothing is known until the database has answered."""

    hours: Mapping[str, Hours] = field(default_factory=dict)
    """When each is open; none where no hours apply."""
    full: frozenset[str] = frozenset()
    """Those that have had all their visits of today."""
    waits: Mapping[str, Wait] = field(default_factory=dict)
    """How long somebody who comes now waits for each, where that is known."""
    at: datetime = _NEVER
    """When that was known."""

    def impossible(
        self, plan: Plan, services: Sequence[str], now: datetime, adults: int = 1, children: int = 0
    ) -> tuple[str, ...]:
        """Those of a journey's services that cannot be had today, by the rules that numbers are issued by."""
        errands = [
            Errand(
                key, self.hours[key], minutes(plan.services[key].minutes, adults, children), plan.services[key].requires
            )
            for key in services
            if key in self.hours and key in plan.services
        ]
        possible = dict(zip((errand.service for errand in errands), possible_today(errands, now), strict=True))
        return tuple(key for key in services if not possible.get(key, True) or key in self.full)

    def opens(self, services: Iterable[str], now: datetime) -> datetime | None:
        """When the first of these services is open again; None where that is not known."""
        moments = (
            opening(self.hours[key], now).again for key in services if key in self.hours and key not in self.full
        )
        return min((moment for moment in moments if moment is not None), default=None)
