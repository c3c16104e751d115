"""The pictures of the docs: real terminals on a screen without a monitor, touched with a mouse, photographed.

xterm draws, because an exported SVG shows Arabic and quarter blocks wrongly; tmux in it tells which text stands in
which cell, so that nothing here waits for luck or knows a position. Run by `scripts/pictures [FOLDER]`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from PIL import Image
from rich.cells import cell_len

from ankommen.opening import shipped_config
from shared.config import read_config
from shared.language import language
from shared.language.terminal_text import visual_lines

FOLDER = Path("docs/pictures")
NEEDED = {
    "Xvfb": "xvfb",
    "xterm": "xterm",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "tmux": "tmux",
    "fc-match": "fontconfig",
}
"""Programs, and the Debian packages that bring them."""
FONT = "DejaVu Sans Mono"
FONT_PACKAGE = "fonts-dejavu-core"
TMUX_SETTINGS = """\
set -g status off
set -g default-terminal tmux-256color
set -as terminal-features ",*:RGB"
"""
PATIENCE_S = 60.0
STEADY_S = 0.5
"""A picture is taken when nothing has changed for so long …"""
STEADY_AFTER_FLASH_S = 1.3
"""… and where a new call flashes once a second, for so long."""
TAP_S = 0.4
"""How long a hand takes from one tap to the next."""
COLOURS = 64
MOST_BYTES = 60_000
TICKET_WIDTH = 384


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
    """A throw-away training database, and what every program here runs in."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> dict[str, Any]:
        """Run a command and give its answer."""
        command = [sys.executable, "-m", "ankommen", *arguments, "--json"]
        done = subprocess.run(command, env=self.environment, cwd=self.folder, check=True, capture_output=True)
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


@contextmanager
def screen() -> Iterator[str]:
    """An X display without a monitor; gives its name."""
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


class Face:
    """One program in an xterm."""

    def __init__(self, house: House, tmux: Sequence[str], window: str, size: tuple[int, int]) -> None:
        self._house, self._tmux, self._window = house, list(tmux), window
        answer = self._x("xdotool", "getwindowgeometry", "--shell", window)
        geometry = dict(line.split("=") for line in answer.splitlines())
        self._cell = int(geometry["WIDTH"]) / size[0], int(geometry["HEIGHT"]) / size[1]

    def shows(self, *texts: str) -> list[str]:
        """Wait until all these texts are on the screen; its lines."""
        found: list[str] = wait_for(" and ".join(map(repr, texts)), lambda: self._has(texts))
        return found

    def _has(self, texts: Sequence[str]) -> list[str]:
        """The lines of the screen if all these texts are on it."""
        lines = self._lines()
        shown = "\n".join(lines)
        return lines if all(text in shown for text in texts) else []

    def _lines(self) -> list[str]:
        return self._run([*self._tmux, "capture-pane", "-p"]).splitlines()

    def tap(self, text: str) -> None:
        """Click where `text` stands until it no longer stands there: the kiosk takes no touch that comes too early.

        The pointer is taken away each time, so that nothing is shown as pointed at.
        """
        lines = self.shows(text)
        row = next(n for n, line in enumerate(lines) if text in line)
        column = cell_len(lines[row][: lines[row].index(text)]) + cell_len(text) // 2

        def gone() -> bool:
            self._point(column, row)
            self._x("xdotool", "click", "1")
            self._point(0, 0)
            time.sleep(TAP_S)
            return text not in self._lines()[row]

        wait_for(f"something else than {text!r}", gone)

    def key(self, key: str) -> None:
        """Press a key: without a window manager it goes to where the pointer is."""
        self._point(0, 0)
        self._x("xdotool", "key", key)

    def photograph(self, out: Path, *texts: str, steady_s: float = STEADY_S) -> None:
        """Write what the window shows once it has these texts and has stood still for a while."""
        self.shows(*texts)
        last, since = b"", time.monotonic()
        deadline = since + PATIENCE_S
        while time.monotonic() - since < steady_s:
            if time.monotonic() > deadline:
                raise Missing(f"{out.name} never stood still")
            now = subprocess.run(
                ["import", "-window", self._window, "ppm:-"], env=self._house.environment, check=True,
                capture_output=True,
            ).stdout  # fmt: skip
            if now != last:
                last, since = now, time.monotonic()
            time.sleep(0.1)
        if not self._has(texts):
            raise Missing(f"the screen of {out.name} went away before its picture was taken; a quieter machine")
        with tempfile.NamedTemporaryFile(suffix=".ppm") as raw:
            raw.write(last)
            raw.flush()
            with Image.open(raw.name) as picture:
                keep(picture.convert("RGB"), out)

    def _point(self, column: int, row: int) -> None:
        x, y = ((place + 0.5) * size for place, size in zip((column, row), self._cell, strict=True))
        self._x("xdotool", "mousemove", "--window", self._window, str(round(x)), str(round(y)))

    def _x(self, *command: str) -> str:
        return self._run(command)

    def _run(self, command: Sequence[str]) -> str:
        return subprocess.run(
            command, env=self._house.environment, check=True, capture_output=True, text=True
        ).stdout  # fmt: skip


@contextmanager
def face(house: House, *arguments: str, size: tuple[int, int] = (100, 30), left: int = 0) -> Iterator[Face]:
    """`ankommen …` in an xterm of `size` cells, `left` pixels from the left: one that is covered has no picture."""
    tmux = ["tmux", "-u", "-L", f"pictures-{uuid4().hex[:12]}"]
    settings = house.folder / "tmux.conf"
    settings.write_text(TMUX_SETTINGS)
    program = [*tmux, "-f", str(settings), "new-session", "--", sys.executable, "-m", "ankommen", *arguments]
    looks = ["-fa", FONT, "-fs", "13", "-b", "0", "+sb", "-geometry", f"{size[0]}x{size[1]}+{left}+0"]
    title = f"face-{uuid4().hex[:12]}"
    with subprocess.Popen(
        ["xterm", *looks, "-xrm", "XTerm*allowTitleOps: false", "-T", title, "-e", *program],
        env=house.environment,
        cwd=house.folder,
        stderr=subprocess.DEVNULL,
    ) as terminal:

        def window() -> str:
            if terminal.poll() is not None:
                raise Missing(f"ankommen {' '.join(arguments)} ended at once; a face")
            found = subprocess.run(
                ["xdotool", "search", "--name", title], env=house.environment, check=False, capture_output=True,
                text=True,
            )  # fmt: skip
            return found.stdout.strip()

        try:
            wait_for("the terminal", lambda: window() and _answers(tmux, house))
            yield Face(house, tmux, window(), size)
        finally:
            subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)
            terminal.terminate()


def _answers(tmux: Sequence[str], house: House) -> bool:
    asked = [*tmux, "has-session"]
    return subprocess.run(asked, env=house.environment, check=False, capture_output=True).returncode == 0


def keep(picture: Image.Image, out: Path) -> None:
    """Write a picture small: few colours are enough for flat areas and letters."""
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    size = out.stat().st_size
    print(f"{out}: {picture.width} × {picture.height}, {size // 1000} kB", flush=True)
    if size > MOST_BYTES:
        raise Missing(f"{out} has {size} bytes; at most {MOST_BYTES} are wanted, a smaller picture never came")


def rtl(text: str) -> str:
    """A line as a terminal's cells hold it when it is written from right to left."""
    return visual_lines(text, 200, "rtl")[0]


def kiosk(house: House, url: str, out: Path) -> None:
    """The way of two visitors, and of one whose printer does not work."""
    uk, ar, de = language("uk"), language("ar"), language("de")
    newcomers = read_config(shipped_config()).plan.packages["neu"].name
    with face(house, "--printer", url, "kiosk") as shown:
        shown.photograph(out / "kiosk-language.png", "Українська", rtl(ar.autonym))
        shown.tap("Українська")
        shown.photograph(out / "kiosk-concern-uk.png", newcomers["uk"])
        shown.tap(newcomers["uk"])
        shown.photograph(out / "kiosk-number-uk.png", uk.text("Please take your ticket."))
        shown.tap(rtl(ar.autonym))  # when it has gone back to the start by itself
        shown.photograph(out / "kiosk-concern-ar.png", rtl(ar.text("What would you like to do today?")))
        shown.tap(rtl(newcomers["ar"]))
        shown.photograph(out / "kiosk-number-ar.png", rtl(ar.text("Please take your ticket.")))
    with face(house, "--printer", "none", "kiosk") as shown:
        shown.tap("Deutsch")
        shown.tap(newcomers["de"])
        shown.photograph(out / "kiosk-without-printer-de.png", de.text("Done"))


def tickets(house: House, out: Path) -> None:
    """The slips of the three visitors above."""
    for code, tag in (("A001", "uk"), ("A002", "ar"), ("A003", "de")):
        file = house.folder / f"{tag}.png"
        house.run("ticket", "image", code, "--out", str(file))
        with Image.open(file) as slip:
            height = slip.height * TICKET_WIDTH // slip.width
            keep(slip.convert("L").resize((TICKET_WIDTH, height), Image.Resampling.LANCZOS), out / f"ticket-{tag}.png")


def hall(house: House, out: Path) -> None:
    """More visitors come; desks call; the waiting room shows it."""
    for concern, tag, children in (("neu_familie", "uk", "2"), ("neu", "en", "0"), ("adresse", "ru", "1")):
        house.run("ticket", "issue", concern, "--language", tag, "--children", children, "--no-print")
    for concern, tag in (("geld", "ar"), ("schule", "uk"), ("konto", "de"), ("anmeldung", "en"), ("biometrie", "uk")):
        house.run("ticket", "issue", concern, "--language", tag, "--no-print")
    with (
        face(house, "display", size=(120, 36)) as board,
        face(house, "caller", "1", size=(110, 36), left=1400) as console,
    ):
        board.photograph(out / "waiting-room-calm.png", language("de").text("Please wait."))
        console.shows("A001")
        console.key("o")
        console.shows("geöffnet")
        for desk in ("8", "15", "4", "12", "2"):
            house.run("desk", "open", desk)
            house.run("desk", "next", desk)
        house.run("desk", "start", "15")
        console.key("n")
        console.photograph(out / "desk-called.png", "Ist da")
        board.photograph(out / "waiting-room.png", language("de").text("Number"), steady_s=STEADY_AFTER_FLASH_S)
        console.key("s")
        console.photograph(out / "desk-serving.png", "Fertig")


def main() -> None:
    """Take them all. Ends with the Debian packages to install where a program is missing."""
    packages = [package for program, package in NEEDED.items() if not shutil.which(program)]
    if "fontconfig" not in packages:
        family = subprocess.run(["fc-match", "-f", "%{family}", FONT], check=True, capture_output=True, text=True)
        packages += [] if family.stdout == FONT else [FONT_PACKAGE]
    if packages:
        sys.exit(f"These are missing: apt install {' '.join(packages)}")
    out = (Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER).resolve()
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ankommen-pictures-")))
        own = {
            "HOME": str(folder),
            "DISPLAY": stack.enter_context(screen()),
            "LC_ALL": "C.UTF-8",
            "COLORTERM": "truecolor",
            "ANKOMMEN_DATABASE": f"sqlite:///{folder}/pictures.sqlite",
            "ANKOMMEN_TRAINING": "1",
        }
        house = House(folder, {**own, "PATH": os.environ["PATH"]})
        kiosk(house, stack.enter_context(software_printer(house)), out)
        tickets(house, out)
        hall(house, out)
    total = sum(file.stat().st_size for file in out.glob("*.png"))
    print(f"{total // 1000} kB in {out}")


if __name__ == "__main__":
    main()
