"""A visit begins: it is issued a number."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from shared.config import Plan
from shared.config.printer_url import NO_URL
from shared.errors import Malformed, ServiceUnknown
from shared.language import SPOKEN, require_languages
from shared.model import TOKEN_LENGTH, TOKEN_LETTERS, Arrival, PrintJob, PrintKind, Stop, StopState, Ticket
from shared.rules.journey import Leg, choose
from shared.rules.rank import rank_at
from shared.store import schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs.paper import print_jobs
from shared.verbs.stops.journeys import precedence, write_stops
from shared.verbs.visits.not_today import not_today, postpone
from shared.verbs.visits.numbers import next_number
from shared.views.in_force import plan_in_force, today
from shared.views.rows import ticket_fields

MOST_PERSONS = 99

_NEW_VISIT = Prepared(
    sa.insert(schema.visit).returning(schema.visit.c.id),
    *("site", "day", "series", "number", "token", "language", "speaks", "adults", "children"),
    *("needs", "priority", "origin", "issued_at"),
)


def issue(t: Transaction, arrival: Arrival, printer: str | None = None) -> Ticket:
    """Give a visit its number for the whole day and let its first stop wait.

    Args:
        printer: Key or URL of the printer for the slips; None or "none" for no paper.

    Services that are not possible today are not queued; the ticket says so.

    Raises:
        Closed, QuotaUsed: no numbers are given now, or nothing of the journey is possible today.
        ServiceUnknown: a package or service is not in the plan, or none of them has a stop.
        Malformed: persons, language, interpreter's language or priority are invalid.
    """
    plan = plan_in_force(t)
    journey = journey_of(plan, arrival)
    _check(plan, arrival)
    another_day = not_today(t, plan, arrival, journey)
    visit = _visit(t, plan, arrival)
    visit_id: int = t.execute(_NEW_VISIT, visit).scalar_one()
    stops = _stops(t, plan, arrival, journey, another_day)
    write_stops(t, visit_id, visit["day"], arrival.language, stops)
    postpone(t, visit_id, another_day)
    to_make = [service for service in journey if service not in another_day]
    slip = _slips(t, plan, to_make, visit_id, printer) if printer not in (None, NO_URL) else None
    t.event("issue", visit=visit_id)
    # Built from the values just written: reading them back would take as long as everything else.
    return Ticket(
        visit_id=visit_id,
        stops=tuple(
            Stop(stop["service"], StopState.CANCELLED, today=False)
            if stop["service"] in another_day
            else Stop(stop["service"], stop["state"])
            for stop in stops
        ),
        print=slip,
        **ticket_fields(visit),
    )


def _visit(t: Transaction, plan: Plan, arrival: Arrival) -> dict[str, Any]:
    """The row of a new visit; draws its number."""
    day, series = today(t, plan), series_of(plan, arrival)
    return {
        "site": t.site,
        "day": day,
        "series": series,
        "token": new_token(),
        "language": arrival.language,
        "speaks": arrival.interpreter,
        "adults": arrival.adults,
        "children": arrival.children,
        "needs": list(arrival.needs),
        "priority": arrival.priority,
        "origin": arrival.origin,
        "issued_at": t.now,
        "number": next_number(t, plan, day, series),
    }


def _slips(t: Transaction, plan: Plan, services: Sequence[str], visit_id: int, printer: str) -> PrintJob:
    """Queue the ticket, and the leaflets of services possible today. Returns the ticket's job."""
    slip = print_jobs.queue(t, printer, PrintKind.TICKET, visit_id)
    for service in services:
        if plan.services[service].leaflet_with_ticket:
            print_jobs.queue(t, printer, PrintKind.LEAFLET, visit_id, service=service)
    return slip


def new_token() -> str:
    """Twenty letters that nobody can guess."""
    rest = secrets.randbelow(len(TOKEN_LETTERS) ** TOKEN_LENGTH)
    letters = []
    for _ in range(TOKEN_LENGTH):
        rest, letter = divmod(rest, len(TOKEN_LETTERS))
        letters.append(TOKEN_LETTERS[letter])
    return "".join(letters)


def _stops(
    t: Transaction, plan: Plan, arrival: Arrival, journey: tuple[str, ...], another_day: Collection[str]
) -> list[dict[str, Any]]:
    """The rows of a new journey; today's first stop already waits, ranked with the head start."""
    states = [StopState.CANCELLED if service in another_day else StopState.PLANNED for service in journey]
    legs = [Leg(service, state, n) for n, (service, state) in enumerate(zip(journey, states, strict=True), start=1)]
    first = choose(legs, precedence(plan))
    rank = rank_at(t.now, plan.head_start_min(arrival.priority))
    waits = {"state": StopState.WAITING, "rank_at": rank, "queued_at": t.now}
    planned = {"state": StopState.PLANNED}
    return [
        {"position": number, "service": service, **(waits if number - 1 == first else planned)}
        for number, service in enumerate(journey, start=1)
    ]


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
    """The letter for this kind of visit: packages have their own letter; it never shows the authority."""
    use = "packages" if arrival.packages else "concerns"
    return next((letter for letter, series in plan.series.items() if series.use == use), next(iter(plan.series)))


def _check(plan: Plan, arrival: Arrival) -> None:
    persons = arrival.adults + arrival.children
    if arrival.adults < 0 or arrival.children < 0 or not 1 <= persons <= MOST_PERSONS:
        raise Malformed(f"{persons} persons on one ticket; allowed are 1 to {MOST_PERSONS}.")
    require_languages([arrival.language])
    if arrival.interpreter is not None and arrival.interpreter not in SPOKEN:
        require_languages([arrival.interpreter])
    if arrival.priority is not None and arrival.priority not in plan.priorities:
        raise Malformed(f"Unknown priority {arrival.priority!r}; known are: {', '.join(plan.priorities) or 'none'}.")
