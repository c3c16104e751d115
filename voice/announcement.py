"""A whole announcement as one wave file: the gong, then each language; sentences of today are kept for repeats."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event

from shared.clock import SystemClock
from shared.errors import AnkommenError, Malformed, SoundUnavailable
from shared.language import language
from voice.sentence import Spoken
from voice.sound import Sound, complete_or_absent, gong, joined, read, silence, write
from voice.speak import RATE, speak

_AFTER_GONG_S = 0.15
_BETWEEN_LANGUAGES_S = 0.4
_KEPT_FILES = 400
"""About 60 MB."""
_KEPT_FOR = timedelta(hours=24)
"""Which number was called in which language tells something about a visit: it is forgotten with the day."""


class Sentences:
    """Spoken sentences, each made once: kept in a folder by language and wording, so by letter, number and desk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sound(self, spoken: Spoken, stop: Event | None = None) -> Sound:
        """The sentence as sound. Raises as `speak` does."""
        voice = language(spoken.language).voice
        if voice is None:
            raise Malformed(f"No voice speaks {spoken.language!r}.")
        kept = self._folder / f"{spoken.language}-{_digest(voice, spoken.text)}.wav"
        with contextlib.suppress(SoundUnavailable):  # not there yet, or damaged: made anew
            return read(kept)
        self._forget_old()
        speak(spoken.text, voice, kept, stop=stop)
        return read(kept)

    def _forget_old(self) -> None:
        oldest_kept = (SystemClock().now() - _KEPT_FOR).timestamp()
        with contextlib.suppress(OSError):  # another screen may be tidying the same folder
            # The second kind is what a computer that lost its power left half made.
            files = (*self._folder.glob("*.wav"), *self._folder.glob(".*.part"))
            kept = sorted((file.stat().st_mtime, file) for file in files)
            surplus = len(kept) - _KEPT_FILES + 1
            for place, (made_at, file) in enumerate(kept):
                if place < surplus or made_at < oldest_kept:
                    file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Announcement:
    """The sound of a call and what is to be heard in it."""

    sound: Sound
    heard: tuple[Spoken, ...]
    """The sentences that are in it after the gong."""
    failure: AnkommenError | None
    """Why a sentence is missing, if one is."""


def compose(spoken: Sequence[Spoken], sentences: Sentences, stop: Event | None = None) -> Announcement:
    """The gong and then each sentence that can be spoken. Raises only Stopped, once `stop` is set."""
    sound, heard, failure = gong(), list[Spoken](), None
    for sentence in spoken:
        pause = silence(_BETWEEN_LANGUAGES_S if heard else _AFTER_GONG_S)
        try:
            # Joined one by one: a voice with another sample rate is left out, not the whole announcement.
            sound = joined((sound, pause, sentences.sound(sentence, stop)))
            heard.append(sentence)
        except (SoundUnavailable, Malformed) as error:
            failure = error
    return Announcement(sound, tuple(heard), failure)


def announcement_wav(spoken: Sequence[Spoken], out: Path) -> tuple[Spoken, ...]:
    """Write a whole announcement into the wave file `out`; the sentences that are really in it.

    Where speech does not work the gong alone is written, and nothing returned. Raises SoundUnavailable where `out`
    cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="ankommen-voice-") as folder:
        announcement = compose(spoken, Sentences(Path(folder)))
    with complete_or_absent(out) as part:
        write(announcement.sound, part)
    return announcement.heard


def _digest(voice: str, text: str) -> str:
    return sha256(f"{voice} {RATE} {text}".encode()).hexdigest()[:20]
