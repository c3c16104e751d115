"""A program on a real terminal line, byte by byte: what it draws, and how it leaves the line."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from tests.support.waiting import PATIENCE_S, wait_until

AT_REST = {b"1049": b"l", b"1000": b"l", b"1003": b"l", b"1006": b"l", b"1004": b"l", b"2004": b"l", b"25": b"h"}
"""No alternate screen, no mouse, no reports, no pastes, and a cursor."""


def memory_kb(pid: int) -> int:
    """The resident memory of a process."""
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmRSS:")[2].split()[0])


class Line:
    """A program with this test as its terminal. What it draws is kept, or left unread if the test says so."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        size: tuple[int, int] = (80, 25),
        ignore_hangup: bool = False,
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self._attributes = termios.tcgetattr(slave)
        deaf = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh"] if ignore_hangup else []
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *deaf, *command], stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=folder
        )
        self._slave: int | None = slave  # kept, so that the state of the line can be read after its program has ended
        self.drawn = b""
        self.reading = threading.Event()
        self.reading.set()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        self.hang_up()

    def send(self, data: bytes) -> None:
        """Type, touch, scan."""
        while data:
            data = data[os.write(self._master, data) :]

    def tap(self, column: int = 5, row: int = 5) -> None:
        """Touch a cell; columns and rows count from one."""
        self.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m".encode())

    def shows(self, wanted: str, encoding: str = "utf-8") -> None:
        """Wait until it has drawn a text, in a row and without a change of colours."""
        wait_until(
            lambda: wanted.encode(encoding) in self.drawn, lambda: f"{wanted!r} never came: {self.drawn[-2000:]!r}"
        )

    def ended(self) -> int:
        """Wait until it ends; returns the exit code."""
        return self.process.wait(PATIENCE_S)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The program stands still meanwhile, as on a machine that has no time for it."""
        self.process.send_signal(signal.SIGSTOP)
        state = Path(f"/proc/{self.process.pid}/stat")
        wait_until(lambda: state.read_text().rpartition(")")[2].split()[0] == "T", state.read_text)
        yield
        self.process.send_signal(signal.SIGCONT)

    def memory_kb(self) -> int:
        """Its resident memory."""
        return memory_kb(self.process.pid)

    def threads(self) -> int:
        """How many threads it has."""
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))

    def hang_up(self) -> None:
        """The terminal is gone."""
        if self._slave is not None:
            os.close(self._slave)
            self._slave = None
            os.close(self._master)
            self._reader.join(PATIENCE_S)

    def comes_to_rest(self) -> None:
        """Wait until the line is as it was before: its attributes, and all modes switched off."""
        wait_until(self._rests, lambda: self.drawn[-2000:])

    def _rests(self) -> bool:
        assert self._slave is not None
        switched = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", self.drawn))
        return (switched | AT_REST) == switched and termios.tcgetattr(self._slave) == self._attributes

    def _read(self) -> None:
        while True:
            self.reading.wait()
            try:
                if select.select([self._master], [], [], 0.05)[0]:
                    self.drawn += os.read(self._master, 65536)
            except (OSError, ValueError):
                return
