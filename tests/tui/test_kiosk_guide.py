"""A kiosk asks for a guide: one for each visitor, with a slip that says so."""

from __future__ import annotations

import pytest
from textual.app import App

from kiosk.issuing import Issuing
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.errors import AnkommenError
from shared.model import Assistance, GuideReason
from shared.views.assistance import read_assistance
from tests.support.screens import until


class Kiosk(App[None]):
    """Only what a kiosk asks for, without its screen."""

    def __init__(self, centre: Centre, printer: str) -> None:
        super().__init__()
        self.issuing = Issuing(self, centre, "eingang_1", printer)
        self.answers: list[Assistance | AnkommenError] = []

    def on_mount(self) -> None:
        self.issuing.begin()

    def on_unmount(self) -> None:
        self.issuing.end()

    async def asks(self, reason: GuideReason, language: str | None) -> Assistance:
        before = len(self.answers)
        self.issuing.ask_for_guide(reason, language, self.answers.append)
        await until(lambda: len(self.answers) > before)
        answer = self.answers[-1]
        assert isinstance(answer, Assistance)
        return answer


@pytest.fixture
def kiosk(centre: Centre, printer: VirtualPrinter) -> Kiosk:
    return Kiosk(centre, printer.url)


async def test_a_visitor_has_one_guide_and_one_slip_and_the_next_visitor_another(
    kiosk: Kiosk, centre: Centre, printer: VirtualPrinter
) -> None:
    async with kiosk.run_test():
        first = await kiosk.asks(GuideReason.UNSURE, "uk")
        again = await kiosk.asks(GuideReason.LANGUAGE, "so")
        assert (again.id, again.language, again.reason) == (first.id, "so", GuideReason.LANGUAGE)
        await until(lambda: len(printer.papers) == 1)
        kiosk.issuing.next_visitor()
        other = await kiosk.asks(GuideReason.UNSURE, "uk")
        await until(lambda: len(printer.papers) == 2)
    assert [one.id for one in centre.database.read(read_assistance)] == [first.id, other.id]


async def test_two_presses_are_one_request(kiosk: Kiosk, centre: Centre) -> None:
    async with kiosk.run_test():
        for _ in range(2):
            kiosk.issuing.ask_for_guide(GuideReason.MINOR, "uk", kiosk.answers.append)
        await until(lambda: kiosk.answers)
    assert len(centre.database.read(read_assistance)) == len(kiosk.answers) == 1
