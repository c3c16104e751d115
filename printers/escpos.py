"""A picture becomes paper on an ESC/POS printer, and what is known of it afterwards is said honestly.

One caller per printer at a time; this module has no queue and no lock.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import dataclass
from string import ascii_letters, digits
from typing import Literal

from PIL import Image

from printers import commands
from printers.link import Link, open_link, parse_url
from printers.raster import raster
from shared.clock import monotonic
from shared.model import PrintState

_CONNECT_S = 5.0
_STATE_S = 1.0
"""How long a printer may take to say how it is."""
_IN_ORDER_S = 3.0
"""How long it may still be busy with the end of an earlier slip."""
_SILENT_PROOF_S = 5.0
"""How long to wait for a proof from a printer that did not say how it is."""
_LONGEST_QUIET = 64
"""Pieces of stale answers that are thrown away at most before a question."""

State = Literal["ready", "paper_out", "paper_low", "cover_open", "offline", "unreachable", "unproven"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known about a slip."""

    state: PrintState
    detail: str | None = None
    """Why it is not printed, or not known to be."""


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """How a printer is. "unproven": it takes data but does not say how it is."""

    state: State
    detail: str | None = None

    @property
    def can_print(self) -> bool:
        """Whether sending a slip makes sense."""
        return self.state in ("ready", "paper_low", "unproven")


def status(url: str) -> PrinterStatus:
    """Ask a printer how it is. Raises ConfigInvalid for a URL that is none."""
    address = parse_url(url)
    if address is None:
        return PrinterStatus("unreachable", "no printer configured")
    try:
        with closing(open_link(address, monotonic() + _CONNECT_S)) as link:
            return _Talk(link).state()
    except OSError as error:
        return PrinterStatus("unreachable", f"the printer cannot be reached: {_reason(error)}")


def print_picture(url: str, picture: Image.Image, *, timeout_s: float = 20.0) -> Receipt:
    """Print a picture and cut; at most about `timeout_s` seconds. Raises ConfigInvalid for a URL that is none.

    FAILED: nothing was sent. UNPROVEN: bytes went, but the printer did not confirm; it may print now or after a
    refill, so the slip is not to be sent again by itself. PRINTED: the printer confirmed after the cut.
    """
    address = parse_url(url)
    if address is None:
        return Receipt(PrintState.FAILED, "no printer configured")
    until = monotonic() + timeout_s
    resolution = picture.info.get("dpi", (203, 203))
    body = raster(picture, round(resolution[1]))
    try:
        link = open_link(address, min(until, monotonic() + _CONNECT_S))
    except OSError as error:
        return Receipt(PrintState.FAILED, f"the printer cannot be reached: {_reason(error)}")
    with closing(link):
        return _Talk(link).print(body, until)


class _Talk:
    """One conversation with a printer."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def state(self) -> PrinterStatus:
        """How the printer is, as it says itself. Raises OSError where the way is closed."""
        if not self._link.answers:
            return PrinterStatus("unproven", "a file cannot say how the printer is")
        self._forget_stale_answers()
        states = [self._asked(1)]
        if states[0] is None:
            return PrinterStatus("unproven", "the printer does not say how it is")
        states += [self._asked(n) for n in (2, 3, 4)]
        return _judged(*(state or 0 for state in states))

    def print(self, body: bytes, until: float) -> Receipt:
        """Ask, send, and wait for the proof."""
        try:
            status = self.state()
            if not status.can_print:
                return Receipt(PrintState.FAILED, status.detail)
            if status.state != "unproven":
                self._free_from_broken_job()
        except OSError as error:
            return Receipt(PrintState.FAILED, f"the printer broke the connection: {_reason(error)}")
        process_id = "".join(secrets.choice(ascii_letters + digits) for _ in range(4)).encode()
        job = commands.INITIALISE + body + commands.FEED_AND_CUT + commands.ask_proof(process_id)
        try:
            sent = self._link.send(job, until)
        except OSError as error:
            return Receipt(PrintState.FAILED, f"the printer broke the connection: {_reason(error)}")
        if not sent:
            return Receipt(PrintState.FAILED, "the printer takes no data")
        if sent < len(job):
            return Receipt(PrintState.UNPROVEN, f"the connection broke after {sent} of {len(job)} bytes")
        if not self._link.answers:
            return Receipt(PrintState.UNPROVEN, "a file cannot confirm")
        if status.state == "unproven":
            until = min(until, monotonic() + _SILENT_PROOF_S)
        return self._proof(commands.proof(process_id), until)

    def _proof(self, proof: bytes, until: float) -> Receipt:
        """Wait for the printer to confirm; where it does not, ask what is wrong."""
        try:
            if self._heard(proof, until):
                return Receipt(PrintState.PRINTED)
            status = self.state()
        except OSError as error:
            return Receipt(PrintState.UNPROVEN, f"the printer broke the connection: {_reason(error)}")
        trouble = None if status.can_print else status.detail
        return Receipt(PrintState.UNPROVEN, trouble or "the printer did not confirm")

    def _free_from_broken_job(self) -> None:
        """Free a printer that still waits for the rest of a picture whose connection broke: it would eat this job.

        Such a printer answers what is asked in real time but not what is asked in order. Only then is its buffer
        cleared: clearing always would cut off a slip that it is still printing.
        """
        self._link.send(commands.ASK_IN_ORDER, monotonic() + _STATE_S)
        if self._answered_in_order(monotonic() + _IN_ORDER_S):
            return
        # Nothing may follow before the printer has answered (DLE DC4 fn = 8, notes).
        self._link.send(commands.CLEAR, monotonic() + _STATE_S)
        if self._heard(commands.CLEARED, monotonic() + _STATE_S):
            self._link.send(commands.INITIALISE + commands.FEED_AND_CUT, monotonic() + _STATE_S)

    def _asked(self, n: int) -> int | None:
        """The answer to DLE EOT n; None when none comes. Other bytes, such as status sent unasked, are passed over."""
        until = monotonic() + _STATE_S
        self._link.send(commands.ask(n), until)
        while data := self._link.receive(until):
            for byte in data:
                if commands.is_state(byte):
                    return byte
        return None

    def _answered_in_order(self, until: float) -> bool:
        while data := self._link.receive(until):
            if any(commands.is_answer_in_order(byte) for byte in data):
                return True
        return False

    def _heard(self, block: bytes, until: float) -> bool:
        """Whether a block of bytes comes in time, whatever comes around it."""
        heard = b""
        while data := self._link.receive(until):
            heard += data
            if block in heard:
                return True
            heard = heard[-len(block) :]
        return False

    def _forget_stale_answers(self) -> None:
        """Read away what was sent before anything was asked: an old answer is not how the printer is now."""
        for _ in range(_LONGEST_QUIET):
            if not self._link.receive(monotonic()):
                return


def _judged(printer: int, offline: int, error: int, paper: int) -> PrinterStatus:
    """The meaning of the answers to DLE EOT 1 to 4; the cause that people can mend comes first."""
    if paper & commands.PAPER_END or offline & commands.PAPER_STOP:
        return PrinterStatus("paper_out", "the printer has no paper")
    if offline & commands.COVER_OPEN:
        return PrinterStatus("cover_open", "the printer's cover is open")
    if error & commands.KNIFE_ERROR:
        return PrinterStatus("offline", "the printer's knife is stuck")
    if error & (commands.FATAL_ERROR | commands.PASSING_ERROR) or offline & commands.ERROR:
        return PrinterStatus("offline", "the printer reports an error")
    if printer & commands.OFFLINE:
        return PrinterStatus("offline", "the printer is offline")
    if paper & commands.PAPER_LOW:
        return PrinterStatus("paper_low", "the paper roll is nearly at its end")
    return PrinterStatus("ready")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()
