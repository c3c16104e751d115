"""Sound as numbers: 16-bit mono samples, their files, the gong, and joining of sounds."""

from __future__ import annotations

import io
import math
import os
import sys
import tempfile
import wave
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shared.errors import SoundUnavailable
from shared.plain_file import NotPlain, read_plain
from shared.private_files import make_private_folder

RATE_HZ = 22_050
"""Samples per second of espeak-ng's voices."""

_MOST_BYTES = 20_000_000
"""Seven minutes; the longest sentence takes half a minute."""
_TONES = ((659.0, 0.0), (523.0, 0.55))
"""The gong: the frequency of each tone in hertz, and when it starts, in seconds."""
_GONG_S = 1.6
_ATTACK_S = 0.012
_DECAY_S = 0.45
_RELEASE_S = 0.15
_TONE_S, _LOW_HZ = 0.4, 440.0
_LOUDNESS = 0.5
"""Share of full scale for one tone, so that two overlapping tones stay below full scale."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono samples of 16 bits."""

    samples: array[int]
    rate_hz: int = RATE_HZ

    @property
    def length_s(self) -> float:
        """How long it sounds."""
        return len(self.samples) / self.rate_hz

    @property
    def peak(self) -> int:
        """The largest sample, 0 for silence, at most 32768."""
        return max(max(self.samples), -min(self.samples)) if self.samples else 0


def read(path: Path) -> Sound:
    """The sound of a wave file. Raises SoundUnavailable if it is not a wave file, or not mono with 16 bits."""
    try:
        with wave.open(io.BytesIO(read_plain(path, _MOST_BYTES)), "rb") as file:
            shape = file.getnchannels(), file.getsampwidth()
            rate_hz, data = file.getframerate(), file.readframes(file.getnframes())
    except (OSError, EOFError, NotPlain, wave.Error) as error:
        raise SoundUnavailable(f"{path.name} is no sound: {error or 'it is empty'}") from error
    if shape != (1, 2):
        raise SoundUnavailable(f"{path.name} is not mono with 16 bits.")
    return Sound(_little_endian(array("h", data[: len(data) // 2 * 2])), rate_hz)


def write(sound: Sound, path: Path) -> None:
    """Write a wave file. Raises SoundUnavailable if that is not possible."""
    try:
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(sound.rate_hz)
            file.writeframes(_little_endian(sound.samples[:]).tobytes())
    except OSError as error:
        raise SoundUnavailable(f"{path} cannot be written: {error.strerror}.") from error


@contextmanager
def complete_or_absent(out: Path) -> Iterator[Path]:
    """A new file to write into; it replaces `out` if the block succeeds, and is deleted otherwise.

    Raises SoundUnavailable if the folder cannot be written.
    """
    try:
        make_private_folder(out.parent)
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise SoundUnavailable(f"{out.parent} cannot be written: {error.strerror}.") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def silence(length_s: float) -> Sound:
    """Silence of a given length."""
    return Sound(array("h", bytes(2 * round(length_s * RATE_HZ))))


def joined(sounds: Sequence[Sound]) -> Sound:
    """Several sounds joined into one. Raises SoundUnavailable if their sample rates differ."""
    rates = {sound.rate_hz for sound in sounds}
    if len(rates) != 1:
        raise SoundUnavailable(f"Sounds of different sample rates cannot be joined: {sorted(rates)}.")
    samples = array("h")
    for sound in sounds:
        samples.extend(sound.samples)
    return Sound(samples, rates.pop())


@cache
def gong() -> Sound:
    """The gong before a call: two falling tones with a soft start and end, 1.6 s."""
    count = round(_GONG_S * RATE_HZ)
    return Sound(array("h", (round(32_767 * _gong_at(n / RATE_HZ)) for n in range(count))))


@cache
def tone() -> Sound:
    """A short rising tone that asks for attention, 0.4 s; nobody takes it for the gong of a call."""
    count = round(_TONE_S * RATE_HZ)
    return Sound(array("h", (round(32_767 * _tone_at(n / RATE_HZ)) for n in range(count))))


def _tone_at(time_s: float) -> float:
    edge = min(1.0, time_s / _ATTACK_S, (_TONE_S - time_s) / _ATTACK_S)
    hertz = _LOW_HZ if time_s < _TONE_S / 2 else 2 * _LOW_HZ
    return _LOUDNESS * edge * math.sin(2 * math.pi * hertz * time_s)


def _gong_at(time_s: float) -> float:
    release = min(1.0, (_GONG_S - time_s) / _RELEASE_S)
    return release * sum(_tone(hertz, time_s - struck_s) for hertz, struck_s in _TONES)


def _tone(hertz: float, age_s: float) -> float:
    if age_s < 0:
        return 0.0
    envelope = min(1.0, age_s / _ATTACK_S) * math.exp(-age_s / _DECAY_S)
    turn = 2 * math.pi * hertz * age_s
    # A little of the octave makes it sound like a bell, not a test tone.
    return _LOUDNESS * envelope * (math.sin(turn) + 0.25 * math.sin(2 * turn)) / 1.25


def _little_endian(samples: array[int]) -> array[int]:
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
