"""The bytes of a picture are those that python-escpos writes, which never saw this code."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from printers.commands import FEED_AND_CUT
from printers.faults import Faults
from printers.interpreter import Cut, Interpreter
from printers.layout import Paper, ticket_picture
from printers.raster import MOST_ROWS, raster
from shared.config import Plan
from shared.language import LANGUAGES
from shared.model import Ticket


@pytest.fixture(scope="module")
def library() -> Iterator[Any]:
    """`escpos.printer`, with a small database of printers; its import leaves a folder behind and logs to stderr."""
    handlers = logging.root.handlers[:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCPOS_CAPABILITIES_FILE", str(Path(__file__).parent / "escpos_profile.json"))
        patch.delenv("ESCPOS_CAPABILITIES_PICKLE_DIR", raising=False)
        import escpos.printer
        from escpos import capabilities
    logging.root.handlers[:] = handlers
    yield escpos.printer
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)


def of_the_library(library: Any, picture: Image.Image) -> bytes:
    """A picture in pieces of at most 255 rows."""
    page = library.Dummy()
    for top in range(0, picture.height, MOST_ROWS):
        piece = picture.crop((0, top, picture.width, min(top + MOST_ROWS, picture.height)))
        page.image(piece, impl="bitImageRaster", fragment_height=MOST_ROWS)
    return bytes(page.output)


def full(picture: Image.Image) -> Image.Image:
    """The same with a black column, so that no row is blank and fed instead of sent."""
    picture = picture.copy()
    picture.paste(0, (0, 0, 1, picture.height))
    return picture


@pytest.mark.parametrize("paper", [Paper(), Paper(512, 180), Paper(384, 203)])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_ticket_has_the_bytes_that_the_library_writes(
    library: Any, plan: Plan, a_ticket: Callable[..., Ticket], tag: str, paper: Paper
) -> None:
    picture = full(ticket_picture(a_ticket(tag, 4), plan, paper))
    ours = raster(picture, paper.dpi)
    assert ours[:4] == bytes((0x1D, 0x50, 0, paper.dpi))
    assert ours[4:] == of_the_library(library, picture)


@pytest.mark.parametrize(("width", "height"), [(8, 1), (16, 255), (24, 256), (576, 511)])
def test_any_picture_has_them_too(library: Any, width: int, height: int) -> None:
    noise = full(Image.effect_noise((width, height), 100).convert("1"))
    assert raster(noise, 203)[4:] == of_the_library(library, noise)


def test_white_may_be_written_as_any_number(library: Any) -> None:
    picture = Image.new("1", (16, 30), 1)
    picture.paste(0, (0, 0, 1, 30))
    assert raster(picture, 203)[4:] == of_the_library(library, picture)


def test_grey_becomes_black_without_a_pattern(library: Any) -> None:
    grey = Image.new("L", (16, 4), 100)
    assert raster(grey, 203)[4:] == of_the_library(library, Image.new("1", (16, 4), 0))


def test_a_width_that_is_no_multiple_of_eight_is_filled_with_white() -> None:
    picture = Image.new("1", (572, 4), 0)
    (cut,) = (
        event
        for event in Interpreter(576).take(raster(picture, 203) + FEED_AND_CUT, Faults())
        if isinstance(event, Cut)
    )
    assert cut.picture
    assert cut.picture.crop((0, 0, 572, 4)).getextrema() == (0, 0)
    assert cut.picture.crop((572, 0, 576, 4)).getextrema() == (255, 255)
