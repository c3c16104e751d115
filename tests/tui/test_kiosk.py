"""The kiosk, touched as visitors touch it; the printer is the software printer, over TCP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image

from faces.text import Phrase
from kiosk.moves import Act, Step
from kiosk.widgets.qr_code import QrCode, half_blocks
from kiosk.widgets.time_left import Bar
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.config import Config
from shared.config.rules import Rules
from shared.language.terminal_text import visual_lines
from shared.model import GuideReason
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.verbs.site.apply import apply
from tests.support.paper import codes, codes_on
from tests.support.plans import with_line
from tests.support.screens import until, written
from tests.tui.visitor import PAPER_S, PHOTO_S, PRINTING_S, center, guides, tickets, visitor


async def test_three_touches_make_one_printed_ticket(centre: Centre, printer: VirtualPrinter) -> None:
    async with visitor(centre, printer.url) as one:
        await one.goes("uk", "neu")
        await until(lambda: one.text("paper") == "Будь ласка, візьміть свій талон.")
        assert one.code == "A001"
        assert "Зона очікування 1" in one.text("then")
        assert one.screen.query_one(QrCode).content_text
    assert len(printer.papers) == 1
    assert printer.errors == []
    token = centre.database.read(find_ticket, "A001").token
    assert codes(printer) == [token]


async def test_a_double_tap_draws_one_number(centre: Centre, printer: VirtualPrinter) -> None:
    async with visitor(centre, printer.url) as one:
        await one.touches("de")
        await one.touches("neu")
        await one.looks()
        finger = center(one.button("#forward"))
        await one.pilot.click(offset=finger, times=2)
        await one.pilot.click(offset=finger)
        await until(lambda: one.text("paper") == "Bitte nehmen Sie Ihr Ticket.")
        assert one.step is Step.TICKET
    assert tickets(centre) == ["A001"]
    assert len(printer.papers) == 1


async def test_with_a_broken_printer_there_is_a_number_and_a_code_to_photograph(centre: Centre) -> None:
    async with visitor(centre, "tcp://127.0.0.1:9") as one:
        await one.goes("en", "neu")
        await until(lambda: one.code == "A001")
        one.passes(PRINTING_S + 1)
        assert one.may_photograph
        assert one.text("paper").endswith("Please take a photo of this number.")
        await until(lambda: one.screen.query_one(QrCode).region)
        token = centre.database.read(find_ticket, "A001").token
        assert one.screen.query_one(QrCode).content_text == token
        assert decoded(half_blocks(token)) == token


async def test_a_code_that_nothing_reads_is_not_shown(centre: Centre, leipzig: Config) -> None:
    centre.database.do(apply, with_line(leipzig.plan_toml, "site", "scanners = false"), True)
    async with visitor(centre, "tcp://127.0.0.1:9") as one:
        await one.goes("en", "neu")
        await until(lambda: one.code == "A001")
        one.passes(PRINTING_S + 1)
        assert one.may_photograph
        await until(lambda: one.text("paper") != "")
        assert not one.screen.query_one(QrCode).region


IDLE_S, ASK_S = Rules().kiosk_idle_s, Rules().kiosk_warning_s


def decoded(lines: list[str]) -> str:
    """What a phone reads from half blocks, with four dots for each module."""
    upper, lower = "▀█", "▄█"
    picture = Image.new("L", (len(lines[0]) * 4, len(lines) * 8), 255)
    for y, line in enumerate(lines):
        for x, cell in enumerate(line):
            for half, inked in enumerate((cell in upper, cell in lower)):
                if inked:
                    picture.paste(0, (x * 4, y * 8 + half * 4, x * 4 + 4, y * 8 + half * 4 + 4))
    return codes_on(picture)[0]


async def test_a_single_service_is_found_behind_something_else(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("ru")
        await one.touches(Act.SINGLE)
        await one.comes_to(Step.SERVICE)
        await one.touches("arbeit")
        await one.prints()
        await until(lambda: one.code == "L500")
    assert [stop.service for stop in centre.database.read(find_ticket, "L500").stops] == ["arbeit"]


async def test_back_leads_one_step_back_at_a_time(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("ru")
        await one.touches(Act.SINGLE)
        for step in (Step.SERVICE, Step.CONCERN, Step.LANGUAGE):
            await one.comes_to(step)
            if step is not Step.LANGUAGE:
                await one.touches("#back")
        assert one.text("question") == "Bitte wählen Sie Ihre Sprache."


@pytest.mark.parametrize("concern", ["weiss_nicht", "allein_unter_18"])
async def test_somebody_comes_to_whom_only_a_person_can_help(centre: Centre, concern: str) -> None:
    async with visitor(centre) as one:
        await one.touches("de")
        await one.touches(concern)
        await one.comes_to(Step.GUIDE)
        await until(lambda: one.text("word") == "Bitte warten Sie hier. Es kommt jemand zu Ihnen.")
        reason = GuideReason.MINOR if concern == "allein_unter_18" else GuideReason.UNSURE
        assert [(asked.reason, asked.language) for asked in guides(centre)] == [(reason, "de")]
        await one.touches("#forward")
        await one.comes_to(Step.LANGUAGE)
    assert tickets(centre) == []


async def test_the_slip_comes_by_itself_when_the_paper_is_back(centre: Centre, printer: VirtualPrinter) -> None:
    printer.set_fault("paper_out")
    async with visitor(centre, printer.url) as one:
        await one.goes("en", "neu")
        await until(lambda: one.code)
        one.passes(PRINTING_S + 1)
        assert one.may_photograph
        assert printer.papers == []
        printer.set_fault("paper_out", False)
        await until(lambda: one.text("paper") == "Please take your ticket.")
        assert not one.may_photograph
    assert len(printer.papers) == 1


async def test_a_missing_language_leads_to_a_person(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches(Act.MORE)
        await one.touches(Act.MISSING)
        await one.comes_to(Step.SPOKEN)
        await one.touches("so")
        await one.comes_to(Step.GUIDE)
        await until(lambda: "Bitte warten Sie hier." in one.text("word") and "Please wait here." in one.text("word"))
        assert [(asked.reason, asked.language) for asked in guides(centre)] == [(GuideReason.LANGUAGE, "so")]


async def test_the_number_goes_away_by_itself_for_the_next_visitor(centre: Centre, printer: VirtualPrinter) -> None:
    async with visitor(centre, printer.url) as one:
        await one.goes("ar", "neu")
        await until(lambda: printer.papers)
        await until(lambda: one.screen.way.may_leave)
        one.passes(PAPER_S + 1)
        await one.comes_to(Step.LANGUAGE)
        assert one.text("question") == "Bitte wählen Sie Ihre Sprache."
        assert one.code == ""
        assert one.screen.query_one(QrCode).content_text == ""


async def test_a_number_is_left_by_a_touch_on_done(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.goes("en", "neu")
        await until(lambda: one.code)
        one.passes(PRINTING_S + 1)
        await one.touches("#forward")
        await one.comes_to(Step.LANGUAGE)


async def test_a_printer_that_never_answers_does_not_keep_the_visitor_waiting(
    centre: Centre, printer: VirtualPrinter
) -> None:
    printer.set_fault("hang")
    async with visitor(centre, printer.url) as one:
        await one.goes("en", "neu")
        await until(lambda: one.code)
        one.passes(PRINTING_S + 1)
        assert one.may_photograph
        one.passes(PHOTO_S + 1)
        await one.comes_to(Step.LANGUAGE)
    printer.set_fault("hang", False)


async def test_an_idle_kiosk_asks_and_then_begins_anew(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("de")
        await one.comes_to(Step.CONCERN)
        one.passes(IDLE_S + 1)
        assert one.screen.way.asking
        assert one.text("told").startswith("Brauchen Sie mehr Zeit?")
        await until(lambda: one.screen.query_one(Bar).region)
        one.passes(ASK_S / 2)
        bar = one.screen.query_one(Bar)
        assert 0.3 < bar.cells / bar.content_size.width < 0.6, "it shrinks"
        assert one.screen.region.contains_region(one.screen.query_one("#stay").region)
        await one.touches("#stay")
        assert one.step is Step.CONCERN
        assert not one.screen.way.asking
        one.passes(IDLE_S + ASK_S - 1)
        assert one.step is Step.CONCERN
        one.passes(2)
        assert one.step is Step.LANGUAGE
        assert one.text("training") == "PROBE"


async def test_a_page_of_languages_that_somebody_left_behind_turns_back(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches(Act.MORE)
        assert one.tile("ro")
        one.passes(IDLE_S + 1)
        assert one.tile("de")


async def test_no_key_ends_the_kiosk(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.pilot.press("ctrl+c", "ctrl+q", "ctrl+p", "ctrl+z", "ctrl+backslash", "escape", "tab", "enter", "f1")
        await one.pilot.pause()
        assert one.pilot.app.is_running
        assert one.step is Step.LANGUAGE


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (160, 48)])
async def test_every_tile_can_be_touched_at_every_size(centre: Centre, size: tuple[int, int]) -> None:
    async with visitor(centre, size=size) as one:
        await one.touches("uk")
        await one.touches(Act.SINGLE)
        await one.comes_to(Step.SERVICE)
        await one.looks()
        shown = one.tiles()
        assert len(shown) == 12
        for tile in shown:
            assert one.screen.region.contains_region(tile.region), tile
            assert tile.region.height >= 3
            assert len(tile.lines(tile.content_size.width)) <= tile.content_size.height, tile.label


@pytest.mark.parametrize("size", [(20, 5), (47, 30), (100, 13)])
async def test_a_terminal_that_is_too_small_says_so_and_what_it_needs(centre: Centre, size: tuple[int, int]) -> None:
    async with visitor(centre, size=size) as one:
        shown = " ".join(written(one.pilot).split())
        assert shown == f"Dieser Bildschirm ist zu klein: {size[0]} × {size[1]} Zeichen. Mindestens 60 × 18 sind nötig."
        await one.pilot.resize_terminal(60, 18)
        await until(lambda: "Deutsch" in written(one.pilot))
        await one.touches("de")
        await one.comes_to(Step.CONCERN)


async def test_foreign_text_of_the_plan_cannot_command_the_terminal(centre: Centre, leipzig: Config) -> None:
    evil = leipzig.plan_toml.replace("Ich bin neu in Leipzig", "[@click=app.quit]neu[/]")
    centre.database.do(apply, evil, True)
    async with visitor(centre) as one:
        await until(lambda: centre.plan.packages["neu"].name["de"].startswith("[@click"))
        await one.touches("de")
        await one.comes_to(Step.CONCERN)
        await one.looks()
        assert "[@click=app.quit]neu[/]" in str(one.tile("neu").render())


async def test_arabic_is_laid_out_from_right_to_left(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("ar")
        await one.comes_to(Step.CONCERN)
        await one.looks()
        question = one.screen.query_one("#question", Phrase)
        assert question.has_class("-rtl")
        assert str(question.render()) == visual_lines(question.text, question.content_size.width, "rtl")[0]
        first, second = one.tile("neu"), one.tile("neu_familie")
        assert first.region.x > second.region.x, "reading begins on the right"
        site, training = (one.screen.query_one(id) for id in ("#site", "#training"))
        assert site.region.x > training.region.x
        assert (site.styles.text_align, training.styles.text_align) == ("right", "left"), "each at its edge"


async def test_a_new_plan_is_offered_without_a_restart(
    centre: Centre, leipzig: Config, open_database: Callable[..., Database]
) -> None:
    async with visitor(centre) as one:
        other = open_database()
        other.do(apply, leipzig.plan_toml.replace("Ich bin neu in Leipzig", "Ich bin hier neu"), True)
        await until(lambda: one.screen.way.plan.packages["neu"].name["de"] == "Ich bin hier neu")
        await one.touches("de")
        await one.comes_to(Step.CONCERN)
        assert one.tile("neu").title == "Ich bin hier neu"
