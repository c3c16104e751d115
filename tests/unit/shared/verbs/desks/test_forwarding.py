"""A desk sends a visitor on."""

from __future__ import annotations

import pytest

from shared.errors import Malformed, ServiceUnknown, WrongState
from shared.store.database import Database
from shared.verbs.desks import calls, letting_go
from shared.verbs.look_up import find_ticket
from tests.unit.shared.verbs.acting import issued, serving


def way(database: Database, code: str) -> list[tuple[str, str]]:
    return [(stop.service, str(stop.state)) for stop in database.read(find_ticket, code).stops]


def test_forwarding_keeps_the_number_and_takes_the_place_of_the_stop(database: Database) -> None:
    code = issued(database, "anmeldung", "konto")
    serving(database)
    database.do(letting_go.forward, "1", ["beratung", "freiwillige"])
    assert way(database, code) == [
        ("anmeldung", "forwarded"),
        ("beratung", "waiting"),
        ("freiwillige", "planned"),
        ("konto", "planned"),
    ]


def test_what_is_planned_anyway_comes_forward_and_not_twice(database: Database) -> None:
    code = issued(database, "anmeldung", "konto", "beratung")
    serving(database)
    database.do(letting_go.forward, "1", ["beratung"])
    assert way(database, code) == [("anmeldung", "forwarded"), ("beratung", "waiting"), ("konto", "planned")]


def test_what_required_the_stop_requires_those_it_was_forwarded_to(database: Database) -> None:
    code = issued(database, "anmeldung", "aufenthalt", "konto")
    serving(database)
    database.do(letting_go.forward, "1", ["beratung", "freiwillige"])
    serving(database, "16")
    database.do(calls.finish, "16")
    serving(database, "17")
    assert ("aufenthalt", "planned") in way(database, code)
    database.do(calls.finish, "17")
    assert ("aufenthalt", "waiting") in way(database, code)


def test_forwarding_in_a_circle_leaves_nobody_standing(database: Database) -> None:
    code = issued(database, "anmeldung", "aufenthalt")  # that requires anmeldung, and is what it is forwarded to
    serving(database)
    database.do(letting_go.forward, "1", ["freiwillige", "aufenthalt", "geld"])
    for desk in ("17", "6", "8"):
        serving(database, desk)
        database.do(calls.finish, desk)
    assert {state for _, state in way(database, code)} == {"forwarded", "done"}


def test_a_forwarding_needs_a_visitor_and_a_service(database: Database) -> None:
    with pytest.raises(WrongState):
        database.do(letting_go.forward, "1", ["beratung"])
    issued(database)
    serving(database)
    with pytest.raises(Malformed, match="at least one"):
        database.do(letting_go.forward, "1", [])
    with pytest.raises(ServiceUnknown, match="mond"):
        database.do(letting_go.forward, "1", ["mond"])
