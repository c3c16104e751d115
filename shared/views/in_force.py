"""The plan in force, and what staff have set beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from shared.clock import local_day
from shared.config import Plan, parse_plan
from shared.errors import ConfigInvalid, DatabaseMismatch, DatabaseUnavailable
from shared.store import schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for the site now."""

    plan: Plan
    training: bool
    open_until: datetime | None
    """When the centre closes today, if staff have set it."""
    day_closed_at: datetime | None
    """When staff last ended a day before its time, and did not reopen it."""


_NEWEST = Prepared(
    sa.select(
        *(schema.plan.c[name] for name in ("version", "digest")),
        schema.site.c.training,
        sa.func.coalesce(schema.site.c.day_closed_at, schema.site.c.open_until).label("open_until"),
        schema.site.c.day_closed_at,
        schema.clock.c.epoch,
    )
    .join_from(schema.plan, schema.site, schema.plan.c.site == schema.site.c.key)
    .outerjoin(schema.clock, schema.clock.c.site == schema.site.c.key)
    .where(schema.plan.c.site == sa.bindparam("wanted_site"))
    .order_by(schema.plan.c.version.desc())
    .limit(1)
)


_parsed: dict[str, Plan] = {}
"""Plans by the digest of their text: one process sees few of them."""


def plan_in_force(t: Transaction) -> Plan:
    """The newest plan of the site. Raises DatabaseUnavailable if none was ever applied."""
    return in_force(t).plan


def in_force(t: Transaction) -> InForce:
    """The newest plan of the site, and what staff have set beside it. Raises DatabaseUnavailable as `plan_in_force`.

    From here on, `t.now` is what all processes believe: one row tells all this, because every verb begins here.
    """
    if InForce not in t.known:
        newest = newest_plan(t)
        if newest is None:
            raise DatabaseUnavailable(f"No plan is in force for the site {t.site!r}. Run: ankommen apply")
        t.heed(newest.epoch)
        if newest.digest not in _parsed:
            stored = sa.select(schema.plan.c.toml).filter_by(site=t.site, version=newest.version)
            _parsed[newest.digest] = _parse(t.execute(stored).scalar_one(), newest.version)
        plan = _parsed[newest.digest]
        t.known[InForce] = InForce(plan, newest.training, newest.open_until, newest.day_closed_at)
    known: InForce = t.known[InForce]
    return known


def forget(t: Transaction) -> None:
    """Read again what is in force at the next question: this transaction has changed it."""
    t.known.pop(InForce, None)


def newest_plan(t: Transaction) -> sa.Row[Any] | None:
    """The row of the newest plan, with what staff have set beside it; None if there is none."""
    row: sa.Row[Any] | None = t.execute(_NEWEST, {"wanted_site": t.site}).one_or_none()
    return row


def _parse(toml: str, version: int) -> Plan:
    try:
        return parse_plan(toml, f"plan {version}")
    except ConfigInvalid as error:
        told = f"Plan {version}, which is in force, is of a newer program: update this one."
        raise DatabaseMismatch(f"{told} ({error.problems[0]})") from error


def plan_version(t: Transaction) -> int:
    """The version number of the plan in force; 0 if there is none."""
    newest = newest_plan(t)
    return newest.version if newest else 0


def training(t: Transaction) -> bool | None:
    """Whether the site's database is for training; None if the site is not in it yet."""
    known: bool | None = t.execute(sa.select(schema.site.c.training).filter_by(key=t.site)).scalar_one_or_none()
    return known


def sites(t: Transaction) -> tuple[str, ...]:
    """The keys of all sites in the database."""
    return tuple(t.execute(sa.select(schema.site.c.key).order_by(schema.site.c.key)).scalars())


def closed_by_hand(t: Transaction) -> bool:
    """Whether staff have ended this day before its time."""
    now = in_force(t)
    closed, site = now.day_closed_at, now.plan.site
    return closed is not None and local_day(closed, site.timezone, site.day_starts) == today(t, now.plan)


def today(t: Transaction, plan: Plan) -> date:
    """The centre's day at this moment."""
    return local_day(t.now, plan.site.timezone, plan.site.day_starts)
