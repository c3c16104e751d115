"""Where the terminal shows pictures, they lie over the text, which stays."""

from __future__ import annotations

from typing import Any

import pytest
from PIL.Image import Image
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from faces.picture import Cell, Pictured
from kiosk.drawn import Label
from kiosk.moves import Step
from kiosk.widgets.foot import Foot
from kiosk.widgets.front import Front
from kiosk.widgets.tiles import Tile
from shared.centre import Centre
from tests.support.screens import settled, until
from tests.tui.visitor import Visitor, visitor


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pictured, "cell", Cell(10, 20))


def over(widget: Widget) -> str:
    """The picture that is sent after the last line of a widget; empty if there is none."""
    *_, last = widget.render_lines(Region(0, 0, *widget.region.size))
    assert last.cell_length == widget.region.width, "nothing moves"
    return "".join(segment.text for segment in last if segment.control)


def pictured(one: Visitor) -> list[Pictured]:
    return [found for found in one.screen.query("*").results(Widget) if isinstance(found, Pictured) and found.region]


@pytest.mark.usefixtures("pictures")
async def test_every_language_is_drawn_over_its_name(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.looks()
        for tile in one.tiles():
            x, y = tile.region.offset
            size = f'"1;1;{tile.region.width * 10};{tile.region.height * 20}'
            assert over(tile).startswith(f"\x1b7\x1b[{y + 1};{x + 1}H\x1bP0;1;0q{size}")
        assert "Deutsch" in str(one.tile("de").render())


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize("size", [(60, 18), (100, 30), (200, 60)])
async def test_no_picture_touches_the_last_row_and_xterm_can_remember_them_all(
    centre: Centre, size: tuple[int, int]
) -> None:
    async with visitor(centre, size=size) as one:
        await one.touches("ar")
        await one.touches("neu_familie")
        await one.comes_to(Step.SUMMARY)
        await one.looks()
        drawn = [found for found in pictured(one) if over(found)]
        assert 5 < len(drawn) <= 15
        assert all(found.region.bottom < size[1] for found in drawn)


@pytest.mark.usefixtures("pictures")
async def test_number_and_buttons_are_drawn_on_the_same_cells(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.goes("uk", "neu")
        await one.looks()
        assert over(one.screen.query_one("TicketView DrawnNumber"))
        assert over(one.screen.query_one(Foot))


async def test_elsewhere_text_is_all_there_is(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.looks()
        assert [found for found in pictured(one) if over(found)] == []


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize(("size", "tag"), [((60, 18), "ar"), ((120, 40), "uk")])
async def test_while_nobody_is_there_the_next_page_is_drawn_ahead(
    centre: Centre, size: tuple[int, int], tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.widgets.rest._QUIET_S", 0.0)
    centre.plan = centre.plan.model_copy(
        update={"site": centre.plan.site.model_copy(update={"languages": ("de", "uk", "ar", "en")})}
    )
    async with visitor(centre, size=size) as one:
        await one.looks()
        rest = one.screen.query_one(Front)._rest
        while (draw := rest._next(one.screen.way)) is not None:
            draw()
        late, draw_now = list[Label](), Label.draw

        def draws(label: Label, *place: Any) -> Image:
            late.append(label)
            return draw_now(label, *place)

        monkeypatch.setattr(Label, "draw", draws)
        await one.touches(tag)
        await one.comes_to(Step.CONCERN)
        await settled(one.pilot)
        assert all(over(tile) for tile in one.tiles())
        assert not {tile.label for tile in one.tiles()} & set(late)


@pytest.mark.usefixtures("pictures")
async def test_what_a_terminal_may_have_lost_is_drawn_anew(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.widgets.rest._QUIET_S", 0.0)
    monkeypatch.setattr("kiosk.widgets.rest._ANEW_S", 0.0)
    monkeypatch.setattr("kiosk.widgets.tiles.TileGrid.ahead", lambda *_: iter(()))  # that is done already
    async with visitor(centre) as one:
        await one.looks()
        tile = one.tile("de")
        painted = 0
        before = Tile.render_lines

        def counts(self: Tile, crop: Region) -> list[Strip]:
            nonlocal painted
            painted += self is tile
            return before(self, crop)

        monkeypatch.setattr(Tile, "render_lines", counts)
        await until(lambda: painted >= 2)
