"""Large tiles to touch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from faces.text import Bidi, Phrase
from kiosk.offer import CAPACITY, Choice
from kiosk.way import Way
from kiosk.widgets.touchable import Touchable

FEW = 6
"""Up to this many tiles have room for their sentences on the smallest screen."""
FEW_COLUMNS, MANY_COLUMNS = 2, 3
"""As the stylesheet lays them out."""


class Tile(Touchable, Vertical):
    """One thing to choose: a title, and a sentence if there is room for it."""

    def __init__(self, bidi: Bidi) -> None:
        super().__init__()
        self._title = Phrase(bidi=bidi, classes="title")
        self._sentence = Phrase(bidi=bidi, classes="sentence")

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._sentence

    def offer(self, choice: Choice | None, way: Way) -> None:
        """Show a choice; None for an empty place."""
        self.offers = way.touch(choice.act, choice.key) if choice else None
        self.visible = choice is not None
        if choice is not None:
            self.set_class(choice.direction == "rtl", "-rtl")
            self._title.say(choice.title, choice.direction)
            self._sentence.say(choice.sentence, choice.direction)


class TileGrid(Grid):
    """A page of tiles, filled in the direction of reading."""

    can_focus = False

    def __init__(self, bidi: Bidi, id: str) -> None:
        super().__init__(id=id)
        self._tiles = [Tile(bidi) for _ in range(CAPACITY)]

    def compose(self) -> ComposeResult:
        yield from self._tiles

    def offer(self, choices: Sequence[Choice], way: Way) -> None:
        """Show up to twelve choices; the stylesheet arranges them by their number."""
        assert len(choices) <= CAPACITY
        self.set_class(len(choices) <= FEW, "-few")
        self.set_class(len(choices) > FEW, "-many")
        places = self._in_places(choices)
        for tile, choice in zip_longest(self._tiles, places):
            tile.offer(choice, way)
        for number, tile in enumerate(self._tiles):
            tile.display = number < len(places)

    def _in_places(self, choices: Sequence[Choice]) -> list[Choice | None]:
        """The choices in the order of places, left to right; for right-to-left readers each row is reversed."""
        if not choices or choices[-1].direction == "ltr":
            return list(choices)
        columns = FEW_COLUMNS if len(choices) <= FEW else MANY_COLUMNS
        places: list[Choice | None] = []
        for first in range(0, len(choices), columns):
            row: list[Choice | None] = list(choices[first : first + columns])
            places += [*[None] * (columns - len(row)), *reversed(row)]
        return places
