"""Help that was asked for: what is open, and how each one stands."""

from __future__ import annotations

import sqlalchemy as sa

from shared.clock import day_begins
from shared.model import Assistance
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.views.in_force import plan_in_force, today
from shared.views.rows import assistance_from

_ROW, _VISIT = schema.assistance.c, schema.visit.c
_ASSISTANCE = sa.select(
    schema.assistance, _VISIT.series, _VISIT.number, sa.func.coalesce(_VISIT.speaks, _VISIT.language).label("spoken")
).join_from(schema.assistance, schema.visit, _ROW.visit_id == _VISIT.id, isouter=True)


def read_assistance(t: Transaction) -> tuple[Assistance, ...]:
    """What was asked for today and nobody has ended yet, the oldest first."""
    rows = t.execute(_ASSISTANCE.where(wanted_today(t)).order_by(_ROW.opened_at, _ROW.id))
    return tuple(assistance_from(row, t.now) for row in rows)


def wanted_today(t: Transaction) -> sa.ColumnElement[bool]:
    """Somebody still has to bring it. What was asked for on an earlier day is over: nobody waits there any more."""
    site = plan_in_force(t).site
    begins = day_begins(today(t, plan_in_force(t)), site.timezone, site.day_starts)
    return sa.and_(_ROW.site == t.site, predicates.wanted(_ROW.state), _ROW.opened_at >= begins)


def find_assistance(t: Transaction, assistance_id: int) -> Assistance | None:
    """How it stands; None if the site has none with this id."""
    row = t.execute(_ASSISTANCE.where(_ROW.site == t.site, _ROW.id == assistance_id)).one_or_none()
    return None if row is None else assistance_from(row, t.now)


def assistance_of(t: Transaction, assistance_id: int) -> Assistance:
    """How the one with this id stands, which must be there."""
    return assistance_from(t.execute(_ASSISTANCE.where(_ROW.id == assistance_id)).one(), t.now)
