"""A kiosk that has no printer speaks of none; one whose printer is broken says so (`test_kiosk.py`)."""

from __future__ import annotations

from shared.centre import Centre
from shared.config import Config
from shared.verbs.site.apply import apply
from tests.support.screens import until, written
from tests.tui.visitor import visitor


async def test_where_there_is_no_printer_nobody_reads_of_one(centre: Centre) -> None:
    async with visitor(centre, "none") as one:
        await one.touches("de")
        await one.touches("neu")
        assert "Ja, Nummer ziehen" in written(one.pilot)
        await one.prints()
        await until(lambda: one.code == "A001")
        assert one.may_photograph
        assert one.text("paper") == "Bitte fotografieren Sie diese Nummer."


async def test_a_printer_that_the_plan_takes_away_is_spoken_of_no_more(centre: Centre, leipzig: Config) -> None:
    async with visitor(centre, None) as one:
        assert one.screen.way.prints
        toml = leipzig.plan_toml
        bare = toml[: toml.index("[printers.")] + toml[toml.index("[priorities.") :]
        centre.database.do(apply, bare.replace('printer = "empfang"\n', ""), True)
        await until(lambda: not one.screen.way.prints)
