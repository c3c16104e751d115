"""How loud speech is, and speech made as loud as wanted: every voice alike, at any volume."""

from __future__ import annotations

import math
from array import array

from voice.sound import Sound

FULL = 32_768
"""The amplitude of full scale."""
_FRAME_S = 0.02
_PAUSE_DB = 25.0
"""What is so much quieter than the loudest moment is a pause, and does not count."""
_PEAK_DB = -1.0
"""No sample is louder: beyond full scale speech would crackle."""


def loudness_db(sound: Sound) -> float:
    """The level of speech without its pauses, in dB below full scale (RMS of frames of 20 ms); -inf for silence."""
    length = max(1, round(sound.rate_hz * _FRAME_S))
    frames = (sound.samples[first : first + length] for first in range(0, len(sound.samples), length))
    powers = [sum(sample * sample for sample in frame) / len(frame) for frame in frames]
    least = max(powers, default=0.0) * 10 ** (-_PAUSE_DB / 10)
    spoken = [power for power in powers if power > least]
    return 10 * math.log10(sum(spoken) / len(spoken) / FULL**2) if spoken else -math.inf


def at_level(sound: Sound, level_db: float) -> Sound:
    """The same speech at a level; less where its peaks would not have room."""
    if not sound.peak:
        return sound
    room_db = _PEAK_DB - 20 * math.log10(sound.peak / FULL)
    gain = 10 ** (min(level_db - loudness_db(sound), room_db) / 20)
    return Sound(array("h", [round(sample * gain) for sample in sound.samples]), sound.rate_hz)
