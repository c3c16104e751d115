"""Turns single rows into nouns, here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from shared.config import Plan
from shared.language import LANGUAGES
from shared.language.terminal_text import clean
from shared.model import (
    Assistance,
    AssistanceKind,
    AssistanceState,
    Call,
    Desk,
    DeskState,
    Doubt,
    GuideReason,
    Need,
    PrinterCondition,
    PrinterState,
    PrintJob,
    PrintKind,
    PrintState,
    StopState,
    SuspendReason,
    Waiting,
    code_of,
)
from shared.rules.assistance import ring
from shared.store import schema
from shared.store.database import Transaction

VISITOR = ("series", "number", "language", "adults", "children", "speaks", "needs")
"""The columns of a visit that a ticket, a call and a place in a queue all show."""


VISIT = tuple(schema.visit.c[name] for name in VISITOR)


CALL_COLUMNS = (
    *(schema.call.c[name] for name in ("id", "desk", "ring", "called_at", "rung_at", "started_at")),
    schema.stop.c.service,
    schema.stop.c.state,
    *VISIT,
)


CALLS = (
    sa.select(*CALL_COLUMNS)
    .join_from(schema.call, schema.stop, schema.call.c.stop_id == schema.stop.c.id)
    .join(schema.visit, schema.call.c.visit_id == schema.visit.c.id)
)


DESK_STATE = tuple(
    schema.desk_state.c[name].label(f"desk_{name}")
    for name in ("state", "services", "languages", "reason", "lease_until")
)


_NEEDS, _HALTS = frozenset(Need), frozenset(SuspendReason)
"""What this program knows: a newer one may have written more."""
_LONGEST_TAG = 20
"""Most letters of a language's tag; another language than ours is shown as it is."""


def ticket_fields(visit: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a ticket that come from the row of its visit alone."""
    return {name: visit[name] for name in ("token", "day", "issued_at")} | visitor(visit)


def print_job_from(row: sa.Row[Any]) -> PrintJob:
    return PrintJob(
        id=row.id,
        printer=row.printer,
        state=PrintState(row.state),
        detail=row.detail,
        kind=PrintKind(row.kind),
        visit_id=row.visit_id,
        service=row.service,
        copy=row.copy,
        doubt=Doubt(row.doubt) if row.doubt else None,
        assistance_id=row.assistance_id,
    )


def printer_from(row: sa.Row[Any], now: datetime) -> PrinterState:
    watched = bool(row.holder and row.lease_until > now)
    return PrinterState(row.printer, PrinterCondition(row.status), row.detail, row.seen_at, watched)


def desk_from(plan: Plan, key: str, row: sa.Row[Any] | None, call: Call | None, now: datetime) -> Desk:
    """A desk with its visitor; `row` is None for one that was never opened.

    One whose console is silent for too long is closed, even if nobody has written that down yet.
    """
    if row is None or row.desk_state in (None, DeskState.CLOSED) or is_silent(row.desk_lease_until, now):
        return Desk(key, DeskState.CLOSED, plan.services_of_desk(key), (), call)
    state, services, languages = DeskState(row.desk_state), tuple(row.desk_services), tuple(row.desk_languages)
    return Desk(key, state, services, languages, call, row.desk_reason)


def is_silent(lease_until: datetime | None, now: datetime) -> bool:
    """Whether a console has a desk and did not speak up in time."""
    return lease_until is not None and lease_until < now


def assistance_from(row: sa.Row[Any], now: datetime) -> Assistance:
    state, waited_s = AssistanceState(row.state), max(0, int((now - row.opened_at).total_seconds()))
    language = row.language or row.spoken
    return Assistance(
        id=row.id,
        kind=AssistanceKind(row.kind),
        state=state,
        language=clean(language, _LONGEST_TAG) or None if language else None,
        area=row.area,
        desk=row.desk,
        kiosk=row.kiosk,
        reason=GuideReason(row.reason) if row.reason else None,
        code=code_of(row.series, row.number) if row.series else None,
        face=row.face,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        waited_s=waited_s,
        ring=ring(state, waited_s),
    )


def waiting_from(row: sa.Row[Any]) -> Waiting:
    return Waiting(service=row.service, queued_at=row.queued_at, rank_at=row.rank_at, **visitor(row._asdict()))


def first_ring(t: Transaction, call_id: int, desk_key: str, stop: sa.Row[Any]) -> Call:
    """A call that was just opened, from the locked row of its stop and visitor."""
    row = {"id": call_id, "desk": desk_key, "ring": 1, "called_at": t.now, "rung_at": t.now, "started_at": None}
    return call_from_values({**stop._asdict(), **row, "state": StopState.CALLED})


def visitor(visit: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a visit that a ticket, a call and a place in a queue all have."""
    return {
        "code": code_of(visit["series"], visit["number"]),
        "interpreter": clean(visit["speaks"], _LONGEST_TAG) or None if visit["speaks"] else None,
        "needs": tuple(Need(need) for need in visit["needs"] if need in _NEEDS),
        "language": known_language(visit["language"]),
        **{name: visit[name] for name in ("adults", "children")},
    }


def known_language(tag: str) -> str:
    """A language that this program speaks; English where a row names another one."""
    return tag if tag in LANGUAGES else "en"


def known_halt(reason: str | None) -> SuspendReason | None:
    """Why the centre is suspended. It is, too, for a reason that this program does not know."""
    if not reason:
        return None
    return SuspendReason(reason) if reason in _HALTS else SuspendReason.TECHNICAL


def call_from(row: sa.Row[Any]) -> Call:
    return call_from_values(row._asdict())


def call_from_values(row: Mapping[str, Any]) -> Call:
    copied = ("id", "desk", "service", "ring", "called_at", "rung_at", "started_at")
    return Call(stop_state=StopState(row["state"]), **{name: row[name] for name in copied}, **visitor(row))
