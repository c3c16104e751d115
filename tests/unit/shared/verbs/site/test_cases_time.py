"""Cases 1 and 2: a clock that is wrong for a while destroys no day, and after a closure all works without a hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
import sqlalchemy as sa

from shared.errors import Closed, WrongState
from shared.model import ClosedReason, DeskState, StopState
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks import calls, letting_go, opening
from shared.verbs.desks.undo import undo
from shared.verbs.look_up import find_ticket
from shared.verbs.paper import leases, print_jobs
from shared.verbs.site.clock import confirm_clock
from shared.verbs.site.day import close_day
from shared.verbs.site.due import anything_to_look_after, look_after
from shared.verbs.site.purge import purge
from shared.views.desk import read_desk, read_workplace
from shared.views.room import read_room
from shared.views.site import read_door, read_hall
from tests.support.clock import HandClock
from tests.unit.shared.verbs.acting import called, issued, serving, states

WRONG = [
    {"days": 3},
    {"hours": 26},
    {"hours": 1},
    {"hours": -1},
    {"days": -1},
    {"days": 366},
    {"days": -366 * 20},
    {"days": 366 * 20},
]


def looks(database: Database, clock: HandClock, minutes: float, every_s: float = 10) -> None:
    """A face is there for a while, and does what faces do every few seconds."""
    for _ in range(round(minutes * 60 / every_s)):
        clock.forward(seconds=every_s)
        database.look()
        if database.read(anything_to_look_after):
            database.do(look_after)


def stored(database: Database) -> list[object]:
    """Visits, stops and counters as they are."""

    def read(t: Transaction) -> list[object]:
        visit = sa.select(schema.visit.c.day, schema.visit.c.number, schema.visit.c.issued_at, schema.visit.c.closed_at)
        stop = sa.select(schema.stop.c.state, schema.stop.c.rank_at, schema.stop.c.due_at)
        return [
            *t.execute(visit.order_by(schema.visit.c.id)).all(),
            *t.execute(stop.order_by(schema.stop.c.id)).all(),
            *t.execute(sa.select(schema.counter).order_by(schema.counter.c.series)).all(),
        ]

    return database.read(read)


@pytest.mark.parametrize("wrong", WRONG)
def test_case_2_a_face_with_a_wrong_clock_for_a_while_changes_nothing(
    wrong: dict[str, float], database: Database, clock: HandClock
) -> None:
    for _ in range(3):
        issued(database)
        clock.forward(seconds=30)
    assert serving(database) == "A001"
    before = stored(database)
    clock.jump(**wrong)
    looks(database, clock, minutes=1)
    assert stored(database) == before
    clock.set_right()
    looks(database, clock, minutes=1)
    assert stored(database) == before
    assert issued(database) == "A004"
    assert [database.read(find_ticket, code).code for code in ("A001", "A002", "A003")] == ["A001", "A002", "A003"]
    database.do(calls.finish, "1")
    assert database.do(calls.call_next, "1").desk.call.code == "A002"


@pytest.mark.parametrize("wrong", WRONG)
def test_case_2_a_number_drawn_by_a_wrong_clock_is_found_or_was_not_given(
    wrong: dict[str, float], database: Database, clock: HandClock
) -> None:
    issued(database)
    clock.forward(minutes=1)
    clock.jump(**wrong)
    drawn: list[str] = []
    with suppress(Closed):
        drawn.append(issued(database))
    clock.forward(seconds=20)
    clock.set_right()
    looks(database, clock, minutes=1)
    assert [database.read(find_ticket, code).code for code in drawn] == drawn
    assert issued(database) == f"A{len(drawn) + 2:03}"
    assert called(database) == "A001"
    assert abs(wrong.get("hours", 24)) > 1 or drawn, "the day is the same, so a number is given"


def test_case_2_a_step_back_of_some_hours_keeps_the_order_of_waiting(database: Database, clock: HandClock) -> None:
    clock.forward(hours=3)
    first = issued(database)
    clock.forward(minutes=1)
    clock.jump(hours=-2)
    looks(database, clock, minutes=5)
    assert database.read(read_hall).doubt is None, "it is believed by now"
    second = issued(database)
    assert [called(database, desk) for desk in ("1", "2")] == [first, second]


@pytest.mark.parametrize("closed", [{"hours": 22}, {"days": 2, "hours": 15}, {"days": 21}, {"days": 366}])
@pytest.mark.parametrize("synchronised", [True, None])
def test_case_2_after_a_closure_all_works_without_a_hand(
    closed: dict[str, float], synchronised: bool | None, open_database: Callable[..., Database], clock: HandClock
) -> None:
    evening = open_database(clock)
    issued(evening)
    looks(evening, clock, minutes=0.5)
    clock.start_again(**closed)
    clock.synchronised = synchronised
    morning = open_database(clock)
    if synchronised is None:
        with pytest.raises(Closed, match="day confirm"):
            issued(morning)
        looks(morning, clock, minutes=5)
    assert issued(morning) == "A001"
    assert morning.read(read_hall).doubt is None
    looks(morning, clock, minutes=65, every_s=300)
    if closed.get("days"):
        assert morning.read(lambda t: t.execute(sa.select(sa.func.count()).select_from(schema.visit)).scalar()) == 1


def test_case_2_a_restart_in_the_middle_of_a_day_stops_no_numbers(
    open_database: Callable[..., Database], clock: HandClock
) -> None:
    issued(open_database(clock))
    clock.start_again(minutes=20)
    database = open_database(clock)
    assert issued(database) == "A002"
    assert called(database) == "A001"


@pytest.mark.engine("sqlite")
def test_case_2_a_clock_that_stood_while_the_computer_was_off_tells_no_day(
    open_database: Callable[..., Database], clock: HandClock
) -> None:
    issued(open_database(clock))
    clock.start_again(ran_on=False, days=3)
    database = open_database(clock)
    with pytest.raises(Closed, match="day confirm"):
        issued(database)
    clock.set_right()
    clock.synchronised = True
    assert issued(database) == "A001", "of the new day"


def test_case_2_faces_know_that_the_clock_is_not_believed_and_one_word_confirms_it(
    database: Database, clock: HandClock
) -> None:
    issued(database)
    looks(database, clock, minutes=0.2)
    clock.jump(days=-30)
    looks(database, clock, minutes=6)
    views = (read_hall, read_room, lambda t: read_workplace(t, "1"))
    for view in views:
        doubt = database.read(view).doubt
        assert (doubt.shows, doubt.numbers) == (clock.moment, False)
    assert database.read(read_door).opening.reason is ClosedReason.CLOCK
    assert database.do(confirm_clock) == clock.moment
    assert all(database.read(view).doubt is None for view in views)
    assert database.read(read_door).opening.open
    assert issued(database) == "A001"


def test_case_2_leases_and_dues_go_with_a_clock_that_is_set_right(database: Database, clock: HandClock) -> None:
    missed, paused = issued(database), issued(database)
    assert called(database) == missed
    database.do(opening.renew_lease, "1", "console")
    database.do(letting_go.missed, "1")
    database.do(leases.hold, "p", "worker", 8.0)
    slip = database.do(print_jobs.page_for_nobody, "p")
    clock.synchronised = True
    clock.jump(hours=5)
    looks(database, clock, minutes=0.1, every_s=5)
    assert abs(database.now() - clock.moment) < timedelta(seconds=1), "the clock is believed"
    assert database.read(read_desk, "1").state is DeskState.OPEN, "its console is still there"
    assert states(database, missed)[0] == StopState.MISSED
    assert database.do(leases.hold, "p", "other", 8.0) is leases.Hold.OTHERS
    taken = database.do(print_jobs.take_next, "p", "worker", 8.0)
    assert taken is not None
    assert taken.id == slip.id, "nobody has waited for five hours"
    clock.forward(minutes=30)
    database.do(look_after)
    assert states(database, missed)[0] == StopState.WAITING
    assert states(database, paused)[0] == StopState.WAITING


def test_case_2_nothing_is_purged_within_an_hour_of_a_clock_that_is_believed_anew(
    database: Database, clock: HandClock
) -> None:
    number = issued(database)
    clock.jump(days=3)
    looks(database, clock, minutes=6)
    assert database.read(read_hall).doubt is None, "nobody can doubt for longer"
    with pytest.raises(WrongState, match="doctor"):
        database.do(purge)
    clock.set_right()
    database.do(confirm_clock)
    looks(database, clock, minutes=1)
    assert database.read(find_ticket, number).code == number
    assert issued(database) == "A002", "the counter goes on"


@pytest.mark.parametrize(
    ("scene", "end"),
    [
        (called, lambda database: database.do(undo, "1")),
        (serving, lambda database: database.do(calls.finish, "1")),
        (called, lambda database: database.do(close_day)),
    ],
    ids=["undo", "finish", "close_day"],
)
def test_case_2_nothing_ends_before_it_began_where_the_clock_is_set_back(
    database: Database,
    clock: HandClock,
    scene: Callable[[Database], str],
    end: Callable[[Database], object],
) -> None:
    clock.forward(hours=13)
    issued(database, "anmeldung")
    scene(database)
    began = clock.moment
    clock.jump(hours=-13)
    database.do(confirm_clock)
    end(database)
    ended = sa.union_all(sa.select(schema.visit.c.closed_at), sa.select(schema.call.c.closed_at))
    moments = [moment for moment in database.read(lambda t: t.execute(ended).scalars().all()) if moment]
    assert set(moments) == {began}
