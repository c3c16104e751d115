"""Reads a file that somebody names, but only a plain one and up to a limit: a pipe or a device may never end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class NotPlain(ValueError):
    """The file cannot be read whole; the message says why: a pipe, a device, too large."""


def read_plain(file: Path, most_bytes: int) -> bytes:
    """The content of a plain file of at most `most_bytes`. Never waits.

    Raises OSError if it cannot be read or is a folder, and NotPlain.
    """
    # Without waiting: opening a pipe would block until somebody writes into it. The flags exist only on POSIX.
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    try:
        there = os.fstat(handle)
        if stat.S_ISDIR(there.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        if not stat.S_ISREG(there.st_mode):
            raise NotPlain("is no plain file")
        with open(handle, "rb", closefd=False) as opened:
            content = opened.read(most_bytes + 1)
    finally:
        os.close(handle)
    if len(content) > most_bytes:
        raise NotPlain(f"is a file of {max(there.st_size, len(content)):,} bytes")
    return content
