"""Reports a fault of the program: a calm page for the public, class and place in a log for maintainers.

No message of an exception and no value is ever written: both may contain a token or the reason for a visit.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from rich.cells import cell_len

from shared.clock import SystemClock
from shared.language.terminal_text import clean
from shared.private_files import make_private_folder

EXIT_CODE = 70
"""EX_SOFTWARE, as in sysexits.h."""
_MOST_BYTES = 1_000_000
_PLACES, _CAUSES = 8, 5


def described(error: BaseException) -> str:
    """The classes of an exception and its causes, and where each came from, innermost first."""
    parts: list[str] = []
    link: BaseException | None = error
    while link is not None and len(parts) < _CAUSES:
        frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(link.__traceback__)][-_PLACES:]
        places = " < ".join(f"{Path(code.co_filename).name}:{line}:{code.co_name}" for code, line in reversed(frames))
        parts.append(f"{type(link).__name__} at {places or 'no known place'}")
        worker = getattr(link, "error", None)  # of Textual's WorkerFailed
        link = worker if isinstance(worker, BaseException) else link.__cause__ or link.__context__
    return "; from ".join(parts)


class Log:
    """A file with one line per fault that only its owner may read. If it cannot be written, that is ignored."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, kind: str, words: str) -> None:
        """Append a line; a file that has grown large is started again."""
        line = clean(f"{SystemClock().now():%Y-%m-%dT%H:%M:%SZ} {os.getpid()} {kind} {words}") + "\n"
        with suppress(OSError):
            make_private_folder(self._file.parent)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            handle = os.open(self._file, flags, 0o600)
            with os.fdopen(handle, "ab") as stream:
                self._file.chmod(0o600)
                if stream.tell() > _MOST_BYTES:
                    stream.truncate(0)
                stream.write(line.encode("utf-8", "replace"))

    def fault(self, kind: str, error: BaseException | None) -> None:
        """Write the class and place of an exception."""
        self.write(kind, described(error) if error else "no exception")


@contextmanager
def written_to(log: Log) -> Iterator[None]:
    """While a face has the terminal, what Python would print about faults of threads goes only to the log."""
    before = threading.excepthook, sys.unraisablehook, logging.lastResort
    survived = _Survived(log)
    logging.root.addHandler(survived)
    threading.excepthook = lambda fault: log.fault("thread", fault.exc_value)
    sys.unraisablehook = lambda fault: log.fault("unraisable", fault.exc_value)
    logging.lastResort = None
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook, logging.lastResort = before
        logging.root.removeHandler(survived)


class _Survived(logging.Handler):
    """Faults that a thread reports and survives. One that comes with each round is written once, so that it does not
    push everything else out of the log."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.ERROR)
        self._log = log
        self._last: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Write the class and place of the exception; the message may contain values."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and self._last.get(record.name) != (told := described(error)):
            self._last[record.name] = told
            self._log.write(record.name, told)


def watch_tasks(log: Log) -> None:
    """The same for tasks of the running event loop with errors that nobody reads."""
    asyncio.get_running_loop().set_exception_handler(lambda _loop, fault: log.fault("task", fault.get("exception")))


def page(lines: Sequence[str], columns: int, rows: int) -> str:
    """Lines in the middle of an empty screen, as text for a terminal."""
    shown = lines[: max(1, rows - 1)]
    top = (rows - len(shown)) // 2
    drawn = (
        f"\x1b[{top + n};{max(0, columns - cell_len(line)) // 2 + 1}H{line}" for n, line in enumerate(shown, start=1)
    )
    return f"\x1b[0m\x1b[2J{''.join(drawn)}\x1b[{rows};1H"
