"""Cases 20 and 21: what commands say about odd names and devices."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from ankommen.cli import main
from tests.system.conftest import House, Terminal

STEERING = "\x1b[31mred\x1b]0;title\x07 \x9b2J \u202egnp"
"""Colours, a window's title, an empty screen and letters turned round: as a file may be called."""


@pytest.fixture
def say(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs a command in this process; returns its exit code and everything it printed."""
    for name, value in house.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(house.folder)

    def say(*arguments: str) -> tuple[int, str]:
        ended = main(arguments)
        printed = capsys.readouterr()
        return ended, printed.out + printed.err

    return say


def steers(text: str) -> bool:
    return any(
        (ord(letter) < 32 and letter != "\n") or 127 <= ord(letter) < 160 or letter == "\u202e" for letter in text
    )


def test_case_21_what_a_command_prints_steers_no_terminal(say: Callable[..., tuple[int, str]]) -> None:
    file = f"{STEERING}.png"
    for ended, words in (
        say("ticket", "image", "--sample", "de", "--out", file),
        say("ticket", "image", "--sample", "de", "--out", f"missing/{file}"),
        say("apply", "--config", file),
        say("queue", "--explain", STEERING),
        say(STEERING),
    ):
        assert not steers(words), (ended, words)
        assert "red" in words


def test_case_21_nor_does_its_json_and_it_loses_nothing(say: Callable[..., tuple[int, str]]) -> None:
    file = f"{STEERING}.png"
    ended, line = say("ticket", "image", "--sample", "uk", "--out", file, "--json")
    assert (ended, json.loads(line)["path"]) == (0, file)
    assert not steers(line)
    ended, line = say("apply", "--config", f"Grüße-{STEERING}", "--json")
    assert ended == 2
    assert not steers(line)
    assert "Grüße" in line


def test_case_21_the_program_says_its_version(say: Callable[..., tuple[int, str]]) -> None:
    version = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]
    assert say("--version") == (0, f"ankommen {version}\n")
    assert say("--json", "--version") == (0, f'{{"version": "{version}"}}\n')
    assert say("--json") == (2, '{"error": "malformed", "message": "Missing command."}\n')


def test_case_21_a_giant_terminal_costs_the_kiosk_no_giant_memory(terminal: Callable[..., Terminal]) -> None:
    kiosk = terminal("--printer", "none", "kiosk", size=(400, 200))
    kiosk.tap("Українська")
    kiosk.tap("Я недавно в Лейпцигу")
    kiosk.tap("Так, взяти номер")
    kiosk.shows("Готово")
    most = next(line for line in Path(f"/proc/{kiosk.pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    assert int(most.split()[1]) <= 150 * 1024, most
