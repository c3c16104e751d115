"""Speech at a level, whatever voice it is."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.language import language
from voice.loudness import at_level, loudness_db
from voice.sound import RATE_HZ, Sound, joined, read, silence, tone
from voice.speak import speak

LEVELS_DB = (-36.0, -28.0, -20.0)


def test_pauses_do_not_count() -> None:
    spoken = tone()
    assert loudness_db(joined([spoken, silence(3.0), spoken])) == pytest.approx(loudness_db(spoken), abs=0.1)


def test_silence_stays_silence() -> None:
    assert at_level(silence(0.1), -18.0).peak == 0
    assert loudness_db(Sound(array("h"))) == float("-inf")


def test_nothing_crackles() -> None:
    """Speech with high peaks becomes a little less loud than asked for."""
    click = Sound(array("h", [20_000, *[300] * RATE_HZ]))
    assert at_level(click, -10.0).peak < 29_300


@pytest.mark.parametrize("tag", ["de", "ro", "vi"])  # the middle, the quietest and the loudest as they come
def test_every_voice_is_as_loud_as_the_others(tag: str, need: Callable[[str], None], tmp_path: Path) -> None:
    need("espeak-ng")
    voice = language(tag).voice
    assert voice
    speak(language(tag).text("Please choose your language."), voice, tmp_path / "a.wav")
    sound = read(tmp_path / "a.wav")
    made = [loudness_db(at_level(sound, level)) for level in LEVELS_DB]
    assert made == pytest.approx(LEVELS_DB, abs=1.0)


def test_a_slower_voice_takes_longer(need: Callable[[str], None], tmp_path: Path) -> None:
    need("espeak-ng")
    lengths = []
    for rate in (170, 130, 100):
        speak("Bitte warten Sie hier.", "de", tmp_path / "a.wav", rate=rate)
        lengths.append(read(tmp_path / "a.wav").length_s)
    assert lengths[0] < lengths[1] < lengths[2]
