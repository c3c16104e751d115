"""What faces read: plain data, each view one short snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import DeskUnknown, NumberUnknown, OtherDay
from shared.model import (
    Call,
    Desk,
    DeskState,
    Door,
    Hall,
    LostDesk,
    Need,
    OwnReason,
    PrinterState,
    PrintJob,
    PrintKind,
    PrintState,
    Room,
    ServiceQueue,
    Stop,
    StopState,
    SuspendReason,
    Ticket,
    Waiting,
    Workplace,
    code_of,
    parse_code,
)
from shared.store import schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs import openings
from shared.verbs.plan import plan_in_force, today

VISITOR = ("series", "number", "language", "adults", "children", "speaks", "needs")
"""The columns of a visit that a ticket, a call and a place in a queue all show."""
_VISIT = tuple(schema.visit.c[name] for name in VISITOR)
_CALL_COLUMNS = (
    *(schema.call.c[name] for name in ("id", "desk", "ring", "called_at", "rung_at", "started_at")),
    schema.stop.c.service,
    schema.stop.c.state,
    *_VISIT,
)
_CALLS = (
    sa.select(*_CALL_COLUMNS)
    .join_from(schema.call, schema.stop, schema.call.c.stop_id == schema.stop.c.id)
    .join(schema.visit, schema.call.c.visit_id == schema.visit.c.id)
)
_SLIPS = (
    sa.select(schema.print_job)
    .where(schema.print_job.c.visit_id == sa.bindparam("wanted_visit"))
    .where(schema.print_job.c.kind.in_([PrintKind.TICKET, PrintKind.COPY]))
    .order_by(schema.print_job.c.id.desc())
    .limit(1)
)
"""The newest slip with a visit's number."""
_OPEN_CALLS = _CALLS.where(schema.call.c.closed_at.is_(None), schema.call.c.site == sa.bindparam("wanted_site"))
_DESK_STATE = tuple(
    schema.desk_state.c[name].label(f"desk_{name}") for name in ("state", "services", "languages", "reason")
)
_DESK = Prepared(
    sa.select(schema.site.c.reason.label("halt"), *_DESK_STATE, *_CALL_COLUMNS)
    .select_from(schema.site)
    .outerjoin(
        schema.desk_state,
        sa.and_(schema.desk_state.c.site == schema.site.c.key, schema.desk_state.c.desk == sa.bindparam("wanted_desk")),
    )
    .outerjoin(
        schema.call,
        sa.and_(
            schema.call.c.site == schema.site.c.key,
            schema.call.c.desk == sa.bindparam("wanted_desk"),
            schema.call.c.closed_at.is_(None),
        ),
    )
    .outerjoin(schema.stop, schema.stop.c.id == schema.call.c.stop_id)
    .outerjoin(schema.visit, schema.visit.c.id == schema.call.c.visit_id)
    .where(schema.site.c.key == sa.bindparam("wanted_site"))
)
"""One row: whether the centre calls visitors, how a desk stands and whom it has."""
_left = schema.stop.alias("left_behind").c
_MOVED = Prepared(
    sa.select(schema.call.c.id, _left.service)
    .join_from(schema.call, _left.id.table, _left.visit_id == schema.call.c.visit_id)
    .where(schema.call.c.closed_at.is_(None), schema.call.c.site == sa.bindparam("wanted_site"))
    .where(_left.state == sa.literal_column("'planned'"), _left.times_moved > 0)
)
"""Open calls of visits that waited for something else before they were moved, each with what that was."""
_CALL = Prepared(_CALLS.where(schema.call.c.id == sa.bindparam("wanted")))
_SUSPENDED = Prepared(sa.select(schema.site.c.reason).where(schema.site.c.key == sa.bindparam("wanted_site")))
_later = schema.call.alias("later").c
_LOST = Prepared(
    sa.select(schema.call.c.desk, schema.visit.c.series, schema.visit.c.number)
    .join_from(schema.stop, schema.visit, schema.stop.c.visit_id == schema.visit.c.id)
    .join(schema.call, schema.call.c.stop_id == schema.stop.c.id)
    .join(
        schema.desk_state,
        sa.and_(schema.desk_state.c.site == schema.call.c.site, schema.desk_state.c.desk == schema.call.c.desk),
    )
    # As the partial index has it.
    .where(sa.text("stop.state IN ('missed', 'parked')"), schema.stop.c.site == sa.bindparam("wanted_site"))
    .where(schema.stop.c.reason == sa.literal_column(f"'{OwnReason.CONSOLE_LOST}'"))
    .where(~sa.exists().where(_later.stop_id == schema.stop.c.id, _later.id > schema.call.c.id))
    .where(schema.desk_state.c.state == sa.literal_column(f"'{DeskState.CLOSED}'"))
    .order_by(schema.call.c.id)
)
"""Who was served at a console that fell silent: the last call of a stop that is parked for it."""


def ticket(t: Transaction, code: str, day: date | None = None) -> Ticket:
    """The ticket of a number, today's unless another day is named. Raises NumberUnknown."""
    parsed = parse_code(code)
    wanted_day = day or today(t, plan_in_force(t))
    if parsed:
        wanted = {"site": t.site, "day": wanted_day, "series": parsed[0], "number": parsed[1]}
        visit_id = t.execute(sa.select(schema.visit.c.id).filter_by(**wanted)).scalar_one_or_none()
        if visit_id is not None:
            return ticket_of(t, visit_id)
    raise NumberUnknown(f"No number {code[:20]!r} on {wanted_day}. A number looks like A017.")


def visit_of_today(t: Transaction, code: str, day: date | None = None) -> int:
    """Which visit a number of today is, or a scanned token.

    Raises:
        NumberUnknown: there is no such number or token.
        OtherDay: it was drawn on another day, or another one is named.
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


def ticket_of(t: Transaction, visit_id: int) -> Ticket:
    """The ticket of a visit."""
    row = t.execute(sa.select(schema.visit).filter_by(id=visit_id)).one()
    stop = schema.stop.c
    columns = (stop.service, stop.state, stop.reason)
    stops = t.execute(sa.select(*columns).filter_by(visit_id=visit_id).order_by(stop.position, stop.id))
    job = t.execute(_SLIPS, {"wanted_visit": visit_id}).one_or_none()
    return Ticket(
        visit_id=visit_id,
        stops=tuple(Stop(stop.service, StopState(stop.state), stop.reason != OwnReason.NOT_TODAY) for stop in stops),
        print=_print_job(job) if job else None,
        **ticket_fields(row._asdict()),
    )


def ticket_fields(visit: Mapping[str, Any]) -> dict[str, Any]:
    """What a ticket says of the row of its visit alone."""
    return {name: visit[name] for name in ("token", "day", "issued_at")} | _visitor(visit)


def print_job(t: Transaction, job_id: int) -> PrintJob:
    """A slip as it stands."""
    return _print_job(t.execute(sa.select(schema.print_job).filter_by(id=job_id)).one())


def _print_job(row: sa.Row[Any]) -> PrintJob:
    return PrintJob(
        id=row.id,
        printer=row.printer,
        state=PrintState(row.state),
        detail=row.detail,
        kind=PrintKind(row.kind),
        visit_id=row.visit_id,
        service=row.service,
        copy=row.copy,
    )


def printers(t: Transaction) -> tuple[PrinterState, ...]:
    """How the printers were when a worker last looked at them, by key."""
    rows = t.execute(sa.select(schema.printer_state).filter_by(site=t.site).order_by(schema.printer_state.c.printer))
    return tuple(
        PrinterState(row.printer, row.status, row.detail, row.seen_at, bool(row.holder and row.lease_until > t.now))
        for row in rows
    )


def call_of(t: Transaction, call_id: int) -> Call:
    """A call, open or closed."""
    return _call(t.execute(_CALL, {"wanted": call_id}).one())


def first_ring(t: Transaction, call_id: int, desk: str, stop: sa.Row[Any]) -> Call:
    """A call that was just opened, from the row of its stop and visitor as it was held for it."""
    row = {"id": call_id, "desk": desk, "ring": 1, "called_at": t.now, "rung_at": t.now, "started_at": None}
    return _call_of({**stop._asdict(), **row, "state": StopState.CALLED})


def desk(t: Transaction, key: str) -> Desk:
    """A desk as it stands. Raises DeskUnknown."""
    return desk_and_halt(t, key)[0]


def desk_and_halt(t: Transaction, key: str) -> tuple[Desk, SuspendReason | None]:
    """A desk as it stands, and why the centre calls nobody now, if it does not. Raises DeskUnknown."""
    plan = plan_in_force(t)
    require_desk(plan, key)
    row = t.execute(_DESK, {"wanted_site": t.site, "wanted_desk": key}).one()
    call = _call(row) if row.id is not None else None
    return _desk(plan, key, row, call), SuspendReason(row.halt) if row.halt else None


def require_desk(plan: Plan, key: str) -> None:
    """Raises DeskUnknown for a desk that the plan does not have."""
    if key not in plan.desks:
        raise DeskUnknown(f"No desk {key[:40]!r}. Known are: {', '.join(plan.desks)}.")


def _desk(plan: Plan, key: str, row: sa.Row[Any] | None, call: Call | None) -> Desk:
    if row is None or row.desk_state in (None, DeskState.CLOSED):
        return Desk(key, DeskState.CLOSED, plan.services_of_desk(key), (), call)
    state, services, languages = DeskState(row.desk_state), tuple(row.desk_services), tuple(row.desk_languages)
    return Desk(key, state, services, languages, call, row.desk_reason)


def workplace(t: Transaction, key: str, most: int = 50) -> Workplace:
    """A desk and its queue, of which it lists at most `most`. Raises DeskUnknown."""
    standing, halt = desk_and_halt(t, key)
    counted = t.execute(_in_queue(t, standing.services, sa.func.count())).scalar_one()
    return Workplace(standing, waiting(t, standing.services, most), counted, t.now, halt)


def waiting(t: Transaction, services: tuple[str, ...], most: int = 50) -> tuple[Waiting, ...]:
    """Who waits for any of these services, in the order of waiting, at most `most`."""
    rows = t.execute(
        _in_queue(t, services, schema.stop.c.service, schema.stop.c.queued_at, schema.stop.c.rank_at, *_VISIT)
        .join_from(schema.stop, schema.visit)
        .order_by(schema.stop.c.rank_at, schema.stop.c.id)
        .limit(most)
    )
    return tuple(
        Waiting(service=row.service, queued_at=row.queued_at, rank_at=row.rank_at, **_visitor(row._asdict()))
        for row in rows
    )


def _in_queue(t: Transaction, services: tuple[str, ...], *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Of the stops that wait today for one of these services, these columns."""
    return (
        sa.select(*columns)
        .where(schema.stop.c.site == t.site, schema.stop.c.day == today(t, plan_in_force(t)))
        .where(schema.stop.c.state == sa.literal_column("'waiting'"), schema.stop.c.service.in_(services))
    )


def calls(t: Transaction, area: str | None = None) -> tuple[Call, ...]:
    """The open calls that concern an area, newest ring first.

    Its visitors wait there, or its desk is there; or they wait where their paper has sent them, and not where they have
    been moved to meanwhile.
    """
    plan = plan_in_force(t)
    newest_first = (schema.call.c.rung_at.desc(), schema.call.c.id.desc())
    rows = [_call(row) for row in t.execute(_OPEN_CALLS.order_by(*newest_first), {"wanted_site": t.site})]
    if area is None:
        return tuple(rows)
    services = {key for key, service in plan.services.items() if service.area == area}
    desks = {key for key, desk in plan.desks.items() if desk.area == area}
    moved = {row.id for row in t.execute(_MOVED, {"wanted_site": t.site}) if row.service in services}
    return tuple(call for call in rows if call.service in services or call.desk in desks or call.id in moved)


def room(t: Transaction, area: str | None = None) -> Room:
    """What a waiting room sees: the calls that concern an area, and whether anybody is called at all."""
    reason = suspended(t)
    return Room(calls(t, area), reason, _languages_of_waiting(t) if reason else ())


def _languages_of_waiting(t: Transaction) -> tuple[str, ...]:
    language = schema.stop.c.language
    waiting = sa.text("stop.state = 'waiting'")
    rows = sa.select(language).where(
        schema.stop.c.site == t.site, schema.stop.c.day == today(t, plan_in_force(t)), waiting
    )
    return tuple(t.execute(rows.group_by(language).order_by(sa.func.count().desc(), language)).scalars())


def door(t: Transaction) -> Door:
    """Whether numbers are given, and whether anybody is called."""
    return Door(openings.opening(t), suspended(t))


def suspended(t: Transaction) -> SuspendReason | None:
    """Why nobody is called for a while; None while visitors are called."""
    reason = t.execute(_SUSPENDED, {"wanted_site": t.site}).scalar_one()
    return SuspendReason(reason) if reason else None


def lost_desks(t: Transaction) -> tuple[LostDesk, ...]:
    """Desks whose console fell silent while somebody was served there, until somebody has dealt with it.

    That is as long as the desk stays closed and the number parked: not called again, not back in the queue.
    """
    codes: dict[str, list[str]] = {}
    for row in t.execute(_LOST, {"wanted_site": t.site}):
        codes.setdefault(row.desk, []).append(code_of(row.series, row.number))
    return tuple(LostDesk(desk, tuple(codes[desk])) for desk in codes)


def hall(t: Transaction) -> Hall:
    """Queues, desks and calls of the whole centre."""
    plan = plan_in_force(t)
    states = {
        row.desk: row for row in t.execute(sa.select(schema.desk_state.c.desk, *_DESK_STATE).filter_by(site=t.site))
    }
    open_calls = calls(t)
    at_desk = {call.desk: call for call in open_calls}
    desks = tuple(_desk(plan, key, states.get(key), at_desk.get(key)) for key in plan.desks)
    stop = schema.stop.c
    counted = t.execute(
        sa.select(stop.service, sa.func.count().label("waiting"), sa.func.min(stop.queued_at).label("since"))
        .where(stop.site == t.site, stop.day == today(t, plan), stop.state == sa.literal_column("'waiting'"))
        .group_by(stop.service)
    )
    queues = {row.service: row for row in counted}
    closed = openings.closed_services(t)
    served = {service for item in desks if item.state is DeskState.OPEN for service in item.services}

    def queue(service: str) -> ServiceQueue:
        row = queues.get(service)
        longest_s = max(0, int((t.now - row.since).total_seconds())) if row else None
        return ServiceQueue(
            service, service in served, row.waiting if row else 0, longest_s, closed=closed.get(service)
        )

    return Hall(
        tuple(queue(service) for service in plan.services), desks, open_calls, openings.opening(t), lost_desks(t)
    )


def _visitor(visit: Mapping[str, Any]) -> dict[str, Any]:
    """What a ticket, a call and a place in a queue all say of a visit."""
    return {
        "code": code_of(visit["series"], visit["number"]),
        "interpreter": visit["speaks"],
        "needs": tuple(Need(need) for need in visit["needs"]),
        **{name: visit[name] for name in ("language", "adults", "children")},
    }


def _call(row: sa.Row[Any]) -> Call:
    return _call_of(row._asdict())


def _call_of(row: Mapping[str, Any]) -> Call:
    copied = ("id", "desk", "service", "ring", "called_at", "rung_at", "started_at")
    return Call(stop_state=StopState(row["state"]), **{name: row[name] for name in copied}, **_visitor(row))
