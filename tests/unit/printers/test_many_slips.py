"""Many slips, several worker processes, faults and kills at random moments: every number is accounted for."""

from __future__ import annotations

import multiprocessing
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

import pytest
import sqlalchemy as sa

from printers import spool, talk
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from printers.worker import PrintWorker
from shared.model import Arrival, PrintState
from shared.store import schema
from shared.store.database import Database
from shared.verbs.visits import issue
from shared.views.in_force import plan_in_force
from tests.support.clock import RunningClock
from tests.support.paper import codes
from tests.support.waiting import wait_until

FAULTS = (
    "paper_out",
    "cover_open",
    "offline",
    "cutter_error",
    "refuse",
    "no_status",
    "hang",
    "drop=9000",
    "power_cycle",
)
LONG = pytest.param(1000, marks=pytest.mark.long)
PATIENCE_S = 1200.0
"""For a thousand slips."""


def work(database: str, site: str, printer: str, began: float, impatient: bool) -> None:
    """A worker's process; impatient where faults would make the test long."""
    spool.LOOK_S = 0.2
    if impatient:
        spool.LEASE_S, spool.SLIP_LEASE_S, spool.SLIP_S = 1.0, 4.0, 1.5  # type: ignore[misc]
        talk._STATE_S = talk._IN_ORDER_S = talk._LATE_PROOF_S = 0.5
    opened = Database(database, site, RunningClock(began))
    plan = opened.read(plan_in_force)
    served = Spool(opened, lambda: plan, printer, training=False)
    PrintWorker(lambda: [served]).start()
    threading.Event().wait()


@contextmanager
def worker(
    database: Database, printer: VirtualPrinter, clock: RunningClock, *, impatient: bool
) -> Iterator[BaseProcess]:
    """A worker while it is needed; killed afterwards, whatever it is doing."""
    context = multiprocessing.get_context("spawn")
    url = database.url.render_as_string(hide_password=False)
    process = context.Process(target=work, args=(url, database.site, printer.url, clock.began, impatient))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def states(database: Database) -> Counter[str]:
    with database.engine.connect() as connection:
        return Counter(connection.execute(sa.select(schema.print_job.c.state)).scalars())


def open_slips(database: Database) -> int:
    counted = states(database)
    return counted[PrintState.QUEUED] + counted[PrintState.SENDING]


@pytest.mark.parametrize("count", [30, LONG])
def test_two_workers_of_one_printer_never_mix_their_slips(
    open_database: Callable[..., Database], printer: VirtualPrinter, count: int
) -> None:
    clock = RunningClock()
    database = open_database(clock)
    tokens = [database.do(issue.issue, Arrival(packages=("neu",)), printer.url).token for _ in range(count)]
    with worker(database, printer, clock, impatient=False), worker(database, printer, clock, impatient=False):
        wait_until(lambda: not open_slips(database), patience_s=PATIENCE_S)
    assert states(database) == {PrintState.PRINTED: count}
    assert Counter(codes(printer)) == dict.fromkeys(tokens, 1)
    assert len(printer.papers) == count
    assert printer.errors == []


@pytest.mark.parametrize("count", [30, LONG])
def test_every_number_is_printed_or_known_to_be_in_doubt(
    open_database: Callable[..., Database], printer: VirtualPrinter, count: int
) -> None:
    luck = random.Random(45)
    clock = RunningClock()
    database = open_database(clock)
    tokens: dict[str, int] = {}
    while len(tokens) < count:
        with worker(database, printer, clock, impatient=True):
            for _ in range(luck.randint(5, 15)):
                if len(tokens) < count:
                    ticket = database.do(issue.issue, Arrival(packages=("neu",)), printer.url)
                    tokens[ticket.token] = ticket.visit_id
                if luck.random() < 0.3:
                    fault = luck.choice(FAULTS)
                    printer.set_faults(fault)
                    threading.Event().wait(luck.uniform(0.02, 0.4))
                    printer.set_fault(fault.partition("=")[0], "off")
                threading.Event().wait(luck.uniform(0, 0.15))
            # … and the worker is killed, in the middle of a slip or not.
    with worker(database, printer, clock, impatient=True):
        wait_until(lambda: not open_slips(database), patience_s=PATIENCE_S)
    counted, found = states(database), Counter(codes(printer))
    assert counted[PrintState.PRINTED] + counted[PrintState.UNPROVEN] + counted[PrintState.FAILED] == count
    assert counted[PrintState.PRINTED] > count // 2
    assert max(found.values()) == 1, "no number came out twice"
    with database.engine.connect() as connection:
        printed = connection.execute(
            sa.select(schema.print_job.c.visit_id).filter_by(state=PrintState.PRINTED)
        ).scalars()
        missing = set(printed) - {tokens[token] for token in found}
    assert not missing, "what is called printed is on paper"
