"""The bytes of a picture, read by a strict interpreter that is independent of the code that wrote them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from printers.commands import FEED_AND_CUT
from printers.faults import Faults
from printers.interpreter import Cut, Interpreter
from printers.raster import raster

PAPER = 576


def printed(picture: Image.Image) -> Image.Image:
    """The printed paper, cut to the size of the picture."""
    events = Interpreter(PAPER).take(raster(picture, 203) + FEED_AND_CUT, Faults())
    (cut,) = (event for event in events if isinstance(event, Cut))
    assert cut.picture
    return cut.picture.crop((0, 0, PAPER, picture.height)).convert("1")


@pytest.mark.parametrize(("width", "height"), [(8, 1), (16, 255), (24, 256), (576, 511)])
def test_every_dot_comes_out_where_it_was(width: int, height: int) -> None:
    noise = Image.effect_noise((width, height), 100).convert("1")
    on_paper = Image.new("1", (PAPER, height), 1)
    on_paper.paste(noise, (0, 0))
    assert ImageChops.logical_xor(printed(noise), on_paper).getbbox() is None


def test_blank_rows_are_fed_and_not_sent() -> None:
    picture = Image.new("1", (PAPER, 500), 1)
    picture.paste(0, (0, 0, PAPER, 1))
    picture.paste(0, (0, 499, PAPER, 500))
    assert len(raster(picture, 203)) < 500
    assert ImageChops.logical_xor(printed(picture), picture).getbbox() is None


def test_grey_becomes_black_without_a_pattern() -> None:
    assert printed(Image.new("L", (16, 4), 100)).crop((0, 0, 16, 4)).getextrema() == (0, 0)


def test_a_width_that_is_no_multiple_of_eight_is_filled_with_white() -> None:
    paper = printed(Image.new("1", (572, 4), 0))
    assert paper.crop((0, 0, 572, 4)).getextrema() == (0, 0)
    assert paper.crop((572, 0, 576, 4)).getextrema() == (255, 255)
