"""Case 2 for several processes of a centre: what one of them stores of the time counts for all at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
import sqlalchemy as sa

from shared.errors import Closed
from shared.model import StopState
from shared.store import schema
from shared.store.database import Database
from shared.verbs.desks import opening
from shared.verbs.look_up import find_ticket
from shared.verbs.paper import leases
from shared.verbs.site.clock import confirm_clock
from shared.verbs.site.due import look_after
from tests.support.clock import HandClock
from tests.unit.shared.verbs.acting import issued, serving, states


@pytest.fixture
def other(open_database: Callable[..., Database]) -> tuple[Database, HandClock]:
    """The same centre as a process sees it that has asked the server for its time more lately; and its clock."""
    clock = HandClock()
    return open_database(clock), clock


def test_case_2_a_console_that_looked_a_moment_ago_keeps_its_desk_as_the_clock_is_confirmed(
    database: Database, other: tuple[Database, HandClock]
) -> None:
    there, clock = other
    code = issued(database)
    serving(database)
    database.keep(opening.renew_lease, "1", "console")
    database.do(leases.hold, "p", "worker", 8.0)
    database.look()
    clock.jump(hours=1)
    there.do(confirm_clock)
    assert database.keep(opening.renew_lease, "1", "console")
    assert database.keep(leases.hold, "p", "worker", 8.0) is leases.Hold.MINE
    there.do(look_after)
    assert states(there, code)[0] == StopState.SERVING
    assert there.do(leases.hold, "p", "other", 8.0) is leases.Hold.OTHERS


@pytest.mark.parametrize("confirmed", [{"days": 1}, {"days": -1}])
def test_case_2_a_process_that_looked_a_moment_ago_ends_no_day_that_was_confirmed_since(
    confirmed: dict[str, float], database: Database, other: tuple[Database, HandClock]
) -> None:
    there, clock = other
    issued(database)
    database.look()
    clock.jump(**confirmed)
    there.do(confirm_clock)
    code = issued(there)
    drawn: list[str] = []
    with suppress(Closed):
        drawn.append(issued(database))
    database.do(look_after)
    assert [there.read(find_ticket, number).code for number in drawn] == drawn, "of the confirmed day, or not given"
    assert states(there, code)[0] == StopState.WAITING


@pytest.mark.parametrize("seconds", [-90, 90])
def test_case_2_numbers_stand_in_the_order_they_were_drawn_while_a_clock_is_corrected(
    seconds: float, database: Database, other: tuple[Database, HandClock]
) -> None:
    there, theirs = other
    for process in (database, there):
        process.look()
    theirs.jump(seconds=seconds)
    drawn = [issued(process) for process in (there, database, there, database)]
    rank = sa.select(schema.stop.c.rank_at).join(schema.visit).order_by(schema.visit.c.number)
    ranks = [at for at in database.read(lambda t: t.execute(rank).scalars().all()) if at is not None]
    assert len(ranks) == len(drawn)
    assert ranks == sorted(ranks)
