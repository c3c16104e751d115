"""What happens to a visit as a whole: it is issued a number."""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import Malformed, ServiceUnknown
from shared.language import LANGUAGES
from shared.model import Arrival, PrintKind, Ticket
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs import openings, print_jobs, views
from shared.verbs.journeys import advance, plan_stops
from shared.verbs.numbers import next_number
from shared.verbs.plan import plan_in_force, today

TOKEN_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWX"
"""The same on German and English keyboards, which scanners type on; no I, L, O, U, Y, Z."""
TOKEN_LENGTH = 20
MOST_PERSONS = 99


def issue(t: Transaction, arrival: Arrival, printer: str | None = None) -> Ticket:
    """Give a visit its number for the whole day and let its first stop wait.

    Args:
        printer: Key or URL of the printer that a print job is made for; None for no paper.

    What its services cannot do today is not queued: the ticket says so.

    Raises:
        Closed, QuotaUsed: no numbers are given now, or nothing of the journey can be had today.
        ServiceUnknown: a package or service is not in the plan, or none of them has a stop.
        Malformed: persons, language, interpreter's language or priority are not possible.
    """
    plan = plan_in_force(t)
    journey = journey_of(plan, arrival)
    _check(plan, arrival)
    not_today = openings.not_today(t, plan, arrival, journey)
    day = today(t, plan)
    series = series_of(plan, arrival)
    visit_id: int = t.execute(
        sa.insert(schema.visit).returning(schema.visit.c.id),
        {
            "site": t.site,
            "day": day,
            "series": series,
            "number": next_number(t, plan, day, series),
            "token": "".join(secrets.choice(TOKEN_LETTERS) for _ in range(TOKEN_LENGTH)),
            "language": arrival.language,
            "speaks": arrival.interpreter,
            "adults": arrival.adults,
            "children": arrival.children,
            "needs": list(arrival.needs),
            "priority": arrival.priority,
            "origin": arrival.origin,
            "issued_at": t.now,
        },
    ).scalar_one()
    plan_stops(t, visit_id, {service: position for position, service in enumerate(journey, start=1)})
    openings.put_off(t, visit_id, not_today)
    advance(t, plan, visit_id)
    if printer is not None:
        print_jobs.queue(t, printer, PrintKind.TICKET, visit_id)
        for service in journey:
            if plan.services[service].leaflet_with_ticket:
                print_jobs.queue(t, printer, PrintKind.LEAFLET, visit_id, service=service)
    t.event("issue", visit=visit_id)
    return views.ticket_of(t, visit_id)


def journey_of(plan: Plan, arrival: Arrival) -> tuple[str, ...]:
    """The services of the packages, then the single ones, each once. Raises ServiceUnknown."""
    unknown = [key for key in arrival.packages if key not in plan.packages]
    unknown += [key for key in arrival.services if key not in plan.services]
    if unknown:
        allowed = ", ".join(dict.fromkeys([*plan.packages, *plan.services]))
        raise ServiceUnknown(f"No service or package {', '.join(unknown)}. Known are: {allowed}.")
    packed = [service for key in arrival.packages for service in plan.packages[key].services]
    journey = tuple(dict.fromkeys([*packed, *arrival.services]))
    if not journey:
        named = ", ".join(arrival.packages) or "nothing"
        raise ServiceUnknown(f"For {named} there is no queue: please send them to reception.")
    return journey


def series_of(plan: Plan, arrival: Arrival) -> str:
    """The letter for this kind of visit: packages have their own; no authority can be read from it."""
    use = "packages" if arrival.packages else "concerns"
    return next((letter for letter, series in plan.series.items() if series.use == use), next(iter(plan.series)))


def _check(plan: Plan, arrival: Arrival) -> None:
    persons = arrival.adults + arrival.children
    if arrival.adults < 0 or arrival.children < 0 or not 1 <= persons <= MOST_PERSONS:
        raise Malformed(f"{persons} persons on one ticket; allowed are 1 to {MOST_PERSONS}.")
    for tag in (arrival.language, arrival.interpreter):
        if tag is not None and tag not in LANGUAGES:
            raise Malformed(f"Unknown language {tag!r}; known are: {', '.join(LANGUAGES)}.")
    if arrival.priority is not None and arrival.priority not in plan.priorities:
        raise Malformed(f"Unknown priority {arrival.priority!r}; known are: {', '.join(plan.priorities) or 'none'}.")
