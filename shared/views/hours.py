"""The opening hours of the plan applied: whether numbers are given now, and which services are closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from shared.config import Plan
from shared.config.holidays import is_holiday
from shared.config.hours import DAY_MIN, WEEKDAYS, Range, minutes_of, range_of
from shared.model import ClosedReason, Opening
from shared.rules import hours as rules
from shared.store.database import Transaction
from shared.views.clock import day_is_known
from shared.views.in_force import in_force, plan_in_force

_ALWAYS = Opening(True)
_NOT_NOW = Opening(False, ClosedReason.CLOCK)


def read_opening(t: Transaction) -> Opening:
    """Whether the centre gives numbers now. In training it always does, if only the day is known."""
    if not day_is_known(t):
        return _NOT_NOW
    plan = plan_in_force(t)
    house = house_hours(t, plan)
    return _ALWAYS if house is None else rules.opening(house, t.now, tickets_from(plan))


def in_service(t: Transaction, moment: datetime) -> bool:
    """Whether desks work at a moment, by the hours alone; numbers may begin earlier. In training they always do."""
    house = house_hours(t, plan_in_force(t))
    return house is None or rules.opening(house, moment).open


def closed_services(t: Transaction) -> dict[str, ClosedReason]:
    """Services that are closed now, each with the reason; none in training."""
    plan = plan_in_force(t)
    house = house_hours(t, plan)
    if house is None:
        return {}
    now = {key: rules.opening(service_hours(plan, key, house), t.now) for key in plan.services}
    return {key: opening.reason for key, opening in now.items() if opening.reason is not None}


def house_hours(t: Transaction, plan: Plan) -> rules.Hours | None:
    """The hours that apply to the centre now; None in training, where no hours apply."""
    now = in_force(t)
    if now.training:
        return None
    house = planned_hours(plan)
    return house if now.open_until is None else rules.open_until(house, now.open_until)


def planned_hours(plan: Plan) -> rules.Hours:
    hours, starts = plan.hours, plan.site.day_starts
    week = [_minutes(ranges, starts) for ranges in hours.days] if hours else [[(0, DAY_MIN)]] * len(WEEKDAYS)
    special = (
        {date.fromisoformat(day): _minutes(ranges, starts) for day, ranges in hours.special.items()} if hours else {}
    )
    closed = partial(is_holiday, hours.holidays) if hours and hours.holidays else lambda _: False
    return rules.Hours(ZoneInfo(plan.site.timezone), time.fromisoformat(starts), week, special, closed)


def service_hours(plan: Plan, service: str, house: rules.Hours) -> rules.Hours:
    own = plan.services[service].hours
    if own is None:
        return house
    week = [_minutes(ranges, plan.site.day_starts) for ranges in own.days]
    return rules.Hours(house.timezone, house.day_starts, week, house=house)


def _minutes(ranges: Sequence[Range], day_starts: str) -> list[rules.Minutes]:
    return [range_of(text, day_starts) for text in ranges]


def tickets_from(plan: Plan) -> int | None:
    tickets_from = plan.hours.tickets_from if plan.hours else None
    return None if tickets_from is None else minutes_of(tickets_from, plan.site.day_starts)
