"""Case 4: a leaflet that waits while a plan drops its service fails in words; the slips behind it come out."""

from __future__ import annotations

from printers.spool import Spool
from printers.virtual import VirtualPrinter
from shared.config import Config, parse_plan
from shared.model import PrintKind, PrintState
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.verbs.paper import print_jobs
from shared.views.paper import read_print_job
from tests.support.plans import without_desk, without_service
from tests.unit.shared.verbs.acting import issued


def test_case_4_a_leaflet_about_a_service_that_is_gone_fails_and_holds_up_nobody(
    database: Database, printer: VirtualPrinter, leipzig: Config
) -> None:
    plan = parse_plan(without_desk(without_service(leipzig.plan_toml, "freiwillige"), "17"))
    visit_id = database.read(find_ticket, issued(database)).visit_id
    slips = [(PrintKind.LEAFLET, "freiwillige", 0), (PrintKind.COPY, None, 1)]
    leaflet, copy = (
        database.do(print_jobs.queue, printer.url, kind, visit_id, service=service, copy=copy)
        for kind, service, copy in slips
    )
    Spool(database, lambda: plan, printer.url, training=False).round()
    failed = database.read(read_print_job, leaflet.id)
    assert failed.state is PrintState.FAILED
    assert "'freiwillige' any more" in (failed.detail or "")
    assert database.read(read_print_job, copy.id).state is PrintState.PRINTED
