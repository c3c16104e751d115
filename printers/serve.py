"""The software printer as a program: obeys lines on stdin and ends on a signal."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from printers.faults import Faults
from printers.virtual import VirtualPrinter
from shared.errors import Malformed
from shared.language.terminal_text import clean

_PIECE = 4096
_ASK_STDIN_S = 0.1


def serve(host: str, port: int, out: Path, faults: Sequence[str] = ()) -> None:
    """Be a printer until SIGINT or SIGTERM; the first line on stdout says where it listens.

    Lines on stdin, "NAME", "NAME=VALUE" or "NAME=off", change the faults; the end of stdin changes nothing. Raises
    Malformed for an unknown fault in `faults`, PrinterUnavailable if the port is taken.
    """
    wrong = Faults()
    for line in faults:
        wrong = wrong.with_line(line)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with VirtualPrinter(out, host, port, faults=wrong) as printer:
        print(json.dumps({"listening": printer.address}), flush=True)
        _obey_stdin(printer, stopped)
        stopped.wait()


def _obey_stdin(printer: VirtualPrinter, stopped: threading.Event) -> None:
    """Change faults line by line until stdin ends. Without a thread: one that blocks in a read cannot be ended."""
    rest = b""
    while not stopped.is_set():
        try:
            if not select.select([0], [], [], _ASK_STDIN_S)[0]:
                continue
            data = os.read(0, _PIECE)
        except OSError:  # started without stdin
            return
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            if line.strip():
                _obey(printer, line.decode(errors="replace"))


def _obey(printer: VirtualPrinter, line: str) -> None:
    try:
        printer.set_faults(line)
    except Malformed as error:
        print(clean(error.message), file=sys.stderr, flush=True)
