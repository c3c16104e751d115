"""Prints a picture on an ESC/POS printer, and says honestly what is known about the paper afterwards.

Only one caller per printer at a time: this module has no queue and no lock. Each call opens its own connection.
"""

from __future__ import annotations

from contextlib import closing

from PIL import Image

from printers.link import open_link, seconds_to_carry
from printers.raster import raster
from printers.states import PrinterStatus, Receipt, unproven
from printers.talk import Endless, Talk, Watch, broken, reason
from shared.config.printer_url import Address, parse_url
from shared.deadline import Deadline
from shared.model import PrinterCondition, PrintState

__all__ = ["PrinterStatus", "Receipt", "picture_bytes", "print_bytes", "print_picture", "status"]

NO_PRINTER = "no printer configured"
CONNECT_S = 5.0
"""How long it may take to open a link to a printer, name look-up included."""
STATUS_S = 4.0
"""How long it may take in total to ask a printer for its state; a worker holds the printer for longer."""
LAST_WORD_S = 2.0
"""Extra time after a slip's own time, in which a printer that does not confirm can say why."""
CLEARED_S = 18.0
"""How long it may take in total until a printer says that it has forgotten a broken slip."""
_SURELY_INCOMPLETE = 0.5
"""A smaller share of a slip cannot pass for the whole: the code that makes it valid comes later."""


def status(url: str) -> PrinterStatus:
    """Ask a printer for its state. Raises ConfigInvalid for an invalid URL."""
    address = parse_url(url)
    if address is None:
        return PrinterStatus(PrinterCondition.UNREACHABLE, NO_PRINTER)
    deadline = Deadline.after(STATUS_S)
    try:
        with closing(open_link(address, deadline.within(CONNECT_S))) as link:
            return Talk(link, deadline).state()
    except Endless as error:
        return PrinterStatus(PrinterCondition.OFFLINE, broken(error))
    except OSError as error:
        return PrinterStatus(PrinterCondition.UNREACHABLE, f"the printer cannot be reached: {reason(error)}")


def picture_bytes(picture: Image.Image) -> bytes:
    """The commands that print a picture at its own resolution."""
    return raster(picture, round(picture.info.get("dpi", (203, 203))[1]))


def print_picture(url: str, picture: Image.Image, *, timeout_s: float = 20.0) -> Receipt:
    """Print a picture and cut, as `print_bytes` does."""
    return print_bytes(url, picture_bytes(picture), timeout_s=timeout_s)


def print_bytes(
    url: str, body: bytes, *, timeout_s: float = 20.0, torn: bool = False, watch: Watch | None = None
) -> Receipt:
    """Print what these commands say, and cut. Takes about `timeout_s` seconds at most, on a serial line plus the time
    that the bytes need on the line. Raises ConfigInvalid for an invalid URL.

    FAILED: nothing was sent, or less than half of it and the printer confirmed that it forgot that part. UNPROVEN:
    bytes were sent, but the printer did not confirm; it may print now or after a refill, so the slip must not be sent
    again by itself. PRINTED: the printer confirmed after the cut. `torn`: a piece of an earlier slip may hang out of
    the printer; it is cut off first. `watch` is told the printer's state meanwhile.
    """
    address = parse_url(url)
    if address is None:
        return Receipt(PrintState.FAILED, NO_PRINTER)
    until = Deadline.after(timeout_s + seconds_to_carry(address, len(body)))
    try:
        link = open_link(address, until.within(CONNECT_S))
    except OSError as error:
        return Receipt(PrintState.FAILED, f"the printer cannot be reached: {reason(error)}")
    with closing(link):
        receipt = Talk(link, until.later(LAST_WORD_S), watch).print(body, until, torn=torn)
    if receipt.sent < 1 and _cleared(address):
        detail = f"{receipt.detail}; the printer has cleared it"
        return Receipt(PrintState.FAILED, detail) if receipt.sent < _SURELY_INCOMPLETE else unproven(detail)
    return receipt


def _cleared(address: Address) -> bool:
    """Whether the printer confirms, over a new link, that nothing of the broken slip is left in it."""
    deadline = Deadline.after(CLEARED_S)
    try:
        with closing(open_link(address, deadline.within(CONNECT_S))) as link:
            return Talk(link, deadline).cleared()
    except OSError:
        return False
