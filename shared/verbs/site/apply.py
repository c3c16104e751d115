"""A new plan comes into force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from shared.config import Plan, parse_plan
from shared.config.holidays import check_region
from shared.config.logo import IN_PLAN
from shared.errors import ConfigInvalid, DeskBusy, Malformed, PlanRefused
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.site.consequences import Change, Consequence, Means, consequences, read_moves
from shared.verbs.site.differences import Difference, differences
from shared.verbs.site.plan_moves import carry_over
from shared.views.in_force import forget, newest_plan, plan_in_force, plan_version, training
from shared.views.in_use import read_in_use


@dataclass(frozen=True, slots=True)
class Applied:
    """What `apply` did."""

    version: int
    changed: bool
    consequences: tuple[Consequence, ...] = ()
    """What it means for the visitors in the house."""
    differences: tuple[Difference, ...] = ()
    """What went, came and changed."""


def apply(t: Transaction, toml: str, in_training: bool, move_to: Mapping[str, str] | None = None) -> Applied:
    """Put a plan in force; the same text again changes nothing.

    Args:
        move_to: Services, desks and printers that the plan leaves out, each with the one that takes its place.

    Raises:
        ConfigInvalid: the text is not a valid plan, or names a logo file instead of containing the logo.
        PlanRefused: it would strand somebody in the house, or change the day while visits are open; all are named.
        DeskBusy: a desk that is left out and the one that takes its place both have a visitor.
        Malformed, ServiceUnknown, DeskUnknown: it is the plan of another site, something in `move_to` stays, or its
            target is not in the new plan.
    """
    _let_nobody_work_by_the_old_plan(t)
    digest = _digest(toml)
    newest = newest_plan(t)
    if newest and newest.digest == digest:
        return Applied(newest.version, changed=False)
    plan = _valid(t, toml)
    if newest is None and training(t) is None:
        t.execute(sa.insert(schema.site), {"key": t.site, "training": in_training})
        t.time.write(t.connection)
    change = _change(t, plan, move_to or {}) if newest else None
    found = _without_refusal(consequences(change)) if change else ()
    version = (newest.version if newest else 0) + 1
    row = {"site": t.site, "version": version, "toml": toml, "digest": digest, "applied_at": t.now}
    t.execute(sa.insert(schema.plan), row)
    forget(t)
    _project(t, schema.service, set(plan.services))
    _project(t, schema.desk, set(plan.desks))
    if change:
        carry_over(t, change)
    t.event("apply")
    return Applied(version, True, found, differences(change.was, plan) if change else ())


def foresee(t: Transaction, toml: str, move_to: Mapping[str, str] | None = None) -> tuple[Consequence, ...]:
    """What `apply` would mean at this moment; nothing changes. Raises as `apply` does."""
    plan = _valid(t, toml)
    if plan_version(t) == 0:
        return ()
    return _without_refusal(consequences(_change(t, plan, move_to or {})))


def _let_nobody_work_by_the_old_plan(t: Transaction) -> None:
    """Wait for every transaction that has read the plan, and let the next ones read the new one.

    On SQLite one transaction writes at a time. On Postgres a transaction keeps its lock on a table that it has read.
    It comes first: a transaction that has read the plan may wait for a row, but not for a row of this one.
    """
    if t.connection.dialect.name == "postgresql":
        t.connection.exec_driver_sql("LOCK TABLE plan IN ACCESS EXCLUSIVE MODE")


def _valid(t: Transaction, toml: str) -> Plan:
    plan = parse_plan(toml)
    if plan.site.key != t.site:
        raise Malformed(f"This plan is for the site {plan.site.key!r}, not {t.site!r}: a key stays for ever.")
    if plan.site.logo and not plan.site.logo.startswith(IN_PLAN):
        raise ConfigInvalid(["plan: site.logo: is the name of a file; the picture itself is needed here"])
    if plan.hours and plan.hours.holidays:
        check_region(plan.hours.holidays)
    return plan


def _change(t: Transaction, plan: Plan, move_to: Mapping[str, str]) -> Change:
    was, now = plan_in_force(t), read_in_use(t)
    return Change(was, plan, now, read_moves(was, plan, now, move_to))


def _without_refusal(found: Sequence[Consequence]) -> tuple[Consequence, ...]:
    if refused := [one for one in found if one.refuses]:
        if all(one.means is Means.BUSY for one in refused):
            raise DeskBusy("\n".join(f"{one.sentence[0].upper()}{one.sentence[1:]}." for one in refused))
        raise PlanRefused([{"key": one.key, "message": one.sentence, "codes": list(one.codes)} for one in refused])
    return tuple(found)


def _digest(toml: str) -> str:
    return hashlib.sha256(toml.encode()).hexdigest()


def _project(t: Transaction, table: sa.Table, keys: set[str]) -> None:
    """Make a row in the table for each key; keys that the plan no longer has are retired, never deleted."""
    known = set(t.execute(sa.select(table.c.key).filter_by(site=t.site)).scalars())
    t.execute(sa.update(table).filter_by(site=t.site).values(retired=table.c.key.not_in(keys)))
    if new := keys - known:
        t.connection.execute(sa.insert(table), [{"site": t.site, "key": key, "retired": False} for key in sorted(new)])
