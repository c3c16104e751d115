"""Interprets bytes as a thermal printer does: rows of dots, cuts, answers. Strict: it guesses nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFont

from printers import commands
from printers.faults import Faults
from shared.language.fonts import font_path

_REAL_TIME = re.compile(rb"\x10\x04[\x01-\x04]|" + re.escape(commands.CLEAR), re.DOTALL)
"""Commands that act as soon as they arrive, anywhere in the data (Epson, notes on real-time commands)."""
_LONGEST_REAL_TIME = len(commands.CLEAR)
_FIXED_LENGTHS = {
    b"\x1bt": 3,
    b"\x1ba": 3,
    b"\x1d!": 3,
    b"\x1b@": 2,
    b"\x1bJ": 3,
    b"\x1bd": 3,
    b"\x1dP": 4,
    b"\x1dr": 3,
    b"\x10\x04": 3,
}
_COMMAND_STARTS = b"\x10\x1b\x1d"
_LINE_MM = 4.23
"""ESC d: one line, 1/6 inch."""
_LETTER_ROWS = 24
"""Height of a letter of font A in dots."""
_LOW_MM = 500
"""How much of a roll is left when the near-end sensor reports it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Bytes for the program."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of paper came out; None if it was blank."""

    picture: Image.Image | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """Data that a printer would not understand."""

    detail: str


Event = Answer | Cut | Wrong


class Interpreter:
    """The buffer, the command reader and the paper above the knife."""

    def __init__(self, dots: int) -> None:
        """A printer with a head of `dots` dots."""
        self._dots = dots
        self._dpi = 180 if dots == 512 else 203
        self._received = b""
        self._buffer = bytearray()
        self._rows = bytearray()
        self.moved_mm = 0.0
        """How far the paper has moved since the printer was built."""
        self._roll_ends_mm: float | None = None
        self._initialise()

    def _initialise(self) -> None:
        # Like a TM-T88 at start: vertical steps are half a row.
        self._unit = 2 * self._dpi
        self._letters: int | None = None
        """Size of letters, as a multiple of font A; None until a code page is chosen: until then text is an error."""

    def load_roll(self, mm: int | None) -> None:
        """Put in a roll with `mm` millimetres of paper; None for an endless one."""
        self._roll_ends_mm = None if mm is None else self.moved_mm + mm

    def switch_off_and_on(self) -> None:
        """Forget what was received; paper that sticks out stays."""
        self._received = b""
        self._buffer.clear()
        self._initialise()

    def with_roll(self, faults: Faults) -> Faults:
        """The faults, plus those that the end of the roll adds."""
        if self._roll_ends_mm is None or self._roll_ends_mm - self.moved_mm > _LOW_MM:
            return faults
        return replace(faults, paper_low=True, paper_out=faults.paper_out or self.moved_mm >= self._roll_ends_mm)

    @property
    def unfinished(self) -> str | None:
        """What is missing, if the buffer ends in the middle of a command."""
        if not self._buffer:
            return None
        name = "a picture" if self._buffer.startswith(b"\x1dv") else "a command"
        return f"{len(self._buffer)} bytes of {name} whose rest is missing"

    def take(self, data: bytes, faults: Faults) -> list[Event]:
        """Bytes arrive: real-time commands act at once, the rest goes into the buffer and is processed from there."""
        events: list[Event] = []
        carried = self._received[1 - _LONGEST_REAL_TIME :]
        joined, start = carried + data, len(carried)
        for match in _REAL_TIME.finditer(joined):
            if match.end() <= len(carried):
                continue
            if match.group() == commands.CLEAR:
                self._buffer.clear()
                events.append(Answer(commands.CLEARED))
                start = match.end()
            elif not faults.no_status:
                events.append(Answer(bytes((self.with_roll(faults).state(match.group()[2]),))))
        self._received = joined[1 - _LONGEST_REAL_TIME :]
        self._buffer += joined[start:]
        return events + self.work(faults)

    def work(self, faults: Faults) -> list[Event]:
        """Process the whole commands in the buffer while paper can move."""
        events: list[Event] = []
        while self._buffer and self.with_roll(faults).ready:
            length = self._length()
            if length is None or len(self._buffer) < length:
                break
            command = bytes(self._buffer[:length])
            del self._buffer[:length]
            events += self._done(command, faults)
        return events

    def _length(self) -> int | None:
        """Length of the command at the head of the buffer; None while it is too short to tell."""
        head = bytes(self._buffer[:8])
        if head[0] not in _COMMAND_STARTS:
            return next((i for i, byte in enumerate(self._buffer) if byte in _COMMAND_STARTS), len(self._buffer))
        if len(head) < 2:
            return None
        fixed = _FIXED_LENGTHS.get(head[:2])
        if fixed:
            return fixed
        if head[:2] == b"\x1dV":
            return None if len(head) < 3 else 4 if head[2] in (65, 66) else 3
        if head[:2] == b"\x1d(":
            return None if len(head) < 5 else 5 + int.from_bytes(head[3:5], "little")
        if head[:2] == b"\x1dv":
            return (
                None if len(head) < 8 else 8 + int.from_bytes(head[4:6], "little") * int.from_bytes(head[6:8], "little")
            )
        return 2

    def _done(self, command: bytes, faults: Faults) -> list[Event]:
        """Carry out one whole command."""
        match command[:2]:
            case b"\x1b@":
                self._initialise()
            case b"\x1bt" if command[2] == 0:
                self._letters = 1
            case b"\x1ba" if command[2] in (0, 1, 2):
                pass  # the position of text does not matter here
            case b"\x1d!" if command[2] >> 4 == command[2] & 15 and self._letters:
                self._letters = (command[2] & 15) + 1
            case _ if self._letters and command[0] not in _COMMAND_STARTS:
                self._text(command.decode("cp437"), self._letters)
            case b"\x1dP":
                self._unit = command[3] or 2 * self._dpi
            case b"\x1bJ":
                self._feed(command[2] * self._dpi / self._unit)
            case b"\x1bd":
                self._feed(command[2] * _LINE_MM * self._dpi / 25.4)
            case b"\x10\x04" if 1 <= command[2] <= 4:
                pass  # already answered when it arrived
            case b"\x1dr" if command[2] in (1, 49):
                return [] if faults.no_status else [Answer(bytes((0x03 * faults.paper_low,)))]
            case b"\x1d(" if _is_process_id(command):
                return [] if faults.no_process_id else [Answer(commands.proof(command[7:]))]
            case b"\x1dv" if command[2:4] in (b"0\x00", b"00") and len(command) > 8:
                return self._raster(command)
            case b"\x1dV" if command[2] in (0, 1, 48, 49, 65, 66):
                return [self._cut(command)]
            case _:
                return [Wrong(f"unknown: {command[:16].hex(' ')}{' …' if len(command) > 16 else ''}")]
        return []

    def _feed(self, rows: float) -> None:
        self._put(bytes(round(rows) * (self._dots // 8)))

    def _put(self, rows: bytes) -> None:
        self._rows += rows
        self.moved_mm += len(rows) // (self._dots // 8) * 25.4 / self._dpi

    def _text(self, text: str, times: int) -> None:
        """Lines in the printer's own letters; an unfinished line counts as finished."""
        high = _LETTER_ROWS * times
        font = ImageFont.truetype(font_path(), round(high * 0.85))
        for line in text.splitlines():
            strip = Image.new("1", (self._dots // 8 * 8, high + 6), 1)
            ImageDraw.Draw(strip).text((self._dots // 2, round(high * 0.8)), line, fill=0, font=font, anchor="ms")
            self._put(bytes(byte ^ 0xFF for byte in strip.tobytes()))

    def _raster(self, command: bytes) -> list[Event]:
        width, line = int.from_bytes(command[4:6], "little"), self._dots // 8
        for start in range(8, len(command), width):
            self._put(command[start : start + width][:line].ljust(line, b"\x00"))
        return [Wrong(f"a picture of {8 * width} dots on a head of {self._dots}")] if width > line else []

    def _cut(self, command: bytes) -> Cut:
        if len(command) == 4:
            self._feed(command[3] * self._dpi / self._unit)
        if not self._rows:
            return Cut(None)
        size = (self._dots, len(self._rows) // (self._dots // 8))
        # A set bit is a black dot on paper, and white in a picture of mode "1".
        picture = Image.frombytes("1", size, bytes(byte ^ 0xFF for byte in self._rows))
        self._rows.clear()
        return Cut(picture)


def _is_process_id(command: bytes) -> bool:
    """Whether a command is GS ( H <Function 48> with four characters from 20h to 7Eh."""
    return command[2:7] == b"H\x06\x00\x30\x30" and all(0x20 <= byte <= 0x7E for byte in command[7:])
