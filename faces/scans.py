"""A hand or a scanner: letters that come faster than a hand are one scan and never keys. Pure, as `faces.input`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from faces.input import LINE_ENDS, Answer, Char, Item, Key, Noise, Pasted, Touch

GAP_S = 0.05
"""A scanner needs 5 to 20 ms for a letter. What comes later than this was typed by a hand."""
SILENCE_S = 0.1
"""Ends a scan that no Enter ends."""
SHORTEST, LONGEST = 6, 200
"""Letters of a scan. Fewer can be two hands in a hurry, more is nothing that we print."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanner has read."""

    text: str


Heard = Char | Key | Touch | Answer | Pasted | Scan


class Scans:
    """Holds back each letter until it is clear who typed it.

    Without `hands`, letters that are no scan are dropped: at a kiosk nobody types.
    """

    def __init__(self, hands: bool, dropped: Counter[str]) -> None:
        self._hands = hands
        self._dropped = dropped
        self._run = ""
        self._deaf = False
        """After noise, after too long a run and after the Enter of a scan, until the line is silent."""
        self._heard_at = 0.0

    @property
    def due(self) -> float | None:
        """When `settle` will have something to do; None while nothing is held back."""
        if not self._run and not self._deaf:
            return None
        return self._heard_at + (SILENCE_S if self._deaf or len(self._run) >= SHORTEST else GAP_S)

    def take(self, items: Iterable[Item], now: float) -> list[Heard]:
        """What of it is clear by now, in order."""
        return [clear for item in items for clear in self._hear(item, now)]

    def settle(self, now: float) -> list[Heard]:
        """What silence has made clear. To be asked after all that was there has been read and taken."""
        if self.due is None or now < self.due:
            return []
        self._deaf = False
        return self._clear()

    def _hear(self, item: Item, now: float) -> list[Heard]:
        if isinstance(item, Touch):
            return [item]  # whoever holds a paper under the scanner may touch the screen meanwhile
        if isinstance(item, Noise):
            return self._shut(now)
        if not isinstance(item, Char):
            return [*self._clear(), item]
        if self._deaf:
            self._heard_at = now
            self._dropped["amid noise"] += 1
            return []
        return self._letter(item.text, now) if item.text.isprintable() else self._control(item, now)

    def _letter(self, letter: str, now: float) -> list[Heard]:
        self._heard_at = now
        self._run += letter
        if len(self._run) > LONGEST:
            return self._shut(now)
        held_down = len(self._run) >= SHORTEST and not self._is_scan()
        return self._clear() if held_down else []

    def _control(self, item: Char, now: float) -> list[Heard]:
        if self._run and item.text not in LINE_ENDS:
            self._dropped["amid noise"] += 1
            return self._shut(now)  # no hand is as fast, and nothing that we print has it
        whole = self._is_scan()
        clear = self._clear()
        if whole:
            self._shut(now)  # some scanners send two line ends
        elif self._hands:
            clear.append(item)
        return clear

    def _shut(self, now: float) -> list[Heard]:
        self._dropped["amid noise"] += len(self._run)
        self._run, self._deaf, self._heard_at = "", True, now
        return []

    def _is_scan(self) -> bool:
        """Whether the run is one: a key that is held down repeats as fast, but it is one letter."""
        return len(self._run) >= SHORTEST and len(set(self._run)) > 1

    def _clear(self) -> list[Heard]:
        run, scan = self._run, self._is_scan()
        self._run = ""
        if scan:
            return [Scan(run)]
        if not self._hands:
            self._dropped["typed"] += len(run)
            return []
        return [Char(letter) for letter in run]
