"""The staff at a kiosk: five touches in the corner, a PIN, a test page, a pause, the end of the program."""

from __future__ import annotations

import pytest

from kiosk.moves import Act, Step
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.config import Device
from shared.config.pin import hashed
from shared.store.database import Database
from tests.support.screens import cut, settled, until
from tests.tui.visitor import Visitor, visitor

PIN = "24681357"


@pytest.fixture
def centre(database: Database) -> Centre:
    return Centre(database, Device(pin_hash=hashed(PIN, 10)))


async def knocks(one: Visitor) -> None:
    for _ in range(5):
        await one.pilot.click(offset=(one.screen.size.width - 2, 0))
        one.passes(0.3)


async def types(one: Visitor, pin: str) -> None:
    await one.comes_to(Step.PIN)
    for digit in pin:
        await one.touches(digit)
    await one.touches(Act.ENTER)


@pytest.mark.parametrize("size", [(60, 18), (120, 40)])
async def test_the_staff_print_a_page_and_pause_the_kiosk(
    centre: Centre, printer: VirtualPrinter, size: tuple[int, int]
) -> None:
    async with visitor(centre, printer.url, size=size) as one:
        await knocks(one)
        await types(one, PIN[:-1] + "0")
        await until(lambda: one.screen.way.staff.locked_until)
        one.passes(3)
        assert cut(one.screen) == []
        await types(one, PIN)
        await one.comes_to(Step.STAFF)
        await one.touches(Act.TEST)
        await until(lambda: printer.papers)
        await until(lambda: "Die Testseite ist da." in one.text("question"))
        assert "bereit" in one.text("question")
        await one.touches(Act.HALT)
        await settled(one.pilot)
        assert cut(one.screen) == []
        await one.touches("#back")
        await one.comes_to(Step.CLOSED)
        await until(lambda: "Dieses Gerät gibt im Moment keine Nummern." in one.notices()[0])
    centre.close()


async def test_they_end_the_program(centre: Centre) -> None:
    async with visitor(centre) as one:
        app = one.pilot.app
        await knocks(one)
        await types(one, PIN)
        await one.comes_to(Step.STAFF)
        await one.touches(Act.END)
        await until(lambda: not app.is_running or app.return_code is not None)
        assert app.return_code == 0
    centre.close()


async def test_without_a_pin_nothing_opens(database: Database) -> None:
    centre = Centre(database, Device())
    async with visitor(centre) as one:
        await knocks(one)
        await settled(one.pilot)
        assert one.step is Step.LANGUAGE
    centre.close()
