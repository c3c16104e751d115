"""Programs run as children: away from the terminal, under a timeout, ended with everything they started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from shared.clock import monotonic
from shared.errors import SoundUnavailable
from shared.language.terminal_text import clean

PACKAGES = {"espeak-ng": "espeak-ng", "aplay": "alsa-utils"}
"""Which Debian package brings a program."""
_SLICE_S = 0.05
"""How long a wish to stop may go unnoticed."""


class Stopped(Exception):
    """The child was ended because nobody wants its work any more."""


class ProgramFailed(SoundUnavailable):
    """A program ended with a code other than 0."""

    def __init__(self, program: str, code: int, complaint: str) -> None:
        super().__init__(f"{program} ended with {code}: {complaint or 'without a word'}")
        self.code = code


def run(command: Sequence[str], *, text: str = "", timeout_s: float, stop: Event | None = None) -> str:
    """Run a program with `text` on its standard input; what it wrote to standard output.

    Raises SoundUnavailable where it is missing, fails or takes longer than `timeout_s`, Stopped once `stop` is set.
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
    with process:
        try:
            said, complaint = _await(process, text.encode(), timeout_s, stop)
        except subprocess.TimeoutExpired:
            raise SoundUnavailable(f"{program} did not end within {timeout_s:.0f} s and was stopped.") from None
        finally:
            _end(process)
    if process.returncode:
        raise ProgramFailed(program, process.returncode, _last_line(complaint))
    return said.decode(errors="replace")


def missing(program: str) -> str:
    """That a program is not there, and how to get it."""
    package = PACKAGES.get(program)
    return f"{program} is missing: apt install {package}" if package else f"{program} is missing."


def _await(process: subprocess.Popen[bytes], given: bytes, timeout_s: float, stop: Event | None) -> tuple[bytes, bytes]:
    deadline = monotonic() + timeout_s
    while True:
        if stop is not None and stop.is_set():
            raise Stopped
        remaining = deadline - monotonic()
        try:
            return process.communicate(given or None, timeout=max(0.0, min(_SLICE_S, remaining)))
        except subprocess.TimeoutExpired:
            given = b""  # subprocess keeps what is not yet written and refuses to be handed it twice
            if remaining <= 0:
                raise


def _end(process: subprocess.Popen[bytes]) -> None:
    # The child leads its own process group, so that what it started itself ends with it. Only before it has been waited
    # for: afterwards its number may belong to others.
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _last_line(complaint: bytes) -> str:
    lines = [line for line in complaint.decode(errors="replace").splitlines() if line.strip()]
    return clean(lines[-1], 200) if lines else ""
