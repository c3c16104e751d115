"""Case 17: a plan leaves out the area, printer, kiosk or desk of a running face, which says so and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from caller.app import CallerApp
from display.app import DisplayApp
from display.app import run as run_display
from display.widgets.trouble import Trouble
from kiosk.app import run as run_kiosk
from kiosk.looks import MOST_TILES
from kiosk.moves import Step
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.config import Config
from shared.errors import Malformed
from shared.verbs.site.apply import apply
from tests.support.plans import with_line, without_desk, without_section
from tests.support.screens import until, written
from tests.tui.visitor import PRINTING_S, visitor
from tests.unit.shared.verbs.acting import called, issued

AREA_GONE = "Im Plan des Zentrums gibt es den Bereich empfang nicht mehr. Hier stehen alle Aufrufe."
KIOSK_GONE = "Im Plan des Zentrums gibt es den Kiosk eingang_1 nicht mehr. Hier werden keine Tickets gedruckt."


def without_reception(toml: str) -> str:
    """Without the area where the kiosks are."""
    return without_section(toml, "areas.empfang").replace('area = "empfang"', 'area = "wartebereich_1"')


async def test_case_17_a_screen_whose_area_is_gone_says_so_and_shows_all_calls(centre: Centre, leipzig: Config) -> None:
    issued(centre.database)
    called(centre.database)
    async with DisplayApp(centre, "empfang", None).run_test(size=(120, 40)) as pilot:
        await until(lambda: "Wir rufen Ihre Nummer." in written(pilot))
        assert not pilot.app.screen.query_one(Trouble).display
        centre.database.do(apply, without_reception(leipzig.plan_toml), True)
        await until(lambda: AREA_GONE in written(pilot))
        await until(lambda: "Wir rufen Ihre Nummer." not in written(pilot))
        centre.database.do(apply, leipzig.plan_toml, True)
        await until(lambda: "Wir rufen Ihre Nummer." in written(pilot))
        assert not pilot.app.screen.query_one(Trouble).display


def test_a_face_with_a_misspelt_name_does_not_start_and_names_what_there_is(centre: Centre) -> None:
    with pytest.raises(Malformed, match=r"^No kiosk 'foo'\. Known are: eingang_1, "):
        run_kiosk(centre, "foo", None)
    with pytest.raises(Malformed, match=r"^No area 'halle'\. Known are: .*wartebereich_1"):
        run_display(centre, "halle")


async def test_case_17_a_screen_that_starts_for_an_area_that_is_gone_does_the_same(centre: Centre) -> None:
    async with DisplayApp(centre, "keller", None).run_test(size=(120, 40)) as pilot:
        await until(lambda: AREA_GONE.replace("empfang", "keller") in written(pilot))


def at_printer(toml: str, key: str, url: str) -> str:
    """With one printer, which every kiosk uses."""
    start, end = toml.index("[printers."), toml.index("[priorities.")
    return f'{toml[:start]}[printers.{key}]\nurl = "{url}"\n{toml[end:]}'.replace(
        'printer = "empfang"', f'printer = "{key}"'
    )


async def test_case_17_a_kiosk_prints_at_the_printer_that_the_plan_names_now(
    centre: Centre, leipzig: Config, tmp_path: Path
) -> None:
    with VirtualPrinter(tmp_path / "old") as old, VirtualPrinter(tmp_path / "new") as new:
        centre.database.do(apply, at_printer(leipzig.plan_toml, "empfang", old.url), True)
        await until(lambda: centre.plan.printers["empfang"].url == old.url)
        async with visitor(centre, printer=None, kiosk="eingang_1") as one:
            await one.goes("de", "neu")
            await until(lambda: len(old.papers) == 1)
            centre.database.do(apply, at_printer(leipzig.plan_toml, "tresen", new.url), True)
            await until(lambda: "tresen" in centre.plan.printers)
            await one.touches("#forward")
            await one.comes_to(Step.LANGUAGE)
            await one.goes("de", "neu")
            await until(lambda: len(new.papers) == 1)
            await until(lambda: one.text("paper") == "Bitte nehmen Sie Ihr Ticket.")
            assert one.code == "A002"
        assert (len(old.papers), len(new.papers)) == (1, 1)


async def test_case_17_a_kiosk_whose_key_is_gone_says_so_and_shows_numbers_without_paper(
    centre: Centre, leipzig: Config, tmp_path: Path
) -> None:
    with VirtualPrinter(tmp_path / "paper") as printer:
        plan = at_printer(leipzig.plan_toml, "empfang", printer.url)
        centre.database.do(apply, plan, True)
        await until(lambda: centre.plan.printers["empfang"].url == printer.url)
        async with visitor(centre, printer=None, kiosk="eingang_1") as one:
            assert one.text("staff") == ""
            centre.database.do(apply, without_section(plan, "kiosks.eingang_1"), True)
            await until(lambda: one.text("staff") == KIOSK_GONE)
            await one.goes("uk", "neu")
            await until(lambda: one.code == "A001")
            one.passes(PRINTING_S + 1)
            assert one.may_photograph
            assert one.text("staff") == KIOSK_GONE, "the staff reads it in the language of the house"
        assert printer.papers == []


@pytest.mark.parametrize("size", [(60, 18), (100, 30)])
async def test_case_17_what_is_said_to_the_staff_leaves_room_for_every_language(
    centre: Centre, size: tuple[int, int]
) -> None:
    async with visitor(centre, kiosk="keller", size=size) as one:
        await until(lambda: "keller" in one.text("staff"))
        heights = [tile.region.height for tile in one.tiles()]
        assert len(heights) == MOST_TILES
        assert min(heights) >= 2


async def test_case_17_a_console_whose_desk_is_gone_says_so(centre: Centre, leipzig: Config) -> None:
    async with CallerApp(centre, "20").run_test(size=(120, 40)) as pilot:
        await until(lambda: "Öffnen" in written(pilot))
        centre.database.do(apply, without_desk(leipzig.plan_toml, "20"), True)
        await until(lambda: "Diesen Platz gibt es im Plan des Zentrums nicht mehr." in written(pilot))
        centre.database.do(apply, with_line(leipzig.plan_toml, "site", 'name = "Ankunft"'), True)
        await until(lambda: "Diesen Platz gibt es" not in written(pilot))
