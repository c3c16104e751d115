"""Programs run as children: away from the terminal, under a timeout, ended with everything they started."""

from __future__ import annotations

import contextlib
import os
import select
import selectors
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import IO

from shared.deadline import Deadline
from shared.errors import SoundUnavailable
from shared.language.terminal_text import clean

PACKAGES = {"espeak-ng": "espeak-ng", "aplay": "alsa-utils"}
"""The Debian package of each program."""
_SLICE_S = 0.05
"""How long a request to stop may go unnoticed."""
_GONE_S = 1.0
"""How long a killed child may take to end."""
_PIECE = 65_536
_MOST_SAID = 1_000_000
"""Most bytes on one output; the longest answer, all voices of espeak-ng, has about ten thousand."""


class Stopped(Exception):
    """The child was ended because its work is no longer wanted."""


class ProgramFailed(SoundUnavailable):
    """A program ended with a code other than 0."""

    def __init__(self, program: str, code: int, complaint: str) -> None:
        super().__init__(f"{program} ended with {code}: {complaint or 'without a word'}")
        self.code = code


def run(command: Sequence[str], *, text: str = "", timeout_s: float, stop: Event | None = None) -> str:
    """Run a program with `text` on its standard input; returns what it wrote to standard output.

    Raises SoundUnavailable if it is missing, fails, writes too much or takes longer than `timeout_s`, Stopped once
    `stop` is set.
    """
    program = Path(command[0]).name
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
    except FileNotFoundError:
        raise SoundUnavailable(missing(program)) from None
    except OSError as error:
        raise SoundUnavailable(f"{program} cannot be started: {error.strerror}.") from error
    deadline = Deadline.after(timeout_s)
    try:
        said, complaint = _heard(process, text.encode(), deadline, stop)
        code = _waited_for(process, deadline, stop)
    except _Late:
        raise SoundUnavailable(f"{program} did not end within {timeout_s:.0f} s and was stopped.") from None
    except _Endless:
        raise SoundUnavailable(f"{program} writes without end and was stopped.") from None
    finally:
        _end(process)
    if code:
        raise ProgramFailed(program, code, _last_line(complaint))
    return said.decode(errors="replace")


def missing(program: str) -> str:
    """A sentence that says that a program is missing, and how to get it."""
    package = PACKAGES.get(program)
    return f"{program} is missing: apt install {package}" if package else f"{program} is missing."


class _Late(Exception):
    """The deadline of a child has passed."""


class _Endless(Exception):
    """A child has written more than any real answer has."""


def _heard(
    process: subprocess.Popen[bytes], given: bytes, deadline: Deadline, stop: Event | None
) -> tuple[bytes, bytes]:
    """Write `given`, and read both outputs until the child closes them."""
    assert process.stdin
    assert process.stdout
    assert process.stderr
    heard = {process.stdout.fileno(): b"", process.stderr.fileno(): b""}
    with selectors.DefaultSelector() as open_:
        for output in heard:
            open_.register(output, selectors.EVENT_READ)
        open_.register(process.stdin, selectors.EVENT_WRITE)
        while open_.get_map():
            _go_on(deadline, stop)
            for key, _ in open_.select(min(_SLICE_S, deadline.left)):
                if key.fileobj is process.stdin:
                    given = _rest(process.stdin, given)
                    if not given:
                        open_.unregister(process.stdin)
                        process.stdin.close()
                elif piece := os.read(key.fd, _PIECE):
                    heard[key.fd] += piece
                    if len(heard[key.fd]) > _MOST_SAID:
                        raise _Endless
                else:
                    open_.unregister(key.fd)
    said, complaint = heard.values()
    return said, complaint


def _rest(stdin: IO[bytes], given: bytes) -> bytes:
    """Write as much as a pipe takes at once; returns the rest, or nothing if the child no longer reads."""
    try:
        return given[os.write(stdin.fileno(), given[: select.PIPE_BUF]) :]
    except BrokenPipeError:
        return b""


def _waited_for(process: subprocess.Popen[bytes], deadline: Deadline, stop: Event | None) -> int:
    while True:
        _go_on(deadline, stop)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(min(_SLICE_S, deadline.left))


def _go_on(deadline: Deadline, stop: Event | None) -> None:
    if stop is not None and stop.is_set():
        raise Stopped
    if deadline.over:
        raise _Late


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and what it started, if it still runs, and release it in any case."""
    # The child leads its own process group. Only before it has been waited for: afterwards its number may belong to
    # others.
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        # A child that hangs in a driver ends when the driver lets it; do not wait for that.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GONE_S)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            pipe.close()


def _last_line(complaint: bytes) -> str:
    lines = [line for line in complaint.decode(errors="replace").splitlines() if line.strip()]
    return clean(lines[-1], 200) if lines else ""
