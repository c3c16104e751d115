"""Case 20: speech needs no cache, and never waits for or reads from a program without end."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from display.speech import loudspeaker
from shared.centre import Centre
from shared.config.device import Device
from shared.errors import SoundUnavailable
from shared.store.database import Database
from voice.announcement import Sentences
from voice.check import check
from voice.process import run
from voice.sentence import Spoken
from voice.sound import read


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", program)


def test_case_20_a_cache_that_cannot_be_written_silences_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, need: Callable[[str], None], database: Database
) -> None:
    need("espeak-ng")
    (tmp_path / "cache").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    centre = Centre(database, Device(audio="default"))
    player = loudspeaker(centre)
    assert player
    player.stop()
    centre.close()
    assert Sentences().sound(Spoken("de", "Nummer A, 17. Bitte zu Platz 5.")).length_s > 2


def test_case_20_where_nothing_can_be_written_doctor_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, need: Callable[[str], None]
) -> None:
    need("espeak-ng")
    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    speech = next(finding for finding in check("none") if finding.name == "speech")
    assert not speech.ok
    assert speech.detail == f"Nothing can be written into {tmp_path}/file: Not a directory."


@pytest.mark.parametrize("output", ["stdout", "stderr"])
def test_case_20_a_program_that_writes_without_end_is_stopped(output: str) -> None:
    endless = python(f"import sys\nwhile True: sys.{output}.write('x' * 65536)")
    with pytest.raises(SoundUnavailable, match="writes without end and was stopped"):
        run(endless, timeout_s=60)


def test_case_20_a_program_that_never_listens_and_never_ends_is_stopped() -> None:
    deaf = python("import signal\nwhile True: signal.pause()")
    with pytest.raises(SoundUnavailable, match="did not end within 0 s and was stopped"):
        run(deaf, text="x" * 1_000_000, timeout_s=0.2)


def test_case_20_one_that_closes_its_outputs_and_stays_is_stopped() -> None:
    quiet = python("import os, signal\nos.close(1); os.close(2)\nwhile True: signal.pause()")
    with pytest.raises(SoundUnavailable, match="did not end within 1 s and was stopped"):
        run(quiet, timeout_s=0.6)


def test_case_20_what_a_program_is_told_and_says_arrives_whole() -> None:
    echo = python("import sys\nsys.stdout.write(sys.stdin.read()[::-1])")
    assert run(echo, text="ab" * 200_000, timeout_s=60) == "ba" * 200_000
    assert run(python("pass"), text="x" * 1_000_000, timeout_s=60) == ""


def test_case_20_a_sound_that_is_a_pipe_or_a_device_is_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    for file in (tmp_path / "pipe.wav", Path("/dev/zero")):
        with pytest.raises(SoundUnavailable, match="is no plain file"):
            read(file)
