"""Visitors go away for a while and come back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from shared.config import Config
from shared.errors import NumberUnknown, OtherDay, VisitBusy, WrongState
from shared.model import OwnReason
from shared.store import schema
from shared.store.database import Database
from shared.verbs.desks import calls, letting_go
from shared.verbs.look_up import find_ticket
from shared.verbs.site import day
from shared.verbs.site.apply import apply
from shared.verbs.site.due import tidy
from shared.verbs.visits import breaks, change
from tests.support.clock import HandClock
from tests.support.plans import without_desk, without_service
from tests.unit.shared.verbs.acting import called, issued, serving, state_after, states


def test_a_break_keeps_the_place_and_calls_nobody_elsewhere(database: Database, clock: HandClock) -> None:
    first = issued(database)
    clock.forward(minutes=1)
    second = issued(database)
    database.do(breaks.pause, first)
    database.do(change.add, first, ["konto"])
    assert states(database, first) == ["parked", "planned", "planned", "planned", "planned"]
    assert called(database, "1") == second
    database.do(breaks.back, first)
    assert called(database, "2") == first


def test_a_break_ends_by_itself(database: Database, clock: HandClock) -> None:
    code = issued(database)
    database.do(breaks.pause, code)
    clock.forward(minutes=15)
    assert called(database) == code


def test_there_are_two_breaks_and_no_third(database: Database) -> None:
    code = issued(database)
    for _ in range(2):
        database.do(breaks.pause, code)
        database.do(breaks.back, code)
    with pytest.raises(WrongState, match="2 breaks"):
        database.do(breaks.pause, code)


def test_only_who_waits_can_have_a_break(database: Database) -> None:
    code = issued(database)
    called(database)
    with pytest.raises(WrongState, match="does not wait"):
        database.do(breaks.pause, code)


def test_who_missed_a_call_is_back_before_the_time(database: Database) -> None:
    code = issued(database)
    called(database)
    database.do(letting_go.missed, "1")
    assert database.do(breaks.back, code).stops[0].state == "waiting"
    assert called(database) == code


def test_who_was_gone_is_let_in_again_and_may_miss_as_often_as_before(database: Database, clock: HandClock) -> None:
    code = issued(database)
    for _ in range(2):
        called(database)
        database.do(letting_go.missed, "1")
        clock.forward(minutes=5)
    database.do(breaks.back, code)
    assert states(database, code) == ["waiting", "planned", "planned", "planned"]
    called(database)
    assert state_after(database.do(letting_go.missed, "1")) == "missed"


def test_who_waits_somewhere_is_not_back(database: Database) -> None:
    code = issued(database)
    with pytest.raises(WrongState, match="was not away"):
        database.do(breaks.back, code)
    serving(database)
    database.do(letting_go.park, "1")  # the next stop waits now
    with pytest.raises(VisitBusy, match="biometrie"):
        database.do(breaks.back, code)


def test_a_scanned_ticket_is_as_good_as_its_number(database: Database) -> None:
    code = issued(database)
    token = database.read(find_ticket, code).token
    database.do(breaks.pause, f"https://ankommen.example/{token.lower()}")
    assert database.do(breaks.back, token).stops[0].state == "waiting"


def test_a_ticket_of_yesterday_is_named_as_such(database: Database, clock: HandClock) -> None:
    code = issued(database)
    token = database.read(find_ticket, code).token
    clock.forward(days=1)
    for meant in (code, token):
        with pytest.raises(OtherDay, match="2026-11-23"):
            database.do(breaks.back, meant)
    with pytest.raises(NumberUnknown):
        database.do(breaks.back, "A002")
    issued(database)
    with pytest.raises(WrongState):
        database.do(breaks.back, code)  # the same number of today


def test_what_was_cancelled_by_mistake_is_let_in_again(database: Database) -> None:
    code = issued(database)
    database.do(change.cancel, code)
    with pytest.raises(WrongState):
        database.do(breaks.back, code)  # that is for reception to say
    assert database.do(breaks.readmit, code).stops[0].state == "waiting"
    assert called(database) == code


def test_a_break_that_is_over_waits_until_the_visitor_is_free(database: Database, clock: HandClock) -> None:
    code = issued(database, "anmeldung", "beratung")
    database.do(breaks.pause, code)
    database.do(change.cancel, code, "beratung")
    database.do(change.add, code, ["beratung"])
    clock.forward(minutes=15)
    database.do(tidy)
    assert states(database, code) == ["waiting", "cancelled", "planned"]
    serving(database)
    database.do(calls.finish, "1")
    assert states(database, code) == ["done", "cancelled", "waiting"]


def test_reception_brings_a_cancelled_visit_back(database: Database) -> None:
    code = issued(database, "anmeldung", "beratung")
    serving(database)
    database.do(calls.finish, "1")
    database.do(change.cancel, code)
    with pytest.raises(WrongState, match="was not away"):
        database.do(breaks.back, code)
    database.do(breaks.back, code, at_reception=True)
    assert states(database, code) == ["done", "waiting"]
    assert called(database, "16") == code


def test_a_cancelled_visit_that_was_missed_before_begins_afresh(database: Database) -> None:
    code = issued(database)
    called(database)
    database.do(letting_go.missed, "1")
    database.do(change.cancel, code)
    database.do(breaks.back, code, at_reception=True)
    called(database)
    assert state_after(database.do(letting_go.missed, "1")) == "missed"  # not gone: it counts from none again


def test_one_service_that_was_cancelled_does_not_make_a_visit_away(database: Database) -> None:
    code = issued(database, "anmeldung", "beratung")
    database.do(change.cancel, code, "beratung")
    with pytest.raises(WrongState, match="was not away"):
        database.do(breaks.back, code, at_reception=True)


def test_what_was_cancelled_and_added_again_comes_back_once(database: Database) -> None:
    code = issued(database, "anmeldung", "beratung")
    database.do(change.cancel, code, "beratung")
    database.do(change.add, code, ["beratung"])
    database.do(change.cancel, code)
    database.do(breaks.back, code, at_reception=True)
    assert states(database, code) == ["waiting", "cancelled", "planned"]


def test_what_the_day_ended_stays_so(database: Database) -> None:
    code = issued(database)
    database.do(day.close_day)
    with pytest.raises(WrongState):
        database.do(breaks.readmit, code)
    with pytest.raises(WrongState):
        database.do(breaks.back, code, at_reception=True)


def test_what_was_not_for_today_stays_so(open_database: Callable[..., Database], clock: HandClock) -> None:
    database = open_database(clock)
    code = issued(database, "anmeldung", "beratung")
    put_off = sa.update(schema.stop).where(schema.stop.c.service == "beratung")
    ended = {"state": "cancelled", "reason": OwnReason.NOT_TODAY, "closed_at": clock.moment}
    database.keep(lambda t: t.execute(put_off.values(ended)) and None)
    database.do(change.cancel, code)
    database.do(breaks.back, code, at_reception=True)
    assert states(database, code) == ["waiting", "cancelled"]


def test_what_the_plan_no_longer_has_is_not_brought_back(database: Database, leipzig: Config) -> None:
    code, other = issued(database, "freiwillige", "beratung"), issued(database, "freiwillige")
    for each in (code, other):
        database.do(change.cancel, each)
    database.do(apply, without_desk(without_service(leipzig.plan_toml, "freiwillige"), "17"), True)
    database.do(breaks.back, code, at_reception=True)
    assert states(database, code) == ["cancelled", "waiting"]
    with pytest.raises(WrongState):
        database.do(breaks.back, other, at_reception=True)
