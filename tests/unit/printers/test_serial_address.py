"""The address of a serial line in a plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from printers.link import seconds_to_carry
from printers.spool import seconds_to
from shared.config.plan import PrinterPlan
from shared.config.printer_url import SerialAddress, parse_url
from shared.errors import ConfigInvalid


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("serial:/dev/ttyS0", SerialAddress("/dev/ttyS0", 38_400, "hardware")),
        ("serial:/dev/ttyUSB0?baud=115200", SerialAddress("/dev/ttyUSB0", 115_200, "hardware")),
        ("serial:/dev/serial/by-id/usb-X?flow=none&baud=9600", SerialAddress("/dev/serial/by-id/usb-X", 9600, "none")),
    ],
)
def test_a_url_says_path_speed_and_flow(url: str, address: SerialAddress) -> None:
    assert parse_url(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "serial:",
        "serial:COM3",
        "serial:///dev/x?speed=1",
        "serial:/dev/x?baud=38401",
        "serial:/dev/x?baud=",
        "serial:/dev/x?flow=yes",
        "serial:/dev/x?baud=9600&baud=9600&flow=none",
        "serial:/dev/x#baud",
    ],
)
def test_another_url_is_refused_with_what_is_allowed(url: str) -> None:
    with pytest.raises(
        ConfigInvalid, match=r"serial:/dev/ttyUSB0\?baud=38400 \(baud: 9600, .*flow=hardware, software, none"
    ):
        parse_url(url)


def test_a_slow_line_has_more_time() -> None:
    assert seconds_to_carry(SerialAddress("/dev/x", 9600), 90_000) == 93.75
    assert seconds_to("serial:/dev/x?baud=115200", 90_000) == 7.8125
    assert seconds_to("tcp://host:9100") == seconds_to("none") == seconds_to("nonsense") == 0


@pytest.mark.parametrize(
    "url", ["tcp://drucker", "tcp://drucker:9100", "tcp://a b", "tcp://[::::]", "usb:", "none", "file:///a b"]
)
def test_the_plan_and_the_command_line_accept_the_same(url: str) -> None:
    def accepted(check: Callable[[], object]) -> bool:
        try:
            check()
        except (ConfigInvalid, ValidationError):
            return False
        return True

    assert accepted(lambda: parse_url(url)) == accepted(lambda: PrinterPlan(url=url, host=None, fallback=None))
