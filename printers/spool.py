"""Prints the queue of slips in the database, and stores what is known of each. Prints outside every transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import uuid4

from printers import escpos
from printers.link import seconds_to_carry
from printers.slips import About, make_ready, slip_bytes
from printers.states import PrinterStatus, Receipt
from shared.config import Plan
from shared.config.device import PRINTER_FILES
from shared.config.plan import PrinterPlan
from shared.config.printer_files import url_of
from shared.config.printer_url import NO_URL, parse_url
from shared.deadline import PASSED, Deadline
from shared.errors import AnkommenError, PrinterUnavailable
from shared.model import PrinterCondition, PrintJob, PrintKind, PrintState, Told, Wait
from shared.store.database import Database
from shared.verbs.learned import promises
from shared.verbs.learned.promises import Promise
from shared.verbs.paper import leases, print_jobs
from shared.verbs.paper.leases import Hold
from shared.views.assistance import assistance_of
from shared.views.paper import read_print_job
from shared.views.visit import ticket_of

T = TypeVar("T")
_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # otherwise Python would write across the screen of a face

LEASE_S = 8.0
"""How long a silent worker keeps a printer …"""
SLIP_LEASE_S = 45.0
"""… and how long with a slip in hand: longer than any slip can take, waits included."""
SLIP_S = 20.0
"""How long one slip may take."""
LOOK_S = 2.0
"""How often a printer is asked for its state."""
USUAL_BYTES = 80_000
"""The size of a ticket with four stops."""


class Spool:
    """The queue of one printer as one worker processes it; not for several threads at once."""

    def __init__(
        self,
        database: Database,
        plan: Callable[[], Plan],
        printer: str,
        *,
        training: bool,
        files: Sequence[str] = PRINTER_FILES,
    ) -> None:
        """`printer` is a key of the plan, or a URL instead. `plan` returns the plan in force, `files` is what this
        computer lets it print to."""
        self.printer = printer
        self.status: PrinterStatus | None = None
        """The printer's state when it was last checked."""
        self._database, self._plan, self._training, self._files = database, plan, training, files
        self._holder = uuid4().hex
        self._held = self._looked = PASSED
        """Until when the printer is held, and until when it need not be checked again."""
        self._held_long = False
        """Whether it is held for a whole slip; after the slip the short lease is enough again."""
        self._torn = False
        """Whether a piece of a slip may hang out of the printer."""
        self._proves = False
        """Whether this printer confirms what it prints; one that never does is not suspected each time."""

    def round(self) -> bool:
        """Hold the printer, print what is queued, check its state. Takes as long as the printer does.

        False while another program holds it. Raises DatabaseUnavailable.
        """
        if not self._hold():
            return False
        if self.status is not None and not self.status.can_print:
            self._look()
        try:
            while self._queued() and self._usable() and (job := self._take()):
                if not self._print(job):
                    break
        except PrinterUnavailable:  # another program holds it: this worker was silent for too long
            self._held = PASSED
            return False
        if self._held_long:
            self._hold_again(LEASE_S)
        if self._looked.over:
            self._look()
        return True

    def make_ready(self, language: str) -> None:
        """Prepare for tickets in a language. Raises AnkommenError if they cannot be drawn."""
        make_ready(language, self._plan(), self._planned, training=self._training)

    def let_go(self) -> None:
        """Give the printer back, so that the next worker need not wait for the end of the lease."""
        self._database.keep(leases.release, self.printer, self._holder)
        self._held = PASSED

    def _hold(self) -> bool:
        return self._held.left > LEASE_S / 2 or self._hold_again(LEASE_S)

    def _hold_again(self, seconds: float) -> bool:
        hold = self._database.keep(leases.hold, self.printer, self._holder, seconds)
        self._torn |= hold is Hold.TAKEN_OVER
        if hold is Hold.OTHERS:
            self._held = PASSED
            return False
        self._held, self._held_long = Deadline.after(seconds), seconds > LEASE_S
        return True

    def _usable(self) -> bool:
        """Whether it makes sense to take a slip: it can be printed, or passed on, or nobody can ever print it."""
        fallback = self._planned.fallback is not None
        return self.status is None or self.status.can_print or fallback or not self._is_there()

    def _queued(self) -> bool:
        return self._database.read(print_jobs.anything_queued, self.printer)

    def _take(self) -> PrintJob | None:
        """Take the next slip and hold the printer for it: in one transaction, because a visitor is waiting."""
        job = self._database.keep(print_jobs.take_next, self.printer, self._holder, SLIP_LEASE_S)
        self._held, self._held_long = Deadline.after(SLIP_LEASE_S), True
        return job

    def _print(self, job: PrintJob) -> bool:
        """Print a slip. True if there may be more to do; False if the printer cannot print and the slip waits again."""
        promise = self._promise(job)
        receipt = self._printed(job, promise.wait if promise else None)
        self._proves |= receipt.state is PrintState.PRINTED
        self._torn = self._proves and receipt.state is PrintState.UNPROVEN
        if receipt.state is PrintState.FAILED and not receipt.final and self._may_come_back():
            fallback = self._planned.fallback
            self._database.keep(print_jobs.put_back, job.id, receipt.detail, fallback)
            self._look()
            return fallback is not None
        self._database.keep(print_jobs.settle, job.id, receipt.state, receipt.detail, receipt.doubt)
        if promise and receipt.state is not PrintState.FAILED:
            self._if_possible(lambda: self._database.keep(promises.give, promise))
        return True

    def _promise(self, job: PrintJob) -> Promise | None:
        """What a ticket can say about the wait; None for a copy."""
        visit_id = job.visit_id
        if job.kind is not PrintKind.TICKET or visit_id is None:
            return None
        return self._if_possible(lambda: self._database.read(promises.foresee, visit_id))

    def _if_possible(self, step: Callable[[], T]) -> T | None:
        """Run a step that may fail: the number comes out even without a promise."""
        try:
            return step()
        except Exception:
            _log.exception("the wait cannot be promised")
            return None

    def _printed(self, job: PrintJob, wait: Wait | None) -> Receipt:
        about = self._about(job, wait)
        now = self._database.now()
        try:
            body = slip_bytes(job, about, self._plan(), self._planned, now, training=self._training)
        except AnkommenError as error:  # a leaflet with letters that no font has, or about a service that is gone
            return Receipt(PrintState.FAILED, error.message, final=True)
        try:
            if not self._hold_while_carried(len(body)):
                return Receipt(PrintState.FAILED, "somebody else holds the printer now")
            return escpos.print_bytes(self._url, body, timeout_s=SLIP_S, torn=self._torn, watch=self._saw)
        except AnkommenError as error:  # a URL of an unknown kind, or a file that is not allowed
            return Receipt(PrintState.FAILED, error.message)

    def _about(self, job: PrintJob, wait: Wait | None) -> About:
        if job.assistance_id is not None:
            return self._database.read(assistance_of, job.assistance_id)
        return Told(self._database.read(ticket_of, job.visit_id), wait) if job.visit_id is not None else None

    def _hold_while_carried(self, count: int) -> bool:
        """Hold the printer longer if its line is slow. False while another program holds it."""
        seconds = seconds_to(self._planned.url, count)
        return not seconds or self._hold_again(SLIP_LEASE_S + seconds)

    def _may_come_back(self) -> bool:
        """Whether there is a printer at all: this one or its fallback."""
        return self._is_there() or self._planned.fallback is not None

    def _is_there(self) -> bool:
        try:
            return parse_url(self._url) is not None
        except AnkommenError:
            return False

    def _look(self) -> None:
        self._looked = Deadline.after(LOOK_S)
        try:
            self._saw(escpos.status(self._url))
        except AnkommenError as error:
            self._saw(PrinterStatus(PrinterCondition.UNREACHABLE, error.message))

    def _saw(self, status: PrinterStatus) -> None:
        if status != self.status and self._planned.url != NO_URL:
            self._database.keep(leases.observe, self.printer, status.state, status.detail)
        self.status, self._looked = status, Deadline.after(LOOK_S)

    @property
    def _url(self) -> str:
        """Where to print. Raises ConfigInvalid for a file that this computer does not allow."""
        return url_of(self._plan(), self.printer, self._files)

    @property
    def _planned(self) -> PrinterPlan:
        known = self._plan().printers.get(self.printer)
        return known or PrinterPlan.model_construct(url=self.printer)


def seconds_to(url: str, count: int = USUAL_BYTES) -> float:
    """How long `count` bytes take on their way to a printer; 0 if there is no printer."""
    try:
        address = parse_url(url)
    except AnkommenError:
        return 0.0
    return seconds_to_carry(address, count) if address else 0.0


def job_of(database: Database, job: PrintJob) -> PrintJob:
    """The state of a slip now."""
    return database.read(read_print_job, job.id)
