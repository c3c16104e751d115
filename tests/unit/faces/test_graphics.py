"""The one question to a terminal, asked of a pseudo terminal that answers as terminals do."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from faces.graphics import cell_size, shows_pictures
from faces.picture import Cell

XTERM, TMUX = b"\x1b[?63;1;2;4;6;9;15;22c", b"\x1b[?1;2;6c"


@contextmanager
def terminal(answer: bytes) -> Iterator[int]:
    """Our end of a terminal that answers what it is asked."""
    theirs, ours = pty.openpty()

    def reply() -> None:
        asked = b""
        while not asked.endswith(b"\x1b[c"):
            asked += os.read(theirs, 64)
        os.write(theirs, answer)

    thread = threading.Thread(target=reply)
    thread.start()
    yield ours
    thread.join()
    os.close(theirs)
    os.close(ours)


@pytest.mark.parametrize(
    ("answer", "yes"), [(XTERM, True), (b"\x1b[<0;3;4M" + XTERM, True), (TMUX, False), (b"\x1b[?64;14c", False)]
)
def test_only_a_terminal_that_says_so_is_sent_pictures(answer: bytes, yes: bool) -> None:
    with terminal(answer) as ours:
        before = termios.tcgetattr(ours)
        assert shows_pictures(ours, ours, patience_s=30.0) is yes
        assert termios.tcgetattr(ours) == before


def test_a_mute_terminal_gets_text() -> None:
    with terminal(b"") as ours:
        assert not shows_pictures(ours, ours, patience_s=0.05)


def test_the_size_of_a_cell_is_known_where_the_terminal_tells_its_pixels() -> None:
    theirs, ours = pty.openpty()
    for pixels, cell in (((1100, 660), Cell(11, 22)), ((0, 0), None), ((3, 3), None)):
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, *pixels))
        assert cell_size(ours) == cell
    os.close(theirs)
    os.close(ours)
    assert cell_size(-1) is None
