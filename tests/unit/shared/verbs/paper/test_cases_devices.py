"""Case 20: no paper says to wait for a call that will not come."""

from __future__ import annotations

import pytest

from shared.errors import WrongState
from shared.model import PrintKind, PrintState
from shared.store.database import Database
from shared.verbs.desks import calls
from shared.verbs.desks.letting_go import missed
from shared.verbs.paper import leases, print_jobs
from shared.verbs.visits import breaks, change
from shared.views.paper import read_print_job
from tests.unit.shared.verbs.acting import called, issued, serving, states


def refused(database: Database, code: str) -> str:
    with pytest.raises(WrongState) as refusal:
        database.do(print_jobs.reprint, code.lower(), "empfang")
    return refusal.value.message


def test_case_20_a_cancelled_visit_has_no_copy_until_it_is_back(database: Database) -> None:
    code = issued(database)
    database.do(change.cancel, code, None, True)
    assert refused(database, code) == f"{code} is cancelled: nobody calls it. Back again: ticket back"
    database.do(breaks.back, code, None, at_reception=True)
    copy = database.do(print_jobs.reprint, code, "empfang").print
    assert copy
    assert (copy.kind, copy.copy) == (PrintKind.COPY, 1)


def test_case_20_nor_has_one_that_is_gone(database: Database) -> None:
    code = issued(database, "geld")
    for _ in range(2):
        assert called(database, "8") == code
        database.do(missed, "8")
        if states(database, code) != ["gone"]:
            database.do(breaks.back, code)
    assert refused(database, code) == f"{code} is gone: nobody calls it. Back again: ticket back"


def test_case_20_nor_has_one_that_is_settled(database: Database) -> None:
    code = issued(database, "geld")
    assert serving(database, "8") == code
    database.do(calls.finish, "8")
    assert refused(database, code) == f"{code} is settled: nobody calls it any more."


def test_case_20_a_copy_that_still_waits_goes_with_its_visit(database: Database) -> None:
    code = issued(database)
    copy = database.do(print_jobs.reprint, code, "empfang").print
    assert copy
    database.do(change.cancel, code, None, True)
    database.keep(leases.hold, "empfang", "holder", 10)
    assert database.keep(print_jobs.take_next, "empfang", "holder", 10) is None
    gone = database.read(read_print_job, copy.id)
    assert (gone.state, gone.detail) == (PrintState.CANCELLED, print_jobs.TOO_OLD)
