"""Bytes go out piece after piece, on any handle, until a deadline."""

from __future__ import annotations

from typing import Protocol

from shared.deadline import Deadline

PIECE = 4096
"""Bytes that are sent or received at a time."""
A_MOMENT_S = 0.01
"""How long to leave alone what says that it is ready and is not."""


class Write(Protocol):
    """Writes some of a piece at once, and says how much."""

    def __call__(self, piece: bytes, /) -> int: ...


def send(write: Write, handle: int, data: bytes, deadline: Deadline) -> int:
    """How many bytes were taken in time; an error after the first piece ends the sending, and the count tells.

    Raises OSError where an error came first.
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
