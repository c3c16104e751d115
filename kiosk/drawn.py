"""What the kiosk draws where the terminal shows pictures: words with a pictogram, numbers, codes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache, partial

from PIL import Image

from faces.canvas import Canvas, Font, Side
from faces.contrast import RGB, contrast
from faces.picture import Cell, Look
from printers.qr import QUIET_ZONE, qr_matrix
from shared.language import Direction

_SENTENCE = 0.62
"""The size of a sentence, as a share of its title's."""
_STATE = 0.9
"""The same for one that has to be read."""
_SMALLEST, _LARGEST = 0.7, 5.0
"""The sizes that a title may have, in heights of a cell."""
_SMALLEST_WITH_SENTENCE = 1.25
"""Below this a sentence would have letters that nobody reads while standing: then the title has the place alone."""
_MARGIN = 0.4
"""Free space at the edges, in heights of a cell."""
_SIGN = 0.32
"""How wide a pictogram beside its title may be, as a share of the whole."""
_EDGE = 0.28
"""The width of an edge in another colour, in heights of a cell."""
_FRAME = 0.08
"""The width of the line around what can be touched, in heights of a cell."""
_SEEN = 3.0
"""The least contrast of a sign (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True, slots=True)
class Label:
    """A title, a sentence and a pictogram, as large as the space allows."""

    title: str
    sentence: str = ""
    pictogram: str = ""
    direction: Direction = "ltr"
    centred: bool = False
    like: tuple[Label, ...] = ()
    """Labels beside it: all get the same size, that of the one with the least room."""
    urgent: bool = False
    """Whether the sentence has to be read: the state of a switch, and why something cannot be had."""
    indent: int = 0
    """Cells that stay free where lines begin."""

    def small(self, size: int) -> Font:
        """The letters of the sentence beside a title of this size."""
        return Font(round(size * (_STATE if self.urgent else _SENTENCE)), self.direction, bold=self.urgent)

    def draw(self, size: tuple[int, int], cell: Cell, look: Look) -> Image.Image:
        """Sign and words in one row, in the direction of reading."""
        width, height = size
        canvas = Canvas(size, look.paper)
        edge = round(cell.height * _EDGE) if look.edge else 0
        if look.frame:
            canvas.frame(round(cell.height * _FRAME), look.frame)
        if look.edge:
            left = 0 if self.direction == "ltr" else width - edge
            canvas.area((left, 0, left + edge, height), look.edge)
        box = width - edge, height
        text = min(_fit(one, box, cell) for one in (self, *self.like))
        self._put(canvas, box, edge, Font(text, self.direction, bold=True), cell, look)
        return canvas.finished()

    def _put(self, canvas: Canvas, box: tuple[int, int], edge: int, font: Font, cell: Cell, look: Look) -> None:
        margin, side, room = _places(self, box, cell)
        small = self.small(font.size)
        rows = [(line, font, look.ink) for line in font.broken(self.title, room)]
        sentence = [(line, small, _quiet(look)) for line in small.broken(self.sentence, room)]
        if _high([*rows, *sentence]) <= box[1] - round(cell.height * _MARGIN) // 2:
            rows += sentence
        longest = max((kind.length(line) for line, kind, _ in rows), default=0)
        used = (side + margin if side else 0) + longest
        start = (box[0] - used) // 2 if self.centred else margin
        x = edge + start if self.direction == "ltr" else box[0] - start
        if side:
            at = x if self.direction == "ltr" else x - side
            canvas.sign(self.pictogram, (at, (box[1] - side) // 2), side, self.direction, _of_sign(look))
            x += (side + margin) * (1 if self.direction == "ltr" else -1)
        where: Side = "left" if self.direction == "ltr" else "right"
        if self.centred and not side:
            where, x = "middle", edge + box[0] // 2
        y = (box[1] - _high(rows)) // 2
        for line, kind, ink in rows:
            canvas.line(line, (x, y), where, kind, ink)
            y += kind.height


def _high(rows: list[tuple[str, Font, RGB]]) -> int:
    return sum(font.height for _, font, _ in rows)


def _of_sign(look: Look) -> RGB:
    """The colour of a pictogram: that of the edge, unless it could not be seen there, as on a tile that is chosen."""
    return look.edge if look.edge and contrast(look.edge, look.paper) >= _SEEN else look.ink


def _quiet(look: Look) -> RGB:
    """The ink of what is less important; its contrast stays above 4.5 : 1 on the kiosk's colours."""
    red, green, blue = (ink + (paper - ink) // 4 for ink, paper in zip(look.ink, look.paper, strict=True))
    return red, green, blue


def _places(label: Label, box: tuple[int, int], cell: Cell) -> tuple[int, int, int]:
    """The free space at the edges, the side of the pictogram, and the width that is left for words."""
    margin = max(round(cell.height * _MARGIN), label.indent * cell.width)
    wide = round(box[0] * _SIGN) if label.title else box[0] - round(cell.height * _MARGIN)
    side = min(box[1] - round(cell.height * _MARGIN), wide, cell.height * 8) if label.pictogram else 0
    return margin, side, box[0] - 2 * margin - (side + margin if side else 0)


@lru_cache(maxsize=2048)
def _fit(label: Label, box: tuple[int, int], cell: Cell) -> int:
    """The largest size in pixels at which title and sentence have room, or else the title alone."""
    *_, room = _places(label, box, cell)
    high = box[1] - round(cell.height * _MARGIN) // 2
    with_sentence = _SMALLEST if label.urgent else _SMALLEST_WITH_SENTENCE
    for sentence, smallest in ((label.sentence, with_sentence), ("", _SMALLEST)):
        sizes = range(round(cell.height * _LARGEST), round(cell.height * smallest), -2)
        fits = partial(_has_room, label=label, sentence=sentence, room=(room, high))
        if (found := bisect_left(sizes, True, key=fits)) < len(sizes):
            return sizes[found]
    return round(cell.height * _SMALLEST)


def _has_room(size: int, *, label: Label, sentence: str, room: tuple[int, int]) -> bool:
    font, small = Font(size, label.direction, bold=True), label.small(size)
    title, below = font.broken(label.title, room[0]), small.broken(sentence, room[0])
    long = [font.length(line) for line in title] + [small.length(line) for line in below]
    return max(long, default=0) <= room[0] and len(title) * font.height + len(below) * small.height <= room[1]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Labels beside each other."""

    parts: tuple[tuple[Label, int, int, Look], ...]
    """Each with its first cell, its width in cells and its colours."""

    def draw(self, size: tuple[int, int], cell: Cell, look: Look) -> Image.Image:
        """Each in its place, on the paper."""
        canvas = Canvas(size, look.paper)
        for label, x, cells, own in self.parts:
            canvas.inset(label.draw((cells * cell.width, size[1]), cell, own), (x * cell.width, 0))
        return canvas.finished()


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as large as its place."""

    text: str

    def draw(self, size: tuple[int, int], cell: Cell, look: Look) -> Image.Image:  # noqa: ARG002  (a Drawing's)
        """The number in the middle."""
        canvas = Canvas(size, look.paper)
        trial = Font(100, "ltr", bold=True)
        scale = min(size[0] * 0.94 / max(1, trial.length(self.text)), size[1] / trial.height)
        font = Font(max(1, round(100 * scale)), "ltr", bold=True)
        canvas.line(self.text, (size[0] // 2, (size[1] - font.height) // 2), "middle", font, look.ink)
        return canvas.finished()


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with whole pixels for each module, so that every phone reads it."""

    text: str

    def draw(self, size: tuple[int, int], cell: Cell, look: Look) -> Image.Image:  # noqa: ARG002
        """The code in the middle, with its quiet zone; black on white in every theme."""
        matrix = qr_matrix(self.text)
        side = len(matrix) + 2 * QUIET_ZONE
        module = max(1, min(size) // side)
        left, top = ((length - module * len(matrix)) // 2 for length in size)
        canvas = Canvas(size, (255, 255, 255))
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    at = left + x * module, top + y * module
                    canvas.area((*at, at[0] + module, at[1] + module), (0, 0, 0))
        return canvas.finished()
