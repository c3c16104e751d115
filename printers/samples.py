"""A sample ticket: what a family of three gets for the first package of a plan."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.config import Plan
from shared.model import (
    Assistance,
    AssistanceKind,
    AssistanceState,
    GuideReason,
    Need,
    Stop,
    StopState,
    Ticket,
    Wait,
    code_of,
)

SAMPLE_WAIT = Wait(20, 35)
"""The wait that the sample ticket tells."""
_AT = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


def sample_ticket(plan: Plan, language: str) -> Ticket:
    """An invented visit in a language, always the same: number 17 of the first series."""
    services = next((package.services for package in plan.packages.values() if package.services), tuple(plan.services))
    states = [StopState.WAITING] + [StopState.PLANNED] * (len(services) - 1)
    return Ticket(
        visit_id=0,
        code=code_of(next(iter(plan.series)), 17),
        token="0123456789ABCDEFGHJK",
        day=_AT.date(),
        language=language,
        adults=2,
        children=1,
        interpreter=language if language != plan.site.language else None,
        needs=(Need.STEP_FREE,),
        issued_at=_AT,
        stops=tuple(Stop(service, state) for service, state in zip(services, states, strict=True)),
    )


def sample_guide(plan: Plan, language: str) -> Assistance:
    """An invented visitor who waits for a guide at the first kiosk of a plan."""
    kiosk, planned = next(iter(plan.kiosks.items()))
    return Assistance(
        id=0,
        kind=AssistanceKind.GUIDE,
        state=AssistanceState.OPEN,
        language=language,
        area=planned.area,
        desk=None,
        kiosk=kiosk,
        reason=GuideReason.UNSURE,
        code=None,
        face=None,
        opened_at=_AT,
        changed_at=_AT,
        waited_s=0,
        ring=1,
    )
