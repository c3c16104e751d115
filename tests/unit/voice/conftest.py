"""A loudspeaker that records what it is told to play, and programs that misbehave on demand."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import pytest

from tests.support.waiting import PATIENCE_S
from voice.player import Heard

_RECORDER = """
import json, os, select, sys, wave
diary, gate, device, file = sys.argv[1], sys.argv[2], sys.argv[4], sys.argv[5]
def note(**words):
    with open(diary, "a") as book:
        book.write(json.dumps(words) + "\\n")
with wave.open(file) as sound:
    length_s = sound.getnframes() / sound.getframerate()
note(what="begin", device=device, length_s=length_s)
while os.path.exists(gate):
    select.select([], [], [], 0.01)
note(what="end")
"""


@dataclass(frozen=True)
class Loudspeaker:
    """Replaces aplay: the diary records what began and ended; a shut gate keeps a sound playing."""

    command: Sequence[str]
    diary: Path
    gate: Path

    def entries(self) -> list[dict[str, object]]:
        """What was played so far."""
        return [json.loads(line) for line in self.diary.read_text().splitlines()] if self.diary.exists() else []

    def lengths_s(self) -> list[object]:
        """The length of each sound that began."""
        return [entry["length_s"] for entry in self.entries() if entry["what"] == "begin"]

    def shut(self) -> None:
        """From now on, sounds last until the gate opens."""
        self.gate.touch()

    def open(self) -> None:
        """Let the sounds end."""
        self.gate.unlink()


@pytest.fixture
def loudspeaker(tmp_path: Path) -> Loudspeaker:
    diary, gate = tmp_path / "diary", tmp_path / "gate"
    command = (sys.executable, "-I", "-S", "-c", _RECORDER, str(diary), str(gate))
    return Loudspeaker(command, diary, gate)


class Outcomes:
    """What a player reported, in its order."""

    def __init__(self) -> None:
        self._reported: Queue[tuple[str, Heard]] = Queue()

    def take(self, key: str, heard: Heard) -> None:
        """The player's `on_done`."""
        self._reported.put((key, heard))

    def next(self) -> tuple[str, Heard]:
        """The next outcome."""
        return self._reported.get(timeout=PATIENCE_S)

    def some(self, count: int) -> dict[str, Heard]:
        """The next outcomes."""
        return dict(self.next() for _ in range(count))

    def empty(self) -> bool:
        """Whether nothing more was reported."""
        return self._reported.empty()


@pytest.fixture
def outcomes() -> Outcomes:
    return Outcomes()


@pytest.fixture
def no_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without any program or speech library installed."""
    bare = tmp_path / "bare"
    bare.mkdir()
    monkeypatch.setenv("PATH", str(bare))
    monkeypatch.setattr("voice.speak.ENGINE", (sys.executable, "-c", "raise SystemExit('no library')"))


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Replaces the child that speaks by a Python program; its arguments are VOICE RATE FILE."""

    def replace(program: str) -> None:
        file = tmp_path / "engine.py"
        file.write_text(program)
        monkeypatch.setattr("voice.speak.ENGINE", (sys.executable, "-P", str(file)))

    return replace
