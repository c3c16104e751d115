"""One look before paper comes: the concern large, people to count, and what else can be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical
from textual.getters import query_one

from faces.text import Bidi, Direction, Phrase
from kiosk.drawn import Label
from kiosk.looks import Look
from kiosk.offer import Choice, Counter, Summary
from kiosk.way import Way
from kiosk.widgets.label import DrawnPhrase, LabelView
from kiosk.widgets.mirror import mirror
from kiosk.widgets.row import Part, Row
from kiosk.widgets.tiles import in_places, labelled
from kiosk.widgets.touchable import Touchable
from kiosk.wish import Person

_WIDE = 36
"""Below so many cells, less and more are as narrow as a finger, so that the word has room."""
_CELLS = (8, 6), (5, 3)
"""Cells of what adds and takes away, and of a number."""
_MOST_EXTRAS = 4
_ONE_ROW = 90
"""With so many cells, everything that can be asked for stands in one row."""


class Stepper(Row):
    """How many come: a word, less, the number, more."""

    gap = 1
    _offered: tuple[Counter | None, Direction, Way] | None = None

    def offer(self, counter: Counter | None, direction: Direction, way: Way) -> None:
        """Show a count; nothing without one."""
        self._offered = counter, direction, way
        self.display = counter is not None
        if counter is None:
            self.parts = ()
            return
        sign, number = _CELLS[self.size.width < _WIDE]
        parts = (
            Part(Label(counter.who.title, "", counter.who.pictogram, direction), kind="words"),
            _sign(counter.less, way, "less", sign),
            Part(Label(str(counter.count), centred=True), kind="words", width=number),
            _sign(counter.more, way, "more", sign),
        )
        self.parts = parts if direction == "ltr" else parts[::-1]

    def on_resize(self) -> None:
        """The word comes first, where there is little room."""
        if self._offered is not None and self.parts:
            self.offer(*self._offered)


def _sign(choice: Choice | None, way: Way, name: str, cells: int) -> Part:
    """One person more or less; pale if there cannot be."""
    if choice is None:
        return Part(Label(" "), kind="off", width=cells)
    return Part(Label(choice.title, centred=True), way.touch(choice.act, choice.key), "step", cells, name=name)


class ExtraTile(LabelView, Touchable):
    """Something else to ask for. What can be switched says its state in a word, not by colour alone."""

    def offer(self, choice: Choice | None, way: Way) -> None:
        """Show what may be asked for; nothing without it."""
        self.display = choice is not None
        self.offers = way.touch(choice.act, choice.key) if choice else None
        if choice is not None:
            self.set_class(choice.on, "-on")
            self.label = labelled(choice)


class SummaryView(Vertical):
    """Draws a summary."""

    can_focus = False
    _asked = query_one("#asked", Phrase)
    _concern = query_one("#concern", LabelView)
    _people = query_one("#people", Horizontal)
    _extras = query_one("#extras", Grid)

    def __init__(self, bidi: Bidi, *, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi
        self._offered: tuple[Sequence[Choice], Direction, Way] | None = None
        self._steppers = [Stepper(bidi) for _ in Person]
        self._tiles = [ExtraTile(bidi) for _ in range(_MOST_EXTRAS)]

    def compose(self) -> ComposeResult:
        """Everything at once; what is not offered is hidden."""
        yield DrawnPhrase(bidi=self._bidi, id="asked")
        yield LabelView(self._bidi, id="concern")
        with Horizontal(id="people"):
            yield from self._steppers
        with Grid(id="extras"):
            yield from self._tiles

    def offer(self, question: str, summary: Summary, direction: Direction, way: Way) -> None:
        """Show what was chosen."""
        self._asked.say(question, direction)
        self._concern.label = labelled(summary.about)
        self._people.display = bool(summary.counters)
        for number, stepper in enumerate(self._steppers):
            stepper.offer(next(iter(summary.counters[number:]), None), direction, way)
        mirror(self._people, self._steppers, direction)
        self._offer_extras(summary.extras, direction, way)

    def on_resize(self) -> None:
        """As many beside each other as there is room for."""
        if self._offered is not None:
            self._offer_extras(*self._offered)

    def _offer_extras(self, extras: Sequence[Choice], direction: Direction, way: Way) -> None:
        self._offered = extras, direction, way
        columns = len(extras) if self.size.width >= _ONE_ROW or Look.REACH in way.wish.looks else 2
        self._extras.styles.grid_size_columns = columns
        for tile, choice in zip_longest(self._tiles, in_places(extras, columns, direction)):
            tile.offer(choice, way)

    def clear(self) -> None:
        """Keep nothing of what a visitor has chosen."""
        self._concern.label = None
        for stepper in self._steppers:
            stepper.parts = ()
        self._offered = None
        for tile in self._tiles:
            tile.label = None
