"""Reads the URLs of printers. The plan, the command line and the printers all use this reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from shared.errors import ConfigInvalid
from shared.shown_url import shown

NO_URL = "none"
"""The URL of no printer at all."""
DEFAULT_PORT = 9100
"""The port on which network printers take raw data."""
DEFAULT_BAUD = 38_400
"""The factory setting of receipt printers with a serial interface."""
BAUDS = (9600, 19_200, 38_400, 57_600, 115_200, 230_400)
FLOWS = ("hardware", "software", "none")
"""How a printer on a serial line says "wait": by the wire CTS (the default), by the byte XOFF, or not at all."""
ALLOWED = (
    "tcp://HOST:PORT (without a port: 9100), usb:SERIAL, "
    f"serial:/dev/ttyUSB0?baud={DEFAULT_BAUD} (baud: {', '.join(map(str, BAUDS))}; &flow={', '.join(FLOWS)}), "
    "file:///PATH or none"
)
_LINE = f"baud=({'|'.join(map(str, BAUDS))})|flow=({'|'.join(FLOWS)})"
_PORT = "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"
PRINTER_URL = (
    rf"^(tcp://([^\s\[\]/:@?#%]+|\[[0-9a-fA-F:.]+\])(:{_PORT})?/?|usb:[!-~]+|file:///[^\x00-\x1f\x7f]+|none"
    rf"|serial:/[^\s?#]+(\?({_LINE})(&({_LINE}))?)?)$"
)
"""The form of a URL, for the schema of the plan; `parse_url` demands it, too."""


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    """A printer on the network."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class FileAddress:
    """A printer behind a device file, or a plain file instead of one."""

    path: Path


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """A printer on USB, named by its serial number: that stays the same in every socket."""

    serial: str


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A printer on a serial line: eight bits, no parity, one stop bit."""

    path: str
    baud: int = DEFAULT_BAUD
    flow: str = FLOWS[0]


Address = NetworkAddress | FileAddress | UsbAddress | SerialAddress


def parse_url(url: str) -> Address | None:
    """Where a printer is; None for "none", no printer. Raises ConfigInvalid for anything else."""
    if url == NO_URL:
        return None
    if not re.fullmatch(PRINTER_URL, url):
        raise _invalid(url)
    try:
        parts = urlsplit(url)
        port = DEFAULT_PORT if parts.port is None else parts.port
    except ValueError:
        raise _invalid(url) from None
    path = unquote(parts.path)
    if "\0" in path:
        raise _invalid(url)
    if parts.scheme == "usb" and path and not parts.netloc:
        return UsbAddress(path)
    if parts.scheme == "serial" and not parts.netloc and path.startswith("/") and not parts.fragment:
        return _serial_address(url, path, parts.query)
    if parts.scheme == "tcp" and parts.hostname and port and path in ("", "/"):
        return NetworkAddress(parts.hostname, port)
    if parts.scheme == "file" and not parts.netloc and len(path) > 1:
        return FileAddress(Path(path))
    raise _invalid(url)


def printer_url(url: str) -> str:
    """`url` unchanged. Raises ValueError where `parse_url` refuses it."""
    try:
        parse_url(url)
    except ConfigInvalid:
        raise ValueError(f"is no address of a printer; allowed are {ALLOWED}") from None
    return url


def _serial_address(url: str, path: str, query: str) -> SerialAddress:
    settings = parse_qsl(query, keep_blank_values=True)
    named = dict(settings)
    baud, flow = named.pop("baud", str(DEFAULT_BAUD)), named.pop("flow", FLOWS[0])
    if named or len(settings) > 2 or baud not in map(str, BAUDS) or flow not in FLOWS:
        raise _invalid(url)
    return SerialAddress(path, int(baud), flow)


def _invalid(url: str) -> ConfigInvalid:
    return ConfigInvalid([f'Printer "{shown(url)}": allowed are {ALLOWED}.'])
