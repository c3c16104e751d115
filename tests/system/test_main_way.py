"""Kiosk → paper → desk → waiting room: four processes, real terminals, a real socket, one database file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from display.lettering import SMALLEST, Lettering, Line, drawn, fit
from printers.virtual import VirtualPrinter
from shared.language import language
from shared.language.terminal_text import visual_lines
from tests.support.paper import codes_on
from tests.support.waiting import wait_until
from tests.system.conftest import House, Terminal


def in_large_letters(number: str, desk: str) -> Callable[[str], bool]:
    """Whether a screen shows "number → desk" drawn in cells, at whatever size fits it."""

    def at(lettering: Lettering, screen: str) -> bool:
        rows = [row.rstrip() for row in drawn(Line(number, desk), lettering).plain.split("\n")]
        lines = screen.splitlines()
        return any(
            all(row in line for row, line in zip(rows, lines[top : top + len(rows)], strict=False))
            for top in range(len(lines) - len(rows) + 1)
        )

    def shown(screen: str) -> bool:
        sizes = (fit([Line(number, desk)], 400, rows) for rows in range(SMALLEST, 31))
        return f"{number} → {desk}" in screen or any(at(size, screen) for size in sizes)

    return shown


@contextmanager
def printer_of_its_own(house: House) -> Iterator[tuple[str, Path]]:
    """The printer in software as a process: its URL, and the folder of its papers."""
    out = house.folder / "paper"
    command = [sys.executable, "-m", "ankommen", "printer", "serve", "--port", "0", "--out", str(out)]
    with subprocess.Popen(
        command, env=house.environment, cwd=house.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield f"tcp://{json.loads(process.stdout.readline())['listening']}", out
        process.terminate()


def test_a_visitor_taps_paper_comes_out_an_official_calls_and_the_waiting_room_shows_it(
    terminal: Callable[..., Terminal], house: House
) -> None:
    with printer_of_its_own(house) as (url, papers):
        kiosk = terminal("--printer", url, "kiosk")
        kiosk.tap("Українська")
        kiosk.tap("Я недавно в Лейпцигу")
        kiosk.tap("Так, друкувати")
        kiosk.shows("Будь ласка, візьміть свій талон.")
        ticket = house.run("ticket", "show", "A001")
        assert (ticket["language"], ticket["print"]["state"]) == ("uk", "printed")
        assert [path.name for path in sorted(papers.glob("*.png"))] == ["0001.png"]
        assert codes_on(papers / "0001.png") == [ticket["qr"]]
        assert '"error"' not in (papers / "log.jsonl").read_text()

        display = terminal("display", size=(120, 40))
        display.shows("Bitte warten Sie")
        console = terminal("caller", "1", size=(100, 30))
        console.shows("A001")
        console.keys("o")
        console.shows("geöffnet")
        console.keys("n")
        display.shows(in_large_letters("A 001", "1"))
        console.shows("Ist da")
        console.keys("s")
        console.shows("Fertig")
        console.keys("f")
        wait_until(lambda: house.run("ticket", "show", "A001")["stops"][0]["state"] == "done")
        assert [stop["state"] for stop in house.run("ticket", "show", "A001")["stops"]][:2] == ["done", "waiting"]
        assert len(list(papers.glob("*.png"))) == 1


def test_arabic_reads_from_right_to_left_in_a_real_terminal(terminal: Callable[..., Terminal]) -> None:
    arabic = language("ar")
    kiosk = terminal("--printer", "none", "kiosk")
    kiosk.tap(visual_lines(arabic.autonym, 40, "rtl")[0])
    question = visual_lines(arabic.text("What would you like to do today?"), 90, "rtl")[0]
    screen = kiosk.shows(question)
    line = next(line for line in screen.splitlines() if question in line)
    assert line.rstrip().endswith(question), "it begins at the right edge"
    assert "\u202b" not in screen


def test_neither_keys_nor_a_hurried_finger_harm_the_kiosk(
    terminal: Callable[..., Terminal], house: House, printer: VirtualPrinter
) -> None:
    kiosk = terminal("--printer", printer.url, "kiosk", size=(80, 24))
    kiosk.shows("Deutsch")
    kiosk.keys("C-c", "C-q", "C-p", "C-z", "C-\\", "Escape", "F1")
    kiosk.tap("Deutsch")
    finger = kiosk.place("Ich bin neu")
    for _ in range(5):
        kiosk.touch(finger)
    kiosk.tap("Ich bin neu")
    finger = kiosk.place("Ja, drucken")
    for _ in range(5):
        kiosk.touch(finger)
    kiosk.tap("Ja, drucken")
    for _ in range(5):
        kiosk.touch(finger)
    kiosk.shows("Bitte nehmen Sie Ihr Ticket.")
    assert house.run("ticket", "show", "A001")["print"]["state"] == "printed"
    assert house.run("ticket", "show", "A002", code=3)["error"] == "unknown_number"
    assert len(printer.papers) == 1


def test_without_a_terminal_a_face_says_so(house: House) -> None:
    for face in (["kiosk"], ["caller", "1"], ["display"]):
        assert house.run(*face, code=1)["error"] == "terminal"
