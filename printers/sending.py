"""Sends bytes piece by piece, on any handle, until a deadline."""

from __future__ import annotations

from typing import Protocol

from shared.deadline import Deadline

PIECE = 4096
"""How many bytes are sent or received at a time."""
A_MOMENT_S = 0.01
"""How long to pause when a handle says that it is ready but is not."""


class Write(Protocol):
    """Writes some of a piece without waiting, and returns how much."""

    def __call__(self, piece: bytes, /) -> int: ...


def send(write: Write, handle: int, data: bytes, deadline: Deadline) -> int:
    """Send bytes; returns how many were accepted in time. An error after the first piece only ends the sending.

    Raises OSError if there is an error before any byte was accepted.
    """
    sent = 0
    while sent < len(data) and deadline.ready(handle, write=True):
        try:
            sent += write(data[sent : sent + PIECE])
        except BlockingIOError:
            deadline.pause(A_MOMENT_S)
        except OSError:
            if not sent:
                raise
            break
    return sent
