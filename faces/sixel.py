"""Pictures as Sixel, the oldest way to show one in a terminal: xterm and foot draw it. Pure."""

from __future__ import annotations

import re

from PIL import Image

_BAND = 6
"""Rows of pixels in one line of Sixel."""
_EMPTY = b"?"
_RUN = re.compile(rb"(.)\1{3,}")
_SIGNS = bytes(63 + bits if bits < 1 << _BAND else 63 for bits in range(256))
"""The sign for each set of inked rows in a column of a band: the upper row is the lowest bit."""


def sixel(picture: Image.Image) -> str:
    """A picture of mode "P" with few colours; each used colour costs a pass over each band.

    All colours are defined before the first is used, and nothing follows the last band: it would scroll the screen.
    """
    width, height = picture.size
    pixels = picture.tobytes()
    colours = picture.getpalette() or []
    used = sorted(set(pixels))
    out = [b'\x1bP0;1;0q"1;1;%d;%d' % (width, height)]
    out += [b"#%d;2;%d;%d;%d" % (one, *_percents(colours[3 * one : 3 * one + 3])) for one in used]
    only = {one: bytes(int(other == one) for other in range(256)) for one in used}
    bands = (pixels[first : first + _BAND * width] for first in range(0, len(pixels), _BAND * width))
    out.append(b"-".join(b"$".join(_passes(band, width, only)) for band in bands))
    return (b"".join(out) + b"\x1b\\").decode("ascii")


def _percents(colour: list[int]) -> list[int]:
    return [round(part * 100 / 255) for part in colour]


def _passes(band: bytes, width: int, only: dict[int, bytes]) -> list[bytes]:
    """A band, once for each of its colours."""
    rows = [band[first : first + width] for first in range(0, len(band), width)]
    return [b"#%d" % one + _line(rows, width, only[one]) for one in sorted(set(band))]


def _line(rows: list[bytes], width: int, mask: bytes) -> bytes:
    """One colour of a band. A row is one large number, so that all its columns move at once."""
    bits = 0
    for row, pixels in enumerate(rows):
        bits |= int.from_bytes(pixels.translate(mask), "big") << row
    signs = bits.to_bytes(width, "big").translate(_SIGNS).rstrip(_EMPTY)
    return _RUN.sub(lambda run: b"!%d%s" % (len(run[0]), run[1]), signs)
