"""The way to a printer: a network connection, a serial line or a device file. Every wait ends."""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from shared.clock import monotonic
from shared.errors import ConfigInvalid
from shared.shown_url import shown

NO_URL = "none"
"""The URL of no printer at all."""
DEFAULT_PORT = 9100
"""The port on which network printers take raw data."""
DEFAULT_BAUD = 38_400
"""What receipt printers with a serial interface are set to when they leave the factory."""
BAUDS = (9600, 19_200, 38_400, 57_600, 115_200, 230_400)
FLOWS = ("hardware", "software", "none")
"""How a printer on a serial line says "wait": by the wire CTS (the default), by the byte XOFF, not at all."""
ALLOWED = (
    "tcp://HOST:PORT, usb:SERIAL, "
    f"serial:/dev/ttyUSB0?baud={DEFAULT_BAUD} (baud: {', '.join(map(str, BAUDS))}; &flow={', '.join(FLOWS)}), "
    "file:///PATH or none"
)
_PIECE = 4096
_LEAST_SLEEP_S = 0.002
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


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A printer on a serial line: eight bits, no parity, one stop bit."""

    path: str
    baud: int = DEFAULT_BAUD
    flow: str = FLOWS[0]


Address = NetworkAddress | FileAddress | UsbAddress | SerialAddress
_USB_PRINTERS = Path("/sys/class/usbmisc")
"""Where Linux lists the printers that its driver usblp has opened, lp0, lp1 …"""


def parse_url(url: str) -> Address | None:
    """Where a printer is; None for "none", no printer. Raises ConfigInvalid for anything else."""
    if url == NO_URL:
        return None
    try:
        parts = urlsplit(url)
        port = DEFAULT_PORT if parts.port is None else parts.port
    except ValueError:
        raise _invalid(url) from None
    if parts.scheme == "usb" and parts.path and not parts.netloc:
        return UsbAddress(unquote(parts.path))
    if parts.scheme == "serial" and not parts.netloc and parts.path.startswith("/") and not parts.fragment:
        return _serial_address(url, unquote(parts.path), parts.query)
    if parts.scheme == "tcp" and parts.hostname and port and parts.path in ("", "/"):
        return NetworkAddress(parts.hostname, port)
    if parts.scheme == "file" and not parts.netloc and len(parts.path) > 1:
        return FileAddress(Path(unquote(parts.path)))
    raise _invalid(url)


def _serial_address(url: str, path: str, query: str) -> SerialAddress:
    settings = parse_qsl(query, keep_blank_values=True)
    named = dict(settings)
    baud, flow = named.pop("baud", str(DEFAULT_BAUD)), named.pop("flow", FLOWS[0])
    if named or len(settings) > 2 or baud not in map(str, BAUDS) or flow not in FLOWS:
        raise _invalid(url)
    return SerialAddress(path, int(baud), flow)


def seconds_to_carry(address: Address, count: int) -> float:
    """How long so many bytes are on their way at least: on a serial line ten bits each, elsewhere next to nothing."""
    return 10 * count / address.baud if isinstance(address, SerialAddress) else 0.0


def _invalid(url: str) -> ConfigInvalid:
    return ConfigInvalid([f'Printer "{shown(url)}": allowed are {ALLOWED}.'])


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
    if isinstance(address, SerialAddress):
        return _SerialLink(address)
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
        # Else the end of a slip waits for the printer's acknowledgement, which takes its time: 40 ms on this system.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

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


class _SerialLink:
    """pyserial sets the line up and owns it; what is sent and received has the deadlines of this module."""

    answers = True

    def __init__(self, address: SerialAddress) -> None:
        from serial import Serial, SerialException  # here: few printers need it, and it is another one on Windows

        self._baud = address.baud
        try:
            self._line = Serial(
                address.path,
                address.baud,
                rtscts=address.flow == "hardware",
                xonxoff=address.flow == "software",
                exclusive=True,  # two programs on one line would mix their bytes
                timeout=0,
            )
        except SerialException as error:
            # Its message repeats the path and the number; the number alone says the same in plain words.
            raise OSError(error.errno, os.strerror(error.errno) if error.errno else str(error)) from None

    def send(self, data: bytes, until: float) -> int:
        """As all ways do; a byte counts when it has left the computer, and what has not by then never will."""
        handle = self._line.fileno()
        sent = _send(lambda piece: os.write(handle, piece), handle, data, until)
        try:
            return max(0, sent - self._taken_back(until))
        except (OSError, _line_error()) as error:  # pulled out: what has been counted may be on paper
            if not sent:
                raise OSError(errno.EIO, "the serial line is gone") from error
            return sent

    def _taken_back(self, until: float) -> int:
        """Wait until everything has left the computer; how many bytes had not in time, and never will."""
        while (waiting := self._line.out_waiting) and (rest := until - monotonic()) > 0:
            sleep(min(rest, max(_LEAST_SLEEP_S, 10 * waiting / self._baud)))
        if not waiting:
            return 0
        # Stopped before it is counted, so that nothing leaves unseen. Left there, it would make closing wait for
        # half a minute, and the end of this slip would come out before the next one.
        self._line.set_output_flow_control(False)
        waiting = self._line.out_waiting
        self._line.reset_output_buffer()
        self._line.set_output_flow_control(True)
        return int(waiting)

    def receive(self, until: float) -> bytes:
        if not _wait(self._line.fileno(), until, write=False):
            return b""
        data = os.read(self._line.fileno(), _PIECE)
        if not data:
            raise OSError(errno.EIO, "the serial line is gone")
        return data

    def close(self) -> None:
        self._line.close()


def _line_error() -> type[Exception]:
    """What a line raises besides OSError; there only where there are such lines."""
    import termios  # here: it does not exist on Windows

    return termios.error


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
