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
"""Which Debian package brings a program."""
_SLICE_S = 0.05
"""How long a wish to stop may go unnoticed."""
_GONE_S = 1.0
"""How long a child that was killed may take to be gone."""
_PIECE = 65_536
_MOST_SAID = 1_000_000
"""Bytes on one output; the longest answer, all voices of espeak-ng, has some ten thousand."""


class Stopped(Exception):
    """The child was ended because nobody wants its work any more."""


class ProgramFailed(SoundUnavailable):
    """A program ended with a code other than 0."""

    def __init__(self, program: str, code: int, complaint: str) -> None:
        super().__init__(f"{program} ended with {code}: {complaint or 'without a word'}")
        self.code = code


def run(command: Sequence[str], *, text: str = "", timeout_s: float, stop: Event | None = None) -> str:
    """Run a program with `text` on its standard input; what it wrote to standard output.

    Raises SoundUnavailable where it is missing, fails, says too much or takes longer than `timeout_s`, Stopped once
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
    """That a program is not there, and how to get it."""
    package = PACKAGES.get(program)
    return f"{program} is missing: apt install {package}" if package else f"{program} is missing."


class _Late(Exception):
    """The deadline of a child is over."""


class _Endless(Exception):
    """A child has written more than any answer is long."""


def _heard(
    process: subprocess.Popen[bytes], given: bytes, deadline: Deadline, stop: Event | None
) -> tuple[bytes, bytes]:
    """Hand over `given`, and take what comes on both outputs until the child closes them."""
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
    """Write a piece that a pipe takes at once; what is still to be written, nothing where the child listens no more."""
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
    """End the child with what it started, where it has not ended, and let go of it in any case."""
    # The child leads its own process group. Only before it has been waited for: afterwards its number may belong to
    # others.
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        # One that hangs in a driver ends when the driver lets it; nobody waits for that.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GONE_S)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            pipe.close()


def _last_line(complaint: bytes) -> str:
    lines = [line for line in complaint.decode(errors="replace").splitlines() if line.strip()]
    return clean(lines[-1], 200) if lines else ""
