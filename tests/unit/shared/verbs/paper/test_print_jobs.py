"""Slips of a queue: a worker that takes the next one keeps no other."""

from __future__ import annotations

import sqlalchemy as sa

from shared.model import Doubt, PrinterCondition, PrintState
from shared.store import schema
from shared.store.database import Database
from shared.verbs.paper import leases, print_jobs
from shared.views.paper import find_print_job, read_print_job, read_printers


def test_a_slip_that_was_never_settled_is_unproven_when_the_next_one_is_taken(database: Database) -> None:
    first, second = (database.do(print_jobs.page_for_nobody, "empfang") for _ in range(2))
    other = database.do(print_jobs.page_for_nobody, "zwei")
    for printer in ("empfang", "zwei"):
        database.keep(leases.hold, printer, "holder", 10)
        database.keep(print_jobs.take_next, printer, "holder", 10)
    taken = database.keep(print_jobs.take_next, "empfang", "holder", 10)
    assert taken
    assert (taken.id, taken.state) == (second.id, PrintState.SENDING)
    doubted = database.read(read_print_job, first.id)
    assert (doubted.state, doubted.doubt) == (PrintState.UNPROVEN, Doubt.LOST)
    assert database.read(read_print_job, other.id).state is PrintState.SENDING
    assert database.keep(print_jobs.take_next, "empfang", "holder", 10) is None
    assert database.read(read_print_job, second.id).state is PrintState.UNPROVEN


def test_a_worker_that_was_thought_lost_may_still_say_that_it_printed_and_nothing_else(database: Database) -> None:
    slip = database.do(print_jobs.page_for_nobody, "empfang")
    database.keep(leases.hold, "empfang", "slow", 10)
    database.keep(print_jobs.take_next, "empfang", "slow", 10)
    database.keep(leases.doubt_what_was_being_sent, "empfang")
    assert not database.keep(print_jobs.settle, slip.id, PrintState.FAILED, "nothing was sent")
    assert database.read(read_print_job, slip.id).state is PrintState.UNPROVEN
    assert database.keep(print_jobs.settle, slip.id, PrintState.PRINTED, None)
    printed = database.read(read_print_job, slip.id)
    assert (printed.state, printed.doubt) == (PrintState.PRINTED, None)


def test_whoever_still_looks_at_a_slip_that_was_deleted_finds_none(database: Database) -> None:
    slip = database.do(print_jobs.page_for_nobody, "empfang")
    assert database.read(find_print_job, slip.id) == slip
    assert database.read(find_print_job, slip.id + 1) is None


def test_a_condition_that_a_newer_program_has_written_is_unknown_and_ends_nobody(database: Database) -> None:
    database.keep(leases.hold, "empfang", "holder", 10)
    with database.engine.begin() as connection:
        connection.execute(sa.update(schema.printer_state).values(status="jammed"))
    assert [state.status for state in database.read(read_printers)] == [PrinterCondition.UNKNOWN]
