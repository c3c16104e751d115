"""Tells a hand from a scanner: letters that come faster than a hand types are one scan, never keys. Pure.

Most scanners need 5 to 20 ms for a letter, some ten times as long. So how long a letter is held back depends on what
it may be the beginning of: a key by hand acts before anybody notices a wait.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from faces.input import LINE_ENDS, Answer, Char, Item, Key, Noise, Pasted, Touch
from shared.model import TOKEN_LETTERS

GAP_S = 0.09
"""A letter that nothing follows for so long was typed by hand. People notice a wait from about 100 ms on."""
SILENCE_S = 0.16
"""The same for what may be one of our codes, and for letters in a row; it also ends a scan that has no Enter."""
OUR_FIRST = frozenset(f"{TOKEN_LETTERS}h")
"""How our codes begin: with a letter of a ticket's token, or with the address in front of it. No key of a face is "h",
and keys in capitals are rare."""
SHORTEST, LONGEST = 6, 200
"""Number of letters in a scan. Fewer can be two hands in a hurry; more is nothing that we print."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanner has read."""

    text: str


Heard = Char | Key | Touch | Answer | Pasted | Scan


class Scans:
    """Holds back each letter until it is clear who typed it.

    Without `hands`, letters outside a scan are dropped: at a kiosk nobody types.
    """

    def __init__(self, hands: bool, dropped: Counter[str]) -> None:
        self._hands = hands
        self._dropped = dropped
        self._run = ""
        self._deaf = False
        """True after noise, after too long a run and after the Enter of a scan, until the line is silent."""
        self._heard_at = float("-inf")
        self._in_a_row = False
        """Whether the run follows a letter closely that was taken for a key."""

    @property
    def due(self) -> float | None:
        """When `settle` will have something to do; None while nothing is held back."""
        if not self._run and not self._deaf:
            return None
        slow = self._deaf or self._in_a_row or len(self._run) >= SHORTEST or self._run[0] in OUR_FIRST
        return self._heard_at + (SILENCE_S if slow else GAP_S)

    def take(self, items: Iterable[Item], now: float) -> list[Heard]:
        """What is clear by now, in order."""
        return [clear for item in items for clear in self._hear(item, now)]

    def settle(self, now: float) -> list[Heard]:
        """What has become clear by silence. Call it only after all waiting input has been read and taken."""
        if self.due is None or now < self.due:
            return []
        self._deaf = False
        return self._clear()

    def _hear(self, item: Item, now: float) -> list[Heard]:
        if isinstance(item, Touch) or (isinstance(item, Key) and not self._hands):
            return [item]  # somebody may touch the screen or the keypad while holding a ticket under the scanner
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
        if not self._run:
            self._in_a_row = now - self._heard_at < SILENCE_S
        self._heard_at = now
        self._run += letter
        if len(self._run) > LONGEST:
            return self._shut(now)
        held_down = len(self._run) >= SHORTEST and not self._is_scan()
        return self._clear() if held_down else []

    def _control(self, item: Char, now: float) -> list[Heard]:
        if self._run and item.text not in LINE_ENDS:
            self._dropped["amid noise"] += 1
            return self._shut(now)  # no hand is that fast, and nothing that we print contains it
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
        """Whether the run is a scan: a held key repeats as fast, but always the same letter."""
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
