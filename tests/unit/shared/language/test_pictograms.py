"""Each pictogram that a plan can name is in the font, and the font has no other."""

from __future__ import annotations

import pytest
from PIL import ImageChops, ImageFont, ImageOps

from shared.language.drawing import pictogram
from shared.language.fonts import pictogram_font_path
from shared.language.pictograms import PICTOGRAMS, TURNED

_PRIVATE_USE = range(0xE000, 0xF900)


@pytest.mark.parametrize("side", [16, 48, 480])
def test_each_name_has_a_drawing_that_fills_its_square(side: int) -> None:
    for name in PICTOGRAMS:
        drawn = pictogram(name, side)
        assert (drawn.mode, drawn.size) == ("L", (side, side))
        left, top, right, bottom = drawn.getbbox() or (0, 0, 0, 0)
        assert max(right - left, bottom - top) > side // 2, name


def test_no_two_names_have_the_same_drawing() -> None:
    assert len({pictogram(name, 48).tobytes() for name in PICTOGRAMS}) == len(PICTOGRAMS)


def test_the_font_has_a_glyph_for_each_name_and_no_other() -> None:
    font = ImageFont.truetype(pictogram_font_path(), 16, layout_engine=ImageFont.Layout.BASIC)
    drawn = {chr(point) for point in _PRIVATE_USE if font.getmask(chr(point)).getbbox()}
    assert drawn == set(PICTOGRAMS.values())


def test_what_points_where_reading_goes_is_mirrored_from_right_to_left() -> None:
    for name in PICTOGRAMS:
        turned, plain = pictogram(name, 48, "rtl"), pictogram(name, 48)
        expected = ImageOps.mirror(plain) if name in TURNED else plain
        assert ImageChops.difference(turned, expected).getbbox() is None
    assert pictogram("back", 48, "rtl") != pictogram("back", 48)


def test_an_unknown_name_is_no_empty_square() -> None:
    with pytest.raises(KeyError):
        pictogram("mortarboard", 48)


def test_names_can_be_written_in_a_plan() -> None:
    assert all(name.isascii() and name.replace("_", "").isalpha() and name.islower() for name in PICTOGRAMS)


def test_the_font_is_small_and_its_licence_lies_beside_it() -> None:
    path = pictogram_font_path()
    assert path.stat().st_size < 25_000
    assert "Apache License" in path.with_name("Pictograms-LICENSE.txt").read_text(encoding="utf-8")
