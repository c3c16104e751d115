"""Large tiles to touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import zip_longest

from textual.app import ComposeResult
from textual.containers import Grid

from faces.text import Bidi, Direction
from kiosk.drawn import Label
from kiosk.looks import MOST_TILES, Look
from kiosk.moves import Act
from kiosk.offer import Choice
from kiosk.way import Way
from kiosk.widgets.label import LabelView
from kiosk.widgets.touchable import Touchable

FEW = 6
"""Up to this many tiles have room for their sentences on the smallest screen."""
_STATED = (Act.SWITCH, Act.NEEDS, Act.LOOK)
"""What says its state in a word."""
FEW_COLUMNS, MANY_COLUMNS = 2, 3
"""As the stylesheet lays them out."""


def labelled(choice: Choice, beside: Sequence[Choice] = ()) -> Label:
    """What is drawn for a choice; choices of the same kind beside it have letters of the same size."""
    like = tuple(labelled(other) for other in beside if other.act is choice.act)
    title, sentence = choice.title, choice.sentence
    if choice.act is Act.MORE:  # what is behind it can be read by those who cannot read "More"
        title, sentence = sentence, title
    urgent = choice.pale or choice.on or choice.act in _STATED
    return Label(title, sentence, choice.pictogram, choice.direction, like=like, urgent=urgent)


class Tile(LabelView, Touchable):
    """One thing to choose."""

    def offer(self, choice: Choice | None, label: Label | None, way: Way) -> None:
        """Show a choice; None for an empty place."""
        self.offers = way.touch(choice.act, choice.key) if choice else None
        self.visible = choice is not None
        self.set_class(choice is not None and choice.on, "-on")
        self.set_class(choice is not None and choice.pale, "-pale")
        self.label = label


def _are_few(choices: Sequence[Choice], way: Way) -> bool:
    """Whether two columns are enough; below the middle of the screen there is room for two rows alone."""
    return len(choices) <= FEW and Look.REACH not in way.wish.looks


def _placed(choices: Sequence[Choice], few: bool) -> list[Choice | None]:
    return in_places(choices, FEW_COLUMNS if few else MANY_COLUMNS, choices[-1].direction if choices else "ltr")


class TileGrid(Grid):
    """A page of tiles, filled in the direction of reading."""

    can_focus = False

    def __init__(self, bidi: Bidi, id: str) -> None:
        super().__init__(id=id)
        self._tiles = [Tile(bidi) for _ in range(MOST_TILES)]

    def compose(self) -> ComposeResult:
        yield from self._tiles

    def offer(self, choices: Sequence[Choice], way: Way) -> None:
        """Show up to twelve choices; the stylesheet arranges them by their number."""
        assert len(choices) <= MOST_TILES
        few = _are_few(choices, way)
        self.set_class(few, "-few")
        self.set_class(not few, "-many")
        places = _placed(choices, few)
        for tile, choice in zip_longest(self._tiles, places):
            tile.offer(choice, labelled(choice, choices) if choice else None, way)
        for number, tile in enumerate(self._tiles):
            tile.display = number < len(places)

    def ahead(self, choices: Sequence[Choice], way: Way) -> Iterator[Callable[[], None]]:
        """What draws each of these choices as it will be drawn here. Nothing where they would be laid out otherwise."""
        few = _are_few(choices, way)
        if not self.content_size or few != self.has_class("-few"):
            return
        places = _placed(choices, few)
        tiles = self._tiles[: len(places)]
        sizes = {put.widget: put.region.size for put in self.layout.arrange(self, list(tiles), self.content_size)}
        for tile, choice in zip(tiles, places, strict=True):
            if choice is not None:
                yield partial(tile.draw_ahead, labelled(choice, choices), sizes[tile])


def in_places(choices: Sequence[Choice], columns: int, direction: Direction) -> list[Choice | None]:
    """The choices in the order of places, left to right; for right-to-left readers each row is reversed."""
    if direction == "ltr":
        return list(choices)
    places: list[Choice | None] = []
    for first in range(0, len(choices), columns):
        row: list[Choice | None] = list(choices[first : first + columns])
        places += [*[None] * (columns - len(row)), *reversed(row)]
    return places
