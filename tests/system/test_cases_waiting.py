"""Case 17: a face that starts before its database waits, says so in the house's language, and begins by itself."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ankommen.opening import shipped_config
from shared.config import read_config
from tests.support.line import Line
from tests.support.plans import with_line
from tests.support.postgres import Server
from tests.system.conftest import House

WAITS = {"de": "Dieses Programm wartet seit ", "en": "This program has been waiting since "}
SHIPPED = read_config(shipped_config()).plan_toml


@pytest.fixture
def face(house: House) -> Iterator[Callable[..., Line]]:
    """Starts `ankommen …` on a line of its own."""
    started: list[Line] = []

    def start(*arguments: str) -> Line:
        environment = {**house.environment, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        command = [sys.executable, "-m", "ankommen", *arguments]
        started.append(Line(command, environment, house.folder, size=(120, 40)).__enter__())
        return started[-1]

    yield start
    for line in started:
        line.__exit__(None, None, None)


def later(house: House) -> Path:
    """The database is in a folder that is not there yet, as on a disk that is mounted late."""
    house.environment["ANKOMMEN_DATABASE"] = f"sqlite:///{house.folder}/disk/centre.sqlite"
    return house.folder / "disk"


@pytest.mark.parametrize(
    ("words", "says", "begins"),
    [
        (("kiosk",), "Es gibt eine Störung. Bitte gehen Sie zum Empfang.", "Bitte wählen Sie Ihre Sprache."),
        (("display",), "Es gibt eine Störung. Bitte bleiben Sie hier.", "Wir rufen Ihre Nummer."),
        (("caller", "1"), "Einen Moment bitte", "Ihr Platz ist geschlossen."),
    ],
)
def test_case_17_each_face_waits_for_a_file_and_begins_by_itself(
    house: House, face: Callable[..., Line], words: tuple[str, ...], says: str, begins: str
) -> None:
    disk = later(house)
    line = face(*words)
    line.shows(WAITS["de"])
    line.shows("There is no folder")
    line.shows(says)
    disk.mkdir()
    line.shows(begins)
    assert line.process.poll() is None


def test_case_17_it_waits_for_a_centre_in_real_work_and_begins_none(house: House, face: Callable[..., Line]) -> None:
    house.environment["ANKOMMEN_TRAINING"] = ""
    (house.folder / "config.toml").write_text(with_line(SHIPPED, "site", 'language = "en"'), encoding="utf-8")
    line = face("display")
    line.shows(WAITS["en"])
    line.shows("apply)")
    assert not (house.folder / "centre.sqlite").exists()
    house.run("apply")
    line.shows("We will call your number.")


def test_case_17_a_face_that_waits_ends_as_the_face_does_and_gives_the_terminal_back(
    house: House, face: Callable[..., Line]
) -> None:
    later(house)
    ends = {"kiosk": signal.SIGTERM, "display": b"\x03", "caller": b"\x11"}
    for name, end in ends.items():
        line = face(name, *(["1"] if name == "caller" else []))
        line.shows(WAITS["de"])
        if isinstance(end, bytes):
            line.send(end)
        else:
            line.send(b"\x03\x11qq")  # no key ends a kiosk
            os.kill(line.process.pid, end)
        assert line.ended() == (0 if isinstance(end, bytes) else 128 + end)
        line.comes_to_rest()


def test_case_17_what_no_waiting_mends_ends_it(house: House, face: Callable[..., Line]) -> None:
    (house.folder / "config.toml").write_text("[site", encoding="utf-8")
    line = face("kiosk")
    assert line.ended() == 2
    line.shows("config.toml:1: is no TOML")


@pytest.mark.engine("mortal_postgres")
def test_case_17_a_face_waits_for_a_server_and_begins_by_itself(
    house: House, face: Callable[..., Line], empty_database_url: str, mortal_server: Server
) -> None:
    if mortal_server.own is None:
        pytest.skip("this server is not ours to stop")
    house.environment["ANKOMMEN_DATABASE"] = empty_database_url
    house.run("queue")
    mortal_server.stop()
    try:
        line = face("display")
        line.shows(WAITS["de"])
        line.shows("Es gibt eine Störung. Bitte bleiben Sie hier.")
    finally:
        mortal_server.start()
    line.shows("Wir rufen Ihre Nummer.")
