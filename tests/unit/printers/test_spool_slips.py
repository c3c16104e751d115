"""What a worker of a printer takes from the queue: copies, leaflets, a test page, the promise on a ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from PIL import Image

from printers import slips
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from shared.config import Config
from shared.errors import ConfigInvalid, ServiceUnknown
from shared.model import Arrival, PrintKind, PrintState, Ticket, Wait
from shared.rules.waiting_time import LEAST_FINISHED
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.learned import promises
from shared.verbs.look_up import find_ticket
from shared.verbs.paper import print_jobs
from shared.verbs.site.apply import apply
from shared.verbs.visits.issue import issue as issue_visit
from shared.views.in_force import plan_in_force
from shared.views.paper import read_print_job
from tests.support.clock import HandClock
from tests.support.paper import FAMILY, codes, job

pytestmark = pytest.mark.usefixtures("quick_printers")


def test_copies_are_counted_and_marked(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket], open_spool: Callable[..., Spool]
) -> None:
    ticket, worker = issue(), open_spool()
    for n in (1, 2):
        again = database.do(print_jobs.reprint, ticket.code, printer.url)
        assert again.print
        assert (again.print.kind, again.print.copy, again.token) == (PrintKind.COPY, n, ticket.token)
    worker.round()
    assert codes(printer) == [ticket.token] * 3
    assert len({path.read_bytes() for path in printer.papers}) == 3


def test_a_repeated_request_makes_no_second_copy(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket]
) -> None:
    ticket, request = issue(), uuid4()
    copies = [database.once(request, print_jobs.reprint, ticket.code, printer.url).print for _ in range(2)]
    assert copies[0] == copies[1]


def test_a_leaflet_comes_with_the_ticket_where_the_plan_says_so(
    open_database: Callable[..., Database], leipzig: Config, printer: VirtualPrinter
) -> None:
    database = open_database()
    text = leipzig.plan_toml.replace(
        "[services.anmeldung]\n",
        '[services.anmeldung]\nleaflet.de = ["Fragen?", "Tel. 0341 123"]\nleaflet_with_ticket = true\n',
    )
    database.do(apply, text, True)
    ticket = database.do(issue_visit, FAMILY, printer.url)
    Spool(database, lambda: database.read(plan_in_force), printer.url, training=True).round()
    assert len(printer.papers) == 2
    assert codes(printer) == [ticket.token]
    assert database.read(find_ticket, ticket.code).print == replace(job(database, ticket))


def test_a_leaflet_is_printed_when_asked_for(
    database: Database, printer: VirtualPrinter, issue: Callable[..., Ticket], open_spool: Callable[..., Spool]
) -> None:
    ticket = issue()
    asked = database.do(print_jobs.leaflet, ticket.code, "schule", printer.url)
    with pytest.raises(ServiceUnknown, match="anmeldung"):
        database.do(print_jobs.leaflet, ticket.code, "freiwillige", printer.url)
    open_spool().round()
    assert database.read(read_print_job, asked.id).state is PrintState.PRINTED
    assert len(printer.papers) == 2


def test_a_test_page_is_for_nobody(
    database: Database, printer: VirtualPrinter, open_spool: Callable[..., Spool]
) -> None:
    asked = database.do(print_jobs.page_for_nobody, printer.url)
    open_spool().round()
    assert database.read(read_print_job, asked.id).state is PrintState.PRINTED
    assert codes(printer) == []


def test_a_ticket_that_cannot_be_drawn_comes_as_text(
    database: Database,
    printer: VirtualPrinter,
    issue: Callable[..., Ticket],
    open_spool: Callable[..., Spool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_picture(*_: object, **__: object) -> Image.Image:
        raise ConfigInvalid(["the fonts lack everything"])

    monkeypatch.setattr(slips, "ticket_picture", no_picture)
    ticket = issue()
    open_spool().round()
    assert job(database, ticket).state is PrintState.PRINTED
    assert len(printer.papers) == 1
    assert printer.errors == []


def test_a_ticket_says_what_was_promised_and_its_copy_does_not(
    database: Database,
    clock: HandClock,
    printer: VirtualPrinter,
    open_spool: Callable[..., Spool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[Wait | None] = []

    def noting(*drawing: object, wait: Wait | None, **more: object) -> Image.Image:
        told.append(wait)
        return drawn(*drawing, wait=wait, **more)  # type: ignore[arg-type]

    drawn = slips.ticket_picture
    monkeypatch.setattr(slips, "ticket_picture", noting)
    one = Arrival(services=("anmeldung",))
    for _ in range(LEAST_FINISHED):
        database.do(issue_visit, one)
    database.do(opening.open_desk, "1", ("anmeldung",))
    for _ in range(LEAST_FINISHED):
        database.do(calls.call_next, "1")
        database.do(calls.start, "1")
        clock.forward(minutes=9)
        database.do(calls.finish, "1")
    ticket = database.do(issue_visit, one, printer.url)
    database.do(print_jobs.reprint, ticket.code, printer.url)
    assert open_spool().round()
    assert told == [Wait(0, 5), None]
    assert database.read(promises.given, ticket.visit_id) == told[0]


@pytest.mark.parametrize("broken", ["foresee", "give"])
def test_whatever_is_wrong_with_a_promise_the_number_comes_out(
    broken: str,
    database: Database,
    printer: VirtualPrinter,
    issue: Callable[..., Ticket],
    open_spool: Callable[..., Spool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a fault")

    if broken == "give":
        promise = promises.Promise(1, "anmeldung", database.now(), 9, Wait(5, 15))
        monkeypatch.setattr(promises, "foresee", lambda *_: promise)
    monkeypatch.setattr(promises, broken, fail)
    ticket = issue()
    assert open_spool().round()
    assert codes(printer) == [ticket.token]
    assert job(database, ticket).state is PrintState.PRINTED
