"""The indexes of the tables. Only migrations need them: statements never name them, so faces do not import this."""

from __future__ import annotations

from sqlalchemy import Index

from shared.store import predicates
from shared.store.schema import (
    assistance,
    call,
    ended_stop,
    event,
    journey_sample,
    print_job,
    promise_sample,
    sample,
    step,
    stop,
    visit,
)

_ACTIVE = predicates.active(stop.c.state)
_AWAY = predicates.away(stop.c.state)
_WAITING = predicates.waiting(stop.c.state)
_QUEUED = predicates.queued(print_job.c.state)
_OPEN_VISIT = predicates.not_closed(visit.c.closed_at)
_WANTED = predicates.wanted(assistance.c.state)
_OPEN_CALL = predicates.not_closed(call.c.closed_at)

Index("ix_visit_open", visit.c.site, visit.c.day, sqlite_where=_OPEN_VISIT, postgresql_where=_OPEN_VISIT)
Index("uq_stop_active", stop.c.visit_id, unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE)
Index("ix_stop_due", stop.c.site, stop.c.due_at, sqlite_where=_AWAY, postgresql_where=_AWAY)
Index(
    "ix_stop_heads",
    *(stop.c[name] for name in ("site", "day", "service", "rank_at", "id")),
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)
Index(
    "ix_stop_heads_by_language",
    *(stop.c[name] for name in ("site", "day", "service", "language", "rank_at", "id")),
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)
Index("uq_call_visit_open", call.c.visit_id, unique=True, sqlite_where=_OPEN_CALL, postgresql_where=_OPEN_CALL)
Index("uq_call_desk_open", call.c.site, call.c.desk, unique=True, sqlite_where=_OPEN_CALL, postgresql_where=_OPEN_CALL)
Index("ix_call_visit", call.c.visit_id, call.c.stop_id)
Index("ix_ended_stop_visit", ended_stop.c.visit_id, ended_stop.c.stop_id)
Index("ix_step_desk", step.c.site, step.c.desk, step.c.id)
Index("ix_step_visit", step.c.visit_id)
Index("ix_print_job_assistance", print_job.c.assistance_id)
Index("ix_print_job_visit", print_job.c.site, print_job.c.visit_id)
Index(
    "ix_print_job_queued",
    *(print_job.c[name] for name in ("site", "printer", "id")),
    sqlite_where=_QUEUED,
    postgresql_where=_QUEUED,
)
Index("ix_assistance_wanted", assistance.c.site, assistance.c.state, sqlite_where=_WANTED, postgresql_where=_WANTED)
Index("ix_assistance_visit", assistance.c.site, assistance.c.visit_id)
Index("ix_event_at", event.c.site, event.c.at)
Index("ix_sample_day", sample.c.site, sample.c.day)
Index("ix_journey_sample_day", journey_sample.c.site, journey_sample.c.day)
Index("ix_promise_sample_day", promise_sample.c.site, promise_sample.c.day)
