"""What a visitor sees at one step: tiles, sentences and the buttons at the foot. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.moves import Act
from kiosk.poster import Poster
from shared.language import Direction, Language

_SIGNS = {
    Act.BACK: "back",
    Act.STAY: "more_time",
    Act.PRINT: "printer",
    Act.WRONG: "cancel",
    Act.DONE: "done",
}
"""The pictograms of buttons."""
_LETTERS_AHEAD = 40
"""How long the following choices on the tile that leads to them may be, together; the first is always named."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A tile or a button: what it says, and what a touch on it does."""

    act: Act
    title: str
    sentence: str = ""
    direction: Direction = "ltr"
    key: str = ""
    """Which of several things it chooses."""
    pictogram: str = ""
    """Its sign, where the terminal shows pictures."""
    on: bool = False
    """Whether it is switched on; the words say it, too."""
    pale: bool = False
    """Whether it cannot be had today; then its sentence says so, whatever room there is."""
    sign: str = ""
    """One or two letters in its stead, where it shows none and there is no room for the title."""


@dataclass(frozen=True, slots=True)
class Counter:
    """How many people of a kind come."""

    who: Choice
    """The people; nothing to touch."""
    count: int
    less: Choice | None
    more: Choice | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the number will be for."""

    about: Choice
    """The concern, or several; nothing to touch."""
    counters: tuple[Counter, ...]
    extras: tuple[Choice, ...]
    """What else can be asked for."""

    @property
    def choices(self) -> list[Choice | None]:
        """Everything in it that can be touched."""
        counting = [choice for counter in self.counters for choice in (counter.less, counter.more)]
        return [*counting, *self.extras]


@dataclass(frozen=True, slots=True)
class Head:
    """A visit, above what its visitor can do."""

    code: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What one step shows. The number has its own widget."""

    say: Language
    question: str = ""
    tiles: tuple[Choice, ...] = ()
    head: Head | None = None
    """What stands above the question."""
    summary: Summary | None = None
    """What was chosen, instead of tiles."""
    word: str = ""
    """A sentence instead of tiles."""
    sign: str = ""
    """The pictogram beside it."""
    everybody: Callable[[Language], str] | None = None
    """A sentence for everybody, in each language."""
    poster: Poster | None = None
    """What stands above it."""
    staff: str = ""
    """A sentence for the staff who look after the kiosk."""
    back: Choice | None = None
    ways: tuple[Choice, ...] = ()
    """What can be done at every step, at the same place."""
    forward: Choice | None = None
    stay: Choice | None = None
    """More time."""

    def has(self, act: Act, key: str) -> bool:
        """Whether there is something to touch that does this."""
        return any((choice.act, choice.key) == (act, key) for choice in self.choices)

    @property
    def choices(self) -> list[Choice]:
        """Everything that can be touched."""
        inside = self.summary.choices if self.summary else ()
        foot = (self.back, *self.ways, self.forward, self.stay)
        return [choice for choice in (*self.tiles, *inside, *foot) if choice is not None]


def button(act: Act, word: str, say: Language) -> Choice:
    """A button at the foot."""
    return Choice(act, word, direction=say.direction, pictogram=_SIGNS[act])


def page(choices: Sequence[Choice], number: int, say: Language, most: int) -> tuple[Choice, ...]:
    """The page with this number, starting again after the last; if more than `most`, a tile leads to the next page.

    That tile names what comes next, so that visitors who cannot read "More" can see their own language there.
    """
    if len(choices) <= most:
        return tuple(choices)
    size = most - 1
    pages = [choices[first : first + size] for first in range(0, len(choices), size)]
    ahead, following = pages[(number + 1) % len(pages)][: max(2, most // 3)], ""
    for choice in ahead:
        longer = f"{following} · {choice.title}" if following else choice.title
        following = longer if not following or len(longer) <= _LETTERS_AHEAD else following
    return (
        *pages[number % len(pages)],
        Choice(Act.MORE, f"{say.text('More')} …", following, say.direction, pictogram="more"),
    )
