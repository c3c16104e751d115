"""Finds the visit of a number or a scanned token, or refuses with the reason."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from shared.errors import NumberUnknown, OtherDay
from shared.model import Ticket, parse_code
from shared.store import schema
from shared.store.database import Transaction
from shared.views.in_force import plan_in_force, today
from shared.views.visit import ticket_of


def find_ticket(t: Transaction, code: str, day: date | None = None) -> Ticket:
    """The ticket of a number, on today's list unless another day is given. Raises NumberUnknown."""
    parsed = parse_code(code)
    wanted_day = day or today(t, plan_in_force(t))
    if parsed:
        wanted = {"site": t.site, "day": wanted_day, "series": parsed[0], "number": parsed[1]}
        visit_id = t.execute(sa.select(schema.visit.c.id).filter_by(**wanted)).scalar_one_or_none()
        if visit_id is not None:
            return ticket_of(t, visit_id)
    raise NumberUnknown(f"No number {code[:20]!r} on {wanted_day}. A number looks like A017.")


def find_visit(t: Transaction, code: str, day: date | None = None) -> int:
    """The id of the visit with this number of today, or with this scanned token.

    Raises:
        NumberUnknown: there is no such number or token.
        OtherDay: it was drawn on another day, or `day` is another day.
    """
    visit, parsed = schema.visit.c, parse_code(code)
    meant = visit.token == code.strip()[-20:].upper()
    if parsed:
        meant = sa.and_(visit.series == parsed[0], visit.number == parsed[1], *([visit.day == day] if day else []))
    drawn = sa.select(visit.id, visit.day).where(visit.site == t.site, meant).order_by(visit.day.desc()).limit(1)
    found = t.execute(drawn).one_or_none()
    if found is None:
        raise NumberUnknown(f"No number {code[:20]!r}. A number looks like A017.")
    if found.day != today(t, plan_in_force(t)):
        raise OtherDay(f"This number was drawn on {found.day}; it was good for that day only.")
    return int(found.id)
