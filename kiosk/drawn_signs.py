"""Signs in a row, as large as their place: pictograms, and a clock that shows an hour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from PIL import Image, ImageDraw

from faces.canvas import Canvas
from faces.picture import Cell, Look
from kiosk.poster import CLOCK
from shared.language.drawing import pictogram

_FINE = 4
"""The clock is drawn so many times larger, because lines of Pillow have rough edges."""
_RIM, _STROKE = 0.42, 0.07
"""Radius of the clock and width of its lines, as shares of its side."""
_HOUR_HAND, _MINUTE_HAND = 0.45, 0.65
"""Shares of the radius."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Names of pictograms, or CLOCK."""

    names: tuple[str, ...]
    hour: str = ""
    """What the clock shows, "13:00"; it has no hands without it."""

    def draw(self, size: tuple[int, int], cell: Cell, look: Look) -> Image.Image:  # noqa: ARG002  (a Drawing's)
        """The row in the middle."""
        side = max(1, min(size[1], size[0] // len(self.names)))
        canvas = Canvas(size, look.paper)
        at = (size[0] - side * len(self.names)) // 2, (size[1] - side) // 2
        canvas.mask(self.mask(side), at, look.ink)
        return canvas.finished()

    def mask(self, side: int) -> Image.Image:
        """The row as a picture of mode "L", each sign `side` by `side` pixels: 255 is ink."""
        row = Image.new("L", (side * len(self.names), side))
        for place, name in enumerate(self.names):
            sign = _clock(self.hour, side) if name == CLOCK else pictogram(name, side)
            row.paste(sign, (place * side, 0))
        return row


@lru_cache(maxsize=16)
def _clock(hour: str, side: int) -> Image.Image:
    large = side * _FINE
    middle, radius, stroke = large / 2, large * _RIM, round(large * _STROKE)
    face = Image.new("L", (large, large))
    draw = ImageDraw.Draw(face)
    rim = middle - radius, middle - radius, middle + radius, middle + radius
    draw.ellipse(rim, outline=255, width=stroke)
    if hour:
        hours, minutes = (int(part) for part in hour.split(":"))
        for turn, length in (((hours + minutes / 60) / 12, _HOUR_HAND), (minutes / 60, _MINUTE_HAND)):
            x, y = sin(2 * pi * turn), -cos(2 * pi * turn)
            end = middle + radius * length * x, middle + radius * length * y
            draw.line(((middle, middle), end), fill=255, width=stroke)
            half = stroke / 2
            for at in ((middle, middle), end):  # round ends
                draw.ellipse((at[0] - half, at[1] - half, at[0] + half, at[1] + half), fill=255)
    return face.resize((side, side), Image.Resampling.BOX)
