"""Whether a terminal shows pictures, and how many pixels a cell has: asked once, before a face begins. Only POSIX."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import sys
import termios
import tty
from typing import Literal

from faces.picture import Cell
from shared.clock import monotonic

PATIENCE_S = 1.0
"""How long a terminal may take to answer. A later answer would be read as keys; `[device] pictures` settles it then."""
_ASKED = b"\x1b[c"
_ANSWER = re.compile(rb"\x1b\[\?([\d;]*)c")
"""Primary device attributes (DA1)."""
_SIXEL = b"4"


def cell_for_pictures(wanted: Literal["auto", "on", "off"]) -> Cell | None:
    """The pixels of a cell of our own terminal if pictures are to be shown there, by `[device] pictures`."""
    keyboard, terminal = (stream.fileno() if stream else -1 for stream in (sys.__stdin__, sys.__stdout__))
    cell = None if wanted == "off" else cell_size(terminal)
    return cell if cell and (wanted == "on" or shows_pictures(keyboard, terminal)) else None


def cell_size(terminal: int) -> Cell | None:
    """The pixels of a cell; None if the terminal does not tell."""
    try:
        rows, columns, width, height = struct.unpack("HHHH", fcntl.ioctl(terminal, termios.TIOCGWINSZ, bytes(8)))
    except (OSError, ValueError):
        return None
    return Cell(width // columns, height // rows) if rows and columns and width >= columns and height >= rows else None


def shows_pictures(keyboard: int, terminal: int, patience_s: float = PATIENCE_S) -> bool:
    """Ask the terminal. What is typed or touched before its answer is dropped; no answer means no."""
    if not (os.isatty(keyboard) and os.isatty(terminal)):
        return False
    before = termios.tcgetattr(keyboard)
    tty.setraw(keyboard, termios.TCSANOW)  # else the answer would be echoed
    heard, deadline = b"", monotonic() + patience_s
    try:
        os.write(terminal, _ASKED)
        while (left := deadline - monotonic()) > 0 and select.select([keyboard], [], [], left)[0]:
            heard += os.read(keyboard, 1024)
            if answer := _ANSWER.search(heard):
                return _SIXEL in answer[1].split(b";")
        return False
    finally:
        termios.tcsetattr(keyboard, termios.TCSAFLUSH, before)
