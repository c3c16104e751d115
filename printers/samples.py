"""A sample ticket: what a family of three gets for the first package of a plan."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.config import Plan
from shared.model import Need, Stop, StopState, Ticket, Wait, code_of

SAMPLE_WAIT = Wait(20, 35)
"""The wait that the sample ticket tells."""


def sample_ticket(plan: Plan, language: str) -> Ticket:
    """An invented visit in a language, always the same: number 17 of the first series."""
    services = next((package.services for package in plan.packages.values() if package.services), tuple(plan.services))
    states = [StopState.WAITING] + [StopState.PLANNED] * (len(services) - 1)
    issued_at = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
    return Ticket(
        visit_id=0,
        code=code_of(next(iter(plan.series)), 17),
        token="0123456789ABCDEFGHJK",
        day=issued_at.date(),
        language=language,
        adults=2,
        children=1,
        interpreter=language if language != plan.site.language else None,
        needs=(Need.STEP_FREE,),
        issued_at=issued_at,
        stops=tuple(Stop(service, state) for service, state in zip(services, states, strict=True)),
    )
