"""Every fault, at rest and in the middle of a slip: the state is right, nothing is printed twice, printing goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from printers import escpos, spool, talk
from printers.layout import ticket_picture
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from shared.model import Arrival, PrintState, Ticket
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.verbs.visits import issue
from shared.views.in_force import plan_in_force
from shared.views.paper import read_printers
from tests.support.paper import codes

FAULTS = {
    "paper_out": "paper_out",
    "cover_open": "cover_open",
    "offline": "offline",
    "cutter_error": "offline",
    "no_status": "unproven",
    "garbage_status": "unproven",
    "stale_status": "ready",
    "hang": None,
    "refuse": None,
    "power_cycle": None,
}
"""Each fault with the state that a check reports."""
POSITIONS = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.95)
"""Shares of the slip's bytes after which the fault comes."""
SOME = (0, 0.5)
"""The shares that the short run tries."""
pytestmark = pytest.mark.usefixtures("quick_printers")
BITE = 100_000
"""Bytes a second, so that a fault can come in the middle of a slip."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slips are given up sooner than in real life, and printers are checked all the time."""
    monkeypatch.setattr(spool, "SLIP_S", 2.5)
    monkeypatch.setattr(spool, "LOOK_S", 0.0)
    monkeypatch.setattr(talk, "_LOOK_S", 0.2)


def whole(printer: VirtualPrinter, token: str) -> int:
    """How many papers have the QR code of a ticket, which is at the end of the slip."""
    return codes(printer).count(token)


def suffer(printer: VirtualPrinter, database: Database, fault: str, share: float) -> Ticket:
    """Print a ticket while a fault comes and goes; returns its final state."""
    plan = database.read(plan_in_force)
    ticket = database.do(issue.issue, Arrival(packages=("neu",)), printer.url)
    length = len(escpos.picture_bytes(ticket_picture(ticket, plan)))
    worker = Spool(database, lambda: plan, printer.url, training=False)
    if share:
        printer.set_fault("slow", BITE)
        printer.at(int(length * share), fault)
    else:
        printer.set_fault(fault)
    worker.round()
    worker.round()
    seen = {state.printer: state.status for state in database.read(read_printers)}[printer.url]
    if expected := FAULTS[fault]:
        assert seen == expected
    for name in ("slow", fault):
        printer.set_fault(name, "off")
    for _ in range(3):
        worker.round()
    after = database.do(issue.issue, Arrival(packages=("neu",)), printer.url)
    worker.round()
    assert database.read(find_ticket, after.code).print.state is PrintState.PRINTED  # type: ignore[union-attr]
    assert whole(printer, after.token) == 1
    return database.read(find_ticket, ticket.code)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    "share", [pytest.param(s, marks=() if s in SOME else pytest.mark.long, id=str(s)) for s in POSITIONS]
)
def test_a_fault_at_any_point_prints_nothing_twice(
    printer: VirtualPrinter, database: Database, fault: str, share: float
) -> None:
    ticket = suffer(printer, database, fault, share)
    assert ticket.print
    assert ticket.print.state in (PrintState.PRINTED, PrintState.UNPROVEN)
    papers = whole(printer, ticket.token)
    assert papers == 1 if ticket.print.state is PrintState.PRINTED else papers <= 1


@pytest.mark.parametrize("share", [pytest.param(s, marks=() if s in SOME else pytest.mark.long) for s in POSITIONS[1:]])
def test_a_connection_that_breaks_at_any_point_prints_once(
    printer: VirtualPrinter, database: Database, share: float
) -> None:
    plan = database.read(plan_in_force)
    ticket = database.do(issue.issue, Arrival(packages=("neu",)), printer.url)
    length = len(escpos.picture_bytes(ticket_picture(ticket, plan)))
    worker = Spool(database, lambda: plan, printer.url, training=False)
    printer.set_fault("drop", int(length * share))
    worker.round()
    printer.set_fault("drop", "off")
    worker.round()
    settled = database.read(find_ticket, ticket.code).print
    assert settled
    assert settled.state in (PrintState.PRINTED, PrintState.UNPROVEN)
    assert whole(printer, ticket.token) <= 1
    assert whole(printer, ticket.token) == 1 or settled.state is PrintState.UNPROVEN


def test_a_roll_ends_and_a_new_one_is_put_in(
    printer: VirtualPrinter, database: Database, make_spool: Callable[[], Spool]
) -> None:
    tickets = [database.do(issue.issue, Arrival(packages=("neu",)), printer.url) for _ in range(4)]
    printer.set_fault("roll", 350)
    worker = make_spool()
    worker.round()
    assert len(printer.papers) in (2, 3)
    worker.round()
    assert [state.status for state in database.read(read_printers)] == ["paper_out"]
    printer.set_fault("roll", "off")
    worker.round()
    worker.round()
    assert [whole(printer, ticket.token) for ticket in tickets] == [1] * 4


def test_paper_takes_its_time(printer: VirtualPrinter, database: Database, make_spool: Callable[[], Spool]) -> None:
    ticket = database.do(issue.issue, Arrival(packages=("neu",)), printer.url)
    printer.set_fault("speed", 400)
    make_spool().round()
    assert whole(printer, ticket.token) == 1


@pytest.fixture
def make_spool(printer: VirtualPrinter, database: Database) -> Callable[[], Spool]:
    """Makes workers for the software printer."""
    return lambda: Spool(database, lambda: database.read(plan_in_force), printer.url, training=False)
