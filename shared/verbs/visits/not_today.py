"""Which services of a new visit are not possible today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from shared.config import Plan
from shared.errors import Closed, QuotaUsed
from shared.model import Arrival, ClosedReason, Opening, OwnReason
from shared.rules import duration
from shared.rules import hours as rules
from shared.rules.moves import Verb
from shared.store.database import Transaction
from shared.verbs.stops.journeys import move, stops_of
from shared.verbs.visits.numbers import within_quota
from shared.views.clock import day_is_known
from shared.views.hours import house_hours, service_hours, tickets_from
from shared.views.in_force import closed_by_hand, today

_REASONS = {
    ClosedReason.CLOSED: "closed all day",
    ClosedReason.HOLIDAY: "a holiday",
    ClosedReason.NOT_YET: "not open yet",
    ClosedReason.BREAK: "in a break",
    ClosedReason.ENDED: "closed for today",
}
_REOPEN = " Its day was ended by hand. If that was a mistake: ankommen day reopen."


def not_today(t: Transaction, plan: Plan, arrival: Arrival, journey: Sequence[str]) -> frozenset[str]:
    """The services of a new visit that are not possible today; counts the visit against the quotas of the others.

    Raises:
        Closed: no numbers are given now, or nothing of the journey is open long enough today; or nobody knows which
            day it is.
        QuotaUsed: nothing is possible today, because the quotas are used up.
    """
    _refuse_an_unknown_day(t, plan)
    house = house_hours(t, plan)
    if house is None:
        return frozenset()
    now = rules.opening(house, t.now, tickets_from(plan))
    if not now.open:
        raise _closed(plan, now, _REOPEN if closed_by_hand(t) else "")
    errands = [_errand(plan, key, house, arrival) for key in journey]
    open_today = [key for key, possible in zip(journey, rules.possible_today(errands, t.now), strict=True) if possible]
    if not open_today:
        later = [rules.opening(errand.hours, t.now).again for errand in errands]
        again = min((moment for moment in later if moment is not None), default=None)
        raise _closed(plan, Opening(False, ClosedReason.ENDED, again=again))
    had = [key for key in open_today if _has_room(t, plan, key)]
    if not had:
        raise QuotaUsed(f"All visits of today are given away: {', '.join(open_today)}.")
    return frozenset(journey) - frozenset(had)


def postpone(t: Transaction, visit_id: int, services: Collection[str]) -> None:
    """Cancel these services for today; the ticket says that they are for another day."""
    for stop in stops_of(t, visit_id) if services else ():
        if stop.service in services:
            move(t, stop.id, Verb.CANCEL, reason=OwnReason.NOT_TODAY)


def _refuse_an_unknown_day(t: Transaction, plan: Plan) -> None:
    """A number of a wrong day would be lost with it, and the next one would begin anew."""
    if not day_is_known(t):
        zone, told = ZoneInfo(plan.site.timezone), t.told
        shows, believed = (f"{moment.astimezone(zone):%Y-%m-%d at %H:%M}" for moment in (told.wall, told.moment))
        why = (
            f"The clock shows {shows}, and it was believed to be {believed}: no numbers are given until that is clear."
        )
        raise Closed(f"{why} If the clock is right: ankommen day confirm", ClosedReason.CLOCK, None)


def _closed(plan: Plan, now: Opening, more: str = "") -> Closed:
    assert now.reason is not None
    told = f"The centre is {_REASONS[now.reason]}: no numbers are given.{more}"
    if now.again is not None:
        told += f" It opens again on {now.again.astimezone(ZoneInfo(plan.site.timezone)):%Y-%m-%d at %H:%M}."
    return Closed(told, now.reason, now.again)


def _errand(plan: Plan, key: str, house: rules.Hours, arrival: Arrival) -> rules.Errand:
    service = plan.services[key]
    minutes = duration.minutes(service.minutes, arrival.adults, arrival.children)
    return rules.Errand(key, service_hours(plan, key, house), minutes, service.requires)


def _has_room(t: Transaction, plan: Plan, service: str) -> bool:
    quota = plan.services[service].quota
    return quota is None or within_quota(t, today(t, plan), service, quota)
