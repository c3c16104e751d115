"""Cases 10 and 11: a fault, a signal or a lost line ends a face in words, and the terminal is as before."""

from __future__ import annotations

import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import shared.language
from shared.language import LANGUAGES, language
from tests.support.line import Line
from tests.support.probe import SECRET
from tests.support.probed import Probe
from tests.support.waiting import wait_until
from tests.system.conftest import House


@pytest.mark.parametrize("face", ["kiosk", "console"])
def test_case_10_a_fault_shows_a_calm_page_and_no_value(probe: Callable[..., Probe], house: House, face: str) -> None:
    line = probe(face, "raise")
    line.tap()
    assert line.ended() == 70
    line.comes_to_rest()
    shown = line.drawn[line.drawn.rindex(b"\x1b[2J") :].decode()
    said = [language(tag).text("There is a fault. Please go to reception.") for tag in LANGUAGES]
    assert said[0] in shown
    if face == "kiosk":
        assert all(sentence in shown for sentence in said if sentence.isascii())
        assert shown.count("H") >= len(LANGUAGES)
    log = house.log
    assert re.search(r" crash KeyError at probe.py:\d+:on_click", log.read_text())
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    for foreign in (SECRET, "Traceback", "KeyError"):
        assert foreign.encode() not in line.drawn
    assert SECRET not in log.read_text()


FACES = {
    "kiosk": (["kiosk"], "kiosk.screens.kiosk.KioskScreen"),
    "display": (["display"], "display.screens.board.BoardScreen"),
    "caller": (["caller", "1"], "caller.screens.desk.DeskScreen"),
}


SORRY = {
    "kiosk": "There is a fault. Please go to reception.",
    "display": "There is a fault. Please stay here. Your number stays valid.",
    "caller": "This program has ended because of a fault. Please start it again.",
}


@pytest.mark.parametrize("face", FACES)
def test_case_10_each_face_says_what_to_do_now(house: House, face: str) -> None:
    arguments, screen = FACES[face]
    code = _FAULTY.format(screen=screen, secret=SECRET, arguments=arguments)
    with Line([sys.executable, "-c", code], house.environment | {"TERM": "xterm"}, house.folder, (100, 30)) as line:
        assert line.ended() == 70
        line.comes_to_rest()
        shown = line.drawn[line.drawn.rindex(b"\x1b[2J") :].decode()
        tags = ["de"] if face == "caller" else ["de", "uk", "vi"]
        assert all(language(tag).text(SORRY[face]) in shown for tag in tags), shown
        assert SECRET.encode() not in line.drawn
    assert re.search(r" crash ValueError at <string>:\d+:fail", house.log.read_text())


_FAULTY = """
import importlib, sys
room, _, name = "{screen}".rpartition(".")
async def fail(self, event):
    token = "{secret}"
    raise ValueError(token)
getattr(importlib.import_module(room), name)._on_mount = fail
from ankommen.cli import main
sys.exit(main({arguments}))
"""


@pytest.mark.parametrize("unit", ["ankommen-kiosk@", "ankommen-display@"])
def test_case_10_the_units_that_start_faces_again_are_sound(
    need: Callable[[str], None], tmp_path: Path, unit: str
) -> None:
    need("systemd-analyze")
    text = (Path(shared.language.__file__).parents[2] / "deploy" / f"{unit}.service").read_text()
    assert "Restart=always" in text
    assert "StartLimitIntervalSec=0" in text
    instance = tmp_path / f"{unit}x.service"
    instance.write_text(text.replace("/usr/bin/cage", "/usr/bin/env"))  # a program that is here
    done = subprocess.run(["systemd-analyze", "verify", instance], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_case_10_a_fault_of_a_thread_is_logged_and_not_drawn(probe: Callable[..., Probe], house: House) -> None:
    line = probe("kiosk", "thread")
    line.tap()
    line.tells("tap", 4, 4)
    wait_until(lambda: house.log.exists() and " thread KeyError at probe.py:" in house.log.read_text(), line.heard)
    assert b"Traceback" not in line.drawn
    assert SECRET.encode() not in line.drawn
    assert SECRET not in house.log.read_text()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_case_11_a_signal_ends_it_and_the_terminal_is_as_before(
    probe: Callable[..., Probe], ending: signal.Signals
) -> None:
    line = probe("console")
    line.process.send_signal(ending)
    assert line.ended() == 128 + ending
    line.comes_to_rest()


def test_case_11_a_stuck_handler_holds_neither_the_end_nor_the_terminal(probe: Callable[..., Probe]) -> None:
    line = probe("console", "stuck")
    line.tap()
    line.tells("stuck")
    line.process.terminate()
    assert line.ended() == 128 + signal.SIGTERM
    line.comes_to_rest()


def test_case_11_a_terminal_that_nobody_reads_holds_neither(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    line.reading.clear()
    for n in range(2000):  # each move is drawn nowhere, but answers fill the line
        line.send(f"\x1b[<35;{n % 80 + 1};5M".encode())
    line.process.terminate()
    assert line.ended() == 128 + signal.SIGTERM
    line.reading.set()
    line.comes_to_rest()


def test_case_11_without_a_terminal_it_ends(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    line.hang_up()
    assert line.ended() in {1, 128 + signal.SIGHUP}, "whichever was heard first"


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("ending", ["hang up", "SIGTERM"])
def test_case_11_each_face_ends_with_its_terminal_and_by_a_signal(house: House, face: str, ending: str) -> None:
    command = [sys.executable, "-m", "ankommen", *FACES[face][0]]
    environment = house.environment | {"TERM": "xterm"}
    with Line(command, environment, house.folder, (100, 30), ignore_hangup=ending == "hang up") as line:
        wait_until(lambda: b"\x1b[?25l" in line.drawn and len(line.drawn) > 2000, lambda: line.drawn)
        if ending == "hang up":
            line.hang_up()
            assert line.ended() == 1
        else:
            line.process.terminate()
            assert line.ended() == 128 + signal.SIGTERM
            line.comes_to_rest()


def test_case_11_stopped_and_continued_it_listens_with_one_ear(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    threads = line.threads()
    for _ in range(5):
        with line.stopped():
            pass
        line.answers()
    assert line.threads() == threads
