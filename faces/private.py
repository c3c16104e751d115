"""The private parts of Textual that faces rely on: they are listed here and nowhere else.

`tests/unit/faces/test_private.py` compares each line with the installed Textual. If it fails after an update, look at
the place it names, fix what depends on it, and run `scripts/test -k cases_input`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

__all__ = ["ANSI_SEQUENCES_KEYS", "NAMES", "PLACES", "XTermParser"]

NAMES: dict[type, set[str]] = {LinuxDriver: {"_file"}, App: {"_exception", "_fatal_error"}}
"""Attributes that our subclasses read, set or override."""

PLACES: tuple[tuple[Callable[..., Any], str], ...] = (
    # A thread draws everything through `_file`, and ends at its first error.
    (LinuxDriver.__init__, "self._file = sys.__stderr__"),
    (LinuxDriver.start_application_mode, "self._writer_thread = WriterThread(self._file)"),
    # Our `run_input_thread` listens until `exit_event` is set.
    (LinuxDriver.start_application_mode, "Thread(target=self._run_input_thread"),
    (LinuxDriver._run_input_thread, "self.run_input_thread()"),
    (LinuxDriver.disable_input, "self.exit_event.set()"),
    # Only an answer of the terminal switches on reports of size and pixels, and we drop that answer.
    (LinuxDriver.process_message, "if isinstance(message, InBandWindowResize):"),
    # Keys are requested as plain characters.
    (LinuxDriver.start_application_mode, "if not constants.DISABLE_KITTY_KEY:"),
    (XTermParser._sequence_to_key_events, "not constants.DISABLE_KITTY_KEY"),
    (XTermParser._sequence_to_key_events, "keys = ANSI_SEQUENCES_KEYS.get(sequence)"),
    # We replace its two signal handlers: no stop by the keyboard, and no second input thread after a stop.
    (LinuxDriver.__init__, "signal.signal(signal.SIGTSTP, self._sigtstp_application)"),
    (LinuxDriver.__init__, "signal.signal(signal.SIGCONT, self._sigcont_application)"),
    # A fault ends in one of two places, and what they leave behind is printed.
    (App._handle_exception, "self._exception = error"),
    (App._handle_exception, "self.panic(error)"),
    (App._handle_exception, "self._fatal_error()"),
    (App._print_error_renderables, "self._exit_renderables"),
)
"""Lines of Textual that ours rely on."""
