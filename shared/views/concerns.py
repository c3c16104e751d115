"""What of the services can be had today: when each is open, and which have had all their visits."""

from __future__ import annotations

import sqlalchemy as sa

from shared.rules.hours import Hours
from shared.store import schema
from shared.store.database import Transaction
from shared.views.hours import house_hours, service_hours
from shared.views.in_force import plan_in_force, today


def hours_of_services(t: Transaction) -> dict[str, Hours]:
    """The hours of each service now; none in training, where no hours apply."""
    plan = plan_in_force(t)
    house = house_hours(t, plan)
    return {} if house is None else {key: service_hours(plan, key, house) for key in plan.services}


def given_away(t: Transaction) -> frozenset[str]:
    """Services that have had all their visits of today; none in training."""
    plan = plan_in_force(t)
    quotas = {key: service.quota for key, service in plan.services.items() if service.quota is not None}
    if not quotas or house_hours(t, plan) is None:
        return frozenset()
    row = schema.counter.c
    counted = sa.select(row.series, row.last).filter_by(site=t.site, day=today(t, plan)).where(row.series.in_(quotas))
    return frozenset(count.series for count in t.execute(counted) if count.last >= quotas[count.series])
