"""Processes that stand still for a while, or get only a share of their time, as on a slow or busy computer."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

TURN_S = 0.1
"""In each of these a slowed process stands still and goes on once."""


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """The process stands still; taps made meanwhile reach it all at once."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def slowed(pid: int, share: float) -> Iterator[None]:
    """The process gets this share of its time: it stands still and goes on in turns."""
    over = threading.Event()

    def by_turns() -> None:
        while not over.is_set():
            with stopped(pid):
                over.wait((1 - share) * TURN_S)
            over.wait(share * TURN_S)

    thread = threading.Thread(target=by_turns)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
