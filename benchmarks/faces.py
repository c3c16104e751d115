"""The faces as people meet them: whole processes in real terminals, timed from outside.

    python -m benchmarks.faces [--json] [--runs N]

- start: from starting `ankommen kiosk` to the bytes of its first picture in the terminal.
- tap: from the bytes of the tap on "Yes, print" to the paper at the software printer, including last byte, cut and
  picture on disk.
- call: from the commit of `call_next` in one process to the last byte of the picture in the waiting-room's terminal.
- memory: resident set of each face after its runs, as Linux counts it (VmRSS).
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import json
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.table import Table
from textual.geometry import Region

from ankommen.opening import shipped_config
from kiosk.app import KioskApp
from kiosk.screens.kiosk import KioskScreen
from kiosk.steady import STEADY_S
from kiosk.widgets.foot import Foot
from kiosk.widgets.tiles import Tile
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.clock import monotonic
from shared.config import read_config
from shared.model import Arrival
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.site.apply import apply
from shared.verbs.visits import issue

SIZE = (100, 30)
_LANGUAGE, _PACKAGE, _DESK, _FIRST_WORD = "de", "neu", "1", "Deutsch"
_PAINTED_S = 0.03
"""A picture is complete if no byte has followed for this long."""
_READ_S = STEADY_S + 0.5
"""How long somebody looks at a picture before the next tap: the kiosk ignores earlier ones."""
_LIMIT_S = 30.0
_WHO_ARE_YOU, _A_TERMINAL_WITH_SIXEL = b"\x1b[c", b"\x1b[?62;4c"
"""DA1, and its answer."""


class Face:
    """One program on its own terminal; we hold the other end. The terminal shows pictures if its cells have pixels."""

    def __init__(
        self,
        environment: dict[str, str],
        *arguments: str,
        module: str = "ankommen",
        size: tuple[int, int] = SIZE,
        cell: tuple[int, int] = (0, 0),
    ) -> None:
        self._shows_pictures = cell > (0, 0)
        self.began = monotonic()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, "-m", module, *arguments], environment)
        window = struct.pack("HHHH", size[1], size[0], size[0] * cell[0], size[1] * cell[1])
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, window)

    def tap(self, place: tuple[int, int]) -> None:
        """Touch a cell: the bytes of press and release."""
        for end in ("M", "m"):
            os.write(self._terminal, f"\x1b[<0;{place[0] + 1};{place[1] + 1}{end}".encode())

    def picture(self, until: bytes = b"") -> float:
        """Read until a complete picture with `until` in it has come; returns the time of its last byte."""
        seen, last, limit = b"", 0.0, monotonic() + _LIMIT_S
        while monotonic() < limit:
            if select.select([self._terminal], [], [], _PAINTED_S if seen else 0.5)[0]:
                seen += self._read()
                last = monotonic()
            elif seen and until in seen:
                return last
        raise TimeoutError(f"{until!r} was never painted")

    def rest(self, seconds: float) -> None:
        """Read everything that comes for this long."""
        limit = monotonic() + seconds
        while (left := limit - monotonic()) > 0:
            if select.select([self._terminal], [], [], left)[0]:
                self._read()

    def _read(self) -> bytes:
        data = os.read(self._terminal, 65536)
        if self._shows_pictures and _WHO_ARE_YOU in data:
            os.write(self._terminal, _A_TERMINAL_WITH_SIXEL)
        return data

    def memory_mib(self) -> float:
        """Resident memory now."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    def end(self) -> None:
        """End the process."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)


@contextmanager
def house() -> Iterator[tuple[Database, dict[str, str], Path]]:
    """A temporary training database with the shipped plan, and the environment of its faces."""
    config = read_config(shipped_config())
    with tempfile.TemporaryDirectory(prefix="ankommen-") as folder:
        url = f"sqlite:///{folder}/centre.sqlite"
        database = Database(url, config.plan.site.key)
        database.prepare()
        database.do(apply, config.plan_toml, True)
        own = {"ANKOMMEN_DATABASE": url, "ANKOMMEN_TRAINING": "1", "COLORTERM": "truecolor", "TERM": "xterm-256color"}
        yield database, {**os.environ, **own, "HOME": folder}, Path(folder)
        database.close()


def places(database: Database, size: tuple[int, int] = SIZE) -> dict[str, tuple[int, int]]:
    """The places of the kiosk's tiles, "Back", "Yes, print" and "Done" on a terminal of this size, asked of itself."""

    async def ask() -> dict[str, tuple[int, int]]:
        centre = Centre(database, read_config(shipped_config()).device)
        found: dict[str, tuple[int, int]] = {}
        async with KioskApp(centre, None, "none").run_test(size=size) as pilot:
            for key in (_LANGUAGE, _PACKAGE):
                screen = cast("KioskScreen", pilot.app.screen)
                while not screen.takes_touches or (tile := _offering(screen, key)) is None:
                    await pilot.pause(0.05)
                found[key] = _middle(tile.region)
                found["back"] = _middle(screen.query_one(Foot).region_of("back"))
                await pilot.click(tile)
            for word in ("print", "done"):
                while not screen.takes_touches or not (button := screen.query_one(Foot).region_of("forward")):
                    await pilot.pause(0.1)
                found[word] = _middle(button)
                await pilot.click(offset=found[word])
        centre.close()
        return found

    return asyncio.run(ask())


def _offering(screen: KioskScreen, key: str) -> Tile | None:
    return next((tile for tile in screen.query(Tile) if tile.offers and tile.offers.key == key), None)


def _middle(region: Region) -> tuple[int, int]:
    return int(region.center[0]), int(region.center[1])


def start_ms(runs: int) -> list[float]:
    """Start of the kiosk to its first picture."""
    times = []
    with house() as (_, environment, _):
        for _ in range(runs):
            face = Face(environment, "kiosk")
            times.append((face.picture(_FIRST_WORD.encode()) - face.began) * 1000)
            face.end()
    return times


def tap_ms(runs: int) -> tuple[list[float], float]:
    """Tap on "Yes, print" to the printed paper; and the kiosk's memory after it."""
    times = []
    with house() as (database, environment, folder), VirtualPrinter(folder / "paper") as printer:
        where = places(database)
        face = Face(environment, "kiosk", "--printer", printer.url)
        face.picture(_FIRST_WORD.encode())
        for run in range(runs):
            face.rest(_READ_S)
            face.tap(where[_LANGUAGE])
            face.picture()
            face.rest(_READ_S)
            face.tap(where[_PACKAGE])
            face.picture()
            face.rest(_READ_S)
            began = monotonic()
            face.tap(where["print"])
            _paper(printer, run + 1)
            times.append((monotonic() - began) * 1000)
            face.rest(2 * _READ_S)
            face.tap(where["done"])
        memory = face.memory_mib()
        face.end()
    return times, memory


def _paper(printer: VirtualPrinter, count: int) -> None:
    if not printer.wait_for(lambda: len(printer.papers) >= count, _LIMIT_S):
        raise TimeoutError("the paper never came")


def call_ms(runs: int) -> tuple[list[float], float, float]:
    """Commit of a call to its picture in the waiting room; and the memory of screen and console after it."""
    times = []
    with house() as (database, environment, _):
        database.do(opening.open_desk, _DESK)
        for _ in range(runs):
            database.do(issue.issue, Arrival(packages=(_PACKAGE,)))
        screen, console = Face(environment, "display"), Face(environment, "caller", _DESK)
        screen.picture()
        for _ in range(runs):
            console.rest(0.1)
            screen.rest(6.5)  # the last call has stopped flashing
            database.do(calls.call_next, _DESK)
            committed = monotonic()
            times.append((screen.picture() - committed) * 1000)
            database.do(calls.start, _DESK)
            database.do(calls.finish, _DESK)
        console.rest(1.0)
        memory = screen.memory_mib(), console.memory_mib()
        screen.end()
        console.end()
    return times, *memory


def spread(times: list[float]) -> list[int]:
    """Minimum, median and maximum, in whole milliseconds."""
    return [round(min(times)), round(statistics.median(times)), round(max(times))]


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    started = start_ms(options.runs)
    tapped, kiosk_mib = tap_ms(options.runs)
    called, display_mib, caller_mib = call_ms(options.runs)
    data = {
        "start_ms": spread(started),
        "tap_ms": spread(tapped),
        "call_ms": spread(called),
        "memory_mib": {"kiosk": round(kiosk_mib), "display": round(display_mib), "caller": round(caller_mib)},
        "runs": options.runs,
    }
    if options.json:
        print(json.dumps(data))
        return
    table = Table("what", "goal", "min", "median", "max", box=None)
    rows = (("kiosk start → first picture", "1500 ms", started), ("tap → paper", "500 ms", tapped))
    for name, goal, times in (*rows, ("call committed → painted", "150 ms", called)):
        table.add_row(name, goal, *(f"{value} ms" for value in spread(times)))
    for name, mib in (("kiosk", kiosk_mib), ("display", display_mib), ("caller", caller_mib)):
        table.add_row(f"memory of the {name}", "90 MiB", "", f"{mib:.0f} MiB", "")
    Console().print(table)


if __name__ == "__main__":
    main()
