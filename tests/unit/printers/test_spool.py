"""From the queue in the database to paper: in order, by one worker, never twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from printers import letters, spool
from printers.served import Chain
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from printers.worker import PrintWorker, print_now
from shared.config import Config, Device, parse_plan
from shared.model import Doubt, PrintState, Ticket
from shared.store import schema
from shared.store.database import Database
from shared.verbs.paper import leases, print_jobs
from shared.verbs.site.apply import apply
from shared.verbs.visits.issue import issue as issue_visit
from shared.views.in_force import plan_in_force
from shared.views.paper import read_printers
from tests.support.clock import HandClock
from tests.support.paper import FAMILY, codes, job
from tests.support.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.usefixtures("quick_printers")


def test_slips_come_out_in_the_order_of_the_queue(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket], open_spool: Callable[..., Spool]
) -> None:
    tickets = [issue() for _ in range(3)]
    assert open_spool().round()
    assert codes(printer) == [ticket.token for ticket in tickets]
    assert {job(database, ticket).state for ticket in tickets} == {PrintState.PRINTED}
    assert printer.errors == []


def test_a_ticket_in_a_language_that_was_expected_finds_its_letters_drawn(
    open_spool: Callable[..., Spool],
    issue: Callable[..., Ticket],
    printer: VirtualPrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letters.stencil.cache_clear()
    drawn = letters.stencil.cache_info
    is_ready, make_ready = threading.Event(), Spool.make_ready
    monkeypatch.setattr(Spool, "make_ready", lambda *wish: make_ready(*wish) or is_ready.set())
    spool = open_spool()
    worker = PrintWorker(lambda: [spool])
    worker.start()
    worker.expect("ka")
    assert is_ready.wait(PATIENCE_S), "nothing was drawn ahead"
    ready = drawn().misses
    ticket = issue(replace(FAMILY, language="ka"))
    worker.wake()
    wait_until(lambda: len(printer.papers) == 1)
    worker.stop()
    assert codes(printer) == [ticket.token]
    assert 0 <= drawn().misses - ready < ready / 2


def test_a_language_that_cannot_be_drawn_ends_no_worker(
    issue: Callable[..., Ticket], open_spool: Callable[..., Spool], printer: VirtualPrinter
) -> None:
    spool = open_spool()
    worker = PrintWorker(lambda: [spool])
    worker.start()
    worker.expect("xx")
    issue()
    worker.wake()
    wait_until(lambda: len(printer.papers) == 1)
    worker.stop()


def test_a_printer_has_one_worker(issue: Callable[..., Ticket], open_spool: Callable[..., Spool]) -> None:
    first, second = open_spool(), open_spool()
    assert first.round()
    issue()
    assert not second.round()
    first.let_go()
    assert second.round()
    assert not first.round()


def test_a_slip_whose_worker_was_lost_is_unproven_and_stays_so(
    database: Database,
    clock: HandClock,
    printer: VirtualPrinter,
    issue: Callable[..., Ticket],
    open_spool: Callable[..., Spool],
) -> None:
    ticket = issue()
    database.keep(leases.hold, printer.url, "lost", 10)
    assert database.keep(print_jobs.take_next, printer.url, "lost", 10)
    worker = open_spool()
    assert not worker.round()
    clock.forward(seconds=11)
    assert worker.round()
    assert job(database, ticket).state is PrintState.UNPROVEN
    assert job(database, ticket).doubt is Doubt.LOST
    assert printer.papers == []


def empty_cuts(printer: VirtualPrinter) -> int:
    return (printer.papers[0].parent / "log.jsonl").read_text(encoding="utf-8").count("empty cut")


def test_what_may_hang_out_of_a_printer_is_cut_off_before_the_next_slip(
    printer: VirtualPrinter, issue: Callable[..., Ticket], open_spool: Callable[..., Spool]
) -> None:
    worker = open_spool()
    cut = []
    for fault in (False, True, False, False):  # the second one is not confirmed
        printer.set_fault("no_process_id", fault)
        issue()
        assert worker.round()
        cut.append(empty_cuts(printer))
    assert cut == [0, 0, 1, 1]


def test_a_printer_that_never_confirms_is_not_suspected_each_time(
    printer: VirtualPrinter, issue: Callable[..., Ticket], open_spool: Callable[..., Spool]
) -> None:
    printer.set_fault("no_process_id")
    worker = open_spool()
    for _ in range(2):
        issue()
        assert worker.round()
    assert len(printer.papers) == 2
    assert empty_cuts(printer) == 0


def test_a_printer_is_held_for_longer_only_while_a_slip_is_in_hand(
    database: Database,
    clock: HandClock,
    issue: Callable[..., Ticket],
    open_spool: Callable[..., Spool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lease_s() -> float:
        with database.engine.connect() as connection:
            until = connection.execute(sa.select(schema.printer_state.c.lease_until)).scalar_one()
        return float((until - clock.moment).total_seconds())

    during: list[float] = []
    send = spool.escpos.print_bytes
    monkeypatch.setattr(spool.escpos, "print_bytes", lambda *a, **k: during.append(lease_s()) or send(*a, **k))
    worker = open_spool()
    for _ in range(2):
        issue()
        assert worker.round()
        assert lease_s() == spool.LEASE_S
    assert during == [spool.SLIP_LEASE_S] * 2


def test_who_no_longer_holds_a_printer_takes_nothing(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket]
) -> None:
    issue()
    database.keep(leases.hold, printer.url, "holder", 10)
    with pytest.raises(print_jobs.PrinterUnavailable):
        database.keep(print_jobs.take_next, printer.url, "somebody else", 10)


def test_a_slip_waits_for_paper_and_comes_out_by_itself(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket], open_spool: Callable[..., Spool]
) -> None:
    printer.set_fault("paper_out")
    ticket, worker = issue(), open_spool()
    worker.round()
    assert (job(database, ticket).state, job(database, ticket).detail) == (
        PrintState.QUEUED,
        "the printer has no paper",
    )
    assert [state.status for state in database.read(read_printers)] == ["paper_out"]
    printer.set_fault("paper_out", False)
    worker.round()
    assert job(database, ticket).state is PrintState.PRINTED
    assert codes(printer) == [ticket.token]
    assert [state.status for state in database.read(read_printers)] == ["ready"]


def test_who_has_left_gets_no_paper_any_more(
    database: Database,
    clock: HandClock,
    printer: VirtualPrinter,
    issue: Callable[..., Ticket],
    open_spool: Callable[..., Spool],
) -> None:
    printer.set_fault("paper_out")
    old, worker = issue(), open_spool()
    worker.round()
    clock.forward(minutes=11)
    new = issue()
    printer.set_fault("paper_out", False)
    worker.round()
    assert job(database, old).state is PrintState.CANCELLED
    assert codes(printer) == [new.token]


def test_a_state_is_written_down_only_when_it_changes(
    database: Database, printer: VirtualPrinter, open_spool: Callable[..., Spool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "LOOK_S", 0.0)
    worker = open_spool()
    for fault in ("paper_low", "paper_low", "cover_open"):
        printer.set_fault(fault)
        worker.round()
        worker.round()
    with database.engine.connect() as connection:
        events = connection.execute(sa.select(schema.event.c.kind).where(schema.event.c.kind == "printer")).all()
    assert len(events) == 2
    (state,) = database.read(read_printers)
    assert (state.status, state.watched) == ("cover_open", True)


def test_another_printer_stands_in(
    tmp_path: Path, open_database: Callable[..., Database], leipzig: Config, printer: VirtualPrinter
) -> None:
    database = open_database()
    with VirtualPrinter(tmp_path / "second") as second:
        text = leipzig.plan_toml.replace('url = "tcp://127.0.0.1:9100"', f'url = "{printer.url}"\nfallback = "zwei"')
        database.do(apply, f'{text}\n[printers.zwei]\nurl = "{second.url}"\nfallback = "empfang"\n', True)
        ticket = database.do(issue_visit, FAMILY, "empfang")
        printer.set_fault("cover_open")
        plan = database.read(plan_in_force)
        assert ticket.print
        printed = print_now(database, plan, ticket.print, training=True)
        assert (printed.state, printed.printer) == (PrintState.PRINTED, "zwei")
        assert codes(second) == [ticket.token]
        assert printer.papers == []


def test_a_command_leaves_nothing_behind_that_nobody_prints(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket]
) -> None:
    printer.set_fault("offline")
    ticket = issue()
    assert ticket.print
    failed = print_now(database, database.read(plan_in_force), ticket.print, training=False)
    assert (failed.state, failed.detail) == (PrintState.FAILED, "the printer is offline")


def test_a_command_beside_a_kiosk_whose_printer_is_dead_says_at_once_that_the_slip_waits(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket], open_spool: Callable[..., Spool]
) -> None:
    kiosk = open_spool()
    printer.set_fault("offline")
    kiosk.round()
    ticket = issue()
    assert ticket.print
    waits = print_now(database, database.read(plan_in_force), ticket.print, training=False)
    assert (waits.state, waits.detail) == (PrintState.QUEUED, "it waits: the printer is offline")
    printer.set_fault("offline", False)
    kiosk.round()
    assert codes(printer) == [ticket.token]


def test_a_printer_of_another_computer_is_left_to_it(leipzig: Config, database: Database) -> None:
    text = leipzig.plan_toml.replace('url = "tcp://127.0.0.1:9100"', 'url = "usb:123"\nhost = "eingang_1"')
    plan = parse_plan(text)
    one, other = (
        Chain(database, lambda: plan, lambda: "empfang", training=False, computer=Device(name=name))
        for name in ("eingang_1", "eingang_2")
    )
    assert [each.printer for each in one()] == ["empfang"]
    assert not other()


def test_a_worker_prints_as_soon_as_it_is_woken_and_again_when_paper_is_back(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket], open_spool: Callable[..., Spool]
) -> None:
    spool = open_spool()
    worker = PrintWorker(lambda: [spool])
    worker.start()
    try:
        first = issue()
        worker.wake()
        wait_until(lambda: len(printer.papers) == 1)
        printer.set_fault("paper_out")
        second = issue()
        worker.wake()
        printer.set_fault("paper_out", False)
        wait_until(lambda: len(printer.papers) == 2)
    finally:
        worker.stop()
    assert codes(printer) == [first.token, second.token]
    assert not any(state.watched for state in database.read(read_printers))
