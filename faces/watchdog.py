"""Tells the service manager that a face is alive: systemd's `sd_notify`, only where its unit has `WatchdogSec`."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress

_MARGIN = 3
"""So many times within each interval, so that one late word restarts nothing."""


class Watchdog:
    """Whoever starts the face again if it falls silent; nobody does without `NOTIFY_SOCKET`."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """`environment` may have `NOTIFY_SOCKET` and `WATCHDOG_USEC`, as sd_notify(3) has them.

        `WATCHDOG_PID` is not read: it is the compositor's, whose great-grandchild a face is (`NotifyAccess=all`).
        """
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        interval = environment.get("WATCHDOG_USEC", "")
        known = self._address and interval.isascii() and interval.isdigit() and int(interval)
        self.every_s: float | None = int(interval) / 1_000_000 / _MARGIN if known else None
        """How often it has to hear that the face is alive; None if nobody listens."""

    def alive(self) -> None:
        """The face is alive. If nobody hears it, that is ignored: the face goes on."""
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            line.sendto(b"READY=1\nWATCHDOG=1", self._address)


def _address(name: str) -> str:
    """The address of a socket; "@" begins one that has no file."""
    if name.startswith("@"):
        return f"\0{name[1:]}"
    return name if name.startswith("/") else ""
