"""Speaks one sentence into one wave file: a child process speaks, the file is checked, then another way is tried."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from shared.errors import Malformed, SoundUnavailable
from shared.language.terminal_text import clean
from voice import utter
from voice.process import ProgramFailed, run
from voice.sentence import RATE
from voice.sound import complete_or_absent, read

ENGINE: Sequence[str] = (sys.executable, "-P", utter.__file__)
"""The child, run by its file and without the caller's folder in its import path: it starts from anywhere."""

_VOICE = re.compile(r"[a-z][a-z0-9-]*")
_LONGEST = 600
_MARKUP = str.maketrans("[]<>&", "     ")
"""Characters that espeak-ng may read as phonemes or SSML."""
_SHORTEST_S = 0.3
_SHORTEST_PER_CHARACTER_S = 0.02
"""Sentences of a call take 0.13 to 0.17 s a character at this rate."""
_QUIETEST = 500
"""Samples of real speech reach about 20,000."""


def speak(
    text: str, voice: str, out: Path, timeout_s: float = 5.0, stop: Event | None = None, rate: int = RATE
) -> None:
    """Speak `text` with one of espeak-ng's voices ("en-us") into the wave file `out`, which appears only when complete.

    `rate` is in words a minute. Tries pyttsx3 twice, then espeak-ng itself, each for at most `timeout_s`. Raises
    SoundUnavailable if nothing works, Malformed for a voice that espeak-ng does not have and for a text without a word,
    Stopped once `stop` is set.
    """
    words = speakable(text)
    if not any(character.isalnum() for character in words):
        raise Malformed("There is nothing to say.")
    if not _VOICE.fullmatch(voice):
        raise Malformed(f"{voice!r} is no voice.")
    # Create the file first: pyttsx3 can wait for ever on a file that it cannot write.
    with complete_or_absent(out) as part:
        ways = _ways(voice, str(rate), str(part))
        _try_each_way(words, voice, part, ways, lambda way: run(way, text=words, timeout_s=timeout_s, stop=stop))


def speakable(text: str) -> str:
    """One line that a voice reads literally: without control characters and markup."""
    return " ".join(clean(text, _LONGEST).translate(_MARKUP).split())


def _ways(voice: str, rate: str, file: str) -> tuple[Sequence[str], ...]:
    engine = (*ENGINE, voice, rate, file)
    return engine, engine, ("espeak-ng", "-v", voice, "-s", rate, "-b", "1", "--stdin", "-w", file)


def _try_each_way(
    words: str, voice: str, part: Path, ways: Sequence[Sequence[str]], child: Callable[[Sequence[str]], str]
) -> None:
    failures: list[SoundUnavailable] = []
    for command in ways:
        try:
            child(command)
            _check(part, words)
        except SoundUnavailable as failure:
            unknown = isinstance(failure, ProgramFailed) and failure.code == utter.UNKNOWN_VOICE
            if unknown and command is not ways[-1]:
                raise Malformed(f"espeak-ng has no voice {voice!r}.") from None
            failures.append(failure)
        else:
            return
    raise failures[-1]


def _check(part: Path, words: str) -> None:
    sound = read(part)
    if sound.length_s < max(_SHORTEST_S, _SHORTEST_PER_CHARACTER_S * len(words)):
        raise SoundUnavailable(f"The speech is only {sound.length_s:.1f} s long.")
    if sound.peak < _QUIETEST:
        raise SoundUnavailable("The speech is silent.")
