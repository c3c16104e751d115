"""The same text in every language of the centre at once, or in turns if there is no room for all."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from faces.text import Bidi
from kiosk.widgets.label import DrawnPhrase
from shared.language import LANGUAGES, Language, language

_BEAT_S = 4.0
"""Long enough to read a few short sentences once, where nobody may wait long for their language; else two of them."""
_ROWS, _MANY_ROWS = 4, 6
"""The rows of a language, and those where there is room for more than one in any case."""
_MANY = 8
"""Most languages at once: xterm forgets pictures beyond 16."""


class Notices(Vertical):
    """A text in every language."""

    can_focus = False

    def __init__(self, bidi: Bidi) -> None:
        super().__init__()
        self._bidi = bidi
        self._tags: tuple[str, ...] = LANGUAGES
        self._first = 0
        self._word: Callable[[Language], str] = lambda _: ""
        self._hurried = False
        self._beats = 0

    def compose(self) -> ComposeResult:
        """A phrase for each language that there may be at once."""
        for _ in range(_MANY):
            yield DrawnPhrase(bidi=self._bidi)

    def on_mount(self) -> None:
        """Take turns from the start."""
        self.set_interval(_BEAT_S, self._beat)

    def show(
        self, word: Callable[[Language], str], first: Language, tags: tuple[str, ...], *, hurried: bool = False
    ) -> None:
        """Show this in the languages `tags`, starting with `first` if it is one of them."""
        self._word, self._tags, self._hurried = word, tags, hurried
        self._first = tags.index(first.tag) if first.tag in tags else 0
        self._beats = -1  # the first beat may come at once
        self._say()

    def on_resize(self) -> None:
        """Use the available room."""
        self._say()

    @property
    def _room(self) -> int:
        """How many languages there is room for."""
        rows = self.size.height
        return min(max(1, rows // (_ROWS if rows < 2 * _MANY_ROWS else _MANY_ROWS)), len(self._tags), _MANY)

    def turn(self) -> None:
        """Let the next languages come, if not all are there."""
        if self._room < len(self._tags):
            self._first = (self._first + self._room) % len(self._tags)
            self._say()

    def _beat(self) -> None:
        self._beats += 1
        if self._beats > 0 and (self._hurried or self._beats % 2 == 0):
            self.turn()

    def _say(self) -> None:
        for n, phrase in enumerate(self.query(DrawnPhrase)):
            phrase.display = n < self._room
            if phrase.display:
                say = language(self._tags[(self._first + n) % len(self._tags)])
                phrase.say(self._word(say), say.direction)
