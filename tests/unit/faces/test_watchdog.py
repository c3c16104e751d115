"""The service manager is told that a face is alive, where there is one. A whole face: `system/test_units.py`."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from faces.watchdog import Watchdog


@pytest.mark.parametrize("begins", ["", "@"], ids=["a file", "a name without a file"])
def test_it_is_told_at_its_socket(tmp_path: Path, begins: str) -> None:
    name = f"{tmp_path}/notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(f"\0{name}" if begins else name)
        manager.settimeout(30)
        watchdog = Watchdog({"NOTIFY_SOCKET": begins + name, "WATCHDOG_USEC": "600000"})
        assert watchdog.every_s == pytest.approx(0.2)
        watchdog.alive()
        assert manager.recv(99) == b"READY=1\nWATCHDOG=1"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"WATCHDOG_USEC": "1000000"},
        {"NOTIFY_SOCKET": "/run/notify"},
        {"NOTIFY_SOCKET": "vsock:2:1", "WATCHDOG_USEC": "1000000"},
        {"NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "0"},
        {"NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "soon"},
    ],
)
def test_where_nobody_listens_there_is_nothing_to_tell(environment: dict[str, str]) -> None:
    assert Watchdog(environment).every_s is None
