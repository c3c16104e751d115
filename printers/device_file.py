"""A printer behind a device file, and how to find one on USB. A plain file or a pipe can replace the device."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from printers.sending import A_MOMENT_S, PIECE, send
from shared.deadline import Deadline

_DEVICES = Path("/dev/usb")
_USB_PRINTERS = Path("/sys/class/usbmisc")
"""Where Linux lists the printers that its driver usblp has opened, lp0, lp1 …"""


def usb_device(serial: str) -> Path:
    """The device file of the printer with this serial number. Raises OSError if it is not plugged in."""
    for printer in sorted(_USB_PRINTERS.glob("lp*")):
        # `device` is the printer's interface; the serial number belongs to the device above it.
        file = printer / "device" / ".." / "serial"
        with suppress(OSError):
            if file.read_text(encoding="utf-8", errors="replace").strip() == serial:
                return _DEVICES / printer.name
    raise FileNotFoundError(errno.ENODEV, f"no printer with the serial number {serial} is plugged in")


class FileLink:
    """A device is read and written; anything else is only written to, at its end."""

    def __init__(self, path: Path) -> None:
        self.answers = path.exists() and stat.S_ISCHR(path.stat().st_mode)
        flags = os.O_RDWR if self.answers else os.O_WRONLY | os.O_CREAT | os.O_APPEND
        # Do not wait for a printer that is switched off or for a reader of a pipe, and never become our terminal.
        # Both flags exist only on POSIX.
        flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        self._file = os.open(path, flags, 0o600)

    def send(self, data: bytes, deadline: Deadline) -> int:
        """As in `Link`."""
        return send(lambda piece: os.write(self._file, piece), self._file, data, deadline)

    def receive(self, deadline: Deadline) -> bytes:
        """As in `Link`. A driver may report that there is something to read, and then have nothing."""
        while self.answers and deadline.ready(self._file):
            with suppress(BlockingIOError):
                if data := os.read(self._file, PIECE):
                    return data
            deadline.pause(A_MOMENT_S)
        return b""

    def close(self) -> None:
        """As in `Link`."""
        os.close(self._file)
