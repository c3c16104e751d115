"""The driver of all faces on POSIX: Textual's own, with a different input thread and a different way to end.

No byte from the line can end the program, change its size or be read as something else: `faces.input` and `faces.scans`
sort the input. Whatever ends the program, the terminal is restored.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from io import StringIO
from queue import SimpleQueue
from shutil import get_terminal_size
from typing import Any, TextIO

from textual import constants, events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from faces.app import FaceApp
from faces.input import ESC, Filter, Key, Pasted
from faces.messages import Scanned
from faces.private import ANSI_SEQUENCES_KEYS, XTermParser
from faces.scans import Heard, Scan, Scans
from faces.terminal import Terminal
from shared.clock import monotonic
from shared.errors import TerminalUnavailable

KEYS = frozenset(key for key in ANSI_SEQUENCES_KEYS if not key.isprintable())
"""What terminals send for keys other than letters."""
PATIENCE_S = 2.0
"""How long the app may take to end by itself."""
_CHUNK = 4096
_MOST_MESSAGES, _MOST_MOVES = 256, 32
"""Most messages that may wait for the app; more are dropped. It needs only the newest moves, but every release."""


class FaceDriver(LinuxDriver):
    """The terminal of one face."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Store the terminal's state, and handle the signals that end a program."""
        # Keep letters as plain letters: encoded ones would hide what a scanner sends.
        constants.DISABLE_KITTY_KEY = True  # type: ignore[misc]  # Final, yet read each time
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert isinstance(app, FaceApp)
        self._face, self._face_loop = app, asyncio.get_running_loop()
        self._terminal = Terminal(self.fileno)
        self._file = _Output(sys.__stderr__)  # type: ignore[assignment]  # has the methods of a file that are used
        self._sent = self._taken = 0
        self._reset_input()
        self._ends, self._restored = SimpleQueue[int](), threading.Event()
        threading.Thread(target=self._end_in_time, name="way-out", daemon=True).start()
        self._handle_signals()

    # Input

    def run_input_thread(self) -> None:
        """Read, sort and pass on, until the app ends or the terminal is gone."""
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN)
        while not self.exit_event.is_set():
            due = min((due for due in (self._filter.due, self._scans.due) if due is not None), default=monotonic() + 1)
            wait_s = min(max(due - monotonic(), 0.0), 0.1)
            try:
                # Ask twice: if the process was stopped meanwhile, its wait is over although it has not looked.
                there = poll.poll(wait_s * 1000) or poll.poll(0)
                data = os.read(self.fileno, _CHUNK) if there else None
            except BlockingIOError:
                data = None
            except OSError:  # EIO, above all
                data = b""
            if data == b"":
                self._terminal.abandon()
                self.end(TerminalUnavailable.exit_code)
                return
            self._hear(data, monotonic())

    def _hear(self, data: bytes | None, now: float) -> None:
        try:
            items = self._filter.idle(now) if data is None else self._filter.feed(data, now)
            clear = self._scans.take(items, now)
            if data is None or len(data) < _CHUNK:  # otherwise there may be more
                clear += self._scans.settle(now)
            for item in clear:
                for message in self._messages(item):
                    self.process_message(message)
        except Exception:  # it came from outside, so it must not end the face
            self._face.dropped["fault"] += 1
            self._reset_input()

    def _messages(self, item: Heard) -> Iterable[Message]:
        if isinstance(item, Scan):
            return [Scanned(item.text)]
        if isinstance(item, Pasted):
            return [events.Paste(item.text)]
        if item == Key(ESC):
            return [events.Key("escape", ESC)]
        return self._parser.feed(item.text)  # only whole tokens: the parser would turn a part into keys

    def _reset_input(self) -> None:
        typed, dropped = self._face.TYPED, self._face.dropped
        encoding = sys.__stdin__.encoding if sys.__stdin__ else "utf-8"
        keypad = {sent for sent, keys in ANSI_SEQUENCES_KEYS.items() if keys in [(name,) for name in self._face.keypad]}
        self._filter = Filter(KEYS if typed else (), get_terminal_size, dropped, encoding, keypad)
        self._scans = Scans(typed, dropped)
        self._parser = XTermParser()

    def send_message(self, message: Message) -> None:
        """Pass a message to the app, unless too many are already waiting there."""
        waiting = self._sent - self._taken + self._face.message_queue_size
        if waiting >= (_MOST_MOVES if isinstance(message, events.MouseMove) else _MOST_MESSAGES):
            self._face.dropped["too many"] += 1
            return
        self._sent += 1
        with suppress(RuntimeError):  # the app has ended
            self._face_loop.call_soon_threadsafe(self._give, message)

    def _give(self, message: Message) -> None:
        self._taken += 1
        self._face.post_message(message)

    # The end

    def _handle_signals(self) -> None:
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)  # Textual would start a second input thread each time
        heard = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
        self._before = {number: signal.getsignal(number) for number in heard}
        for number, before in self._before.items():
            if before is not signal.SIG_IGN:
                signal.signal(number, lambda which, _frame: self.end(128 + which))

    def end(self, code: int) -> None:
        """End the app with this exit code: let it end by itself, or end it by force after two seconds.

        Any thread and any signal handler may call this: it takes no lock that the program may be holding.
        """
        self._ends.put(code)

    def _end_in_time(self) -> None:
        code = self._ends.get()
        with suppress(RuntimeError):  # the app has ended
            self._face_loop.call_soon_threadsafe(partial(self._face.exit, return_code=code))
        if not self._restored.wait(PATIENCE_S):
            self._terminal.leave(code)

    def close(self) -> None:
        """The app has restored the terminal; from now on signals do what they did before."""
        super().close()
        self._restored.set()
        for number, before in self._before.items():
            signal.signal(number, before)


class _Output:
    """The file for Textual's writing thread. Hides errors: one would end the thread, and the app would wait for it."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream or StringIO()

    def write(self, text: str) -> None:
        """Write, as long as the terminal is there."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Flush, as long as the terminal is there."""
        with suppress(OSError):
            self._stream.flush()
