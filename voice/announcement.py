"""A whole announcement as one wave file: the gong, then each language; the newest sentences are kept for repeats."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event

from shared.clock import SystemClock
from shared.errors import AnkommenError, Malformed, SoundUnavailable
from shared.language import language
from voice.sentence import Spoken
from voice.sound import Sound, complete_or_absent, gong, joined, read, silence, write
from voice.speak import speak

_AFTER_GONG_S = 0.15
_BETWEEN_LANGUAGES_S = 0.4
_KEPT = 12
"""How many sentences to keep, about 3 MB: those of calls that may still be repeated."""
_PREFIX = "ankommen-voice-"
_LEFT_BEHIND = timedelta(hours=1)
"""A folder untouched for this long belongs to a program that was killed."""


class Sentences:
    """Spoken sentences; the newest are kept, so that a repeat is not spoken again.

    They are kept in memory only, never in a file, because number, language and desk point to a visit.
    """

    def __init__(self) -> None:
        self.known: OrderedDict[Spoken, Sound] = OrderedDict()
        """The kept sentences; the one heard last is at the end."""

    def sound(self, spoken: Spoken, stop: Event | None = None) -> Sound:
        """The sentence as sound. Raises as `speak` does."""
        voice = language(spoken.language).voice
        if voice is None:
            raise Malformed(f"No voice speaks {spoken.language!r}.")
        if spoken not in self.known:
            with temporary_folder() as folder:
                file = folder / "sentence.wav"
                speak(spoken.text, voice, file, stop=stop, rate=spoken.rate)
                self.known[spoken] = read(file)
            if len(self.known) > _KEPT:
                self.known.popitem(last=False)
        self.known.move_to_end(spoken)
        return self.known[spoken]


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for sounds that is deleted after the block. Raises SoundUnavailable if it cannot be made."""
    try:
        made = tempfile.TemporaryDirectory(prefix=_PREFIX)
    except OSError as error:
        raise SoundUnavailable(f"Nothing can be written into {tempfile.gettempdir()}: {error.strerror}.") from error
    with made as folder:
        yield Path(folder)


def delete_leftovers(*folders: Path) -> None:
    """Delete these folders, and the sounds of programs that were killed while they spoke."""
    now = SystemClock().now().timestamp()
    old = []
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # already deleted
            old += [folder] * (abs(now - folder.stat().st_mtime) > _LEFT_BEHIND.total_seconds())
    for folder in (*folders, *old):
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Composed:
    """The sound of a call, and the sentences that it contains."""

    sound: Sound
    heard: tuple[Spoken, ...]
    """The sentences after the gong."""
    failure: AnkommenError | None
    """Why a sentence is missing, if one is."""


def compose(spoken: Sequence[Spoken], sentences: Sentences, stop: Event | None = None) -> Composed:
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
    return Composed(sound, tuple(heard), failure)


def announcement_wav(spoken: Sequence[Spoken], out: Path) -> tuple[Spoken, ...]:
    """Write a whole announcement into the wave file `out`; returns the sentences that are really in it.

    If speech does not work, only the gong is written, and the result is empty. Raises SoundUnavailable if `out` cannot
    be written.
    """
    announcement = compose(spoken, Sentences())
    with complete_or_absent(out) as part:
        write(announcement.sound, part)
    return announcement.heard
