"""The hours of the plan applied: whether numbers are given now, and what of a journey can be made today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from shared.config import Plan
from shared.config.holidays import is_holiday
from shared.config.hours import DAY_MIN, WEEKDAYS, Range, minutes_of, range_of
from shared.errors import Closed, Malformed, QuotaUsed
from shared.model import Arrival, ClosedReason, Opening, OwnReason
from shared.rules import hours as rules
from shared.rules.moves import Verb
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.journeys import move, stops_of
from shared.verbs.numbers import within_quota
from shared.verbs.plan import InForce, in_force, plan_in_force, today

_ALWAYS = Opening(True)
_REASONS = {
    ClosedReason.CLOSED: "closed all day",
    ClosedReason.HOLIDAY: "a holiday",
    ClosedReason.NOT_YET: "not open yet",
    ClosedReason.BREAK: "in a break",
    ClosedReason.ENDED: "closed for today",
}


def opening(t: Transaction) -> Opening:
    """Whether the centre gives numbers now. In training it always does."""
    plan = plan_in_force(t)
    house = _house(t, plan)
    return _ALWAYS if house is None else rules.opening(house, t.now, _tickets_from(plan))


def in_service(t: Transaction, moment: datetime) -> bool:
    """Whether desks work at a moment, by the hours alone: numbers may be given earlier. In training they always do."""
    house = _house(t, plan_in_force(t))
    return house is None or rules.opening(house, moment).open


def closed_services(t: Transaction) -> dict[str, ClosedReason]:
    """The services that are not open now, each with the reason; none in training."""
    plan = plan_in_force(t)
    house = _house(t, plan)
    if house is None:
        return {}
    now = {key: rules.opening(_of_service(plan, key, house), t.now) for key in plan.services}
    return {key: opening.reason for key, opening in now.items() if opening.reason is not None}


def open_until(t: Transaction, time_of_day: str) -> Opening:
    """Let the centre be open from now until a local time of its day, whatever its hours say; afterwards it is closed.

    Raises Malformed for a time that is none, or has passed.
    """
    plan = plan_in_force(t)
    try:
        wanted = time.fromisoformat(time_of_day).strftime("%H:%M")
    except ValueError:
        raise Malformed(f'{time_of_day[:20]!r} is no time of day; allowed is "HH:MM".') from None
    minutes = minutes_of(wanted, plan.site.day_starts) or DAY_MIN
    until = _without_override(plan).moment(today(t, plan), minutes)
    if until <= t.now:
        raise Malformed(f"{wanted} has passed; to end the day there is: day close")
    write_open_until(t, until)
    t.event("open_until")
    return Opening(True, until=until)


def write_open_until(t: Transaction, until: datetime) -> None:
    """Set when the centre closes today."""
    t.execute(sa.update(schema.site).filter_by(key=t.site).values(open_until=until))
    t.known.pop(InForce, None)


def not_today(t: Transaction, plan: Plan, arrival: Arrival, journey: Sequence[str]) -> frozenset[str]:
    """The services of a new visit that cannot be had today; counts the visit against the quotas of the others.

    Raises:
        Closed: no numbers are given now, or nothing of the journey is open long enough today.
        QuotaUsed: nothing can be had today, because services have had all their visits.
    """
    house = _house(t, plan)
    if house is None:
        return frozenset()
    now = rules.opening(house, t.now, _tickets_from(plan))
    if not now.open:
        raise _closed(plan, now)
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


def put_off(t: Transaction, visit_id: int, services: Collection[str]) -> None:
    """Take these services out of today's journey; the ticket says that they are for another day."""
    for stop in stops_of(t, visit_id) if services else ():
        if stop.service in services:
            move(t, stop.id, Verb.CANCEL, reason=OwnReason.NOT_TODAY)


def _closed(plan: Plan, now: Opening) -> Closed:
    assert now.reason is not None
    told = f"The centre is {_REASONS[now.reason]}: no numbers are given."
    if now.again is not None:
        told += f" It opens again on {now.again.astimezone(ZoneInfo(plan.site.timezone)):%Y-%m-%d at %H:%M}."
    return Closed(told, now.reason, now.again)


def _house(t: Transaction, plan: Plan) -> rules.Hours | None:
    """The hours that hold for the centre now; None in training, where none hold."""
    now = in_force(t)
    if now.training:
        return None
    house = _without_override(plan)
    return house if now.open_until is None else rules.open_until(house, now.open_until)


def _without_override(plan: Plan) -> rules.Hours:
    hours, starts = plan.hours, plan.site.day_starts
    week = [_minutes(ranges, starts) for ranges in hours.days] if hours else [[(0, DAY_MIN)]] * len(WEEKDAYS)
    special = (
        {date.fromisoformat(day): _minutes(ranges, starts) for day, ranges in hours.special.items()} if hours else {}
    )
    closed = partial(is_holiday, hours.holidays) if hours and hours.holidays else lambda _: False
    return rules.Hours(ZoneInfo(plan.site.timezone), time.fromisoformat(starts), week, special, closed)


def _of_service(plan: Plan, service: str, house: rules.Hours) -> rules.Hours:
    own = plan.services[service].hours
    if own is None:
        return house
    week = [_minutes(ranges, plan.site.day_starts) for ranges in own.days]
    return rules.Hours(house.timezone, house.day_starts, week, house=house)


def _minutes(ranges: Sequence[Range], day_starts: str) -> list[rules.Minutes]:
    return [range_of(text, day_starts) for text in ranges]


def _tickets_from(plan: Plan) -> int | None:
    tickets_from = plan.hours.tickets_from if plan.hours else None
    return None if tickets_from is None else minutes_of(tickets_from, plan.site.day_starts)


def _errand(plan: Plan, key: str, house: rules.Hours, arrival: Arrival) -> rules.Errand:
    service = plan.services[key]
    per = service.minutes
    minutes = per.base + per.adult * max(0, arrival.adults - 1) + per.child * arrival.children
    return rules.Errand(key, _of_service(plan, key, house), minutes, service.requires)


def _has_room(t: Transaction, plan: Plan, service: str) -> bool:
    quota = plan.services[service].quota
    return quota is None or within_quota(t, today(t, plan), service, quota)
