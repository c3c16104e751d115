"""A new plan comes into force while visitors wait: nobody is lost, everybody keeps number and place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ankommen.opening import shipped_config
from shared.config import Config, Plan, read_config
from shared.errors import DeskBusy, DeskUnknown, Malformed, NobodyWaits, ServiceUnknown, WrongState
from shared.model import Arrival, DeskState, StopState
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.look_up import find_ticket
from shared.verbs.site.apply import apply
from shared.verbs.visits import breaks, issue
from shared.views.desk import read_desk, read_waiting
from shared.views.in_force import plan_in_force
from tests.support.clock import HandClock
from tests.support.plans import without_desk, without_service

EXAMPLES = Path(shipped_config()).parent / "docs" / "examples"


def without_volunteers(leipzig: Config) -> str:
    """The plan without the service that only desk 17 serves."""
    return without_desk(without_service(leipzig.plan_toml, "freiwillige"), "17")


def test_who_needs_a_service_that_goes_is_moved_with_number_and_place(
    database: Database, leipzig: Config, clock: HandClock
) -> None:
    first = database.do(issue.issue, Arrival(services=("freiwillige",)))
    clock.forward(minutes=1)
    second = database.do(issue.issue, Arrival(services=("beratung", "freiwillige")))
    clock.forward(minutes=1)
    third = database.do(issue.issue, Arrival(services=("freiwillige", "konto")))
    database.do(breaks.pause, third.code)
    clock.forward(minutes=1)
    database.do(apply, without_volunteers(leipzig), True, {"freiwillige": "beratung"})
    assert [waiting.code for waiting in database.read(read_waiting, ("beratung",))] == [first.code, second.code]
    once = database.read(find_ticket, second.code).stops
    assert [(stop.service, stop.state) for stop in once] == [
        ("beratung", StopState.WAITING),
        ("beratung", StopState.CANCELLED),
    ]
    away = database.read(find_ticket, third.code).stops
    assert [(stop.service, stop.state) for stop in away] == [
        ("beratung", StopState.PARKED),
        ("konto", StopState.PLANNED),
    ]


def test_an_official_goes_on_at_another_desk_with_the_visitor(database: Database, leipzig: Config) -> None:
    fewer = without_desk(leipzig.plan_toml, "3")
    code = database.do(issue.issue, Arrival(packages=("neu",))).code
    database.do(opening.open_desk, "3", languages=["uk"])
    database.do(calls.call_next, "3")
    with pytest.raises(WrongState, match="desk 3 is open"):
        database.do(apply, fewer, True)
    database.do(apply, fewer, True, {"3": "2"})
    moved = database.read(read_desk, "2")
    assert moved.call
    assert (moved.state, moved.languages, moved.call.code, moved.call.ring) == (DeskState.OPEN, ("uk",), code, 2)
    database.do(calls.start, "2")
    finished = database.do(calls.finish, "2").call
    assert finished
    assert finished.code == code


def test_two_visitors_are_never_at_one_desk(database: Database, leipzig: Config) -> None:
    fewer = without_desk(leipzig.plan_toml, "3")
    codes = [database.do(issue.issue, Arrival(packages=("neu",))).code for _ in range(2)]
    for desk in ("2", "3"):
        database.do(opening.open_desk, desk)
        database.do(calls.call_next, desk)
    database.do(calls.start, "2")
    database.do(calls.start, "3")
    with pytest.raises(DeskBusy, match=f"Desk 3 serves {codes[1]}"):
        database.do(apply, fewer, True, {"3": "2"})
    database.do(calls.finish, "3")
    database.do(issue.issue, Arrival(services=("anmeldung",)))
    called = database.do(calls.call_next, "3").call
    assert called
    database.do(apply, fewer, True, {"3": "2"})
    assert [waiting.code for waiting in database.read(read_waiting, ("anmeldung",))] == [called.code]


def test_a_move_goes_from_what_is_left_out_to_what_is_there(database: Database, leipzig: Config) -> None:
    fewer = without_volunteers(leipzig)
    for moves, error in (
        ({"freiwillige": "mond"}, ServiceUnknown),
        ({"17": "99"}, DeskUnknown),
        ({"konto": "beratung"}, Malformed),
        ({"mond": "beratung"}, Malformed),
    ):
        with pytest.raises(error):
            database.do(apply, fewer, True, moves)
    assert "17" in database.read(plan_in_force).desks


def test_an_open_desk_serves_what_the_new_plan_lets_it(database: Database) -> None:
    database.do(opening.open_desk, "3")
    database.do(opening.open_desk, "1")
    database.do(apply, read_config(EXAMPLES / "config-12.toml").plan_toml, True)
    assert database.read(read_desk, "3").services == ("biometrie", "aufenthalt")
    assert "anmeldung" in database.read(read_desk, "1").services


def served(database: Database, clock: HandClock, plan: Plan, most: int) -> Iterator[tuple[str, str]]:
    """Let all desks work until nobody waits, or `most` calls were made; returns number and service in order."""
    for key in plan.desks:
        if database.read(read_desk, key).state is DeskState.CLOSED:
            database.do(opening.open_desk, key)
    count, called = 0, True
    while called and count < most:
        called = False
        for key in plan.desks:
            try:
                call = database.do(calls.call_next, key).call
            except NobodyWaits:
                continue
            assert call
            called, count = True, count + 1
            clock.forward(seconds=1)
            database.do(calls.start, key)
            database.do(calls.finish, key)
            yield call.code, call.service


def test_leipzig_moves_from_twelve_desks_to_sixty_to_twenty_and_nobody_is_lost(
    database: Database, leipzig: Config, clock: HandClock
) -> None:
    plans = [read_config(EXAMPLES / "config-12.toml"), read_config(EXAMPLES / "config-60.toml"), leipzig]
    database.do(apply, plans[0].plan_toml, True)
    issued = []
    for n in range(24):
        clock.forward(seconds=1)
        package = ("neu", "neu_familie", "arbeit", "konto")[n % 4]
        issued.append(database.do(issue.issue, Arrival(packages=(package,))))
    done: list[tuple[str, str]] = []
    for step, config in enumerate(plans):
        leaving = [key for key in database.read(plan_in_force).desks if key not in config.plan.desks]
        for desk in leaving:
            database.do(opening.close_desk, desk)
        database.do(apply, config.plan_toml, True)
        done += served(database, clock, config.plan, most=30 if step < 2 else 1000)
    needed = [(ticket.code, stop.service) for ticket in issued for stop in ticket.stops]
    assert sorted(done) == sorted(needed)
    for service in ("arbeit", "konto"):  # where journeys begin at one desk: in the order of arrival
        first_served = [code for code, settled in done if settled == service]
        assert first_served == sorted(first_served)
    assert clock.moment - issued[0].issued_at < timedelta(hours=1)
