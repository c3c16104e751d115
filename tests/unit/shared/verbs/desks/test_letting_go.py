"""A visitor who is called does not come, goes back, or is parked."""

from __future__ import annotations

import pytest

from shared.errors import Malformed, WrongState
from shared.model import StopState
from shared.store.database import Database
from shared.verbs.desks import calls, letting_go
from shared.verbs.site.due import tidy
from shared.views.desk import read_desk
from tests.support.clock import HandClock
from tests.unit.shared.verbs.acting import called, issued, serving, state_after, states


def test_a_call_is_repeated_as_often_as_the_plan_allows(database: Database, clock: HandClock) -> None:
    issued(database)
    called(database)
    for ring in (2, 3):
        clock.forward(minutes=1)
        call = database.do(calls.recall, "1").call
        assert call
        assert (call.ring, call.rung_at) == (ring, clock.moment)
    with pytest.raises(WrongState, match="called 3 times"):
        database.do(calls.recall, "1")


def test_who_is_being_served_is_not_called_again(database: Database) -> None:
    issued(database)
    serving(database)
    with pytest.raises(WrongState, match="serving, not called"):
        database.do(calls.recall, "1")


def test_who_missed_a_call_waits_again_after_a_while_and_keeps_the_place(database: Database, clock: HandClock) -> None:
    first = issued(database)
    clock.forward(minutes=1)
    second = issued(database)
    called(database)
    assert state_after(database.do(letting_go.missed, "1")) == StopState.MISSED
    assert states(database, first)[0] == "missed"
    assert called(database, "2") == second
    clock.forward(minutes=5)
    issued(database)
    assert called(database) == first


def test_who_misses_too_often_is_gone_with_every_open_stop(database: Database, clock: HandClock) -> None:
    code = issued(database)
    for _ in range(2):
        called(database)
        database.do(letting_go.missed, "1")
        clock.forward(minutes=5)
    assert states(database, code) == ["gone"] * 4


def test_who_goes_back_to_the_queue_is_next_again(database: Database, clock: HandClock) -> None:
    first = issued(database)
    clock.forward(minutes=1)
    issued(database)
    serving(database)
    assert state_after(database.do(letting_go.put_back, "1")) == StopState.WAITING
    assert called(database) == first


def test_who_is_parked_goes_on_elsewhere_and_comes_back_when_due(database: Database, clock: HandClock) -> None:
    code = issued(database)
    serving(database)
    database.do(letting_go.park, "1", "papier_fehlt", 20)
    assert states(database, code) == ["parked", "waiting", "planned", "planned"]
    clock.forward(minutes=20)
    database.do(tidy)
    assert states(database, code)[:2] == ["parked", "waiting"]  # one stop at a time
    serving(database, "4")
    database.do(calls.finish, "4")
    assert states(database, code) == ["waiting", "done", "planned", "planned"]


def test_what_requires_a_parked_stop_waits_for_it(database: Database, clock: HandClock) -> None:
    code = issued(database, "anmeldung", "aufenthalt")
    serving(database)
    database.do(letting_go.park, "1")
    assert states(database, code) == ["parked", "planned"]
    clock.forward(minutes=15)
    database.do(tidy)
    assert states(database, code) == ["waiting", "planned"]


@pytest.mark.parametrize(
    ("reason", "minutes", "words"),
    [
        ("kurze_pause", None, "known are: papier_fehlt"),
        ("x" * 10_000, None, "xxx"),
        (None, 0, "1 to 480"),
        (None, 481, "1 to 480"),
    ],
)
def test_reasons_come_from_the_plan_and_minutes_have_bounds(
    database: Database, reason: str | None, minutes: int | None, words: str
) -> None:
    issued(database)
    called(database)
    with pytest.raises(Malformed, match=words):
        database.do(letting_go.park, "1", reason, minutes)
    assert database.read(read_desk, "1").call
