"""Real programs in real terminals on a screen that nobody sees, touched with a mouse, for pictures."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from PIL import Image
from rich.cells import cell_len

NEEDED = {
    "Xvfb": "xvfb",
    "xterm": "xterm",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "tmux": "tmux",
    "fc-match": "fontconfig",
}
"""Programs, and the Debian packages that have them."""


FONT = "DejaVu Sans Mono"


FONT_PACKAGE = "fonts-dejavu-core"


TMUX_SETTINGS = """\
set -g status off
set -g default-terminal tmux-256color
set -as terminal-features ",*:RGB"
"""


PATIENCE_S = 60.0


STEADY_S = 0.5
"""A picture is taken when nothing has changed for this long …"""


STEADY_AFTER_FLASH_S = 1.3
"""… and for this long if a new call flashes once a second."""


TAP_S = 0.4
"""The time of a hand from one tap to the next."""


COLOURS = 64


MOST_BYTES = 60_000


class Missing(Exception):
    """Something did not come in time."""


def wait_for(what: str, happened: Callable[[], Any]) -> Any:
    """The first true answer of `happened`. Raises Missing when none comes."""
    deadline = time.monotonic() + PATIENCE_S
    while not (answer := happened()):
        if time.monotonic() > deadline:
            raise Missing(f"{what} never came")
        time.sleep(0.05)
    return answer


@dataclass(frozen=True)
class House:
    """A temporary training database, and the environment of every program here."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> dict[str, Any]:
        """Run a command and return its answer."""
        command = [sys.executable, "-m", "ankommen", *arguments, "--json"]
        done = subprocess.run(command, env=self.environment, cwd=self.folder, check=True, capture_output=True)
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


@contextmanager
def screen() -> Iterator[str]:
    """An X display without a monitor; yields its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "2700x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


@contextmanager
def software_printer(house: House) -> Iterator[str]:
    """The URL of a software printer in a process of its own."""
    out = house.folder / "paper"
    command = [sys.executable, "-m", "ankommen", "printer", "serve", "--port", "0", "--out", str(out)]
    with subprocess.Popen(
        command, env=house.environment, cwd=house.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield f"tcp://{json.loads(process.stdout.readline())['listening']}"
        finally:
            process.terminate()


class Window:
    """One xterm."""

    def __init__(self, house: House, window: str, size: tuple[int, int]) -> None:
        self._house, self._window = house, window
        answer = self._run(["xdotool", "getwindowgeometry", "--shell", window])
        geometry = dict(line.split("=") for line in answer.splitlines())
        self._cell = int(geometry["WIDTH"]) / size[0], int(geometry["HEIGHT"]) / size[1]

    def still(self, steady_s: float = STEADY_S) -> bytes:
        """What it shows once that has not changed for a while, as PPM."""
        last, since = b"", time.monotonic()
        deadline = since + PATIENCE_S
        while time.monotonic() - since < steady_s:
            if time.monotonic() > deadline:
                raise Missing("a picture that stands still")
            command = ["import", "-window", self._window, "ppm:-"]
            now = subprocess.run(command, env=self._house.environment, check=False, capture_output=True).stdout
            if now != last or not now:  # it may not be there yet
                last, since = now, time.monotonic()
            time.sleep(0.1)
        return last

    def click(self, column: int, row: int) -> None:
        """Click on a cell. The pointer is moved away, so that nothing is highlighted."""
        self._point(column, row)
        self._run(["xdotool", "click", "1"])
        self._point(0, 0)

    def _point(self, column: int, row: int) -> None:
        x, y = ((place + 0.5) * size for place, size in zip((column, row), self._cell, strict=True))
        self._run(["xdotool", "mousemove", "--window", self._window, str(round(x)), str(round(y))])

    def _run(self, command: Sequence[str]) -> str:
        return subprocess.run(
            command, env=self._house.environment, check=True, capture_output=True, text=True
        ).stdout  # fmt: skip


class Face(Window):
    """One program in an xterm, whose text is known."""

    def __init__(self, house: House, tmux: Sequence[str], window: str, size: tuple[int, int]) -> None:
        self._tmux = list(tmux)
        super().__init__(house, window, size)

    def shows(self, *texts: str) -> list[str]:
        """Wait until all these texts are on the screen; its lines."""
        found: list[str] = wait_for(" and ".join(map(repr, texts)), lambda: self.has(*texts))
        return found

    def has(self, *texts: str) -> list[str]:
        """The lines of the screen if all these texts are on it."""
        lines = self._run([*self._tmux, "capture-pane", "-p"]).splitlines()
        shown = "\n".join(lines)
        return lines if all(text in shown for text in texts) else []

    def tap(self, text: str) -> None:
        """Click on `text` until it is no longer there: the kiosk ignores touches that come too early."""
        column, row = self.place(text)

        def gone() -> bool:
            self.click(column, row)
            time.sleep(TAP_S)
            return text not in self.has()[row]

        wait_for(f"something else than {text!r}", gone)

    def place(self, text: str) -> tuple[int, int]:
        """The column and the row of the middle of a text."""
        lines = self.shows(text)
        row = next(n for n, line in enumerate(lines) if text in line)
        return cell_len(lines[row][: lines[row].index(text)]) + cell_len(text) // 2, row

    def key(self, key: str) -> None:
        """Press a key: without a window manager it goes to the window under the pointer."""
        self._point(0, 0)
        self._run(["xdotool", "key", key])

    def photograph(self, out: Path, *texts: str, steady_s: float = STEADY_S) -> None:
        """Write a picture of the window once it has these texts and has not changed for a while."""
        self.shows(*texts)
        taken = self.still(steady_s)
        if not self.has(*texts):
            raise Missing(f"the screen of {out.name} went away before its picture was taken; a quieter machine")
        keep_window(taken, out)


@contextmanager
def face(
    house: House, *arguments: str, size: tuple[int, int] = (100, 30), left: int = 0, font: int = 13
) -> Iterator[Face]:
    """`ankommen …` in an xterm of `size` cells, `left` pixels from the left: a covered window has no picture."""
    tmux = ["tmux", "-u", "-L", f"pictures-{uuid4().hex[:12]}"]
    settings = house.folder / "tmux.conf"
    settings.write_text(TMUX_SETTINGS)
    program = [*tmux, "-f", str(settings), "new-session", "--", sys.executable, "-m", "ankommen", *arguments]
    try:
        with _xterm(house, program, size, left, font=font) as window:
            wait_for("the terminal", lambda: _answers(tmux, house))
            yield Face(house, tmux, window, size)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


@contextmanager
def drawn_face(house: House, *arguments: str, size: tuple[int, int], font: int) -> Iterator[Window]:
    """The same in an xterm that shows pictures (Sixel): tmux would keep them back, so nothing knows its text."""
    program = [sys.executable, "-m", "ankommen", *arguments]
    shows_pictures = ["-ti", "vt340", "-xrm", "XTerm*maxGraphicSize:1920x1200"]
    with _xterm(house, program, size, 0, *shows_pictures, font=font) as window:
        yield Window(house, window, size)


@contextmanager
def _xterm(
    house: House, program: Sequence[str], size: tuple[int, int], left: int, *options: str, font: int
) -> Iterator[str]:
    """Run a program in an xterm; yields the name of its window."""
    looks = ["-fa", FONT, "-fs", str(font), "-b", "0", "+sb", "-geometry", f"{size[0]}x{size[1]}+{left}+0"]
    title = f"face-{uuid4().hex[:12]}"
    with subprocess.Popen(
        ["xterm", *looks, *options, "-xrm", "XTerm*allowTitleOps: false", "-T", title, "-e", *program],
        env=house.environment,
        cwd=house.folder,
        stderr=subprocess.DEVNULL,
    ) as terminal:

        def window() -> str:
            if terminal.poll() is not None:
                raise Missing(f"{' '.join(program)} ended at once; a face")
            found = subprocess.run(
                ["xdotool", "search", "--name", title], env=house.environment, check=False, capture_output=True,
                text=True,
            )  # fmt: skip
            return found.stdout.strip()

        try:
            yield wait_for("the window", window)
        finally:
            terminal.terminate()


def _answers(tmux: Sequence[str], house: House) -> bool:
    asked = [*tmux, "has-session"]
    return subprocess.run(asked, env=house.environment, check=False, capture_output=True).returncode == 0


def keep_window(taken: bytes, out: Path) -> None:
    """Write what a window showed."""
    with Image.open(io.BytesIO(taken)) as picture:
        keep(picture.convert("RGB"), out)


def keep(picture: Image.Image, out: Path) -> None:
    """Write a picture small: few colours are enough for flat areas and letters."""
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    size = out.stat().st_size
    print(f"{out}: {picture.width} × {picture.height}, {size // 1000} kB", flush=True)
    if size > MOST_BYTES:
        raise Missing(f"{out} has {size} bytes; at most {MOST_BYTES} are wanted, a smaller picture never came")
