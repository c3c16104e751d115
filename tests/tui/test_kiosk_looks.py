"""Contrast, size and height on the screen."""

from __future__ import annotations

import pytest

from kiosk.looks import Look
from kiosk.moves import Act, Step
from kiosk.widgets.front import Front
from shared.centre import Centre
from shared.language import LANGUAGES
from tests.support.screens import cut, settled, until
from tests.tui.visitor import Visitor, visitor

SIZES = [(60, 18), (120, 40), (200, 60)]


async def switches(one: Visitor, look: Look) -> None:
    await one.touches(one.signs(Act.LOOKS, ""))
    await one.touches(look)
    await one.touches("#back")


@pytest.mark.parametrize("size", SIZES)
async def test_everything_to_touch_moves_into_the_lower_half(centre: Centre, size: tuple[int, int]) -> None:
    async with visitor(centre, size=size) as one:
        await switches(one, Look.REACH)
        for step in (Step.LANGUAGE, Step.CONCERN, Step.SUMMARY, Step.TICKET):
            await one.comes_to(step)
            await one.looks()
            assert min(place.region.y for place in one.touchables()) >= size[1] * 0.45 - 1, step
            assert all(place.region.height >= 3 for place in one.touchables()), step
            assert cut(one.screen) == []
            match step:
                case Step.LANGUAGE:
                    await one.touches("de")
                case Step.CONCERN:
                    await one.touches("neu_familie")
                case Step.SUMMARY:
                    await one.touches("#forward")
                    await until(lambda: one.code)


async def test_strong_contrast_is_light_on_black_until_the_visitor_is_gone(centre: Centre) -> None:
    async with visitor(centre) as one:
        front = one.screen.query_one(Front)
        before = front.background_colors[1].hex
        await switches(one, Look.CONTRAST)
        await settled(one.pilot)
        assert front.background_colors[1].hex == "#000000"
        one.passes(61)
        await until(lambda: front.background_colors[1].hex == before)


@pytest.mark.parametrize("size", SIZES)
async def test_its_own_page_is_whole_in_every_language(centre: Centre, size: tuple[int, int]) -> None:
    async with visitor(centre, size=size) as one:
        for tag in LANGUAGES:
            way = one.screen.way
            one.screen.go(way.begun(one.now).after(Act.LOOKS, way.wish.__class__(tag), one.now))
            one.screen.go(one.screen.way.after(Act.LOOK, way.wish.__class__(tag), one.now))
            await settled(one.pilot)
            assert cut(one.screen) == [], tag
            words = [line.plain for tile in one.tiles() for line in tile.lines(tile.content_size.width)]
            assert len(words) >= 6, "each title has its state below it"


@pytest.mark.parametrize("size", [(60, 18), (80, 26), (100, 30), (200, 60)])
@pytest.mark.parametrize("look", Look)
async def test_everything_that_the_last_look_offers_has_its_place(
    centre: Centre, look: Look, size: tuple[int, int]
) -> None:
    async with visitor(centre, size=size) as one:
        await switches(one, look)
        await one.touches("en")
        await one.touches("neu_familie")
        await one.comes_to(Step.SUMMARY)
        await one.looks()
        screen = one.screen
        placed = {place.offers: place.region for place in one.touchables()}
        assert set(placed) == {screen.way.touch(choice.act, choice.key) for choice in screen.offer.choices}
        assert all(screen.region.contains_region(region) and region.height >= 3 for region in placed.values())
