"""A page that offers nothing: understood from three metres, in every language in turn, and a fire like nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from textual.geometry import Region

from faces.big_number import BigNumber
from faces.picture import Cell, Pictured
from kiosk.moves import Step
from kiosk.widgets.front import Front
from kiosk.widgets.notices import Notices
from kiosk.widgets.poster import PosterView, SignRow
from shared.centre import Centre
from shared.language import LANGUAGES
from shared.model import ClosedReason, Door, Opening, SuspendReason
from tests.support.screens import cells, cut, settled, until
from tests.tui.visitor import Visitor, visitor

FIRE = Door(Opening(True), SuspendReason.FIRE)
POWER = Door(Opening(True), SuspendReason.POWER)
BREAK = Door(Opening(False, ClosedReason.BREAK, again=datetime(2026, 11, 23, 12, tzinfo=UTC)))
HOLIDAY = Door(Opening(False, ClosedReason.HOLIDAY, again=datetime(2026, 11, 25, 6, 30, tzinfo=UTC)))
SIZES = [(60, 18), (120, 40), (200, 60)]


async def shut(one: Visitor, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the kiosk find its centre like this."""
    monkeypatch.setattr("kiosk.screens.kiosk.door_by", lambda _: door)
    one.screen._show_centre()
    await one.comes_to(Step.CLOSED)
    await settled(one.pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("door", [FIRE, HOLIDAY], ids=["fire", "holiday"])
async def test_every_language_comes_in_its_turn_and_nothing_is_cut(
    centre: Centre, door: Door, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with visitor(centre, size=size) as one:
        await shut(one, door, monkeypatch)
        notices, seen = one.screen.query_one(Notices), set[str]()
        for _ in LANGUAGES:
            await one.pilot.pause()
            assert cut(one.screen) == []
            seen |= set(one.notices())
            notices.turn()
        assert len(seen) == len(LANGUAGES)


@pytest.mark.parametrize("size", SIZES)
async def test_the_hour_of_opening_is_the_largest_thing_on_the_page(
    centre: Centre, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with visitor(centre, size=size) as one:
        await shut(one, BREAK, monkeypatch)
        hour, signs = one.screen.query_one("#closed BigNumber", BigNumber), one.screen.query_one(SignRow)
        assert hour.number == "13:00"
        assert not one.screen.query_one("#day").display, "it is today"
        for found in (hour, signs):
            assert found.region.height >= size[1] // 4
            assert sum(not cell.isspace() or cell == " " for cell in str(found.render())) > found.region.width
        await shut(one, HOLIDAY, monkeypatch)
        assert (hour.number, one.text("day")) == ("07:30", "25.11.")


async def test_a_fire_does_not_look_like_a_break(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    async with visitor(centre) as one:
        front, looks, inks = one.screen.query_one(Front), [], []
        for door in (BREAK, FIRE, POWER):
            await shut(one, door, monkeypatch)
            looks.append((front.styles.background.hex, one.screen.query_one(SignRow).signs))
            inks.append(one.screen.query_one(SignRow).styles.color.hex)
        calm, fire, power = looks
        assert calm[0] == power[0] != fire[0]
        assert fire[1].names == ("fire", "forward", "door", "stairs")
        assert len({signs for _, signs in looks}) == 3
        assert inks[1] == "#FFFFFF"
        assert one.screen.query_one(PosterView).has_class("-endless"), "nobody knows how long the power is away"


async def test_where_there_are_pictures_signs_and_hour_are_drawn(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pictured, "cell", Cell(10, 20))
    async with visitor(centre, size=(120, 40)) as one:
        await shut(one, BREAK, monkeypatch)
        drawn = [found for found in one.screen.query("#closed *").results(Pictured) if found.region]
        sent = [found.render_lines(Region(0, 0, *found.region.size))[-1] for found in drawn]
        assert all(any(segment.control for segment in last) for last in sent)
        assert 4 <= len(drawn) <= 12, "xterm remembers 16, and the foot has some"


async def test_an_answer_that_never_comes_closes_the_entrance_until_it_comes(centre: Centre) -> None:
    async with visitor(centre) as one:
        one.screen._reading.gone = True
        one.screen._show_centre()
        await one.comes_to(Step.CLOSED)
        await until(lambda: "Something is not working. Please go to reception." in one.notices())
        assert "▄" in cells(one.screen) or "▀" in cells(one.screen), "the signs are there without pictures, too"
        await until(lambda: one.step is Step.LANGUAGE)
