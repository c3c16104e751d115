"""A kiosk whose database fails or is gone: it says so, gives no number, and goes on by itself."""

from __future__ import annotations

import pytest

from kiosk.moves import Step
from shared.centre import Centre
from tests.support.screens import until
from tests.tui.visitor import visitor


async def test_a_database_that_fails_is_said_and_the_kiosk_goes_on(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.database._PAUSES_S", ())
    async with visitor(centre) as one:
        with centre.database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE visit RENAME TO elsewhere")
        await one.touches("en")
        await one.touches("neu")
        await one.touches("#forward")
        await one.comes_to(Step.NOTICE)
        assert one.text("word") == "Something is not working. Please go to reception."
        with centre.database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO visit")
        await one.touches("#back")
        await one.comes_to(Step.LANGUAGE)
        await one.goes("en", "neu")
        await until(lambda: one.code == "A001")


async def test_case_15_a_kiosk_whose_database_was_deleted_gives_no_number_until_it_is_back(centre: Centre) -> None:
    file = centre.database.file
    assert file
    async with visitor(centre) as one:
        await one.touches("en")
        await one.comes_to(Step.CONCERN)
        away = file.rename(file.with_name("away"))
        await one.touches("neu")
        await one.comes_to(Step.SUMMARY)
        await one.touches("#forward")
        await one.comes_to(Step.NOTICE)
        assert one.text("word") == "Something is not working. Please go to reception."
        assert not file.exists()
        away.rename(file)
        await one.touches("#back")
        await one.comes_to(Step.LANGUAGE)
        await one.goes("en", "neu")
        await until(lambda: one.code == "A001")


async def test_case_16_a_kiosk_that_cannot_read_says_so_before_anybody_chooses(centre: Centre) -> None:
    file = centre.database.file
    assert file
    async with visitor(centre) as one:
        await one.comes_to(Step.LANGUAGE)
        away = file.rename(file.with_name("away"))
        await one.comes_to(Step.CLOSED)
        assert "Something is not working. Please go to reception." in one.notices()
        away.rename(file)
        await one.comes_to(Step.LANGUAGE)
        await one.goes("en", "neu")
        await until(lambda: one.code == "A001")
