"""What happens by itself: each `next` and every face does it; there is no daemon."""

from __future__ import annotations

from contextlib import suppress

import sqlalchemy as sa

from shared.errors import WrongState
from shared.model import OwnReason, StopState
from shared.rules.closing import Ending
from shared.store import predicates, schema
from shared.store.database import Database, Transaction
from shared.store.prepared import Prepared
from shared.verbs.site.day import end_visits
from shared.verbs.site.erasing import erase_in_sleep
from shared.verbs.site.purge import OLDEST, kept_from, purge
from shared.verbs.stops.closing import leave, write_closed
from shared.verbs.stops.journeys import advance, touch
from shared.verbs.stops.steps import present
from shared.verbs.visits.breaks import wait_again
from shared.verbs.visits.detours import anybody_waits_in_vain, make_detours
from shared.views.in_force import plan_in_force, plan_version, today

_NOW = sa.bindparam("moment", type_=schema.stop.c.due_at.type)
_SITE = sa.bindparam("wanted_site", type_=sa.Text)
_TODAY = sa.bindparam("current_day", type_=sa.Date)

_sibling = schema.stop.alias("sibling").c
_HELD_BACK = sa.exists().where(
    _sibling.visit_id == schema.stop.c.visit_id,
    _sibling.id != schema.stop.c.id,
    sa.or_(
        predicates.active(_sibling.state),
        sa.and_(
            predicates.is_in(_sibling.state, StopState.PARKED),
            _sibling.reason == OwnReason.BREAK,
            _sibling.due_at > _NOW,
        ),
    ),
)
"""Another stop of the visit is active, or the visitor has a break."""
_DUE = (
    sa.select(schema.stop)
    .where(predicates.away(schema.stop.c.state), schema.stop.c.site == _SITE, schema.stop.c.due_at <= _NOW)
    .where(sa.or_(predicates.is_in(schema.stop.c.state, StopState.MISSED), ~_HELD_BACK))
    .order_by(schema.stop.c.due_at, schema.stop.c.id)
)
_LOST = sa.select(schema.desk_state.c.desk).where(
    schema.desk_state.c.site == _SITE, schema.desk_state.c.lease_until < _NOW
)
_EARLIEST = (
    sa.select(schema.visit.c.day)
    .where(schema.visit.c.site == _SITE, predicates.not_closed(schema.visit.c.closed_at))
    .order_by(schema.visit.c.day)
    .limit(1)
    .scalar_subquery()
)
"""The first day in the index of open visits. If the statement asked for any earlier day instead, Postgres would expect
many, because many are open, and read the whole table: 190 ms with a million visits."""
_TOO_OLD = sa.func.coalesce(sa.bindparam("kept_from", type_=schema.event.c.at.type) > OLDEST, sa.false())
_ANYTHING = Prepared(
    sa.select(
        sa.or_(
            sa.exists(_DUE.order_by(None)), sa.exists(_LOST), sa.func.coalesce(_TODAY > _EARLIEST, sa.false())
        ).label("due"),
        _TOO_OLD.label("too_old"),
    )
)


def anything_due(t: Transaction) -> bool:
    """Whether `tidy` has anything to do: one short read."""
    return any(_look(t))


def tidy(t: Transaction) -> bool:
    """Make every move that is due; False, and nothing written, if there is none.

    Missed and parked visitors wait again, silent consoles give their visitors back, earlier days end, and old data is
    purged.
    """
    due, too_old = _look(t)
    if not (due or too_old):
        return False
    plan = plan_in_force(t)
    if end_visits(t, schema.visit.c.day < today(t, plan)):
        t.event("day_end")
    for desk in t.execute(_LOST, _at(t)).scalars().all():
        with suppress(WrongState):  # another face was quicker
            _give_back(t, desk)
    advanced = set()
    for stop in t.execute(_DUE, _at(t)).all():
        if stop.state == StopState.MISSED:
            with suppress(WrongState):  # another face was quicker
                wait_again(t, stop, "due")
        elif stop.visit_id not in advanced:
            advanced.add(stop.visit_id)
            advance(t, plan, stop.visit_id)
            touch(t, stop.visit_id)
            t.event("due", visit=stop.visit_id)
    if too_old:
        purge(t)
    return True


def anything_to_look_after(t: Transaction) -> bool:
    """Whether `look_after` has anything to do: two short reads."""
    return anything_due(t) or anybody_waits_in_vain(t)


def look_after(t: Transaction) -> bool:
    """What faces do every few seconds: `tidy`, then detours. False, and nothing written, if there is nothing to do."""
    due = tidy(t)
    return make_detours(t) or due  # not with each `next`: a call must not wait for it


def catch_up(database: Database) -> None:
    """Do what faces do every few seconds, for a site that runs commands but no face.

    What is due is written by itself: a verb that is refused would take it back.
    """
    erase_in_sleep(database)
    if database.read(lambda t: plan_version(t) > 0 and anything_due(t)):
        database.do(tidy)


def _give_back(t: Transaction, desk_key: str) -> None:
    """Close a desk with a silent console: a called visitor waits again, one who was being served is parked."""
    t.lock(schema.desk, site=t.site, key=desk_key)
    if t.execute(_LOST.where(schema.desk_state.c.desk == desk_key), _at(t)).first() is None:
        return  # its console spoke up, or another face was quicker
    for here in present(t, schema.call.c.desk == desk_key):
        leave(t, here, Ending.SILENT)
    write_closed(t, desk_key)
    t.event("console_lost", desk=desk_key)


def _look(t: Transaction) -> tuple[bool, bool]:
    """Whether something is due, and whether something is to be purged."""
    found = t.execute(_ANYTHING, {**_at(t), "kept_from": kept_from(t)}).one()
    return found.due, found.too_old and t.told.settled


def _at(t: Transaction) -> dict[str, object]:
    plan = plan_in_force(t)  # first: it may change what time it is
    return {"wanted_site": t.site, "moment": t.now, "current_day": today(t, plan)}
