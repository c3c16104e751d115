"""The same text in every language of the centre at once, or in turns if there is no room for all."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from faces.text import Bidi, Phrase
from shared.language import LANGUAGES, Language, language

_TURN_S = 8.0
"""Long enough to read a few short sentences twice."""
_ROWS = 4
"""The most rows that a language takes, with the space around it."""


class Notices(Vertical):
    """A text in every language."""

    def __init__(self, bidi: Bidi, *, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi
        self._tags: tuple[str, ...] = LANGUAGES
        self._first = 0
        self._word: Callable[[Language], str] = lambda _: ""

    def compose(self) -> ComposeResult:
        """A phrase for each language that there may be."""
        for _ in LANGUAGES:
            yield Phrase(bidi=self._bidi)

    def on_mount(self) -> None:
        """Take turns from the start."""
        self.set_interval(_TURN_S, self._turn)

    def show(self, word: Callable[[Language], str], first: Language, tags: tuple[str, ...]) -> None:
        """Show this in the languages `tags`, starting with `first` if it is one of them."""
        self._word, self._tags = word, tags
        self._first = tags.index(first.tag) if first.tag in tags else 0
        self._say()

    def on_resize(self) -> None:
        """Use the available room."""
        self._say()

    @property
    def _room(self) -> int:
        """How many languages there is room for."""
        return min(max(1, self.size.height // _ROWS), len(self._tags))

    def _turn(self) -> None:
        if self._room < len(self._tags):
            self._first = (self._first + self._room) % len(self._tags)
            self._say()

    def _say(self) -> None:
        for n, phrase in enumerate(self.query(Phrase)):
            phrase.display = n < self._room
            if phrase.display:
                say = language(self._tags[(self._first + n) % len(self._tags)])
                phrase.say(self._word(say), say.direction)
