"""Sorts what a terminal sends: bytes become well-formed items; everything else is dropped and counted.

Pure: no Textual, no thread, no clock; moments are passed in, in seconds of a steady clock. No input raises an error,
and everything that is kept is bounded.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from shared.language.terminal_text import clean

ESC = "\x1b"
ESCAPE_S = 0.1
"""How long a sequence may pause; an ESC that nothing follows is the Escape key."""
PASTE_S = 1.0
"""How long a paste may take. Its end may never come, and until then keys would be part of it."""
LINE_ENDS = frozenset("\r\n\t")
"""Each of them can end what a scanner sends."""
MOST = 4096
"""Most characters of a paste; a longer one is dropped as a whole."""


@dataclass(frozen=True, slots=True)
class Char:
    """One character, typed by a hand or by a scanner: a letter, a digit, Enter, Ctrl+Q."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is more than a character, in the terminal's form; ESC alone is the Escape key."""

    text: str


@dataclass(frozen=True, slots=True)
class Touch:
    """A report of the mouse or of a touch, inside the screen."""

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the terminal reports about itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A paste, on one line."""

    text: str


@dataclass(frozen=True, slots=True)
class Noise:
    """Something was dropped here."""


Item = Char | Key | Touch | Answer | Pasted | Noise

_TOKEN = re.compile(
    r"""
      \x1b\[ <(?P<button>\d{1,3}); (?P<column>\d{1,4}); (?P<row>\d{1,4}) [Mm]
    | \x1b\[ M [^\x1b]{0,3}                               # a mouse report of 1987: three characters of any kind
    | \x1b\[ 200~ (?P<paste>[^\x1b]*) (?P<end>\x1b\[201~)?  # terminals remove every ESC from a paste
    | \x1b\[ \[ [A-E]                                     # F1 to F5 of the Linux console
    | \x1b\[ [ -?]* [@-~]?
    | \x1bO [ -~]?
    | \x1b[P\]X^_] [^\x1b\x07]* (?:\x07|\x1b\\)?          # DCS, OSC, SOS, PM, APC: strings
    | \x1b [^\x1b]?
    | [^\x1b]
    """,
    re.VERBOSE,
)
"""One token of any text. Each ends before the next ESC at the latest, so no garbage swallows the touch behind it."""
_BEGUN = re.compile(
    r"""
    \x1b (?:
        \[ (?: M [^\x1b]{0,2} | 200~ [^\x1b]* (?:\x1b (?:\[ (?:2 (?:0 1?)?)?)?)? | \[? | [ -?]* )
      | O
      | (?P<string>[P\]X^_]) [^\x1b\x07]* \x1b?
    )? \Z
    """,
    re.VERBOSE,
)
"""An unfinished token at the end of a text."""
_KEPT, _TAIL = MOST + 20, 8
"""How much of an unfinished token is kept. Its last characters always are, because its end may begin with them."""
_SLOW = re.compile(r"\x1b(?:\[200~|[P\]X^_])")
_ANSWERS = re.compile(r"\x1b\[(?:[IO]|\?2026;[1-4]\$y)")
"""The terminal has got or lost the focus; it can show a whole picture at once."""
_BUTTON_BITS = 0b0111_1111
_WHEEL_BIT = 0b0100_0000


class Filter:
    """Sorts the input of one terminal.

    `keys` are the sequences and control characters that mean a key. If there are none, this is a kiosk: besides
    touches, only what a scanner can send passes, and the sequences in `keypad`; no paste, no wheel and no answer.
    """

    def __init__(
        self,
        keys: Collection[str],
        size: Callable[[], tuple[int, int]],
        dropped: Counter[str],
        encoding: str = "utf-8",
        keypad: Collection[str] = (),
    ) -> None:
        """`size` returns the columns and rows of the screen; `dropped` counts what is dropped, by kind."""
        self._keys, self._keypad = keys, keypad
        self._size = size
        self._dropped = dropped
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._begun = ""
        self._begun_at = 0.0
        self._grew_at = 0.0

    @property
    def due(self) -> float | None:
        """When `idle` will have something to do; None while no token is unfinished."""
        if not self._begun:
            return None
        return self._begun_at + PASTE_S if _SLOW.match(self._begun) else self._grew_at + ESCAPE_S

    def feed(self, data: bytes, now: float) -> list[Item]:
        """The items in the new bytes, in order."""
        text = self._begun + self._decoder.decode(data)
        items: list[Item] = []
        at = 0
        while at < len(text) and not _BEGUN.match(text, at):
            token = _TOKEN.match(text, at)
            assert token  # of any character
            items.append(self._item(token))
            at = token.end()
        if at or not self._begun:
            self._begun_at = now
        rest = text[at:]
        self._begun = rest if len(rest) <= _KEPT else rest[: _KEPT - _TAIL] + rest[-_TAIL:]
        self._grew_at = now
        return items

    def idle(self, now: float) -> list[Item]:
        """Items that ended because time passed. Call it only when nothing is there to read."""
        if self.due is None or now < self.due:
            return []
        begun, self._begun = self._begun, ""
        return [Key(ESC)] if begun == ESC and self._keys else [self._drop("unfinished")]

    def _item(self, token: re.Match[str]) -> Item:
        text = token.group()
        if text[0] != ESC:
            return self._typed(text)
        if token["button"]:
            return Touch(text) if self._on_screen(token) else self._drop("touch")
        if token["paste"] is not None:
            whole = self._keys and token["end"] and len(token["paste"]) <= MOST
            return Pasted(clean(token["paste"], MOST)) if whole else self._drop("paste")
        if self._keys and _ANSWERS.fullmatch(text):
            return Answer(text)
        return Key(text) if text in self._keys or text in self._keypad else self._drop("sequence")

    def _typed(self, char: str) -> Item:
        printable = char.isprintable() and char != "\ufffd" if self._keys else "!" <= char <= "~"
        key = char.isascii() and char in self._keys
        return Char(char) if printable or key or char in LINE_ENDS else self._drop("character")

    def _on_screen(self, report: re.Match[str]) -> bool:
        columns, rows = self._size()
        button = int(report["button"])
        known = button <= _BUTTON_BITS and (self._keys or not button & _WHEEL_BIT)
        return bool(known and 1 <= int(report["column"]) <= columns and 1 <= int(report["row"]) <= rows)

    def _drop(self, kind: str) -> Noise:
        self._dropped[kind] += 1
        return Noise()
