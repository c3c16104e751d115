"""A desk calls, serves and lets go."""

from __future__ import annotations

import pytest

from shared.errors import DeskBusy, DeskClosed, DeskUnknown, NobodyWaits, WrongState
from shared.model import Arrival, DeskState, Need, StopState
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.look_up import find_ticket
from shared.verbs.visits import issue
from tests.support.clock import HandClock
from tests.unit.shared.verbs.acting import state_after


def issued(database: Database, **arrival: object) -> str:
    return database.do(issue.issue, Arrival(**{"packages": ("neu",), **arrival})).code  # type: ignore[arg-type]


def called(database: Database, desk: str) -> str:
    call = database.do(calls.call_next, desk).call
    assert call
    return call.code


def served(database: Database, desk: str) -> None:
    database.do(calls.start, desk)
    database.do(calls.finish, desk)


def test_the_whole_way_of_a_visit_keeps_its_number(database: Database) -> None:
    code = issued(database)
    way = []
    for desk in ("1", "4", "6", "8"):
        database.do(opening.open_desk, desk)
        assert called(database, desk) == code
        served(database, desk)
        way.append([stop.state for stop in database.read(find_ticket, code).stops].count(StopState.DONE))
    assert way == [1, 2, 3, 4]
    for desk in ("1", "4", "6", "8"):
        with pytest.raises(NobodyWaits):
            database.do(calls.call_next, desk)


def test_first_come_first_called_across_the_services_of_a_desk(database: Database, clock: HandClock) -> None:
    order = []
    for service in ("beratung", "wohnen", "anmeldung"):
        order.append(issued(database, packages=(), services=(service,)))
        clock.forward(minutes=1)
    database.do(opening.open_desk, "18")
    for code in order:
        assert called(database, "18") == code
        served(database, "18")


def test_a_priority_is_a_head_start_and_no_more(database: Database, clock: HandClock) -> None:
    early = issued(database)
    clock.forward(minutes=61)
    middle = issued(database)
    clock.forward(minutes=1)
    urgent = issued(database, priority="dringend")  # a head start of 60 minutes
    database.do(opening.open_desk, "1")
    for code in (early, urgent, middle):
        assert called(database, "1") == code
        served(database, "1")


def test_who_comes_back_to_a_queue_keeps_the_rank_of_the_issue(database: Database, clock: HandClock) -> None:
    first = issued(database)
    clock.forward(minutes=5)
    issued(database, packages=(), services=("biometrie",))
    database.do(opening.open_desk, "1")
    called(database, "1")
    served(database, "1")
    database.do(opening.open_desk, "4")
    assert called(database, "4") == first


def test_a_language_spoken_at_the_desk_may_pass_within_the_window(database: Database, clock: HandClock) -> None:
    issued(database, language="uk")
    clock.forward(minutes=4)
    arabic = issued(database, language="ar")
    database.do(opening.open_desk, "1", None, ["ar"])
    assert called(database, "1") == arabic


def test_behind_many_who_need_a_step_free_desk_others_are_found(database: Database) -> None:
    for _ in range(20):
        issued(database, needs=(Need.STEP_FREE,))
    walker = issued(database)
    database.do(opening.open_desk, "2")  # desk 1 is the step-free one
    assert called(database, "2") == walker
    database.do(opening.open_desk, "1")
    assert called(database, "1") == "A001"


def test_a_desk_says_no_in_every_wrong_moment(database: Database) -> None:
    with pytest.raises(DeskUnknown, match="Known are: 1, 2"):
        database.do(calls.call_next, "99")
    with pytest.raises(DeskClosed):
        database.do(calls.call_next, "1")
    database.do(opening.open_desk, "1")
    with pytest.raises(NobodyWaits):
        database.do(calls.call_next, "1")
    for verb in (calls.start, calls.finish, calls.finish_and_next):
        with pytest.raises(WrongState):
            database.do(verb, "1")
    issued(database)
    called(database, "1")
    with pytest.raises(DeskBusy, match="A001"):
        database.do(calls.call_next, "1")
    with pytest.raises(WrongState, match="called, not serving"):
        database.do(calls.finish, "1")
    database.do(calls.start, "1")
    with pytest.raises(WrongState, match="serving, not called"):
        database.do(calls.start, "1")


def test_finish_and_next_is_one_move_and_needs_nobody(database: Database) -> None:
    issued(database)
    second = issued(database)
    database.do(opening.open_desk, "1")
    called(database, "1")
    database.do(calls.start, "1")
    call = database.do(calls.finish_and_next, "1").call
    assert call
    assert call.code == second
    database.do(calls.start, "1")
    assert database.do(calls.finish_and_next, "1").desk.call is None


def test_closing_gives_a_called_visitor_back_to_the_front(database: Database, clock: HandClock) -> None:
    first = issued(database)
    clock.forward(minutes=1)
    issued(database)
    database.do(opening.open_desk, "1")
    database.do(opening.open_desk, "2")
    called(database, "1")
    assert database.do(opening.close_desk, "1").desk.state is DeskState.CLOSED
    assert called(database, "2") == first


def test_a_desk_that_serves_cannot_close(database: Database) -> None:
    issued(database)
    database.do(opening.open_desk, "1")
    called(database, "1")
    database.do(calls.start, "1")
    with pytest.raises(WrongState, match="finish first"):
        database.do(opening.close_desk, "1")


def test_a_clock_set_back_ends_no_call_before_it_began(database: Database, clock: HandClock) -> None:
    issued(database)
    database.do(opening.open_desk, "1")
    called(database, "1")
    database.do(calls.start, "1")
    clock.forward(hours=-1)
    assert state_after(database.do(calls.finish, "1")) == StopState.DONE
