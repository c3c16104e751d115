"""Restores the terminal as it was before a face used it, however the face ends. Only POSIX; knows no Textual."""

from __future__ import annotations

import os
import signal
import sys
import termios
import threading
from contextlib import suppress
from typing import Any

_AS_BEFORE = (
    b"\x1b[?2026l"  # end of a half-sent picture
    b"\x1b[?2004l\x1b[?2048l"  # pastes, reports of the size
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l"  # mouse, focus
    b"\x1b[<u\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"  # keys, line wrap, colours, alternate screen, cursor
)
_TRIES = 40


class Terminal:
    """Stores the state of the terminal. Must be made before anything changes it."""

    def __init__(self, fileno: int) -> None:
        self._fileno = fileno
        self._attributes: list[Any] | None = None
        with suppress(termios.error):
            self._attributes = termios.tcgetattr(fileno)

    def abandon(self) -> None:
        """The terminal is gone: from now on writing to it does nothing and raises no error."""
        with suppress(OSError, ValueError):
            null = os.open(os.devnull, os.O_WRONLY)
            for stream in (sys.__stdout__, sys.__stderr__):
                if stream:
                    os.dup2(null, stream.fileno())
            os.close(null)

    def leave(self, code: int) -> None:
        """Restore the terminal and end the process at once, even if other threads are stuck."""
        self.abandon()
        # A thread that is stuck in a write to the terminal holds the kernel's lock on it. Any signal with a handler
        # interrupts the write; Python then goes on writing, to nowhere.
        for thread in threading.enumerate():
            if thread.ident and thread is not threading.current_thread():
                with suppress(OSError):
                    signal.pthread_kill(thread.ident, signal.SIGTERM)
        with suppress(OSError, termios.error):
            self._restore()
        os._exit(code)

    def _restore(self) -> None:
        """Write directly and without waiting; unread output may be discarded first."""
        if self._attributes is not None:
            termios.tcsetattr(self._fileno, termios.TCSANOW, self._attributes)
        line = os.open(os.ttyname(self._fileno), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        pause = threading.Event()
        rest = _AS_BEFORE
        for _ in range(_TRIES):  # the interrupted thread may fill the buffer once more
            try:
                rest = rest[os.write(line, rest) :]
            except BlockingIOError:
                termios.tcflush(line, termios.TCOFLUSH)
                pause.wait(0.005)
            if not rest:
                return
