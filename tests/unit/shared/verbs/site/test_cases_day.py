"""Case 5: a day that was closed by mistake is reopened, and everybody is back in place."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from shared.errors import Closed, OtherDay, WrongState
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks import by_number, calls, letting_go, opening
from shared.verbs.paper import print_jobs
from shared.verbs.site import day
from shared.verbs.site.clock import confirm_clock
from shared.verbs.site.due import look_after
from shared.verbs.visits import breaks
from shared.verbs.visits.change import cancel
from tests.support.clock import HandClock
from tests.unit.shared.verbs.acting import called, issued, serving, states


def stood(database: Database) -> list[object]:
    """How every visit and stop stands."""

    def read(t: Transaction) -> list[object]:
        stop, visit = schema.stop.c, schema.visit.c
        stops = sa.select(stop.id, stop.state, stop.rank_at, stop.queued_at, stop.due_at, stop.reason, stop.closed_at)
        visits = sa.select(visit.id, visit.number, visit.closed_at)
        return [*t.execute(stops.order_by(stop.id)).all(), *t.execute(visits.order_by(visit.id)).all()]

    return database.read(read)


@pytest.fixture
def noon(database: Database, clock: HandClock) -> list[str]:
    """Somebody has missed a call, one has a break, one gave up, one is done, two wait."""
    codes = []
    for _ in range(6):
        codes.append(issued(database))
        clock.forward(minutes=1)
    called(database)
    database.do(letting_go.missed, "1")
    serving(database)
    database.do(calls.finish, "1")
    database.do(breaks.pause, codes[2])
    database.do(cancel, codes[3])
    return codes


def test_case_5_reopened_all_are_back_in_their_places(database: Database, clock: HandClock, noon: list[str]) -> None:
    before = stood(database)
    assert database.do(day.close_day) == 5
    clock.forward(minutes=2)
    assert database.do(day.reopen_day) == 5
    assert stood(database) == before
    assert issued(database) == f"A{len(noon) + 1:03}"
    with pytest.raises(WrongState, match="nothing to reopen"):
        database.do(day.reopen_day)


@pytest.mark.usefixtures("noon")
def test_case_5_who_was_called_waits_at_the_front(database: Database) -> None:
    code = called(database, "2")
    database.do(day.close_day)
    database.do(day.reopen_day)
    assert states(database, code)[0] == "waiting"
    assert called(database, "2") == code


@pytest.mark.usefixtures("noon")
def test_case_5_what_is_open_is_told_before(database: Database) -> None:
    called(database, "2")
    assert database.read(day.read_open) == day.Open(visits=5, waiting=2, called=1, served=0, away=2, desks=2)


@pytest.mark.usefixtures("noon")
def test_case_5_on_another_day_nothing_is_reopened(database: Database, clock: HandClock) -> None:
    database.do(day.close_day)
    clock.forward(days=1)
    with pytest.raises(WrongState, match="nothing to reopen"):
        database.do(day.reopen_day)


def test_case_5_a_day_closed_with_nobody_in_it_is_reopened(database: Database) -> None:
    database.do(opening.open_desk, "1")
    assert database.do(day.close_day) == 0
    assert database.do(day.reopen_day) == 0


def test_case_5_whatever_is_refused_after_the_end_of_the_day_names_what_helps(
    database: Database, noon: list[str]
) -> None:
    code = noon[-1]
    database.do(day.close_day)
    database.do(opening.open_desk, "1")
    for verb, arguments in (
        (breaks.back, (code, None, True)),
        (breaks.pause, (code,)),
        (breaks.readmit, (code,)),
        (cancel, (code,)),
        (by_number.call_number, ("1", code)),
        (by_number.unpark, ("1", code)),
        (print_jobs.reprint, (code, "p")),
    ):
        with pytest.raises(WrongState, match=f"{code} .*: ankommen day reopen"):
            database.do(verb, *arguments)
    with pytest.raises(WrongState, match=r"not away\.$"):
        database.do(breaks.back, noon[3])  # had been cancelled before
    database.do(day.reopen_day)
    database.do(cancel, code)
    with pytest.raises(WrongState, match=f"{code} .* Back again: ticket back"):
        database.do(print_jobs.reprint, code, "p")


def test_case_5_no_numbers_after_the_end_of_the_day_and_what_helps(database: Database, clock: HandClock) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.update(schema.site).values(training=False))  # in training no hours apply
    issued(database)
    database.do(day.close_day)
    with pytest.raises(Closed, match=r"ended by hand.*: ankommen day reopen"):
        issued(database)
    clock.forward(hours=5)
    database.do(day.reopen_day)
    clock.forward(hours=4)
    with pytest.raises(Closed) as evening:
        issued(database)
    assert "reopen" not in evening.value.message


@pytest.mark.usefixtures("noon")
def test_case_2_a_number_of_a_day_that_a_wrong_clock_ended_is_refused_with_the_way_back(
    database: Database, clock: HandClock
) -> None:
    code = issued(database)
    clock.forward(days=1)
    with pytest.raises(OtherDay) as before:
        database.do(breaks.back, code)
    database.do(look_after)
    with pytest.raises(OtherDay, match=r"2026-11-23, the clock is wrong: .* day confirm, then ankommen day reopen"):
        database.do(breaks.back, code)
    assert "reopen" not in before.value.message, "its day has not been ended yet"


@pytest.mark.usefixtures("noon")
def test_case_2_a_day_that_a_wrong_clock_has_ended_is_reopened(database: Database, clock: HandClock) -> None:
    before = stood(database)
    clock.jump(days=1)
    for _ in range(40):  # longer than anybody can doubt
        clock.forward(seconds=10)
        database.look()
        database.do(look_after)
    assert stood(database) != before
    clock.set_right()
    database.do(confirm_clock)
    assert database.do(day.reopen_day) == 5
    assert stood(database) == before
