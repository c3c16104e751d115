"""What faces read."""

from __future__ import annotations

from datetime import date

import pytest

from shared.errors import NumberUnknown
from shared.model import AnnouncementState, Arrival
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.desks.announcements import claim_announcement, settle_announcement
from shared.verbs.look_up import find_ticket
from shared.verbs.visits import issue
from shared.views.room import read_calls
from shared.views.site import read_hall
from tests.support.clock import HandClock


def test_a_number_is_found_however_it_is_typed(database: Database) -> None:
    ticket = database.do(issue.issue, Arrival(packages=("neu",)))
    for typed in ("A001", "a001", "A-001", " a 001 ", "A1"):
        assert database.read(find_ticket, typed) == ticket


@pytest.mark.parametrize(
    "typed", ["", "A", "001", "A999", "Ä001", "A001x", "A٠٠١", "A" + "9" * 50, "'; DROP TABLE visit"]
)
def test_what_is_no_number_of_today_is_unknown(database: Database, typed: str) -> None:
    with pytest.raises(NumberUnknown):
        database.read(find_ticket, typed)


def test_a_number_of_another_day_needs_its_day(database: Database, clock: HandClock) -> None:
    ticket = database.do(issue.issue, Arrival(packages=("neu",)))
    clock.forward(days=1)
    with pytest.raises(NumberUnknown):
        database.read(find_ticket, "A001")
    assert database.read(find_ticket, "A001", date(2026, 11, 23)) == ticket


def test_the_hall_counts_who_waits_and_how_long(database: Database, clock: HandClock) -> None:
    database.do(issue.issue, Arrival(packages=("neu",)))
    clock.forward(minutes=3)
    database.do(issue.issue, Arrival(packages=("neu",)))
    database.do(opening.open_desk, "1")
    hall = database.read(read_hall)
    queue = next(queue for queue in hall.queues if queue.service == "anmeldung")
    assert (queue.open, queue.waiting, queue.longest_wait_s) == (True, 2, 180)
    assert sum(queue.waiting for queue in hall.queues) == 2
    assert len(hall.desks) == 20


def test_an_area_sees_the_calls_of_its_visitors_and_of_its_desks(database: Database) -> None:
    for service in ("geld", "konto"):
        database.do(issue.issue, Arrival(services=(service,)))
    database.do(opening.open_desk, "18", ["geld"])  # a desk of area 1 calls somebody who waits in area 2
    database.do(opening.open_desk, "15")  # area 3
    money, account = database.do(calls.call_next, "18").call, database.do(calls.call_next, "15").call
    assert money
    assert account

    def seen(area: str | None) -> set[str]:
        return {call.code for call in database.read(read_calls, area)}

    assert seen("wartebereich_1") == {money.code}
    assert seen("wartebereich_2") == {money.code}
    assert seen("wartebereich_3") == {account.code}
    assert seen(None) == {money.code, account.code}


def test_the_newest_call_comes_first(database: Database, clock: HandClock) -> None:
    for desk in ("1", "2", "3"):
        database.do(issue.issue, Arrival(packages=("neu",)))
        database.do(opening.open_desk, desk)
    for desk in ("2", "1", "3"):
        database.do(calls.call_next, desk)
        clock.forward(seconds=1)
    assert [call.desk for call in database.read(read_calls)] == ["3", "1", "2"]


def test_one_screen_of_an_area_speaks_a_ring(database: Database) -> None:
    database.do(issue.issue, Arrival(packages=("neu",)))
    database.do(opening.open_desk, "1")
    call = database.do(calls.call_next, "1").call
    assert call
    assert database.do(claim_announcement, call.id, 1, "", ["de"])
    assert not database.do(claim_announcement, call.id, 1, "", ["de"])
    assert database.do(claim_announcement, call.id, 1, "wartebereich_1", ["de"])
    assert database.do(settle_announcement, call.id, 1, "", AnnouncementState.SPOKEN)
    assert not database.do(settle_announcement, call.id, 1, "", AnnouncementState.FAILED)
