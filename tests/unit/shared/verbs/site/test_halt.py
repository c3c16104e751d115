"""The whole centre stops, goes on, and ends its day."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from functools import partial
from threading import Event
from typing import Any

import pytest

from shared.errors import DeskBusy, Suspended, WrongState
from shared.model import DeskState, SiteState, StopState, SuspendReason
from shared.store.database import Database, Transaction
from shared.verbs.desks import by_number, calls, letting_go, opening
from shared.verbs.desks.undo import undo
from shared.verbs.site import day, halt
from shared.views.desk import read_desk
from tests.support.clock import HandClock
from tests.support.postgres import waits_for_locks
from tests.support.waiting import PATIENCE_S, wait_until
from tests.unit.shared.verbs.acting import called, issued, serving, states


def test_while_suspended_nobody_is_called_and_nobody_loses_the_place(database: Database, clock: HandClock) -> None:
    first = issued(database)
    clock.forward(minutes=1)
    second = issued(database)
    called(database)
    assert database.do(halt.suspend, SuspendReason.FIRE).reason is SuspendReason.FIRE
    assert states(database, first)[0] == "waiting"
    for verb in (calls.call_next, lambda t, desk: by_number.call_number(t, desk, second)):

        def ask(t: object, verb: object = verb) -> bool:
            return bool(verb(t, "1"))  # type: ignore[operator]

        with pytest.raises(Suspended, match="fire"):
            database.do(ask)
    assert database.do(halt.resume).state is SiteState.OPEN
    assert called(database) == first


def missing(database: Database) -> None:
    """Somebody was called and did not come."""
    called(database)
    database.do(letting_go.missed, "1")


@pytest.mark.parametrize("end", [partial(halt.suspend, reason=SuspendReason.FIRE), day.close_day])
def test_a_call_that_is_on_its_way_does_not_slip_through(
    end: Callable[..., object], open_database: Callable[..., Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    console, reception = open_database(), open_database()
    issued(console)
    console.do(opening.open_desk, "1", None, (), True)
    allowed, go_on, take = Event(), Event(), calls._take

    def slowly(*arguments: Any) -> object:
        allowed.set()
        assert go_on.wait(PATIENCE_S)
        return take(*arguments)

    def everybody_stops(t: Transaction) -> bool:
        return bool(end(t))

    monkeypatch.setattr(calls, "_take", slowly)
    with ThreadPoolExecutor() as pool:
        calling = pool.submit(console.do, calls.call_next, "1")
        assert allowed.wait(PATIENCE_S)
        ending = pool.submit(reception.do, everybody_stops)
        _is_held_up(ending, reception)
        go_on.set()
        assert calling.result().call
        ending.result()
    assert reception.read(read_desk, "1").call is None


def _is_held_up(ending: Future[bool], database: Database) -> None:
    """It has begun and waits for another transaction's lock, or it has slipped through."""
    if database.engine.dialect.name == "sqlite":
        wait([ending], timeout=0.1)  # one transaction writes at a time
        return
    wait_until(lambda: ending.done() or database.read(waits_for_locks))


def _served_by_then(database: Database) -> None:
    """The running verb has happened: the visitor is at the desk, and stays."""
    call = database.read(read_desk, "1").call
    assert call
    assert call.stop_state is StopState.SERVING


def _nobody_called(database: Database) -> None:
    assert database.read(read_desk, "1").call is None


def _as_new_once_opened(database: Database) -> None:
    assert database.read(read_desk, "1").state is DeskState.CLOSED
    assert database.do(opening.open_desk, "1").desk.services


_SUSPEND = partial(halt.suspend, reason=SuspendReason.FIRE)
_CLOSE = partial(opening.close_desk, desk_key="1")


@pytest.mark.parametrize(
    ("before", "under_way", "end", "refused", "then"),
    [
        (called, calls.start, _SUSPEND, None, _served_by_then),
        (called, calls.start, _CLOSE, WrongState, _served_by_then),
        (called, calls.start, day.close_day, DeskBusy, _served_by_then),
        (missing, undo, _SUSPEND, None, _nobody_called),
        (called, opening.pause_desk, _CLOSE, None, _as_new_once_opened),
    ],
)
def test_what_a_desk_has_under_way_is_waited_for(
    before: Callable[[Database], object],
    under_way: Callable[[Transaction, str], object],
    end: Callable[[Transaction], object],
    refused: type[Exception] | None,
    then: Callable[[Database], None],
    open_database: Callable[..., Database],
) -> None:
    console, reception = open_database(), open_database()
    issued(console)
    before(console)
    done, go_on = Event(), Event()

    def slowly(t: Transaction) -> bool:
        under_way(t, "1")
        done.set()
        return go_on.wait(PATIENCE_S)

    def everybody_stops(t: Transaction) -> bool:
        return bool(end(t))

    with ThreadPoolExecutor() as pool:
        working = pool.submit(console.do, slowly)
        assert done.wait(PATIENCE_S)
        ending = pool.submit(reception.do, everybody_stops)
        _is_held_up(ending, reception)
        go_on.set()
        assert working.result()
        with pytest.raises(refused) if refused else nullcontext():
            ending.result()
    then(reception)


def test_who_is_being_served_stays_and_finishing_calls_nobody_while_suspended(database: Database) -> None:
    code = issued(database)
    issued(database)
    serving(database)
    database.do(halt.suspend, SuspendReason.TECHNICAL)
    assert database.do(calls.finish_and_next, "1").desk.call is None
    assert states(database, code)[:2] == ["done", "waiting"]


def test_a_day_ends_before_its_time(database: Database) -> None:
    served, waiting = issued(database), issued(database)
    serving(database)
    with pytest.raises(DeskBusy, match=f"desk 1 serves {served}"):
        database.do(day.close_day)
    database.do(calls.finish_and_next, "1")
    assert database.do(day.close_day) == 2
    assert states(database, served) == ["done", "cancelled", "cancelled", "cancelled"]
    assert states(database, waiting) == ["cancelled"] * 4
    desk = database.read(read_desk, "1")
    assert (desk.state, desk.call) == (DeskState.CLOSED, None)
    assert database.do(day.close_day) == 0


def test_a_draining_or_paused_desk_finishes_and_gets_nobody(database: Database) -> None:
    issued(database)
    issued(database)
    serving(database)
    database.do(opening.drain_desk, "1")
    standing = database.do(calls.finish_and_next, "1").desk
    assert (standing.state, standing.call) == (DeskState.DRAINING, None)
