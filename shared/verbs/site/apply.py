"""A new plan comes into force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from shared.config import parse_plan
from shared.config.holidays import check_region
from shared.config.logo import IN_PLAN
from shared.errors import ConfigInvalid
from shared.store import schema
from shared.store.database import Transaction
from shared.views.in_force import _NEWEST, InForce, plan_in_force, training


@dataclass(frozen=True, slots=True)
class Applied:
    """What `apply` did."""

    version: int
    changed: bool


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
    from shared.verbs.site.plan_moves import carry_over, read_moves

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
