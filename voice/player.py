"""The loudspeaker of a room: announcements wait in line, each is played whole, and a long line makes them shorter."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Event, Thread, current_thread
from typing import Generic, TypeVar

from shared.clock import monotonic
from shared.errors import AnkommenError, SoundUnavailable
from shared.model import AnnouncementState
from voice.announcement import Sentences, compose, temporary_folder
from voice.process import ProgramFailed, Stopped, run
from voice.sentence import Spoken
from voice.sound import write

APLAY: Sequence[str] = ("aplay", "-q")
SILENT = "none"
"""The audio setting of a computer without a loudspeaker."""
HOUSE_ONLY_BEHIND = 3
"""With this many announcements waiting, only the house's language is spoken: 6 s instead of 10 to 12."""
GONG_ONLY_BEHIND = 8
"""With this many waiting, only the gong sounds; the screen shows the numbers."""
_PLAYER_GRACE_S = 5.0
"""How much longer than its sound a player may take before it counts as hanging."""
_END_WITHIN_S = 2.0
_ENDING = "The program ends."

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without it, Python writes to the terminal if no log is set up

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Heard:
    """How an announcement ended."""

    state: AnnouncementState
    languages: tuple[str, ...] = ()
    """What was heard after the gong; also empty under load, when only the gong should sound."""
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[Key]):
    key: Key
    spoken: tuple[Spoken, ...]
    since_s: float


class Player(Generic[Key]):
    """Plays announcements one after the other on its own thread."""

    def __init__(
        self,
        audio: str,
        on_done: Callable[[Key, Heard], None],
        *,
        house: str = "de",
        stale_after_s: float = 60.0,
        command: Sequence[str] = APLAY,
    ) -> None:
        """Start the thread.

        Args:
            audio: An ALSA device, or "none" for silence.
            on_done: Called from the player's thread, exactly once for each key handed to `say`.
            house: The only language that is spoken when the line grows long.
            stale_after_s: An announcement that waited longer is dropped: its visitor has seen the screen long ago.
            command: The program that plays; `-D DEVICE FILE` is added.
        """
        self._audio = audio
        self._sentences = Sentences()
        self._on_done = on_done
        self._house = house
        self._stale_after_s = stale_after_s
        self._command = tuple(command)
        self._line: deque[_Waiting[Key]] = deque()
        self._changed = Condition()
        self._ended = Event()
        self._thread = Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    def say(self, key: Key, spoken: Sequence[Spoken]) -> None:
        """Put an announcement at the end of the line; returns at once."""
        waiting = _Waiting(key, tuple(spoken), monotonic())
        with self._changed:
            if not self._ended.is_set():
                self._line.append(waiting)
                self._changed.notify()
                return
        self._report(waiting, Heard(AnnouncementState.DROPPED, detail=_ENDING))

    def stop(self) -> None:
        """End within two seconds: the playing announcement is cut off, waiting ones are dropped."""
        with self._changed:
            self._ended.set()
            self._changed.notify()
        if self._thread is not current_thread():
            self._thread.join(_END_WITHIN_S)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._line or self._ended.is_set())
                if not self._line:
                    return
                waiting, behind = self._line.popleft(), len(self._line)
            self._report(waiting, self._outcome(waiting, behind))

    def _report(self, waiting: _Waiting[Key], heard: Heard) -> None:
        try:
            self._on_done(waiting.key, heard)
        except Exception:  # the next call must be heard even if the listener fails
            _log.exception("nobody took the outcome %s", heard)

    def _outcome(self, waiting: _Waiting[Key], behind: int) -> Heard:
        if self._ended.is_set():
            return Heard(AnnouncementState.DROPPED, detail=_ENDING)
        if self._audio == SILENT:
            return Heard(AnnouncementState.DROPPED, detail="Sound is switched off.")
        age_s = monotonic() - waiting.since_s
        if age_s > self._stale_after_s:
            return Heard(AnnouncementState.DROPPED, detail=f"It waited {age_s:.0f} s for its turn.")
        try:
            return self._played(_shortened(waiting.spoken, behind, self._house))
        except Stopped:
            return Heard(AnnouncementState.DROPPED, detail=_ENDING)
        except AnkommenError as error:
            return Heard(AnnouncementState.FAILED, detail=error.message)
        except Exception as error:  # one odd announcement must not silence the room for the day
            _log.exception("an announcement failed")
            return Heard(AnnouncementState.FAILED, detail=f"{type(error).__name__}: {error}")

    def _played(self, spoken: Sequence[Spoken]) -> Heard:
        announcement = compose(spoken, self._sentences, self._ended)
        with temporary_folder() as folder:
            file = folder / "announcement.wav"
            write(announcement.sound, file)
            timeout_s = announcement.sound.length_s + _PLAYER_GRACE_S
            play(file, self._audio, self._command, timeout_s, self._ended)
        languages = tuple(sentence.language for sentence in announcement.heard)
        if announcement.failure is None:
            return Heard(AnnouncementState.SPOKEN, languages)
        if languages:
            return Heard(AnnouncementState.SPOKEN, languages, announcement.failure.message)
        return Heard(AnnouncementState.FAILED, detail=f"Only the gong was heard: {announcement.failure.message}")


def play(file: Path, audio: str, command: Sequence[str], timeout_s: float, stop: Event | None = None) -> None:
    """Play a wave file to its end. Raises SoundUnavailable if that fails, Stopped once `stop` is set."""
    try:
        run((*command, "-D", audio, str(file)), timeout_s=timeout_s, stop=stop)
    except ProgramFailed as failure:
        raise SoundUnavailable(f"The audio device {audio!r} plays nothing: {failure.message}") from failure


def _shortened(spoken: Sequence[Spoken], behind: int, house: str) -> Sequence[Spoken]:
    if behind >= GONG_ONLY_BEHIND:
        return ()
    if behind >= HOUSE_ONLY_BEHIND:
        return [sentence for sentence in spoken if sentence.language == house] or spoken[-1:]
    return spoken
