"""A desk takes steps back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from shared.errors import DeskClosed, Suspended, UndoExpired
from shared.model import StopState, SuspendReason
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks import calls, letting_go, opening
from shared.verbs.desks.undo import undo
from shared.verbs.look_up import find_ticket
from shared.verbs.site import halt
from shared.verbs.visits import breaks, change
from shared.views.desk import read_desk
from tests.support.clock import HandClock
from tests.unit.shared.verbs.acting import called, issued, serving, states


def forward(t: Transaction, desk: str) -> object:
    return letting_go.forward(t, desk, ["beratung", "freiwillige"])


@pytest.mark.parametrize("verb", [calls.finish, letting_go.put_back, letting_go.park, forward])
def test_a_step_with_the_visitor_is_undone_as_if_it_had_never_been(
    database: Database, verb: Callable[..., object]
) -> None:
    code = issued(database)
    serving(database)
    before = database.read(read_desk, "1"), database.read(find_ticket, code)

    def step(t: Transaction) -> bool:
        return bool(verb(t, "1"))

    database.do(step)
    assert database.do(undo, "1").desk == before[0]
    assert database.read(find_ticket, code) == before[1]


def test_a_call_is_undone_and_the_visitor_keeps_the_place(database: Database, clock: HandClock) -> None:
    first = issued(database)
    clock.forward(minutes=1)
    issued(database)
    called(database)
    assert database.do(undo, "1").call is None
    assert states(database, first)[0] == "waiting"
    assert database.read(lambda t: t.execute(sa.select(schema.call.c.outcome)).scalars().all()) == ["undone"]
    assert called(database) == first


def test_somebody_who_was_gone_is_called_again(database: Database, clock: HandClock) -> None:
    code = issued(database)
    for _ in range(2):
        called(database)
        database.do(letting_go.missed, "1")
        clock.forward(minutes=5)
    clock.forward(minutes=-5)
    call = database.do(undo, "1").call
    assert call
    assert (call.code, call.stop_state) == (code, StopState.CALLED)
    assert states(database, code) == ["called", "planned", "planned", "planned"]


def test_step_by_step_everything_of_the_last_minutes_can_be_undone(database: Database) -> None:
    first, second = issued(database), issued(database)
    serving(database)
    database.do(calls.finish_and_next, "1")
    now = [(states(database, first)[0], states(database, second)[0])]
    for _ in range(4):
        database.do(undo, "1")
        now.append((states(database, first)[0], states(database, second)[0]))
    assert now == [
        ("done", "called"),
        ("done", "waiting"),
        ("serving", "waiting"),
        ("called", "waiting"),
        ("waiting", "waiting"),
    ]
    with pytest.raises(UndoExpired, match="nothing to undo"):
        database.do(undo, "1")


def test_after_a_while_nothing_is_undone(database: Database, clock: HandClock) -> None:
    issued(database)
    called(database)
    clock.forward(seconds=121)
    with pytest.raises(UndoExpired, match="120 seconds"):
        database.do(undo, "1")


@pytest.mark.parametrize("what", ["called elsewhere", "a break", "one more stop"])
def test_what_has_moved_on_is_not_pulled_back(database: Database, what: str) -> None:
    code = issued(database)
    serving(database)
    database.do(calls.finish, "1")
    match what:
        case "called elsewhere":
            called(database, "4")
        case "a break":
            database.do(breaks.pause, code)
        case _:
            database.do(change.add, code, ["konto"])
    with pytest.raises(UndoExpired, match="moved on"):
        database.do(undo, "1")


def test_a_closed_desk_and_a_suspended_centre_undo_nothing(database: Database) -> None:
    issued(database)
    called(database)
    database.do(letting_go.missed, "1")
    database.do(halt.suspend, SuspendReason.FIRE)
    with pytest.raises(Suspended):
        database.do(undo, "1")
    database.do(halt.resume)
    database.do(opening.close_desk, "1")
    with pytest.raises(DeskClosed):
        database.do(undo, "1")
    database.do(opening.open_desk, "1")
    with pytest.raises(UndoExpired):
        database.do(undo, "1")  # whoever sits there now undoes nothing of others
