"""The link to a printer, for every kind of connection. Every wait ends with a deadline that the caller gives."""

from __future__ import annotations

from typing import Protocol

from printers.device_file import FileLink, usb_device
from printers.network import NetworkLink
from printers.serial_line import SerialLink
from shared.config.printer_url import Address, NetworkAddress, SerialAddress, UsbAddress
from shared.deadline import Deadline


class Link(Protocol):
    """An open connection to a printer."""

    answers: bool
    """Whether answers can come back over it."""

    def send(self, data: bytes, deadline: Deadline) -> int:
        """Send bytes; returns how many were accepted in time. Raises OSError only if none were."""
        ...

    def receive(self, deadline: Deadline) -> bytes:
        """The next bytes of an answer; empty if none came in time. Raises OSError if the link is closed."""
        ...

    def close(self) -> None:
        """Close the link without waiting."""
        ...


def open_link(address: Address, deadline: Deadline) -> Link:
    """Open a link to a printer. Raises OSError if that is not possible."""
    if isinstance(address, NetworkAddress):
        return NetworkLink(address, deadline)
    if isinstance(address, UsbAddress):
        return FileLink(usb_device(address.serial))
    if isinstance(address, SerialAddress):
        return SerialLink(address)
    return FileLink(address.path)


def seconds_to_carry(address: Address, count: int) -> float:
    """The least time that `count` bytes need on the way: ten bits each on a serial line, elsewhere almost none."""
    return 10 * count / address.baud if isinstance(address, SerialAddress) else 0.0
