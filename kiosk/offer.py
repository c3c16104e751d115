"""What a visitor sees at one step: tiles, sentences and the buttons at the foot. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.way import Act
from shared.language import Direction, Language

CAPACITY = 12
"""Most tiles on one page: what a screen of 60 by 18 cells shows with every tile 20 mm high."""
_NAMED_AHEAD = 4
"""How many of the following choices are named on the tile that leads to them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A tile or a button: what it says, and what a touch on it does."""

    act: Act
    title: str
    sentence: str = ""
    direction: Direction = "ltr"
    key: str = ""
    """Which of several things it chooses."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What one step shows. The number has its own widget."""

    say: Language
    question: str = ""
    tiles: tuple[Choice, ...] = ()
    word: str = ""
    """A sentence instead of tiles."""
    everybody: Callable[[Language], str] | None = None
    """A sentence for everybody, in each language."""
    staff: str = ""
    """A sentence for the staff who look after the kiosk."""
    back: Choice | None = None
    forward: Choice | None = None

    def has(self, act: Act, key: str) -> bool:
        """Whether there is something to touch that does this."""
        shown = (*self.tiles, self.back, self.forward)
        return any(choice is not None and (choice.act, choice.key) == (act, key) for choice in shown)


def button(act: Act, word: str, say: Language) -> Choice:
    """A button at the foot."""
    return Choice(act, word, direction=say.direction)


def page(choices: Sequence[Choice], number: int, say: Language) -> tuple[Choice, ...]:
    """The page with this number, starting again after the last; if there are more pages, a tile leads to the next.

    That tile names what comes next, so that visitors who cannot read "More" can see their own language there.
    """
    if len(choices) <= CAPACITY:
        return tuple(choices)
    size = CAPACITY - 1
    pages = [choices[first : first + size] for first in range(0, len(choices), size)]
    following = " · ".join(choice.title for choice in pages[(number + 1) % len(pages)][:_NAMED_AHEAD])
    return (*pages[number % len(pages)], Choice(Act.MORE, f"{say.text('More')} …", following, say.direction))
