"""What happens by time alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from ankommen.opening import Options
from shared.centre import Centre
from shared.config import Config
from shared.errors import DeskClosed
from shared.model import DeskState, LostDesk
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks import by_number, calls, letting_go, opening
from shared.verbs.site.due import anything_due, tidy
from shared.verbs.visits import breaks
from shared.views.desk import read_desk
from shared.views.room import read_calls
from shared.views.site import lost_desks, read_hall
from tests.support.clock import HandClock
from tests.unit.shared.verbs.acting import called, issued, serving, states


def written(t: Transaction) -> list[int]:
    """Counts of everything that a verb writes."""
    tables = (schema.event, schema.request, schema.step, schema.call)
    return [t.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables]


def test_when_nothing_is_due_nothing_is_written(database: Database, clock: HandClock) -> None:
    issued(database)
    called(database)
    database.do(letting_go.missed, "1")
    clock.forward(minutes=4)
    before = database.read(written)
    assert not database.read(anything_due)
    assert not database.do(tidy)
    assert database.read(written)[0] == before[0]


def test_each_next_tidies_first(database: Database, clock: HandClock) -> None:
    code = issued(database)
    called(database)
    database.do(letting_go.missed, "1")
    clock.forward(minutes=5)
    assert called(database, "2") == code


@pytest.mark.parametrize(("is_there", "state"), [(False, "waiting"), (True, "parked")])
def test_a_console_that_falls_silent_gives_its_visitor_back(
    database: Database, clock: HandClock, is_there: bool, state: str
) -> None:
    code = issued(database, "anmeldung")
    (serving if is_there else called)(database)
    assert database.do(opening.renew_lease, "1", "console a")
    clock.forward(minutes=2)
    assert not database.do(tidy)
    clock.forward(seconds=1)
    assert database.do(tidy)
    assert states(database, code) == [state]
    desk = database.read(read_desk, "1")
    assert (desk.state, desk.call) == (DeskState.CLOSED, None)
    assert not database.do(tidy)


def test_a_console_that_speaks_up_keeps_its_desk_and_no_other_gets_it(database: Database, clock: HandClock) -> None:
    assert not database.do(opening.renew_lease, "1", "console a")  # closed
    database.do(opening.open_desk, "1")
    before = database.read(written)[0]
    for _ in range(3):
        assert database.do(opening.renew_lease, "1", "console a")
        assert not database.do(opening.renew_lease, "1", "console b")
        clock.forward(minutes=1)
        assert not database.do(tidy)
    assert database.read(written)[0] == before  # no word to the faces
    database.do(opening.open_desk, "1", None, (), True)
    assert database.do(opening.renew_lease, "1", "console b")


def test_a_desk_run_by_commands_is_never_lost(database: Database, clock: HandClock) -> None:
    issued(database)
    serving(database)
    clock.forward(hours=5)
    assert not database.do(tidy)


def test_at_the_end_of_the_day_what_is_open_is_cancelled(database: Database, clock: HandClock) -> None:
    served, called_, waiting = (issued(database) for _ in range(3))
    serving(database)
    called(database, "2")
    clock.forward(days=1)
    assert database.do(tidy)

    def left(t: Transaction) -> set[tuple[str, str | None]]:
        stops = t.execute(sa.select(schema.stop.c.state, schema.stop.c.reason))
        return {(row.state, row.reason) for row in stops}

    assert database.read(left) == {("cancelled", "_day_end")}
    assert database.read(read_calls) == ()
    assert not database.do(tidy)
    assert {served, called_, waiting} == {"A001", "A002", "A003"}
    assert issued(database) == "A001"


def test_a_face_brings_about_what_is_due_by_itself(
    open_database: Callable[..., Database], clock: HandClock, leipzig: Config
) -> None:
    database = open_database(clock)
    code = issued(database)
    called(database)
    database.do(letting_go.missed, "1")
    clock.forward(minutes=5)
    centre = Centre(open_database(clock), leipzig.device)
    try:
        centre._refresh()
    finally:
        centre.close()
    assert states(database, code)[0] == "waiting"
    with pytest.raises(Exception, match="Nobody is called"):
        database.do(calls.start, "1")


def lost(database: Database, clock: HandClock) -> str:
    """Somebody is being served at desk 1 when its console goes silent."""
    code = issued(database, "anmeldung")
    serving(database)
    database.do(opening.renew_lease, "1", "console a")
    clock.forward(minutes=3)
    database.do(tidy)
    return code


def test_reception_learns_who_was_left_at_a_lost_console(database: Database, clock: HandClock) -> None:
    code = lost(database, clock)
    assert database.read(lost_desks) == (LostDesk("1", (code,)),)
    assert database.read(read_hall).lost == (LostDesk("1", (code,)),)


@pytest.mark.parametrize("dealt", ["the desk is opened", "another desk calls", "unparked", "back", "time"])
def test_the_alarm_ends_when_somebody_has_dealt_with_it(database: Database, clock: HandClock, dealt: str) -> None:
    code = lost(database, clock)
    database.do(opening.open_desk, "2")
    assert database.read(lost_desks)
    match dealt:
        case "the desk is opened":
            database.do(opening.open_desk, "1")
        case "another desk calls":
            database.do(by_number.call_number, "2", code)
        case "unparked":
            database.do(by_number.unpark, "2", code)
        case "back":
            database.do(breaks.back, code)
        case "time":
            clock.forward(minutes=15)
            database.do(tidy)
    assert database.read(lost_desks) == ()


def test_a_lost_console_with_nobody_or_only_a_call_is_no_alarm(database: Database, clock: HandClock) -> None:
    issued(database)
    called(database)
    database.do(opening.open_desk, "2")
    for desk in ("1", "2"):
        database.do(opening.renew_lease, desk, "console a")
    clock.forward(minutes=3)
    database.do(tidy)
    assert database.read(lost_desks) == ()


def test_who_was_left_twice_stands_at_the_desk_of_the_last_time(database: Database, clock: HandClock) -> None:
    code = lost(database, clock)
    database.do(opening.open_desk, "2")
    database.do(by_number.call_number, "2", code)
    database.do(calls.start, "2")
    database.do(opening.renew_lease, "2", "console b")
    clock.forward(minutes=3)
    database.do(tidy)
    assert database.read(lost_desks) == (LostDesk("2", (code,)),)


@pytest.mark.parametrize("served", [False, True])
def test_a_desk_whose_console_is_long_gone_is_closed_before_anybody_has_tidied(
    database: Database, clock: HandClock, served: bool
) -> None:
    code = issued(database, "anmeldung")
    (serving if served else called)(database)
    database.do(opening.renew_lease, "1", "console a")
    clock.forward(minutes=2)
    assert database.read(read_desk, "1").state is DeskState.OPEN
    assert database.read(lost_desks) == ()
    clock.forward(seconds=1)
    hall = database.read(read_hall)
    assert {desk.state for desk in hall.desks} == {DeskState.CLOSED}
    assert not any(queue.open for queue in hall.queues)
    assert hall.lost == ((LostDesk("1", (code,)),) if served else ())
    database.do(tidy)
    assert database.read(read_hall).lost == hall.lost


def test_a_desk_whose_console_is_long_gone_opens_at_once(database: Database, clock: HandClock) -> None:
    database.do(opening.open_desk, "1")
    database.do(opening.renew_lease, "1", "console a")
    clock.forward(minutes=3)
    with pytest.raises(DeskClosed):
        database.do(calls.call_next, "1")
    assert database.do(opening.open_desk, "1").desk.state is DeskState.OPEN
    clock.forward(hours=1)
    assert not database.do(tidy)


def test_what_was_due_stays_done_although_the_command_is_refused(database: Database, clock: HandClock) -> None:
    code = issued(database, "anmeldung")
    called(database)
    database.do(opening.renew_lease, "1", "console a")
    clock.forward(minutes=3)
    with pytest.raises(DeskClosed):
        Options().do(database, calls.call_next, "1")
    assert states(database, code) == ["waiting"]
    assert not database.read(anything_due)
    assert Options().do(database, opening.open_desk, "1").call is None
