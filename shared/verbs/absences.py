"""The visitor a desk has goes without being served: did not come, back to the queue, parked for a while."""

from __future__ import annotations

from datetime import timedelta

from shared.config import Plan
from shared.errors import Malformed
from shared.model import Call, Outcome, StopState
from shared.rules.moves import Verb
from shared.store.database import Transaction
from shared.verbs import views
from shared.verbs.journeys import advance, move, stops_of
from shared.verbs.plan import plan_in_force
from shared.verbs.steps import at_desk, end_call, let_go, step

LONGEST_PARK_MIN = 480


def missed(t: Transaction, desk: str) -> Call:
    """Nobody came to the call: the visitor waits again after a while, and after too many misses is gone for today.

    Raises WrongState if nobody is called to the desk.
    """
    plan = plan_in_force(t)
    here = at_desk(t, desk, Verb.MISSED)
    times_missed = here.stop.times_missed + 1
    with step(t, Verb.MISSED, desk, here.stop, here):
        if times_missed < plan.rules.misses:
            due_at = t.now + timedelta(minutes=plan.rules.return_after_min)
            end_call(t, here, Verb.MISSED, Outcome.MISSED, times_missed=times_missed, due_at=due_at)
        else:
            end_call(t, here, Verb.GONE, Outcome.MISSED, times_missed=times_missed)
            for stop in stops_of(t, here.stop.visit_id):
                if StopState(stop.state).open:
                    move(t, stop.id, Verb.GONE)
            advance(t, plan, here.stop.visit_id)
    return views.call_of(t, here.call_id)


def put_back(t: Transaction, desk: str) -> Call:
    """The visitor goes back to the queue and keeps the place. Raises WrongState if nobody is at the desk."""
    return let_go(t, desk, Verb.RETURN, Outcome.RETURNED)


def park(t: Transaction, desk: str, reason: str | None = None, minutes: int | None = None) -> Call:
    """The visitor leaves the queue for some minutes and keeps the place; another stop of the visit may begin.

    Args:
        reason: Key of a reason of the plan.
        minutes: Until the stop waits again by itself; None for what the plan says.

    Raises:
        Malformed: no such reason, or not 1 to 480 minutes.
        WrongState: nobody is at the desk.
    """
    plan = plan_in_force(t)
    check_reason(plan, reason, "park")
    after = plan.rules.park_min if minutes is None else minutes
    if not 1 <= after <= LONGEST_PARK_MIN:
        raise Malformed(f"{after} minutes; allowed are 1 to {LONGEST_PARK_MIN}.")
    return let_go(t, desk, Verb.PARK, Outcome.PARKED, reason=reason, due_at=t.now + timedelta(minutes=after))


def check_reason(plan: Plan, reason: str | None, use: str) -> None:
    """Raises Malformed for a reason that the plan does not have for this use."""
    known = [key for key, item in plan.reasons.items() if item.use == use]
    if reason is not None and reason not in known:
        raise Malformed(f"Unknown reason {reason[:40]!r}; known are: {', '.join(known) or 'none'}.")
