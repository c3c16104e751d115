from __future__ import annotations

import wave
from array import array
from pathlib import Path

import pytest

from shared.errors import SoundUnavailable
from voice.sound import RATE_HZ, Sound, complete_or_absent, gong, joined, read, silence, write


def _strength(sound: Sound, hertz: float, begin_s: float, end_s: float) -> float:
    """How much of a frequency is in a part of a sound (Goertzel)."""
    from math import cos, pi

    turn, before, now = 2 * cos(2 * pi * hertz / sound.rate_hz), 0.0, 0.0
    for sample in sound.samples[round(begin_s * sound.rate_hz) : round(end_s * sound.rate_hz)]:
        before, now = now, sample + turn * now - before
    return before**2 + now**2 - turn * before * now


def test_the_gong_falls_from_659_to_523_hertz_in_1_6_seconds() -> None:
    sound = gong()
    assert sound.length_s == pytest.approx(1.6, abs=0.001)
    assert _strength(sound, 659, 0.1, 0.5) > 100 * _strength(sound, 523, 0.1, 0.5)
    assert _strength(sound, 523, 1.0, 1.4) > 4 * _strength(sound, 659, 1.0, 1.4)


def test_the_gong_begins_and_ends_softly_and_never_clips() -> None:
    samples = gong().samples
    assert abs(samples[0]) < 100
    assert abs(samples[-1]) < 100
    assert 8_000 < gong().peak < 32_767


def test_a_written_sound_is_read_again(tmp_path: Path) -> None:
    write(gong(), tmp_path / "gong.wav")
    assert read(tmp_path / "gong.wav") == gong()


def test_joined_sounds_follow_each_other() -> None:
    whole = joined((gong(), silence(0.25), gong()))
    assert whole.length_s == pytest.approx(1.6 + 0.25 + 1.6, abs=0.001)
    assert whole.samples[-len(gong().samples) :] == gong().samples


def test_sounds_of_different_rates_are_not_joined() -> None:
    with pytest.raises(SoundUnavailable, match="16000"):
        joined((gong(), Sound(array("h", [0, 1]), 16_000)))


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all, only words"])
def test_what_is_no_wave_file_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "odd.wav"
    file.write_bytes(content)
    with pytest.raises(SoundUnavailable, match=r"odd\.wav is no sound"):
        read(file)


def test_stereo_is_refused(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "stereo.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(bytes(400))
    with pytest.raises(SoundUnavailable, match="mono"):
        read(tmp_path / "stereo.wav")


def test_a_file_that_was_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    out.write_text("old")

    def fail() -> None:
        with complete_or_absent(out) as part:
            part.write_text("half")
            raise SoundUnavailable

    with pytest.raises(SoundUnavailable):
        fail()
    assert [file.name for file in tmp_path.iterdir()] == ["out.wav"]
    assert out.read_text() == "old"
