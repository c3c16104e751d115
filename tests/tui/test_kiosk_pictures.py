"""Where the terminal shows pictures, they lie over the text, which stays."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.widget import Widget

from faces.picture import Cell, Pictured
from kiosk.moves import Step
from kiosk.widgets.foot import Foot
from shared.centre import Centre
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
        assert over(one.screen.query_one("DrawnNumber"))
        assert over(one.screen.query_one(Foot))


async def test_elsewhere_text_is_all_there_is(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.looks()
        assert [found for found in pictured(one) if over(found)] == []
