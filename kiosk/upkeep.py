"""What the staff view lets a kiosk do: compare the PIN, look at the printer, print a test page, end the program."""

from __future__ import annotations

from asyncio import to_thread
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from textual.screen import Screen

from faces.asking import Asking
from faces.faults import refused
from kiosk.issuing import Issuing
from kiosk.moves import Step
from kiosk.staff import Errand, Knocking
from kiosk.stand import Stand
from kiosk.steps.staff import checked
from kiosk.way import Way
from shared.centre import Centre
from shared.clock import monotonic
from shared.config.pin import matches
from shared.errors import AnkommenError
from shared.model import PrinterState, PrintJob
from shared.store.database import Transaction
from shared.verbs.paper.print_jobs import page_for_nobody
from shared.views.paper import find_print_job, read_printers


class Upkeep:
    """Runs errands of the staff view. Without a PIN for this computer there is none."""

    def __init__(self, screen: Screen[None], stand: Stand, centre: Centre, issuing: Issuing) -> None:
        """`screen` and `stand` are the same."""
        self._screen, self._stand, self._centre, self._issuing = screen, stand, centre, issuing
        self._pin_hash = centre.device.pin_hash
        self._knocking = Knocking()
        self._asking = Asking(screen, centre)
        self._looks = False

    def touched(self, x: int, y: int) -> None:
        """A touch on this cell; the last one of a knock asks for the PIN."""
        now = monotonic()
        if self._pin_hash is not None and self._knocking.touched(x, y, self._screen.size.width, now):
            self._stand.go(self._stand.way.asks_for_pin(now))

    def follow(self, before: Way) -> None:
        """Run an errand that is new since then."""
        staff = self._stand.way.staff
        match staff.errand if before.staff.errand is None else None:
            case Errand.CHECK:
                self._screen.run_worker(self._check(staff.pin))
            case Errand.TEST:
                self._asking.ask(self._take_page, page_for_nobody, self._issuing.printer)
            case Errand.END:
                self._screen.app.exit(return_code=0)

    def look(self) -> None:
        """Read how the printer and the last test page are, while the staff look at them."""
        way = self._stand.way
        if way.step is Step.STAFF and not self._looks:
            self._looks = True
            page = way.staff.page.id if way.staff.page else None
            read = self._centre.read(_known, self._issuing.printer, page)
            read.add_done_callback(lambda answer: self._screen.call_later(self._take_known, answer))

    async def _check(self, pin: str) -> None:
        assert self._pin_hash is not None
        right = await to_thread(matches, pin, self._pin_hash)
        self._stand.go(checked(self._stand.way, right, monotonic()))

    def _take_page(self, answer: PrintJob | AnkommenError) -> None:
        self._asking.shown()
        self._issuing.wake()
        page = None if isinstance(answer, AnkommenError) else answer
        self._keep(page=page, errand=None)

    def _take_known(self, answer: Future[tuple[PrinterState | None, PrintJob | None]]) -> None:
        self._looks = False
        if refused(answer) is None:
            printer, page = answer.result()
            self._keep(printer=printer, page=page or self._stand.way.staff.page)

    def _keep(self, **known: Any) -> None:
        way = self._stand.way
        if way.step is Step.STAFF:
            self._stand.go(replace(way, staff=replace(way.staff, **known)))


def _known(t: Transaction, printer: str, page: int | None) -> tuple[PrinterState | None, PrintJob | None]:
    """A printer as the program that prints on it knows it, and a test page."""
    states = (state for state in read_printers(t) if state.printer == printer)
    return next(states, None), find_print_job(t, page) if page is not None else None
