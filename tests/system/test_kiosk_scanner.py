"""A ticket at the scanner of a kiosk, in a real terminal: the scanner's bytes, touches, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.waiting import wait_until
from tests.system.conftest import House, Terminal


def test_a_visitor_has_a_break_and_is_back_by_scanner_and_forged_codes_do_nothing(
    terminal: Callable[..., Terminal], house: House
) -> None:
    ticket = house.run("ticket", "issue", "neu", "--no-print")
    kiosk = terminal("--printer", "none", "kiosk")
    kiosk.shows("Українська")
    for forged in (b"A001\r", b"A-0-0-1\r", b"0123456789ABCDEFGHJK\r", b"\x1b]0;pwned\x07\x1b[31m", b"x" * 3000):
        kiosk.receives(forged)

    def scanned() -> bool:  # what comes amid noise does not count
        kiosk.receives(str(ticket["token"]).encode() + b"\r")
        return "Bitte warten Sie hier" in kiosk.screen()

    wait_until(scanned, kiosk.screen, every_s=1.0)
    kiosk.tap("Ich gehe kurz weg")
    kiosk.shows("rufen wir Ihre Nummer wieder")
    assert house.run("ticket", "show", "A001")["stops"][0]["state"] == "parked"
    kiosk.tap("Ich bin wieder da")
    kiosk.shows("Bitte warten Sie hier")
    assert house.run("ticket", "show", "A001")["stops"][0]["state"] == "waiting"
    kiosk.tap("Fertig")
    assert "A 001" not in kiosk.shows("Українська")
