"""The way to a printer: a network connection or a device file. Every wait ends."""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from shared.clock import monotonic
from shared.errors import ConfigInvalid

NO_URL = "none"
"""The URL of no printer at all."""
DEFAULT_PORT = 9100
"""The port on which network printers take raw data."""
ALLOWED = "tcp://HOST:PORT, usb:SERIAL, file:///PATH or none"
_PIECE = 4096
_DEVICES = Path("/dev/usb")


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    """A printer on the network."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class FileAddress:
    """A printer behind a device file, or a plain file in its place."""

    path: Path


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """A printer on USB, by the serial number that it carries: it is the same one in every socket."""

    serial: str


Address = NetworkAddress | FileAddress | UsbAddress
_USB_PRINTERS = Path("/sys/class/usbmisc")
"""Where Linux lists the printers that its driver usblp has opened, lp0, lp1 …"""


def parse_url(url: str) -> Address | None:
    """Where a printer is; None for "none", no printer. Raises ConfigInvalid for anything else."""
    if url == NO_URL:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORT
    except ValueError:
        raise _invalid(url) from None
    if parts.scheme == "usb" and parts.path and not parts.netloc:
        return UsbAddress(unquote(parts.path))
    if parts.scheme == "tcp" and parts.hostname and parts.path in ("", "/"):
        return NetworkAddress(parts.hostname, port)
    if parts.scheme == "file" and not parts.netloc and len(parts.path) > 1:
        return FileAddress(Path(unquote(parts.path)))
    raise _invalid(url)


def _invalid(url: str) -> ConfigInvalid:
    return ConfigInvalid([f'Printer "{url}": allowed are {ALLOWED}.'])


class Link(Protocol):
    """An open way to a printer. Times are readings of `shared.clock.monotonic`."""

    answers: bool
    """Whether anything can come back on this way."""

    def send(self, data: bytes, until: float) -> int:
        """Hand over bytes; how many were taken in time. Raises OSError only when none were."""
        ...

    def receive(self, until: float) -> bytes:
        """What came back next; empty when nothing did in time. Raises OSError when the way is closed."""
        ...

    def close(self) -> None:
        """Give the way back."""
        ...


def open_link(address: Address, until: float) -> Link:
    """Open the way to a printer. Raises OSError where there is none."""
    if isinstance(address, NetworkAddress):
        return _NetworkLink(address, until)
    if isinstance(address, UsbAddress):
        return _FileLink(_usb_device(address.serial))
    return _FileLink(address)


def _usb_device(serial: str) -> FileAddress:
    """The device file of the printer with this serial number. Raises OSError where it is not plugged in."""
    for printer in sorted(_USB_PRINTERS.glob("lp*")):
        # `device` is the printer's interface; the serial number belongs to the device above it.
        file = printer / "device" / ".." / "serial"
        with suppress(OSError):
            if file.read_text(encoding="utf-8", errors="replace").strip() == serial:
                return FileAddress(_DEVICES / printer.name)
    raise FileNotFoundError(errno.ENODEV, f"no printer with the serial number {serial} is plugged in")


class _NetworkLink:
    answers = True

    def __init__(self, address: NetworkAddress, until: float) -> None:
        seconds = max(0.1, until - monotonic())
        self._socket = socket.create_connection((address.host, address.port), timeout=seconds)
        self._socket.setblocking(False)

    def send(self, data: bytes, until: float) -> int:
        return _send(self._socket.send, self._socket.fileno(), data, until)

    def receive(self, until: float) -> bytes:
        if not _wait(self._socket.fileno(), until, write=False):
            return b""
        data = self._socket.recv(_PIECE)
        if not data:
            raise ConnectionResetError("it closed the connection")
        return data

    def close(self) -> None:
        # Closing with unread answers resets the connection, and the printer could lose the end of the job.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            while self._socket.recv(_PIECE):
                pass
        self._socket.close()


class _FileLink:
    """A device is read and written; a plain file is only written, at its end."""

    def __init__(self, address: FileAddress) -> None:
        self.answers = address.path.exists() and stat.S_ISCHR(address.path.stat().st_mode)
        flags = os.O_RDWR if self.answers else os.O_WRONLY | os.O_CREAT | os.O_APPEND
        # Both flags exist only on POSIX: without waiting for a printer that is switched off, and never as our terminal.
        flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        self._file = os.open(address.path, flags, 0o644)

    def send(self, data: bytes, until: float) -> int:
        return _send(lambda piece: os.write(self._file, piece), self._file, data, until)

    def receive(self, until: float) -> bytes:
        if not self.answers or not _wait(self._file, until, write=False):
            return b""
        return os.read(self._file, _PIECE)

    def close(self) -> None:
        os.close(self._file)


class _Write(Protocol):
    def __call__(self, piece: bytes, /) -> int: ...


def _send(write: _Write, handle: int, data: bytes, until: float) -> int:
    """Write piece after piece; an error after the first piece ends the sending, and the count tells."""
    sent = 0
    while sent < len(data):
        try:
            if not _wait(handle, until, write=True):
                break
            sent += write(data[sent : sent + _PIECE])
        except BlockingIOError:
            continue
        except OSError:
            if not sent:
                raise
            break
    return sent


def _wait(handle: int, until: float, *, write: bool) -> bool:
    """Whether the handle is ready before the time is over."""
    seconds = max(0.0, until - monotonic())
    readable, writable, _ = select.select([] if write else [handle], [handle] if write else [], [], seconds)
    return bool(readable or writable)
