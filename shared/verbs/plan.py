"""The plan in force, and how a new one comes into force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from shared.clock import local_day
from shared.config import Plan, parse_plan
from shared.config.holidays import check_region
from shared.config.logo import IN_PLAN
from shared.errors import ConfigInvalid, DatabaseUnavailable
from shared.store import schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Applied:
    """What `apply` did."""

    version: int
    changed: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for the site now."""

    plan: Plan
    training: bool
    open_until: datetime | None
    """When the centre closes today, where somebody has said so."""


_NEWEST = Prepared(
    sa.select(schema.plan.c.version, schema.plan.c.digest, schema.site.c.training, schema.site.c.open_until)
    .join_from(schema.plan, schema.site, schema.plan.c.site == schema.site.c.key)
    .where(schema.plan.c.site == sa.bindparam("wanted_site"))
    .order_by(schema.plan.c.version.desc())
    .limit(1)
)
_parsed: dict[str, Plan] = {}
"""Plans by the digest of their text: one process sees few of them."""


def plan_in_force(t: Transaction) -> Plan:
    """The newest plan of the site. Raises DatabaseUnavailable where none was ever applied."""
    return in_force(t).plan


def in_force(t: Transaction) -> InForce:
    """The newest plan of the site, and what was said beside it. Raises DatabaseUnavailable as `plan_in_force` does."""
    if InForce not in t.known:
        newest = t.execute(_NEWEST, {"wanted_site": t.site}).one_or_none()
        if newest is None:
            raise DatabaseUnavailable(f"No plan is in force for the site {t.site!r}. Run: ankommen apply")
        if newest.digest not in _parsed:
            stored = sa.select(schema.plan.c.toml).filter_by(site=t.site, version=newest.version)
            _parsed[newest.digest] = parse_plan(t.execute(stored).scalar_one(), f"plan {newest.version}")
        t.known[InForce] = InForce(_parsed[newest.digest], newest.training, newest.open_until)
    known: InForce = t.known[InForce]
    return known


def plan_version(t: Transaction) -> int:
    """The number of the plan in force; 0 where none is."""
    newest = t.execute(_NEWEST, {"wanted_site": t.site}).one_or_none()
    return newest.version if newest else 0


def training(t: Transaction) -> bool | None:
    """Whether the site's database is for training; None where the site is not in it yet."""
    known: bool | None = t.execute(sa.select(schema.site.c.training).filter_by(key=t.site)).scalar_one_or_none()
    return known


def today(t: Transaction, plan: Plan) -> date:
    """The centre's day at this moment."""
    return local_day(t.now, plan.site.timezone, plan.site.day_starts)


def apply(t: Transaction, toml: str, in_training: bool, move_to: Mapping[str, str] | None = None) -> Applied:
    """Put a plan in force; the same text again changes nothing.

    Args:
        move_to: Services and desks that the plan leaves out, each with the one that takes its place.

    Raises:
        ConfigInvalid: the text is no valid plan, or names the file of a logo that it does not have.
        WrongState: a service somebody needs today, or a desk that is open, is missing from it; they are named.
        DeskBusy: both a desk that is left out and the one that takes its place have a visitor.
        Malformed, ServiceUnknown, DeskUnknown: what is to be moved stays, or is to go where nothing is.
    """
    # Here, because the verbs that move visitors and desks read the plan in force.
    from shared.verbs.plan_moves import carry_over, read_moves

    digest = hashlib.sha256(toml.encode()).hexdigest()
    newest = t.execute(_NEWEST, {"wanted_site": t.site}).one_or_none()
    if newest and newest.digest == digest:
        return Applied(newest.version, changed=False)
    plan = parse_plan(toml)
    if plan.site.logo and not plan.site.logo.startswith(IN_PLAN):
        raise ConfigInvalid(["plan: site.logo: is the name of a file; the picture itself is needed here"])
    if plan.hours and plan.hours.holidays:
        check_region(plan.hours.holidays)
    if newest is None and training(t) is None:
        t.execute(sa.insert(schema.site), {"key": t.site, "training": in_training})
    old = plan_in_force(t) if newest else plan
    version = (newest.version if newest else 0) + 1
    row = {"site": t.site, "version": version, "toml": toml, "digest": digest, "applied_at": t.now}
    t.execute(sa.insert(schema.plan), row)
    t.known.pop(InForce, None)
    _project(t, schema.service, set(plan.services))
    _project(t, schema.desk, set(plan.desks))
    carry_over(t, plan, read_moves(old, plan, move_to or {}))
    t.event("apply")
    return Applied(version, changed=True)


def _project(t: Transaction, table: sa.Table, keys: set[str]) -> None:
    """Let the table have a row for each key; what the plan no longer names is retired, never deleted."""
    known = set(t.execute(sa.select(table.c.key).filter_by(site=t.site)).scalars())
    t.execute(sa.update(table).filter_by(site=t.site).values(retired=table.c.key.not_in(keys)))
    if new := keys - known:
        t.connection.execute(sa.insert(table), [{"site": t.site, "key": key, "retired": False} for key in sorted(new)])
