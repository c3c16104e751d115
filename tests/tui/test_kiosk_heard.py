"""What else is heard at a kiosk that speaks: who comes, what changes meanwhile, and what is never spoken."""

from __future__ import annotations

from kiosk.moves import Act, Step
from kiosk.wish import Person
from shared.centre import Centre
from shared.views.assistance import read_assistance
from tests.support.screens import until
from tests.tui.test_kiosk_speech import CHOOSE, SPEECH, chooses, listens
from tests.tui.visitor import visitor
from tests.unit.kiosk.walk import FIRE, SHUT


async def test_somebody_comes_to_who_listened_and_only_then(centre: Centre) -> None:
    async with visitor(centre) as one:
        await listens(one)
        assert centre.database.read(read_assistance) == ()
        await chooses(one, Act.CHOOSE, "neu")
        await chooses(one, Act.PRINT)
        await until(lambda: centre.database.read(read_assistance))
        await until(lambda: one.screen.way.coming)
        one.passes(0.3)
        assert one.ear.text().endswith("Somebody will come to you.")
        assert one.text("paper").endswith("Somebody will come to you.")
        (asked,) = centre.database.read(read_assistance)
        assert (asked.code, asked.language) == ("A001", "en")


async def test_nothing_of_the_staff_view_is_spoken(centre: Centre) -> None:
    """Nor does the pause between two touches keep anybody from typing a digit twice."""
    async with visitor(centre) as one:
        await one.presses(SPEECH)
        way = one.screen.way
        one.screen.go(way._at(Step.PIN, one.now))
        one.passes(0.2)
        assert one.ear.said == []
        for _ in range(2):
            await one.touches("1")
        assert one.screen.way.staff.pin == "11"


async def test_what_changes_meanwhile_is_heard(centre: Centre) -> None:
    """A fire at a closed kiosk above all; and what was switched, but not that another button has gone."""
    async with visitor(centre) as one:
        await one.presses(SPEECH)
        one.screen.go(one.screen.way.at_the_door(SHUT, one.now))
        one.passes(0.2)
        assert one.ear.text().startswith("Heute gibt es keine Nummern mehr.")
        one.screen.go(one.screen.way.at_the_door(FIRE, one.now))
        one.passes(0.2)
        assert one.ear.text().startswith("Bitte verlassen Sie jetzt ruhig das Haus.")


async def test_what_was_switched_is_said_again_in_its_new_state(centre: Centre) -> None:
    async with visitor(centre) as one:
        await listens(one)
        await chooses(one, Act.CHOOSE, "neu_familie")
        await chooses(one, Act.ADD, Person.CHILDREN)
        assert one.ear.text().startswith("Children: 1")
        await one.presses(CHOOSE)
        assert one.ear.text().startswith("Children: 2")
