"""Where a visit stands, and which codes lead to one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.errors import NumberUnknown, OtherDay
from shared.model import Arrival, Standing
from shared.store.database import Database
from shared.verbs.desks import calls, letting_go, opening
from shared.verbs.look_up import find_scanned, find_ticket
from shared.verbs.visits import breaks
from shared.verbs.visits.issue import issue
from shared.views.visit import standing_of
from tests.support.clock import HandClock


def standing(database: Database) -> Standing:
    return database.read(standing_of, database.read(find_ticket, "A001").visit_id)


def test_it_names_the_desk_the_moment_of_return_and_the_breaks_that_are_left(
    database: Database, clock: HandClock
) -> None:
    code = database.do(issue, Arrival(packages=("neu",))).code
    assert (standing(database).desk, standing(database).due_at, standing(database).breaks_left) == (None, None, 2)
    database.do(breaks.pause, code)
    assert (standing(database).due_at, standing(database).breaks_left) == (clock.moment + timedelta(minutes=15), 1)
    database.do(breaks.back, code)
    database.do(opening.open_desk, "1")
    database.do(calls.call_next, "1")
    assert standing(database).desk == "1"
    database.do(letting_go.missed, "1")
    assert (standing(database).desk, standing(database).due_at) == (None, clock.moment + timedelta(minutes=5))


@pytest.mark.parametrize("around", ["{}", "  {}\n", "https://w.example/t/{}"])
def test_a_code_is_known_as_scanners_send_it(database: Database, around: str) -> None:
    ticket = database.do(issue, Arrival(packages=("neu",)))
    assert database.read(find_scanned, around.format(ticket.token)) == ticket.visit_id
    assert database.read(find_scanned, around.format(ticket.token.lower())) == ticket.visit_id


@pytest.mark.parametrize("text", ["A001", "a-0-0-1", "A" + " " * 25 + "001", "", "0" * 20, "x" * 5000, "🦄" * 20])
def test_a_number_is_no_ticket_and_neither_is_anything_else(database: Database, text: str) -> None:
    database.do(issue, Arrival(packages=("neu",)))
    with pytest.raises(NumberUnknown):
        database.read(find_scanned, text)


def test_a_ticket_of_yesterday_is_told_from_one_that_never_was(database: Database, clock: HandClock) -> None:
    token = database.do(issue, Arrival(packages=("neu",))).token
    clock.forward(days=1)
    with pytest.raises(OtherDay):
        database.read(find_scanned, token)
