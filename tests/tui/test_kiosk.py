"""The kiosk, touched as visitors touch it; the printer is the one in software, over TCP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from textual.pilot import Pilot

from kiosk.app import KioskApp
from kiosk.screens import kiosk as kiosk_screen
from kiosk.widgets.big_number import BigNumber
from kiosk.widgets.phrase import Phrase
from kiosk.widgets.qr_code import QrCode, half_blocks
from kiosk.widgets.tiles import Tile
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.config import Config
from shared.language.terminal_text import visual_lines
from shared.store.database import Database
from shared.verbs.site.apply import apply
from shared.views.desk import read_waiting
from shared.views.site import read_hall
from shared.views.visit import read_ticket
from tests.tui.conftest import until

SIZE = (100, 30)


def tile(pilot: Pilot[None], key: str) -> Tile:
    return next(tile for tile in pilot.app.screen.query(Tile) if tile.display and tile.visible and tile.key == key)


def text(pilot: Pilot[None], id: str) -> str:
    return pilot.app.screen.query_one(f"#{id}", Phrase).text


def code(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(BigNumber).code


def on_step(pilot: Pilot[None], step: str) -> Callable[[], bool]:
    return lambda: pilot.app.screen.has_class(f"-{step}")


async def touch_the_way(pilot: Pilot[None], language: str, concern: str) -> None:
    """Language, then a package, until the step of the number is there."""
    await pilot.pause()
    await pilot.click(tile(pilot, language))
    await until(on_step(pilot, "concern"))
    await pilot.click(tile(pilot, concern))
    await until(on_step(pilot, "ticket"))


def tickets(centre: Centre) -> list[str]:
    hall = centre.database.read(read_hall)
    return [waiting.code for waiting in centre.database.read(read_waiting, tuple(q.service for q in hall.queues), 99)]


async def test_two_touches_make_one_printed_ticket(centre: Centre, tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path / "paper") as printer:
        async with KioskApp(centre, None, printer.url).run_test(size=SIZE) as pilot:
            await touch_the_way(pilot, "uk", "neu")
            await until(lambda: text(pilot, "paper") == "Будь ласка, візьміть свій талон.")
            assert code(pilot) == "A001"
            assert "Зона очікування 1" in text(pilot, "then")
            assert not pilot.app.screen.query_one(QrCode).region
        assert len(printer.papers) == 1
        assert printer.errors == []
        token = centre.database.read(read_ticket, "A001").token
        assert [found.text for found in zxingcpp.read_barcodes(Image.open(printer.papers[0]))] == [token]


async def test_a_double_tap_draws_one_number(centre: Centre, tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path / "paper") as printer:
        async with KioskApp(centre, None, printer.url).run_test(size=SIZE) as pilot:
            await pilot.pause()
            await pilot.click(tile(pilot, "de"))
            await until(on_step(pilot, "concern"))
            finger = tile(pilot, "neu").region.center
            await pilot.click(offset=(int(finger[0]), int(finger[1])), times=2)
            await pilot.click(offset=(int(finger[0]), int(finger[1])))
            await until(lambda: text(pilot, "paper") == "Bitte nehmen Sie Ihr Ticket.")
            assert pilot.app.screen.has_class("-ticket")
        assert tickets(centre) == ["A001"]
        assert len(printer.papers) == 1


async def test_without_a_printer_there_is_a_number_and_a_code_to_photograph(centre: Centre) -> None:
    async with KioskApp(centre, None, "tcp://127.0.0.1:9").run_test(size=SIZE) as pilot:
        await touch_the_way(pilot, "en", "neu")
        await until(on_step(pilot, "photo"))
        assert code(pilot) == "A001"
        assert text(pilot, "paper") == "The printer does not work. Your number is valid. Please take a photo."
        await until(lambda: pilot.app.screen.query_one(QrCode).region)
        token = centre.database.read(read_ticket, "A001").token
        assert pilot.app.screen.query_one(QrCode).content_text == token
        assert decoded(half_blocks(token)) == token


def decoded(lines: list[str]) -> str:
    """What a phone reads from half blocks, four dots a module."""
    upper, lower = "▀█", "▄█"
    picture = Image.new("L", (len(lines[0]) * 4, len(lines) * 8), 255)
    for y, line in enumerate(lines):
        for x, cell in enumerate(line):
            for half, inked in enumerate((cell in upper, cell in lower)):
                if inked:
                    picture.paste(0, (x * 4, y * 8 + half * 4, x * 4 + 4, y * 8 + half * 4 + 4))
    return str(zxingcpp.read_barcodes(picture)[0].text)


async def test_a_single_service_is_found_behind_something_else(centre: Centre) -> None:
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(tile(pilot, "ru"))
        await until(on_step(pilot, "concern"))
        await pilot.click(tile(pilot, "?concern"))
        await until(on_step(pilot, "service"))
        await pilot.click(tile(pilot, "arbeit"))
        await until(lambda: code(pilot) == "L500")
    assert [stop.service for stop in centre.database.read(read_ticket, "L500").stops] == ["arbeit"]


@pytest.mark.parametrize("concern", ["weiss_nicht", "allein_unter_18"])
async def test_who_needs_a_person_is_sent_to_one_and_draws_no_number(centre: Centre, concern: str) -> None:
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(tile(pilot, "de"))
        await until(on_step(pilot, "concern"))
        await pilot.click(tile(pilot, concern))
        await until(on_step(pilot, "notice"))
        assert text(pilot, "word") == "Bitte gehen Sie zum Empfang. Dort helfen wir Ihnen."
        await pilot.click("#back")
        await until(on_step(pilot, "language"))
    assert tickets(centre) == []


async def test_the_slip_comes_by_itself_when_the_paper_is_back(centre: Centre, tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path / "paper") as printer:
        printer.set_fault("paper_out")
        async with KioskApp(centre, None, printer.url).run_test(size=SIZE) as pilot:
            await touch_the_way(pilot, "en", "neu")
            await until(on_step(pilot, "photo"))
            assert printer.papers == []
            printer.set_fault("paper_out", False)
            await until(lambda: text(pilot, "paper") == "Please take your ticket.")
        assert len(printer.papers) == 1


async def test_a_missing_language_leads_to_a_person(centre: Centre) -> None:
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(tile(pilot, "?more"))
        await pilot.pause()
        await pilot.click(tile(pilot, "?language"))
        await until(on_step(pilot, "notice"))
        assert "Empfang" in text(pilot, "word")


async def test_the_number_goes_away_by_itself_for_the_next_visitor(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiosk_screen, "_PAPER_S", 0.2)
    with VirtualPrinter(tmp_path / "paper") as printer:
        async with KioskApp(centre, None, printer.url).run_test(size=SIZE) as pilot:
            await touch_the_way(pilot, "ar", "neu")
            await until(on_step(pilot, "language"))
            assert text(pilot, "question") == "Bitte wählen Sie Ihre Sprache."


async def test_an_idle_kiosk_asks_and_then_begins_anew(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kiosk_screen, "_IDLE_S", 0.5)
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(tile(pilot, "de"))
        await until(on_step(pilot, "asking"))
        await pilot.click("#forward")
        assert pilot.app.screen.has_class("-concern")
        monkeypatch.setattr(kiosk_screen, "_ASK_S", 0.5)
        await until(on_step(pilot, "language"))


async def test_a_database_that_fails_is_said_and_the_kiosk_goes_on(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.database._PAUSES_S", ())
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        with centre.database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE visit RENAME TO elsewhere")
        await pilot.pause()
        await pilot.click(tile(pilot, "en"))
        await until(on_step(pilot, "concern"))
        await pilot.click(tile(pilot, "neu"))
        await until(on_step(pilot, "notice"))
        assert text(pilot, "word") == "There is a fault. Please go to reception."
        with centre.database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO visit")
        await pilot.click("#back")
        await until(on_step(pilot, "language"))
        await touch_the_way(pilot, "en", "neu")
        await until(lambda: code(pilot) == "A001")


async def test_no_key_ends_the_kiosk(centre: Centre) -> None:
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+c", "ctrl+q", "ctrl+p", "ctrl+z", "ctrl+backslash", "escape", "tab", "enter", "f1")
        await pilot.pause()
        assert pilot.app.is_running
        assert pilot.app.screen.has_class("-language")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (160, 48)])
async def test_every_tile_can_be_touched_at_every_size(centre: Centre, size: tuple[int, int]) -> None:
    async with KioskApp(centre, None, "none").run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.click(tile(pilot, "uk"))
        await until(on_step(pilot, "concern"))
        await pilot.click(tile(pilot, "?concern"))
        await until(on_step(pilot, "service"))
        await pilot.pause()
        screen = pilot.app.screen.region
        shown = [tile for tile in pilot.app.screen.query(Tile) if tile.display]
        assert len(shown) == 12
        for one in shown:
            assert screen.contains_region(one.region), one
            assert one.region.height >= 3
            title = one.query_one(".title", Phrase)
            assert one.region.contains_region(title.region), title.text


async def test_foreign_text_of_the_plan_cannot_command_the_terminal(centre: Centre, leipzig: Config) -> None:
    evil = leipzig.plan_toml.replace("Ich bin neu in Leipzig", "[@click=app.quit]neu[/]")
    centre.database.do(apply, evil, True)
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        await until(lambda: centre.plan.packages["neu"].name["de"].startswith("[@click"))
        await pilot.pause()
        await pilot.click(tile(pilot, "de"))
        await until(on_step(pilot, "concern"))
        title = tile(pilot, "neu").query_one(".title", Phrase)
        await pilot.pause()
        assert "[@click=app.quit]neu[/]" in str(title.render())


async def test_arabic_is_laid_out_from_right_to_left(centre: Centre) -> None:
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(tile(pilot, "ar"))
        await until(on_step(pilot, "concern"))
        await pilot.pause()
        question = pilot.app.screen.query_one("#question", Phrase)
        assert question.has_class("-rtl")
        assert str(question.render()) == visual_lines(question.text, question.content_size.width, "rtl")[0]
        first, second = tile(pilot, "neu"), tile(pilot, "neu_familie")
        assert first.region.x > second.region.x, "reading begins on the right"


async def test_a_new_plan_is_offered_without_a_restart(
    centre: Centre, leipzig: Config, open_database: Callable[..., Database]
) -> None:
    async with KioskApp(centre, None, "none").run_test(size=SIZE) as pilot:
        other = open_database()
        other.do(apply, leipzig.plan_toml.replace("Ich bin neu in Leipzig", "Ich bin hier neu"), True)
        await until(lambda: centre.plan.packages["neu"].name["de"] == "Ich bin hier neu")
        await pilot.click(tile(pilot, "de"))
        await until(on_step(pilot, "concern"))
        assert tile(pilot, "neu").query_one(".title", Phrase).text.endswith("Ich bin hier neu")
