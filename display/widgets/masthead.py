"""The head of the screen: whose calls these are, and what time it is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from display.widgets.sign import Sign
from faces.text import Bidi, Direction


class Masthead(Horizontal):
    """The centre's name, the mark of an exercise, the time. Class: -training."""

    def __init__(self, bidi: Bidi) -> None:
        super().__init__()
        self._title = Sign(bidi, id="name")
        self._exercise = Sign(bidi, id="exercise")
        self._time = Sign(bidi, id="time")

    def compose(self) -> ComposeResult:
        """Name, mark, time."""
        yield self._title
        yield self._exercise
        yield self._time

    def show(self, name: str, exercise: str, time: str, direction: Direction) -> None:
        """Show these; an empty `exercise` means real work."""
        self._title.text, self._title.direction = name, direction
        self._exercise.text, self._exercise.direction = exercise, direction
        self.set_class(bool(exercise), "-training")
        self._time.text = time
