"""The page of a number: where to go, what comes later, and nothing cut in any language."""

from __future__ import annotations

import pytest

from faces.big_number import BigNumber
from kiosk.moves import Step
from kiosk.steps.ticket import Shown, Stage
from kiosk.widgets.qr_code import QrCode
from kiosk.widgets.ticket import TicketView
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.config import Config
from shared.language import LANGUAGES, language
from shared.model import Arrival, Wait
from shared.verbs.site.apply import apply
from shared.verbs.visits.issue import issue
from tests.support.plans import with_line
from tests.support.screens import cut, settled, until
from tests.tui.visitor import visitor

SIZES = [(60, 18), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_of_a_long_way_is_cut_in_any_language(centre: Centre, size: tuple[int, int]) -> None:
    ticket = centre.do(issue, Arrival(("neu_familie",), children=2), "printer").result()
    async with visitor(centre, size=size) as one:
        await one.goes("de", "neu")
        await until(lambda: one.code)
        number, view = one.screen.query_one("TicketView BigNumber", BigNumber), one.screen.query_one(TicketView)
        for tag in LANGUAGES if size == SIZES[0] else ("de", "ka", "ti", "fa"):
            for stage in (Stage.PHOTO, Stage.TAKEN):
                shown = Shown(
                    ticket, language(tag), centre.plan, ticket.print, one.now, stage=stage, wait=Wait(20, 135)
                )
                view.show(shown)
                await settled(one.pilot)
                assert cut(one.screen) == [], tag
                assert number.region.height >= 4, tag


async def test_it_says_where_to_go_now_and_what_comes_later_numbered_as_on_paper(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.goes("de", "neu")
        await until(lambda: one.code == "A001")
        assert one.text("where") == "1\N{NO-BREAK SPACE}Adresse anmelden"
        assert one.text("then") == "Bitte warten Sie hier: Wartebereich 1. Wir rufen Ihre Nummer."
        assert one.text("place") == "Im Erdgeschoss."
        later = ["Foto und Fingerabdrücke", "Papier für den Aufenthalt", "Geld und Arzt"]
        assert one.text("after") == " · ".join(f"{n}\N{NO-BREAK SPACE}{name}" for n, name in enumerate(later, 2))


async def test_a_single_stop_needs_no_number(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.goes("de", "konto")
        await until(lambda: one.code)
        assert (one.text("where"), one.text("after")) == ("Konto bei der Bank", "")


@pytest.mark.parametrize(("size", "shown"), [((60, 18), False), ((120, 40), True)])
async def test_its_code_is_there_where_all_of_it_has_room(centre: Centre, size: tuple[int, int], shown: bool) -> None:
    async with visitor(centre, size=size) as one:
        await one.goes("de", "neu")
        await until(lambda: one.code)
        await settled(one.pilot)
        code = one.screen.query_one(QrCode)
        assert bool(code.region) == shown
        assert not shown or one.screen.query_one("#photo").region.contains_region(code.region)


async def test_all_its_times_are_those_of_the_plan(centre: Centre, leipzig: Config, printer: VirtualPrinter) -> None:
    toml = leipzig.plan_toml
    for line in ("kiosk_printing_s = 3", "kiosk_wrong_s = 30", "kiosk_paper_s = 40", "kiosk_photo_s = 100"):
        toml = with_line(toml, "rules", line)
    centre.database.do(apply, toml, True)
    printer.set_fault("paper_out")
    async with visitor(centre, printer.url) as one:
        await until(lambda: one.screen.way.plan.rules.kiosk_paper_s == 40)
        await one.goes("en", "neu")
        await until(lambda: one.code)
        one.passes(4)
        assert one.may_photograph
        one.passes(24)
        assert one.screen.way.may_cancel
        one.passes(4)
        assert not one.screen.way.may_cancel
        printer.set_fault("paper_out", False)
        await until(lambda: one.text("paper") == "Please take your ticket.")
        one.passes(38)
        assert one.step is Step.TICKET
        one.passes(4)
        await one.comes_to(Step.LANGUAGE)
