"""Case 4: nobody slips in between the look at who is in the house and the new plan."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from shared.config import Config
from shared.errors import PlanRefused
from shared.model import Arrival, Ticket
from shared.store.database import Database, Transaction
from shared.verbs.site.apply import apply
from shared.verbs.visits.issue import issue
from shared.views.in_force import plan_in_force
from tests.support.plans import without_desk, without_service
from tests.support.postgres import waits_for_locks
from tests.support.waiting import PATIENCE_S, wait_until


@pytest.mark.engine("postgres")
def test_case_4_a_number_that_is_on_its_way_under_the_old_plan_is_waited_for(
    open_database: Callable[..., Database], leipzig: Config
) -> None:
    kiosk, office = open_database(), open_database()
    reads, goes_on = Event(), Event()

    def slow_issue(t: Transaction) -> Ticket:
        plan_in_force(t)
        reads.set()
        assert goes_on.wait(PATIENCE_S)
        return issue(t, Arrival(services=("freiwillige",)))

    fewer = without_desk(without_service(leipzig.plan_toml, "freiwillige"), "17")
    with ThreadPoolExecutor(2) as threads:
        ticket = threads.submit(kiosk.do, slow_issue)
        assert reads.wait(PATIENCE_S)
        applied = threads.submit(office.do, apply, fewer, True)
        wait_until(lambda: office.read(waits_for_locks))
        goes_on.set()
        code = ticket.result().code
        with pytest.raises(PlanRefused, match=f"{code} still needs freiwillige"):
            applied.result()
