"""The head of the console."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from caller.guidance import STATES
from caller.words import Words
from faces.text import Bidi, Phrase
from shared.model import Desk


class Top(Horizontal):
    """Which desk this is, its state, what it serves, and whether everything is an exercise."""

    def __init__(self, bidi: Bidi, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi

    def compose(self) -> ComposeResult:
        """One line."""
        for id in ("place", "state", "services", "training"):
            yield Phrase(bidi=self._bidi, id=id)

    def show(self, words: Words, key: str, desk: Desk | None, *, training: bool) -> None:
        """Show a desk; None while its state is unknown."""
        self._say(words, "place", words.say("Desk {desk}", desk=key))
        self._say(words, "training", words.say("EXERCISE") if training else "")
        if desk is not None:
            self._say(words, "state", words.say(STATES[desk.state]))
            self._say(words, "services", " · ".join(words.service(service) for service in desk.services))

    def _say(self, words: Words, id: str, text: str) -> None:
        self.query_one(f"#{id}", Phrase).say(text, words.house.direction)
