"""Visitors who listen, at a kiosk that speaks: by the keys of a keypad, by the corners, by a tile touched twice."""

from __future__ import annotations

import re

import pytest

from kiosk.aloud import LEVELS_DB, PATIENCE
from kiosk.moves import Act, Step
from kiosk.widgets.corners import Corner
from kiosk.widgets.touchable import Touchable
from shared.centre import Centre
from shared.config import Device
from shared.config.device import Keypad
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from tests.support.screens import until
from tests.tui.visitor import PAPER_S, Visitor, tickets, visitor

SPEECH, NEXT, CHOOSE, REPEAT, VOLUME = "f5", "f6", "f7", "f8", "f9"


async def walks_to(one: Visitor, act: Act, key: str = "") -> None:
    """Press "next" until this is named."""
    for _ in range(20):
        await one.presses(NEXT)
        focus = one.screen._speech._focus
        if focus == (act, key):
            return
    raise AssertionError(f"{act} {key} is never named")


async def chooses(one: Visitor, act: Act, key: str = "") -> None:
    await walks_to(one, act, key)
    await one.presses(CHOOSE)


async def listens(one: Visitor, tag: str = "en") -> None:
    """Begin, choose a language, and do not mind the others."""
    await one.presses(SPEECH)
    await chooses(one, Act.CHOOSE, tag)
    await one.comes_to(Step.ALOUD)
    await chooses(one, Act.CHOOSE)
    await one.comes_to(Step.CONCERN)
    one.passes(0.2)


async def test_a_number_by_three_keys_without_looking(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.presses(SPEECH)
        assert one.ear.text().startswith("Bitte wählen Sie Ihre Sprache.")
        await walks_to(one, Act.CHOOSE, "en")
        assert re.fullmatch(r"English 2 of \d+", one.ear.text())
        await one.presses(CHOOSE)
        assert one.ear.text().startswith("Others can hear what is spoken here.")
        await one.presses(NEXT, CHOOSE)
        assert one.ear.text().startswith("What would you like to do today?")
        await chooses(one, Act.CHOOSE, "neu")
        await one.comes_to(Step.SUMMARY)
        assert one.ear.text().startswith("Is this right?")
        await chooses(one, Act.PRINT)
        await until(lambda: one.code == "A001")
        one.passes(0.2)
        assert one.ear.text().startswith("Your number: A, 1.")
        assert "Please wait here:" in one.ear.text()
    assert tickets(centre) == ["A001"]
    assert centre.database.read(find_ticket, "A001").language == "en"


async def test_what_was_said_last_is_said_again(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.presses(SPEECH, NEXT)
        named = one.ear.text()
        one.screen._speech.hush()
        await one.presses(REPEAT)
        assert one.ear.text() == named


async def test_a_tap_or_a_key_silences(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.presses(SPEECH)
        await one.pilot.mouse_down("#question")
        await one.pilot.pause()
        assert one.ear.said == []


async def test_nothing_is_chosen_before_it_was_named(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.presses(SPEECH, CHOOSE)
        assert one.step is Step.LANGUAGE
        await one.presses(SPEECH)
        await listens(one)
        await one.presses(CHOOSE, CHOOSE)
        assert one.step is Step.CONCERN


@pytest.mark.parametrize(("pause_ms", "steps"), [(0, 3), (400, 1), (1000, 1)])
async def test_a_key_that_is_held_is_one_press(database: Database, pause_ms: int, steps: int) -> None:
    centre = Centre(Database(str(database.url), database.site, database.clock), Device(key_pause_ms=pause_ms))
    async with visitor(centre) as one:
        await one.presses(SPEECH)
        for _ in range(3):
            await one.pilot.press(NEXT)
            one.passes(0.033)
        items = [(item.touch.act, item.touch.key) for item in one.screen._speech._page.items]
        assert items.index(one.screen._speech._focus) == steps - 1
    centre.close()


async def test_volume_and_speed_are_of_one_visit(centre: Centre) -> None:
    async with visitor(centre) as one:
        await listens(one)
        assert one.ear.said[0].level_db == LEVELS_DB[1]
        await one.presses(VOLUME)
        assert one.ear.text() == "Volume 3"
        await chooses(one, Act.SPEED)
        assert one.ear.text().startswith("Speed: 3")
        await one.presses(REPEAT)
        assert one.ear.said[0].level_db == LEVELS_DB[2]
        assert one.ear.said[0].spoken
        assert one.ear.said[0].spoken.rate == 170
        await one.presses(SPEECH)
        assert not one.screen.way.aloud.on
        await one.touches("#back")
        await listens(one)
        assert one.ear.said[0].level_db == LEVELS_DB[1]


async def test_the_end_of_the_time_is_heard_twice_as_late_and_any_key_is_more_time(centre: Centre) -> None:
    async with visitor(centre) as one:
        await listens(one)
        idle_s = centre.plan.rules.kiosk_idle_s
        one.passes(idle_s * PATIENCE - 5)
        assert not one.screen.way.asking
        one.passes(6)
        assert one.screen.way.asking
        assert one.ear.text().startswith("(tone) Do you need more time?")
        await one.presses(REPEAT)
        assert one.step is Step.CONCERN
        assert not one.screen.way.asking
        one.passes((idle_s + centre.plan.rules.kiosk_warning_s) * PATIENCE + 1)
        assert one.step is Step.LANGUAGE
        assert not one.screen.way.aloud.on
        assert one.ear.said == []


async def test_a_number_stays_until_all_of_it_was_heard(centre: Centre) -> None:
    async with visitor(centre) as one:
        await listens(one)
        await chooses(one, Act.CHOOSE, "neu")
        await chooses(one, Act.PRINT)
        await until(lambda: one.code == "A001")
        one.passes(PAPER_S * PATIENCE - 1)
        assert one.code == "A001"


async def test_who_minds_being_heard_is_led_to_a_person(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.presses(SPEECH)
        await chooses(one, Act.CHOOSE, "de")
        await chooses(one, Act.HELP)
        assert one.step is Step.GUIDE
        await until(lambda: one.screen.way.coming)
        one.passes(0.2)
        assert one.ear.text() == "Bitte warten Sie hier. Es kommt jemand zu Ihnen."


async def test_headphones_begin_it_and_nobody_is_asked_about_others(database: Database) -> None:
    keypad = Keypad(plugged="f11", unplugged="f12")
    centre = Centre(Database(str(database.url), database.site, database.clock), Device(keypad=keypad))
    async with visitor(centre) as one:
        await one.presses("f11")
        await chooses(one, Act.CHOOSE, "en")
        assert one.step is Step.CONCERN
        await one.presses("f12")
        assert not one.screen.way.aloud.on
    centre.close()


# ---- touch


async def corner(one: Visitor, side: str, place: int) -> None:
    await one.looks()
    await one.taps(list(one.screen.query(f".{side} Corner").results(Corner))[place].region)
    one.passes(0.5)


async def test_the_corners_of_the_screen_stand_for_keys(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("#forward")
        one.passes(0.2)
        assert "Tippen Sie auf die Ecken des Bildschirms." in one.ear.text()
        screen = one.screen.region
        places = [found.region for found in one.screen.query(Corner)]
        assert all(place.width >= 8 and place.height >= screen.height // 2 - 1 for place in places)
        await corner(one, "right", 1)
        assert one.ear.text().startswith("Deutsch")
        await corner(one, "left", 1)
        assert one.step is Step.ALOUD
        await corner(one, "right", 0)
        assert one.ear.text() == "Lautstärke 3"
        await corner(one, "left", 0)
        assert one.ear.text().startswith("Andere können hören")


async def test_the_first_touch_names_and_the_second_acts(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("#forward")
        await one.touches("uk")
        assert one.step is Step.LANGUAGE
        assert one.ear.text().startswith("Українська")
        assert one.tile("uk").has_class("-heard")
        await one.touches("uk")
        assert one.step is Step.ALOUD
        assert not [found for found in one.screen.query("*").results(Touchable) if found.has_class("-heard")]


@pytest.mark.parametrize("size", [(60, 18), (200, 60)])
async def test_all_is_readable_beside_the_corners(centre: Centre, size: tuple[int, int]) -> None:
    async with visitor(centre, size=size) as one:
        await one.touches("#forward")
        one.passes(0.2)
        await one.pilot.pause()
        for place in one.touchables():
            assert one.screen.region.contains_region(place.region), place.offers
            assert place.region.height >= 2


async def test_a_voice_that_fails_is_told_on_the_screen_and_ends_nothing(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.presses(SPEECH)
        assert not one.screen.query_one("#unheard").display
        one.ear.failure = "The audio device plays nothing"
        one.passes(0.2)
        assert one.text("unheard") == "Das Vorlesen geht nicht. Bitte gehen Sie zum Empfang."
        await one.touches("de")
        await one.touches("de")
        assert one.step is Step.ALOUD


async def test_a_kiosk_without_sound_offers_no_speech(database: Database) -> None:
    centre = Centre(Database(str(database.url), database.site, database.clock), Device(audio="none"))
    async with visitor(centre) as one:
        assert Act.SPEAK not in [choice.act for choice in one.screen.offer.choices]
        await one.pilot.press(SPEECH)
        assert not one.screen.way.aloud.on
    centre.close()


async def test_other_keys_mean_nothing(centre: Centre) -> None:
    async with visitor(centre) as one:
        before = one.screen.way
        await one.pilot.press("f1", "f4", "f10", "enter", "escape", "a", NEXT, CHOOSE, REPEAT, VOLUME)
        assert (one.screen.way.offer, one.screen.way.aloud) == (before.offer, before.aloud)
