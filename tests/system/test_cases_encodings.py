"""Case 12: sizes and encodings that the environment claims, and answers that cannot be written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.line import Line
from tests.support.probed import Probe
from tests.system.conftest import House


def test_case_12_an_exported_size_cuts_nothing(probe: Callable[..., Probe]) -> None:
    line = probe("kiosk", COLUMNS="40", LINES="10")
    assert line.heard("ready") == [["ready", 80, 25]]
    line.tap(75, 20)
    line.tells("tap", 74, 19)


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-15"])
def test_case_12_a_number_is_told_in_any_encoding(house: House, encoding: str) -> None:
    names = spoken(house, encoding, "ticket", "issue", "neu", "--language", "uk")
    assert "A001" in names
    assert ("Fingerabdrücke" if encoding != "ascii" else "Fingerabdrucke") in names
    assert "\\" not in names
    told = json.loads(spoken(house, encoding, "ticket", "show", "A001", "--json"))
    assert (told["code"], told["language"]) == ("A001", "uk")


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-15"])
def test_case_12_a_console_is_drawn_in_any_encoding(house: House, encoding: str) -> None:
    environment = {**house.environment, "TERM": "xterm-256color", "PYTHONIOENCODING": encoding}
    with Line([sys.executable, "-m", "ankommen", "caller", "1"], environment, house.folder, (100, 30)) as line:
        line.shows("geschlossen")
        line.shows({"ascii": "Platz o", "iso-8859-15": "Platz ö"}[encoding], encoding)
        drawn = line.drawn.decode(encoding)
        assert "\\u" not in drawn
        assert "\\x" not in drawn
        line.send(b"\x11")
        assert line.ended() == 0


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_case_12_an_answer_that_cannot_be_written_is_a_sentence(house: House, options: list[str]) -> None:
    house.run("queue")
    command = [sys.executable, "-m", "ankommen", "ticket", "issue", "neu", "--no-print", *options]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, env=house.environment, cwd=house.folder, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.startswith(b"The answer cannot be written (No space left on device).")
    assert done.stderr.count(b"\n") == 1


def spoken(house: House, encoding: str, *arguments: str) -> str:
    """What a command prints where its output is in this encoding."""
    environment = {**house.environment, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "ankommen", *arguments]
    done = subprocess.run(command, env=environment, cwd=house.folder, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode(encoding)
