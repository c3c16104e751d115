"""What a visitor is told about the wait: only what can be known, and afterwards whether it was kept."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from shared.model import Arrival, Need, SuspendReason, Ticket, Wait
from shared.rules.waiting_time import LEAST_FINISHED
from shared.store import schema
from shared.store.database import Database
from shared.verbs.desks import calls, letting_go, opening, undo
from shared.verbs.learned import promises, report
from shared.verbs.learned.samples import newest_promises
from shared.verbs.site import halt, purge
from shared.verbs.site.due import look_after, tidy
from shared.verbs.visits import breaks, issue
from tests.support.clock import HandClock


def come(database: Database, many: int = 1) -> list[Ticket]:
    return [database.do(issue.issue, Arrival(services=("anmeldung",))) for _ in range(many)]


def promise(database: Database, ticket: Ticket) -> Wait | None:
    """What a ticket would say now."""
    promised = database.read(promises.foresee, ticket.visit_id)
    if promised:
        database.keep(promises.give, promised)
    return promised.wait if promised else None


def serve(database: Database, clock: HandClock, many: int = 1, minutes: float = 8) -> None:
    """Desk 1 serves the next visitors, each in `minutes` minutes from the call."""
    for _ in range(many):
        database.do(calls.call_next, "1")
        clock.forward(minutes=1)
        database.do(calls.start, "1")
        clock.forward(minutes=minutes - 1)
        database.do(calls.finish, "1")


@pytest.fixture
def known(database: Database, clock: HandClock) -> Database:
    """A morning when desk 1 has served enough visitors of one service for its duration to be known."""
    come(database, LEAST_FINISHED)
    database.do(opening.open_desk, "1", ("anmeldung",))
    serve(database, clock, LEAST_FINISHED)
    return database


def test_nothing_is_said_while_few_were_served(database: Database, clock: HandClock) -> None:
    tickets = come(database, LEAST_FINISHED + 1)
    database.do(opening.open_desk, "1", ("anmeldung",))
    serve(database, clock, LEAST_FINISHED - 1)
    assert promise(database, tickets[-1]) is None
    assert database.read(promises.given, tickets[-1].visit_id) is None
    serve(database, clock)
    assert promise(database, tickets[-1]) == Wait(0, 5)


def test_who_only_misses_calls_tells_nothing(database: Database, clock: HandClock) -> None:
    tickets = come(database, LEAST_FINISHED + 1)
    database.do(opening.open_desk, "1", ("anmeldung",))
    for _ in range(LEAST_FINISHED):
        database.do(calls.call_next, "1")
        clock.forward(minutes=3)
        database.do(letting_go.missed, "1")
    assert promise(database, tickets[-1]) is None


def test_what_was_known_yesterday_is_known_today(known: Database, clock: HandClock) -> None:
    clock.forward(days=1)
    known.do(tidy)
    known.do(opening.open_desk, "1", ("anmeldung",), take_over=True)
    assert promise(known, come(known)[0]) == Wait(0, 5)


def test_a_desk_up_the_steps_is_no_promise_for_who_cannot_take_them(known: Database) -> None:
    needs = Arrival(services=("anmeldung",), needs=(Need.STEP_FREE,))
    known.do(opening.close_desk, "1")
    known.do(opening.open_desk, "2", ("anmeldung",))
    wheelchair, other = known.do(issue.issue, needs), come(known)[0]
    assert (promise(known, wheelchair), promise(known, other)) == (None, Wait(5, 15))
    known.do(opening.open_desk, "1", ("anmeldung",))
    assert promise(known, wheelchair) == Wait(0, 5)


def test_who_stands_further_behind_waits_longer(known: Database) -> None:
    tickets = come(known, 6)
    told = [promise(known, ticket) for ticket in tickets]
    assert told[0] == Wait(0, 5)
    assert told[5] is not None
    assert told[5].low <= 5 * 8 <= told[5].high
    assert [wait.high for wait in told if wait] == sorted(wait.high for wait in told if wait)
    assert [known.read(promises.given, ticket.visit_id) for ticket in tickets] == told
    assert known.read(promises.waits)["anmeldung"] == promise(known, come(known)[0])


def test_nothing_is_said_of_the_far_future(known: Database) -> None:
    tickets = come(known, 40)
    told = [known.read(promises.wait_of, tickets[n].visit_id) for n in (0, 20, 39)]
    assert [wait is None for wait in told] == [False, False, True]


def test_nothing_is_said_where_nobody_serves(known: Database) -> None:
    (ticket,) = come(known)
    known.do(opening.close_desk, "1")
    assert known.read(promises.wait_of, ticket.visit_id) is None
    assert set(known.read(promises.waits).values()) == {None}


def test_a_desk_whose_console_is_long_gone_is_no_promise(known: Database, clock: HandClock) -> None:
    (ticket,) = come(known)
    known.do(opening.renew_lease, "1", "console a")
    clock.forward(minutes=2)
    assert known.read(promises.wait_of, ticket.visit_id) is not None
    clock.forward(seconds=1)
    assert known.read(promises.wait_of, ticket.visit_id) is None


def test_nothing_is_said_while_the_centre_is_suspended(known: Database) -> None:
    (ticket,) = come(known)
    known.do(halt.suspend, SuspendReason.FIRE)
    assert promise(known, ticket) is None
    known.do(halt.resume)
    assert promise(known, ticket) == Wait(0, 5)


def test_who_is_called_already_is_told_nothing(known: Database) -> None:
    (ticket,) = come(known)
    known.do(calls.call_next, "1")
    assert promise(known, ticket) is None


def test_nothing_is_said_behind_more_visitors_than_are_foreseen(
    known: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promises, "_FORESEEN", 2)  # instead of two hundred
    tickets = come(known, 3)
    assert [promise(known, ticket) is not None for ticket in tickets] == [True, True, False]


def test_a_later_promise_takes_the_place_of_the_one_before(known: Database, clock: HandClock) -> None:
    tickets = come(known, 5)
    first = promise(known, tickets[4])
    serve(known, clock, 4)
    second = promise(known, tickets[4])
    assert (second, known.read(promises.given, tickets[4].visit_id)) == (Wait(0, 5), second)
    assert first != second


def test_a_report_says_how_promises_were_kept(known: Database, clock: HandClock) -> None:
    for ticket in come(known, 8):
        promise(known, ticket)
    serve(known, clock, 4)
    (few,) = known.read(report.promises, 1)
    assert (few.service, few.n, few.kept) == ("anmeldung", None, None), "four could point to somebody"
    serve(known, clock, 2)
    serve(known, clock, 1, minutes=200)
    serve(known, clock, 1)
    (told,) = known.read(report.promises, 1)
    assert (told.n, told.kept, told.earlier, told.later) == (8, None, None, None), "one was called later"
    for ticket in come(known, 5):
        promise(known, ticket)
    serve(known, clock, 1, minutes=200)
    serve(known, clock, 4)
    (told,) = known.read(report.promises, 1)
    assert (told.n, told.kept, told.earlier, told.later) == (13, 8 / 13, None, 5 / 13)


def test_a_break_of_ones_own_is_no_broken_promise(known: Database, clock: HandClock) -> None:
    (ticket,) = come(known)
    assert promise(known, ticket) == Wait(0, 5)
    known.do(breaks.pause, ticket.code)
    clock.forward(minutes=60)
    known.do(breaks.back, ticket.code)
    serve(known, clock)
    assert known.read(newest_promises, "anmeldung", 9) == []


def test_a_call_that_was_taken_back_kept_no_promise(known: Database, clock: HandClock) -> None:
    (ticket,) = come(known)
    promise(known, ticket)
    known.do(calls.call_next, "1")
    known.do(undo.undo, "1")
    clock.forward(minutes=30)
    known.do(calls.call_next, "1")
    (one,) = known.read(newest_promises, "anmeldung", 9)
    assert (one.came, one.service) == (30, "anmeldung")


def test_a_family_that_was_moved_meanwhile_was_called_all_the_same(known: Database, clock: HandClock) -> None:
    both = known.do(issue.issue, Arrival(services=("anmeldung", "beratung")))
    assert promise(known, both) == Wait(0, 5)
    known.do(opening.close_desk, "1")
    known.do(opening.open_desk, "16")
    clock.forward(minutes=11)
    assert known.do(look_after)
    known.do(calls.call_next, "16")
    (one,) = known.read(newest_promises, "anmeldung", 9)
    assert (one.service, one.came) == ("anmeldung", 11)


def test_errors_of_late_widen_the_next_promise(known: Database, clock: HandClock) -> None:
    told = []
    for _ in range(12):
        told.append(promise(known, come(known)[0]))
        clock.forward(minutes=40)  # the official has gone for a walk without saying so
        serve(known, clock)
    assert (told[0], told[-1]) == (Wait(0, 5), Wait(0, 40))


def test_after_the_purge_promises_tell_of_nobody_and_the_next_days_know_more(known: Database, clock: HandClock) -> None:
    for ticket in come(known, 6):
        promise(known, ticket)
    serve(known, clock, 6)
    before = known.read(report.promises, 28)
    clock.forward(days=2)
    known.do(purge.purge)
    assert known.read(report.promises, 28) == before
    assert len(known.read(newest_promises, "anmeldung", 9)) == 6
    assert known.read(lambda t: t.execute(sa.select(sa.func.count()).select_from(schema.promise)).scalar_one()) == 0
    database, (ticket,) = known, come(known)
    database.do(opening.open_desk, "1", ("anmeldung",), take_over=True)
    assert promise(database, ticket) == Wait(0, 5), "nobody was served today, and yet it is known"
    clock.forward(days=40)
    database.do(purge.purge)
    database.do(opening.open_desk, "1", ("anmeldung",), take_over=True)
    assert promise(database, come(database)[0]) is None, "too long ago to know"
