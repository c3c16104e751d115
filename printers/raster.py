"""Turns a picture into the bytes that print it, with python-escpos kept apart from the rest."""

from __future__ import annotations

import logging
import os
import shutil
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from PIL import Image

from printers.commands import feed, rows_as_unit

MOST_ROWS = 255
"""Most rows in one picture command: more would overflow the buffer of small printers."""
_WORTH_FEEDING = 16
"""From this many blank rows on, feeding is shorter and faster than sending them."""


def raster(picture: Image.Image, dpi: int) -> bytes:
    """The commands that print a picture, GS v 0 for rows with ink and ESC J for blank ones; grey becomes black."""
    dots = picture.convert("1", dither=Image.Dither.NONE)
    out = [rows_as_unit(dpi)]
    for inked, top, bottom in _runs(dots):
        if not inked:
            out.append(feed(bottom - top))
            continue
        for row in range(top, bottom, MOST_ROWS):
            out.append(_fragment(dots.crop((0, row, dots.width, min(row + MOST_ROWS, bottom)))))
    return b"".join(out)


def _runs(dots: Image.Image) -> list[tuple[bool, int, int]]:
    """The picture as runs of rows (inked, first row, row after the last); short blank runs count as inked."""
    blank, data = Image.new("1", (dots.width, 1), 1).tobytes(), dots.tobytes()
    flags = [data[start : start + len(blank)] != blank for start in range(0, len(data), len(blank))]
    runs, y = [], 0
    for inked, rows in groupby(flags):
        length = len(list(rows))
        runs.append((inked or length < _WORTH_FEEDING, y, y + length))
        y += length
    joined = []
    for inked, group in groupby(runs, key=lambda run: run[0]):
        members = list(group)
        joined.append((inked, members[0][1], members[-1][2]))
    return joined


def _fragment(strip: Image.Image) -> bytes:
    """GS v 0 m = 0 xL xH yL yH d1…dk: one picture command."""
    page = _library().Dummy()
    page.image(strip, impl="bitImageRaster", fragment_height=MOST_ROWS)
    return bytes(page.output)


@cache
def _library() -> Any:
    """`escpos.printer`, imported late and without its side effects.

    Its import parses a database of printers for a third of a second, leaves a temporary folder behind and starts
    logging to stderr, where a face draws; without a paper width it prints warnings to stdout. So we give it our own
    small database, and undo the rest.
    """
    handlers, environment = logging.root.handlers[:], dict(os.environ)
    profile = resources.files("printers") / "escpos_profile.json"
    with resources.as_file(profile) as path:
        os.environ["ESCPOS_CAPABILITIES_FILE"] = str(path)
        os.environ.pop("ESCPOS_CAPABILITIES_PICKLE_DIR", None)
        try:
            import escpos.printer
            from escpos import capabilities
        finally:
            logging.root.handlers[:] = handlers
            for name in ("ESCPOS_CAPABILITIES_FILE", "ESCPOS_CAPABILITIES_PICKLE_DIR"):
                os.environ.pop(name, None)
                if name in environment:
                    os.environ[name] = environment[name]
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return escpos.printer
