"""Case 21: a plan from the database makes a computer print only to files that this computer allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankommen.commands.printer import ask
from printers.spool import Spool
from printers.worker import print_now
from shared.config import Config, Device, Plan, parse_plan
from shared.model import Arrival, PrinterCondition, PrintState
from shared.store.database import Database
from shared.verbs.paper import print_jobs
from shared.verbs.visits.issue import issue

HERE = Arrival(packages=("neu",))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "notes.txt"


@pytest.fixture
def plan(leipzig: Config, file: Path) -> Plan:
    """Leipzig, whose printer is a file."""
    return parse_plan(leipzig.plan_toml.replace("tcp://127.0.0.1:9100", f"file://{file}"))


def test_case_21_a_slip_for_a_strange_file_fails_and_says_why(database: Database, plan: Plan, file: Path) -> None:
    slip = database.do(issue, HERE, "empfang").print
    assert slip
    failed = print_now(database, plan, slip, training=False)
    assert failed.state is PrintState.FAILED
    assert failed.detail == f"This computer prints to no such file: file://{file} is not in [device] printer_files."
    known = ask(plan, "empfang", Device())
    assert (known.status, known.detail) == (PrinterCondition.UNREACHABLE, failed.detail)
    assert not file.exists()


def test_case_21_a_worker_goes_on_failing_such_slips_instead_of_keeping_them(database: Database, plan: Plan) -> None:
    worker = Spool(database, lambda: plan, "empfang", training=False)
    for _ in range(2):
        database.do(issue, HERE, "empfang")
        worker.round()
        assert not database.read(print_jobs.anything_queued, "empfang")


def test_case_21_a_file_that_the_computer_allows_is_written(database: Database, plan: Plan, file: Path) -> None:
    slip = database.do(issue, HERE, "empfang").print
    assert slip
    computer = Device(printer_files=(f"{file.parent}/*.txt",))
    assert print_now(database, plan, slip, training=False, computer=computer).state is PrintState.UNPROVEN
    assert file.stat().st_size


def test_case_21_a_file_given_by_hand_is_always_allowed(database: Database, plan: Plan, file: Path) -> None:
    slip = database.do(issue, HERE, f"file://{file}").print
    assert slip
    assert print_now(database, plan, slip, training=False).state is PrintState.UNPROVEN


def test_nothing_is_queued_for_no_printer(database: Database) -> None:
    assert database.do(issue, HERE, "none").print is None
    assert not database.read(print_jobs.anything_queued, "none")
