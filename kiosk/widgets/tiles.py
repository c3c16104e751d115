"""Large tiles to touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from kiosk.messages import Chosen
from kiosk.widgets.phrase import Direction, Phrase

CAPACITY = 12
"""Tiles of one page: what a screen of 60 by 18 cells shows with every tile 20 mm high."""

FEW = 6
"""Up to so many tiles there is room for their sentences on the smallest screen."""
FEW_COLUMNS, MANY_COLUMNS = 2, 3
"""As the stylesheet lays them out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one tile offers."""

    key: str
    title: str
    sentence: str = ""
    direction: Direction = "ltr"


class Tile(Vertical):
    """One thing to choose: a title, and a sentence where there is room for it."""

    can_focus = False

    def __init__(self, bidi: Literal["app", "terminal"], id: str | None = None) -> None:
        super().__init__(id=id)
        self.key = ""
        """What is chosen by touching it."""
        self._title = Phrase(bidi=bidi, classes="title")
        self._sentence = Phrase(bidi=bidi, classes="sentence")

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._sentence

    def offer(self, choice: Choice | None) -> None:
        """Show a choice; None for an empty place."""
        self.visible = choice is not None
        if choice is not None:
            self.key = choice.key
            self.set_class(choice.direction == "rtl", "-rtl")
            self._title.say(choice.title, choice.direction)
            self._sentence.say(choice.sentence, choice.direction)
            self._sentence.set_class(not choice.sentence, "-none")

    def on_click(self) -> None:
        """A finger was here."""
        self.post_message(Chosen(self.key))


class TileGrid(Grid):
    """A page of tiles, filled in the direction of reading."""

    can_focus = False

    def __init__(self, bidi: Literal["app", "terminal"], id: str | None = None) -> None:
        super().__init__(id=id)
        self._tiles = [Tile(bidi) for _ in range(CAPACITY)]

    def compose(self) -> ComposeResult:
        yield from self._tiles

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show up to twelve choices; the stylesheet lays them out by how many they are."""
        assert len(choices) <= CAPACITY
        self.set_class(len(choices) <= FEW, "-few")
        self.set_class(len(choices) > FEW, "-many")
        places = self._in_places(choices)
        for tile, choice in zip_longest(self._tiles, places):
            tile.offer(choice)
        for number, tile in enumerate(self._tiles):
            tile.display = number < len(places)

    def _in_places(self, choices: Sequence[Choice]) -> list[Choice | None]:
        """The choices in the order of places, left to right; right-to-left readers begin at the other end of a row."""
        if not choices or choices[-1].direction == "ltr":
            return list(choices)
        columns = FEW_COLUMNS if len(choices) <= FEW else MANY_COLUMNS
        places: list[Choice | None] = []
        for first in range(0, len(choices), columns):
            row: list[Choice | None] = list(choices[first : first + columns])
            places += [*[None] * (columns - len(row)), *reversed(row)]
        return places
