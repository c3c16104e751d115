"""What the kiosk knows about its staff view: who may open it, and what it shows. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum

from shared.model import PrinterState, PrintJob

IDLE_S = 30.0
"""How long the staff view stays without a touch."""
MOST_DIGITS = 12
CORNER = 8, 2
"""Columns and rows of the corner that opens it: the upper one on the right."""
_TAPS, _WITHIN_S = 5, 3.0
"""So many touches there in so short a time: no visitor makes them by chance."""
_MOST_DELAY_S = 600


class Errand(StrEnum):
    """What the screen is asked to do."""

    CHECK = "check"  # compare the PIN
    TEST = "test"  # print a page for nobody
    END = "end"  # end the program


@dataclass(frozen=True, slots=True)
class Staff:
    """The staff's side of the kiosk. Wrong tries are counted until the program ends; a restart forgets them."""

    pin: str = ""
    """What was typed so far."""
    wrong: int = 0
    """How often it was wrong since it was right."""
    locked_until: float = 0.0
    """Until when no try counts; 0 while one does."""
    paused: bool = False
    """Whether this kiosk gives no numbers; a restart forgets it."""
    errand: Errand | None = None
    printer: PrinterState | None = None
    """The printer of this kiosk; None while nothing is known."""
    page: PrintJob | None = None
    """The last test page."""

    @property
    def delay_s(self) -> int:
        """How long the last wrong try locks it: twice as long with each."""
        return min(1 << self.wrong, _MOST_DELAY_S)

    def checked(self, right: bool, at: float) -> Staff:
        """After a PIN was compared."""
        wrong = 0 if right else self.wrong + 1
        after = replace(self, pin="", errand=None, wrong=wrong)
        return replace(after, locked_until=0.0 if right else at + after.delay_s)

    @property
    def left(self) -> Staff:
        """What stays when it is left."""
        return Staff(wrong=self.wrong, locked_until=self.locked_until, paused=self.paused)


class Knocking:
    """Notices the touches that open the staff view."""

    def __init__(self) -> None:
        self._touches = deque[float](maxlen=_TAPS)

    def touched(self, x: int, y: int, columns: int, at: float) -> bool:
        """A touch on this cell of a screen with so many columns. Whether it was the last of enough."""
        if not (x >= columns - CORNER[0] and y < CORNER[1]):
            self._touches.clear()
            return False
        self._touches.append(at)
        enough = len(self._touches) == _TAPS and at - self._touches[0] <= _WITHIN_S
        if enough:
            self._touches.clear()
        return enough
