"""What a visitor is told about the wait: only what can be known, and afterwards whether it was kept."""

from __future__ import annotations

import pytest

from shared.model import Arrival, SuspendReason, Ticket, Wait
from shared.rules.waiting_time import LEAST_FINISHED
from shared.store.database import Database
from shared.verbs import breaks, calls, desks, promises, report, retention, site, undo, visits
from shared.verbs.samples import newest_promises
from tests.conftest import HandClock


def come(database: Database, many: int = 1) -> list[Ticket]:
    return [database.do(visits.issue, Arrival(services=("anmeldung",))) for _ in range(many)]


def serve(database: Database, clock: HandClock, many: int = 1, minutes: float = 8) -> None:
    """Desk 1 serves the next visitors, each in so many minutes from the call on."""
    for _ in range(many):
        database.do(calls.call_next, "1")
        clock.forward(minutes=1)
        database.do(calls.start, "1")
        clock.forward(minutes=minutes - 1)
        database.do(calls.finish, "1")


@pytest.fixture
def known(database: Database, clock: HandClock) -> Database:
    """A morning on which desk 1 has served enough visitors of one service to know how long it takes."""
    come(database, LEAST_FINISHED)
    database.do(desks.open_desk, "1", ("anmeldung",))
    serve(database, clock, LEAST_FINISHED)
    return database


def test_nothing_is_said_while_few_were_served(database: Database, clock: HandClock) -> None:
    tickets = come(database, LEAST_FINISHED + 1)
    database.do(desks.open_desk, "1", ("anmeldung",))
    serve(database, clock, LEAST_FINISHED - 1)
    last = tickets[-1].visit_id
    assert database.do(promises.give, last) is None
    assert database.read(promises.given, last) is None
    serve(database, clock)
    assert database.do(promises.give, last) == Wait(0, 5)


def test_who_stands_further_behind_waits_longer(known: Database) -> None:
    tickets = come(known, 6)
    told = [known.do(promises.give, ticket.visit_id) for ticket in tickets]
    assert told[0] == Wait(0, 5)
    assert told[5] is not None
    assert told[5].low <= 5 * 8 <= told[5].high
    assert [wait.high for wait in told if wait] == sorted(wait.high for wait in told if wait)
    assert [known.read(promises.given, ticket.visit_id) for ticket in tickets] == told
    assert known.read(promises.waits)["anmeldung"] == known.do(promises.give, come(known)[0].visit_id)


def test_nothing_is_said_where_nobody_serves(known: Database) -> None:
    (ticket,) = come(known)
    known.do(desks.close_desk, "1")
    assert known.read(promises.wait_of, ticket.visit_id) is None
    assert set(known.read(promises.waits).values()) == {None}


def test_nothing_is_said_while_the_centre_is_suspended(known: Database) -> None:
    (ticket,) = come(known)
    known.do(site.suspend, SuspendReason.FIRE)
    assert known.do(promises.give, ticket.visit_id) is None
    known.do(site.resume)
    assert known.do(promises.give, ticket.visit_id) == Wait(0, 5)


def test_who_is_called_already_is_told_nothing(known: Database) -> None:
    (ticket,) = come(known)
    known.do(calls.call_next, "1")
    assert known.do(promises.give, ticket.visit_id) is None


def test_a_later_promise_takes_the_place_of_the_one_before(known: Database, clock: HandClock) -> None:
    tickets = come(known, 5)
    first = known.do(promises.give, tickets[4].visit_id)
    serve(known, clock, 4)
    second = known.do(promises.give, tickets[4].visit_id)
    assert (second, known.read(promises.given, tickets[4].visit_id)) == (Wait(0, 5), second)
    assert first != second


def test_a_report_says_how_promises_were_kept(known: Database, clock: HandClock) -> None:
    for ticket in come(known, 8):
        known.do(promises.give, ticket.visit_id)
    serve(known, clock, 4)
    (few,) = known.read(report.promises, 1)
    assert (few.service, few.n, few.kept) == ("anmeldung", None, None), "four could point to somebody"
    serve(known, clock, 2)
    serve(known, clock, 1, minutes=200)
    serve(known, clock, 1)
    (told,) = known.read(report.promises, 1)
    assert (told.n, told.kept, told.earlier, told.later) == (8, 7 / 8, 0, 1 / 8)


def test_a_break_of_ones_own_is_no_broken_promise(known: Database, clock: HandClock) -> None:
    (ticket,) = come(known)
    known.do(promises.give, ticket.visit_id)
    known.do(breaks.pause, ticket.code)
    clock.forward(minutes=60)
    known.do(breaks.back, ticket.code)
    serve(known, clock)
    assert known.read(newest_promises, "anmeldung", 9) == []


def test_a_call_that_was_taken_back_kept_no_promise(known: Database, clock: HandClock) -> None:
    (ticket,) = come(known)
    known.do(promises.give, ticket.visit_id)
    known.do(calls.call_next, "1")
    known.do(undo.undo, "1")
    clock.forward(minutes=30)
    known.do(calls.call_next, "1")
    (one,) = known.read(newest_promises, "anmeldung", 9)
    assert (one.came, one.service) == (30, "anmeldung")


def test_errors_of_late_widen_the_next_promise(known: Database, clock: HandClock) -> None:
    told = []
    for _ in range(12):
        told.append(known.do(promises.give, come(known)[0].visit_id))
        clock.forward(minutes=40)  # the official has gone for a walk without saying so
        serve(known, clock)
    assert (told[0], told[-1]) == (Wait(0, 5), Wait(0, 40))


def test_after_the_purge_promises_tell_of_nobody_and_the_next_days_know_more(known: Database, clock: HandClock) -> None:
    for ticket in come(known, 6):
        known.do(promises.give, ticket.visit_id)
    serve(known, clock, 6)
    before = known.read(report.promises, 28)
    clock.forward(days=2)
    known.do(retention.purge)
    assert known.read(report.promises, 28) == before
    assert [one.came for one in known.read(newest_promises, "anmeldung", 9)].count(None) == 0
    database, (ticket,) = known, come(known)
    database.do(desks.open_desk, "1", ("anmeldung",), take_over=True)
    assert database.do(promises.give, ticket.visit_id) == Wait(0, 5), "nobody was served today, and yet it is known"
    clock.forward(days=40)
    database.do(retention.purge)
    database.do(desks.open_desk, "1", ("anmeldung",), take_over=True)
    assert database.do(promises.give, come(database)[0].visit_id) is None, "too long ago to know"
