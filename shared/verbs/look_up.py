"""Finds the visit of a number or a scanned token, and services by their keys, or refuses with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import NumberUnknown, OtherDay, ServiceUnknown, WrongState
from shared.model import TOKEN_LENGTH, TOKEN_LETTERS, Ticket, parse_code
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
    meant = visit.token == code.strip()[-TOKEN_LENGTH:].upper()
    if parsed:
        meant = sa.and_(visit.series == parsed[0], visit.number == parsed[1], *([visit.day == day] if day else []))
    drawn = sa.select(visit.id, visit.day).where(visit.site == t.site, meant).order_by(visit.day.desc()).limit(1)
    found = t.execute(drawn).one_or_none()
    if found is None:
        raise NumberUnknown(f"No number {code[:20]!r}. A number looks like A017.")
    if found.day != today(t, plan_in_force(t)):
        told = f"This number was drawn on {found.day}; it was good for that day only."
        raise OtherDay(f"{told} {_IF_STILL.format(day=found.day)}" if _ended_with_its_day(t, found.id) else told)
    return int(found.id)


def find_scanned(t: Transaction, text: str) -> int:
    """The id of the visit whose ticket a scanner has read.

    A number is no ticket: everybody who has seen it called could write it into a code.

    Raises:
        NumberUnknown: it is no code of one of our tickets.
        OtherDay: the ticket is of another day.
    """
    if parse_code(text) is not None or not _TOKEN.search(text.strip().upper()):
        raise NumberUnknown("This is no code of a ticket.")
    return find_visit(t, text)


def require_services(plan: Plan, services: Iterable[str]) -> None:
    """Raises ServiceUnknown if the plan lacks one of these services."""
    if unknown := [service for service in services if service not in plan.services]:
        named = ", ".join(repr(service[:40]) for service in unknown)
        raise ServiceUnknown(f"No service {named}. Known are: {', '.join(plan.services)}.")


def refused(t: Transaction, visit_id: int, told: str, else_helps: str = "") -> WrongState:
    """The refusal of a verb that finds nothing to do for a visit: if the end of its day is why, it says what helps."""
    return WrongState(f"{told} {_REOPEN if _ended_with_its_day(t, visit_id) else else_helps}".strip())


_TOKEN = re.compile(f"[{TOKEN_LETTERS}]{{{TOKEN_LENGTH}}}$")
"""What every ticket's code ends with."""
_REOPEN = "Its day was ended. If that was a mistake: ankommen day reopen"
_IF_STILL = (
    "If it is still {day}, the clock is wrong: set it right, then ankommen day confirm, then ankommen day reopen."
)


def _ended_with_its_day(t: Transaction, visit_id: int) -> bool:
    """Whether the end of its day cancelled what was open, and nothing was done for the visit since then."""
    visit, ended = schema.visit.c, schema.ended_stop.c
    kept = sa.exists().where(ended.visit_id == visit.id)
    closed = sa.select(visit.id).where(visit.id == visit_id, visit.closed_at.is_not(None), kept)
    return t.execute(closed).first() is not None
