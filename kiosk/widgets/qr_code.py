"""The ticket's QR code on the screen, for a photo if there is no paper."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from faces.picture import Drawing, Pictured
from kiosk.drawn import Code
from printers.qr import qr_matrix

_QUIET = 2
"""Light modules around the code. The white of the widget widens them to the four of ISO/IEC 18004."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


class QrCode(Pictured):
    """Two modules in each cell, one above the other; black on white in every theme."""

    can_focus = False
    content_text: reactive[str] = reactive("", layout=True)

    def drawing(self) -> Drawing | None:
        """The code with whole pixels for each module."""
        return Code(self.content_text) if self.content_text else None

    def render(self) -> Content:
        """The code drawn in half blocks."""
        return Content("\n".join(half_blocks(self.content_text))) if self.content_text else Content("")


def half_blocks(text: str) -> list[str]:
    """A QR code of `text` as lines of half blocks, with its quiet zone."""
    matrix = qr_matrix(text)
    size = len(matrix) + 2 * _QUIET
    rows = [[False] * size for _ in range(size + size % 2)]
    for y, row in enumerate(matrix, start=_QUIET):
        rows[y][_QUIET : _QUIET + len(row)] = row
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
