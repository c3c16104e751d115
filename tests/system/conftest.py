"""Whole programs in real terminals: tmux holds them, raw mouse bytes touch them, their screens are read back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from rich.cells import cell_len

from tests.support.probed import Probe
from tests.support.waiting import PATIENCE_S, wait_until

TAP_S = 0.4
"""How long a hand takes from one tap to the next."""


KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "LD_PRELOAD")
"""Of the environment of the tests; with what faketime sets, a program has the clock that the tests have."""


@dataclass(frozen=True)
class House:
    """A test's own database, and the environment for all its programs."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run a command with --json and return its answer; it must end with `code`."""
        done = subprocess.run(
            [sys.executable, "-m", "ankommen", *arguments, "--json"],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
        assert len(done.stdout.splitlines()) == 1, done.stdout
        answer = json.loads(done.stdout)
        assert isinstance(answer, dict)
        return answer

    @property
    def log(self) -> Path:
        """Where its faces write their faults."""
        return Path(self.environment["HOME"]) / ".local" / "state" / "ankommen" / "faces.log"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A training database in an empty folder, and no audio device."""
    return house_in(tmp_path)


def house_in(folder: Path) -> House:
    """The same in a folder of one's own."""
    home = folder / "home"
    home.mkdir()
    own = {
        "HOME": str(home),
        "ANKOMMEN_DATABASE": f"sqlite:///{folder}/centre.sqlite",
        "ANKOMMEN_TRAINING": "1",
        "COLORTERM": "truecolor",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    kept = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith("FAKETIME")}
    return House(folder, {**kept, **own})


class Terminal:
    """One program in a tmux window of its own."""

    def __init__(self, tmux: Sequence[str], session: str) -> None:
        self._tmux, self._session = list(tmux), session

    def screen(self) -> str:
        """What it shows, line by line."""
        return self._run("capture-pane", "-p", "-t", self._session)

    def keys(self, *keys: str) -> None:
        """Press keys by tmux's names for them."""
        self._run("send-keys", "-t", self._session, *keys)

    def tap(self, text: str) -> None:
        """Touch the screen at `text`, as often as needed until something else is there.

        The kiosk ignores touches that come before its content can be read.
        """
        place = self.place(text)

        def gone() -> bool:
            there = text in self.screen().splitlines()[place[1]]
            if there:
                self.touch(place)
            return not there

        wait_until(gone, self.screen, every_s=TAP_S)

    def place(self, text: str) -> tuple[int, int]:
        """Wait for `text`, and return column and row of its middle."""
        lines = self.shows(text).splitlines()
        row = next(n for n, line in enumerate(lines) if text in line)
        return cell_len(lines[row][: lines[row].index(text)]) + cell_len(text) // 2, row

    def touch(self, *places: tuple[int, int]) -> None:
        """Touch cells, with the bytes that a terminal sends for press and release, all in one write."""
        touches = "".join(f"\x1b[<0;{x + 1};{y + 1}{end}" for x, y in places for end in "Mm")
        self._run("send-keys", "-l", "-t", self._session, touches)

    def receives(self, data: bytes) -> None:
        """Send any bytes to the program."""
        buffer = subprocess.run([*self._tmux, "load-buffer", "-"], input=data, check=False, capture_output=True)
        assert buffer.returncode == 0, buffer.stderr
        self._run("paste-buffer", "-r", "-d", "-t", self._session)

    @property
    def pid(self) -> int:
        """The process of the program."""
        shell = self._run("display-message", "-p", "-t", self._session, "#{pane_pid}").strip()
        return int(Path(f"/proc/{shell}/task/{shell}/children").read_text())

    def shows(self, wanted: str | Callable[[str], object]) -> str:
        """Wait until the screen has a text or meets a condition; returns the screen."""
        screen = ""

        def there() -> object:
            nonlocal screen
            screen = self.screen()
            return wanted in screen if isinstance(wanted, str) else wanted(screen)

        wait_until(there, lambda: f"no {wanted!r} on\n{screen}", every_s=0.05)
        return screen

    def resize(self, columns: int, rows: int) -> None:
        """The window has another size, of which its program hears by SIGWINCH."""
        self._run("resize-window", "-t", self._session, "-x", str(columns), "-y", str(rows))

    def _run(self, *arguments: str) -> str:
        return subprocess.run([*self._tmux, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def terminal(need: Callable[[str], None], house: House) -> Iterator[Callable[..., Terminal]]:
    """Starts `ankommen …` in a real terminal of a given size."""
    with terminals(need, house) as start:
        yield start


@contextmanager
def terminals(need: Callable[[str], None], house: House) -> Iterator[Callable[..., Terminal]]:
    """The same for any house, as long as it is wanted."""
    need("tmux")
    socket = f"ankommen-{uuid4().hex[:12]}"  # its own server: another test's may still be ending
    tmux = ["tmux", "-u", "-L", socket, "-f", "/dev/null"]
    started: list[str] = []

    def start(*arguments: str, size: tuple[int, int] = (100, 30)) -> Terminal:
        session = f"face{len(started)}"
        started.append(session)
        # tmux does not let its own program stand still, so it runs a shell, and the shell runs the program
        command = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-m", "ankommen", *arguments]
        environment = [part for name, value in house.environment.items() for part in ("-e", f"{name}={value}")]
        subprocess.run(
            [*tmux, "new-session", "-d", "-s", session, "-x", str(size[0]), "-y", str(size[1]), *environment, *command],
            check=True,
            cwd=house.folder,
            env={**house.environment, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
        )
        return Terminal(tmux, session)

    try:
        yield start
    finally:
        if started:
            subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def probe(house: House) -> Iterator[Callable[..., Probe]]:
    """Starts the probe, as a kiosk or a console, and waits until it is there."""
    started: list[Probe] = []

    def start(*arguments: str, ignore_hangup: bool = False, early: bytes = b"", **more: str) -> Probe:
        told_to = house.folder / f"told{len(started)}"
        environment = {**house.environment, "TERM": "xterm-256color", "PROBE": str(told_to), **more}
        command = [sys.executable, "-m", "tests.support.probe", *arguments]
        line = Probe(command, environment, house.folder, ignore_hangup=ignore_hangup)
        line.told_to = told_to
        started.append(line)
        if early:
            wait_until(lambda: line.drawn, line.heard)
            line.send(early)
        wait_until(lambda: line.heard("ready"), lambda: line.drawn)
        return line

    yield start
    for line in started:
        line.__exit__(None, None, None)
