"""The sentences of the waiting room while nobody is called."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize

from display.sentences import Said
from display.widgets.sign import SMALLEST_LINE, Sign
from faces.text import Bidi
from shared.language.big_text import relative_width

_MOST_LINES = 3
_COLUMNS_PER_ROW = 2
"""A cell is about twice as high as it is wide."""
_NOTHING = Said((), "ltr")
_LARGEST = 9
"""Most rows of a drawn line; larger lines would look like shouting."""
_WRITTEN_ROWS = 2


class Calm(Vertical):
    """The same short sentences in the house's language and, less bright, in another one, all at the same size."""

    def __init__(self, bidi: Bidi) -> None:
        super().__init__()
        self._house = [Sign(bidi, classes="house") for _ in range(_MOST_LINES)]
        self._other = [Sign(bidi, classes="other") for _ in range(_MOST_LINES)]

    def compose(self) -> ComposeResult:
        """The house's language first."""
        yield from self._house
        yield from self._other

    def show(self, said: Sequence[Said]) -> None:
        """Say this in one or two languages, the house's first; at most three sentences each."""
        for signs, one in zip((self._house, self._other), (*said, _NOTHING), strict=False):
            for place, sign in enumerate(signs):
                sign.display = place < len(one.sentences)
                sign.text, sign.direction = one.sentences[place] if sign.display else "", one.direction
        self._fit()

    @on(Resize)
    def _fit(self) -> None:
        """Choose the largest size at which the widest line and all lines together fit."""
        signs = [sign for sign in (*self._house, *self._other) if sign.text]
        width, height = self.content_size
        if not signs or not width:
            return
        widest = max(relative_width(sign.text) for sign in signs)
        size = min(width / widest, _COLUMNS_PER_ROW * min(_LARGEST, height // len(signs)))
        for sign in signs:
            sign.line_height = size
            sign.styles.height = round(size / _COLUMNS_PER_ROW) if size >= SMALLEST_LINE else _WRITTEN_ROWS
