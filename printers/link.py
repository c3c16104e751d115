"""The way to a printer, whatever it hangs on. Every wait on it ends with a deadline that is handed in."""

from __future__ import annotations

from typing import Protocol

from printers.device_file import FileLink, usb_device
from printers.network import NetworkLink
from printers.serial_line import SerialLink
from shared.config.printer_url import Address, NetworkAddress, SerialAddress, UsbAddress
from shared.deadline import Deadline


class Link(Protocol):
    """An open way to a printer."""

    answers: bool
    """Whether anything can come back on this way."""

    def send(self, data: bytes, deadline: Deadline) -> int:
        """Hand over bytes; how many were taken in time. Raises OSError only when none were."""
        ...

    def receive(self, deadline: Deadline) -> bytes:
        """What came back next; empty when nothing did in time. Raises OSError when the way is closed."""
        ...

    def close(self) -> None:
        """Give the way back, at once."""
        ...


def open_link(address: Address, deadline: Deadline) -> Link:
    """Open the way to a printer. Raises OSError where there is none."""
    if isinstance(address, NetworkAddress):
        return NetworkLink(address, deadline)
    if isinstance(address, UsbAddress):
        return FileLink(usb_device(address.serial))
    if isinstance(address, SerialAddress):
        return SerialLink(address)
    return FileLink(address.path)


def seconds_to_carry(address: Address, count: int) -> float:
    """How long so many bytes are on their way at least: on a serial line ten bits each, elsewhere next to nothing."""
    return 10 * count / address.baud if isinstance(address, SerialAddress) else 0.0
