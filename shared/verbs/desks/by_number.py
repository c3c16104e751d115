"""A desk calls a visitor by number instead of taking the next one."""

from __future__ import annotations

from collections.abc import Sequence

from shared.config import Plan
from shared.errors import DeskClosed, VisitBusy, WrongState
from shared.model import Desk, DeskAnswer, DeskState, StopState
from shared.rules import journey
from shared.rules.moves import Verb
from shared.store.database import Transaction
from shared.verbs.desks.calls import open_call, ready_desk
from shared.verbs.look_up import find_visit, refused
from shared.verbs.stops.journeys import Row, active, legs, place, precedence, stops_of
from shared.verbs.stops.steps import answer
from shared.verbs.visits.breaks import wait_again
from shared.views.desk import read_desk
from shared.views.in_force import plan_in_force

_FIRST_MEANT = (StopState.WAITING, StopState.MISSED, StopState.PARKED, StopState.PLANNED)
"""If a desk could serve several stops of the visit, it calls the one whose state comes first here."""


def call_number(t: Transaction, desk_key: str, code: str) -> DeskAnswer:
    """Call a visitor out of turn, for the stop of the visit that this desk serves.

    If another stop of the visit waits, it becomes planned again; a missed one comes back later.

    Raises:
        DeskUnknown, Suspended, DeskClosed, DeskBusy: this desk cannot call anybody now.
        NumberUnknown, OtherDay: not a number of today.
        VisitBusy: the visit is already called or being served.
        WrongState: the visit needs nothing from this desk, or something else must come first.
    """
    standing = ready_desk(t, desk_key)
    plan = plan_in_force(t)
    stops = stops_of(t, find_visit(t, code))
    now_active = active(stops)
    if now_active is not None and now_active.state in (StopState.CALLED, StopState.SERVING):
        raise VisitBusy(f"{code} is {now_active.state} for {now_active.service} now.")
    stop = _stop_to_call(t, plan, stops, standing, code)
    displaced = now_active if now_active is not stop else None
    open_call(t, Verb.CALL, desk_key, stop, displaced, **place(t, plan, stop))
    return answer(t, desk_key)


def unpark(t: Transaction, desk_key: str, code: str) -> DeskAnswer:
    """Let a parked visitor, or one who missed a call, wait again for this desk's service.

    Raises:
        DeskUnknown, DeskClosed: there is no such desk, or it is closed.
        NumberUnknown, OtherDay: not a number of today.
        VisitBusy: another stop of the visit waits, is called or is being served.
        WrongState: the visit has nothing parked or missed for this desk.
    """
    standing = read_desk(t, desk_key)
    if standing.state is DeskState.CLOSED:
        raise DeskClosed(f"Desk {desk_key} is closed: open it first.")
    visit_id = find_visit(t, code)
    stops = stops_of(t, visit_id)
    mine = [stop for stop in stops if stop.service in standing.services]
    states = (StopState.MISSED, StopState.PARKED)
    stop = next((stop for state in states for stop in mine if stop.state == state), None)
    if stop is None:
        raise refused(t, visit_id, f"{code} has nothing parked or missed for desk {desk_key}.")
    now_active = active(stops)
    if now_active is not None and now_active is not stop:
        raise VisitBusy(f"{code} is {now_active.state} for {now_active.service} now.")
    wait_again(t, stop, "unpark", desk_key)
    return answer(t, desk_key)


def _stop_to_call(t: Transaction, plan: Plan, stops: Sequence[Row], desk: Desk, code: str) -> Row:
    way, order = legs(stops, t.now), precedence(plan)
    mine = [n for n, stop in enumerate(stops) if stop.service in desk.services and way[n].state in _FIRST_MEANT]
    if not mine:
        raise refused(t, stops[0].visit_id, f"{code} needs nothing from desk {desk.key} now.")
    free = [n for n in mine if way[n].state is not StopState.PLANNED or not journey.bound(way, n, order)]
    if not free:
        raise WrongState(f"{code} must go elsewhere before {stops[mine[0]].service}.")
    return stops[min(free, key=lambda n: (_FIRST_MEANT.index(way[n].state), n))]
