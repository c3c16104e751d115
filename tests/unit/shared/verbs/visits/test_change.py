"""Reception adds to a journey and takes from it."""

from __future__ import annotations

import pytest

from shared.errors import Malformed, NobodyWaits, ServiceUnknown, WrongState
from shared.store.database import Database
from shared.verbs.desks import calls
from shared.verbs.visits import change
from shared.views.desk import read_desk
from tests.unit.shared.verbs.acting import called, issued, serving, states


def test_a_visit_that_was_settled_has_something_to_do_again(database: Database) -> None:
    code = issued(database, "anmeldung")
    serving(database)
    database.do(calls.finish, "1")
    database.do(change.add, code, ["konto", "beratung", "konto"])
    assert states(database, code) == ["done", "waiting", "planned"]


def test_what_is_open_already_is_not_added_twice(database: Database) -> None:
    code = issued(database, "anmeldung")
    assert len(database.do(change.add, code, ["anmeldung", "konto"]).stops) == 2
    with pytest.raises(WrongState, match="already"):
        database.do(change.add, code, ["konto"])
    with pytest.raises(ServiceUnknown):
        database.do(change.add, code, ["mond"])
    with pytest.raises(Malformed):
        database.do(change.add, code, [])


def test_a_cancelled_requirement_does_not_strand_the_rest(database: Database) -> None:
    code = issued(database, "anmeldung", "aufenthalt")
    database.do(change.cancel, code, "anmeldung")
    assert states(database, code) == ["cancelled", "waiting"]


def test_only_reception_cancels_somebody_who_is_called(database: Database) -> None:
    code = issued(database)
    called(database)
    with pytest.raises(WrongState, match="only reception"):
        database.do(change.cancel, code)
    database.do(change.cancel, code, None, True)
    assert states(database, code) == ["cancelled"] * 4
    assert database.read(read_desk, "1").call is None
    with pytest.raises(NobodyWaits):
        database.do(calls.call_next, "1")


def test_nobody_is_cancelled_while_being_served_or_when_nothing_is_open(database: Database) -> None:
    code = issued(database, "anmeldung")
    serving(database)
    with pytest.raises(WrongState, match="being served"):
        database.do(change.cancel, code, None, True)
    database.do(calls.finish, "1")
    for service in (None, "konto"):
        with pytest.raises(WrongState, match="nothing open"):
            database.do(change.cancel, code, service)
    with pytest.raises(ServiceUnknown):
        database.do(change.cancel, code, "mond")
