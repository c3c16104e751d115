"""A desk calls a certain visitor."""

from __future__ import annotations

import pytest

from shared.errors import DeskBusy, DeskClosed, NumberUnknown, VisitBusy, WrongState
from shared.store.database import Database
from shared.verbs.desks import by_number, calls, letting_go, opening
from tests.unit.shared.verbs.acting import called, issued, serving, states


def test_a_desk_calls_somebody_out_of_turn(database: Database) -> None:
    issued(database)
    second = issued(database)
    database.do(opening.open_desk, "1")
    call = database.do(by_number.call_number, "1", second.lower()).call
    assert call
    assert call.code == second


def test_who_waits_elsewhere_waits_there_again_afterwards(database: Database) -> None:
    code = issued(database, "anmeldung", "beratung")
    database.do(opening.open_desk, "16")
    database.do(by_number.call_number, "16", code)
    assert states(database, code) == ["planned", "called"]
    database.do(calls.start, "16")
    database.do(calls.finish, "16")
    assert states(database, code) == ["waiting", "done"]


def test_who_missed_a_call_elsewhere_comes_back_there_as_soon_as_possible(database: Database) -> None:
    code = issued(database, "anmeldung", "beratung")
    called(database)
    database.do(letting_go.missed, "1")
    database.do(opening.open_desk, "16")
    database.do(by_number.call_number, "16", code)
    assert states(database, code) == ["parked", "called"]
    database.do(calls.start, "16")
    database.do(calls.finish, "16")
    assert states(database, code) == ["waiting", "done"]


def test_what_must_come_first_comes_first(database: Database) -> None:
    code = issued(database, "anmeldung", "aufenthalt")
    database.do(opening.open_desk, "6")
    with pytest.raises(WrongState, match="elsewhere before aufenthalt"):
        database.do(by_number.call_number, "6", code)


def test_nobody_is_called_who_is_at_a_desk_or_needs_nothing_here(database: Database) -> None:
    code = issued(database, "anmeldung", "beratung")
    called(database)
    database.do(opening.open_desk, "16")
    with pytest.raises(VisitBusy, match="called for anmeldung"):
        database.do(by_number.call_number, "16", code)
    other = issued(database, "konto")
    with pytest.raises(WrongState, match="needs nothing"):
        database.do(by_number.call_number, "16", other)
    with pytest.raises(NumberUnknown):
        database.do(by_number.call_number, "16", "A999")
    with pytest.raises(DeskBusy):
        database.do(by_number.call_number, "1", other)
    with pytest.raises(DeskClosed):
        database.do(by_number.call_number, "2", other)


def test_a_desk_takes_back_whom_it_parked(database: Database) -> None:
    code = issued(database, "anmeldung")
    serving(database)
    database.do(letting_go.park, "1")
    database.do(by_number.unpark, "2" if database.do(opening.open_desk, "2") else "", code)
    assert states(database, code) == ["waiting"]
    with pytest.raises(WrongState, match="nothing parked or missed"):
        database.do(by_number.unpark, "2", code)
    with pytest.raises(DeskClosed):
        database.do(by_number.unpark, "16", code)
