"""The print worker of a long-running program, and the single round of a command."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from printers.served import ANY_COMPUTER, Chain
from printers.spool import LOOK_S, Spool, job_of
from shared.config import Device, Plan
from shared.deadline import Deadline
from shared.errors import AnkommenError
from shared.model import PrinterCondition, PrintJob, PrintState
from shared.store.database import Database
from shared.verbs.paper import print_jobs
from shared.views.paper import read_printers

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # otherwise Python would write warnings across the screen of a face
_ASK_S = 0.1
"""How often to ask for the state of a slip that another program prints."""
_MAY_PRINT = {state for state in PrinterCondition if state.can_print} | {PrinterCondition.UNKNOWN}
"""States in which a slip may still come out by itself."""
_LAST_SLIP_S = 5.0
"""How long a program that ends waits for its last slip."""
_PATIENCE_S = 30.0
"""How long a command waits for a slip."""


class PrintWorker:
    """Prints the queues of some printers and checks their state, on a thread of its own, until it is stopped."""

    def __init__(self, serves: Callable[[], Sequence[Spool]]) -> None:
        """`serves` returns the spools of now, always the same one for the same printer: a plan may change which."""
        self._serves = serves
        self._spools: tuple[Spool, ...] = ()
        self._awake = threading.Event()
        self._stopping = False
        self._expected: str | None = None
        self._thread = threading.Thread(target=self._work, name="printing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there may be something to print. From any thread; returns at once."""
        self._awake.set()

    def expect(self, language: str) -> None:
        """Say that somebody may soon ask for a ticket in this language. From any thread; returns at once."""
        self._expected = language
        self._awake.set()

    def stop(self) -> None:
        """End after the current slip, and release the printers; a slip that takes too long stays unproven."""
        self._stopping = True
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join(_LAST_SLIP_S)

    def _work(self) -> None:
        while not self._stopping:
            self._awake.clear()
            self._quietly(self._follow)
            for spool in self._spools:
                self._quietly(spool.round)
            if (language := self._expected) is not None:
                self._expected = None
                for spool in self._spools[:1]:
                    self._quietly(partial(spool.make_ready, language))
            self._awake.wait(LOOK_S)
        for spool in self._spools:
            self._quietly(spool.let_go)

    def _follow(self) -> None:
        """Serve the printers that the plan names now, and release the others."""
        before, self._spools = self._spools, tuple(self._serves())
        for spool in before:
            if spool not in self._spools:
                self._quietly(spool.let_go)

    def _quietly(self, step: Callable[[], object]) -> None:
        """Run a step and only log its errors: a worker that ended would print nothing. The next round tries again."""
        try:
            step()
        except AnkommenError as error:
            _log.warning("printing: %s", error.message)
        except Exception:
            _log.exception("printing")


def print_now(
    database: Database,
    plan: Plan,
    job: PrintJob,
    *,
    training: bool,
    computer: Device = ANY_COMPUTER,
) -> PrintJob:
    """Print a slip that was just queued, and return its state after that. For commands, which end at once.

    If another program holds the printer, it prints, and this one waits for it, but not while the printer cannot print:
    then the slip stays queued, and `detail` says why. If no other program holds it and the printer cannot take the slip
    now, the slip fails, because nobody would print it later.
    """
    spools = Chain(database, lambda: plan, lambda: job.printer, training=training, computer=computer)()
    patience = Deadline.after(_PATIENCE_S)
    try:
        while True:
            held = {spool.printer: spool.round() for spool in spools}
            job = job_of(database, job)
            if job.state.settled or patience.over:
                return job
            if job.state is PrintState.QUEUED and held and all(held.values()):
                database.do(print_jobs.give_up, job.id, job.detail or _why(spools))
                return job_of(database, job)
            trouble = _trouble(database, plan, job.printer)
            if job.state is PrintState.QUEUED and not held.get(job.printer) and trouble:
                return replace(job, detail=f"it waits: {trouble}")
            patience.pause(_ASK_S)
    finally:
        for spool in spools:
            spool.let_go()


def _trouble(database: Database, plan: Plan, printer: str) -> str | None:
    """Why the program that holds a printer cannot print on it now, nor pass its slips on; None if it can."""
    planned = plan.printers.get(printer)
    known = next((one for one in database.read(read_printers) if one.printer == printer and one.watched), None)
    if known is None or (planned and planned.fallback) or known.status in _MAY_PRINT:
        return None
    return known.detail or known.status


def _why(spools: Sequence[Spool]) -> str:
    return next((spool.status.detail for spool in spools if spool.status and spool.status.detail), "no printer")
