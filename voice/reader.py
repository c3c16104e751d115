"""Reads aloud to one person in front of a screen: what is new cuts off what is being said."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Condition, Event, Thread, current_thread

from shared.errors import AnkommenError
from voice.announcement import Sentences, delete_leftovers, temporary_folder
from voice.loudness import at_level
from voice.player import APLAY, play
from voice.process import Stopped
from voice.sentence import Spoken
from voice.sound import Sound, tone, write

_GRACE_S = 5.0
"""How much longer than its sound a player may take before it counts as hanging."""
_END_WITHIN_S = 2.0
_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to say, at a level in dB below full scale."""

    spoken: Spoken | None
    """None is a tone that asks for attention."""
    level_db: float


class Reader:
    """One voice: whatever it is asked to say, it never says two things at once, and nobody waits for it.

    A sentence is at most 100 ms from being cut off. What fails is kept in `failure`, and the next sentence is tried.
    """

    def __init__(self, audio: str, command: Sequence[str] = APLAY) -> None:
        """`audio` is an ALSA device; `command` the program that plays, to which `-D DEVICE FILE` is added."""
        self._audio, self._command = audio, tuple(command)
        self._sentences = Sentences()
        self._line: deque[Saying] = deque()
        self._cut = Event()
        self._ended = False
        self._changed = Condition()
        self._thread: Thread | None = None
        self.failure = ""
        """Why the last sentence was not heard; empty if it was."""

    def say(self, sayings: Iterable[Saying]) -> None:
        """Say this, and nothing of what was to be said before. Returns at once."""
        with self._changed:
            self._hush()
            self._add(sayings)

    def add(self, sayings: Iterable[Saying]) -> None:
        """Say this after what is to be said already. Returns at once."""
        with self._changed:
            self._add(sayings)

    def hush(self) -> None:
        """Be silent at once."""
        with self._changed:
            self._hush()

    def forget(self) -> None:
        """Be silent, and keep no sentence of the visitor who has gone."""
        with self._changed:
            self._hush()
            self._sentences = Sentences()

    def end(self) -> None:
        """Be silent for ever; returns within two seconds."""
        with self._changed:
            self._ended = True
            self._hush()
            self._changed.notify()
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join(_END_WITHIN_S)

    def _hush(self) -> None:
        self._line.clear()
        self._cut.set()

    def _add(self, sayings: Iterable[Saying]) -> None:
        if self._ended:
            return
        self._line.extend(sayings)
        if self._thread is None:
            self._thread = Thread(target=self._work, name="reader", daemon=True)
            self._thread.start()
        self._changed.notify()

    def _work(self) -> None:
        delete_leftovers()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._line or self._ended)
                if self._ended:
                    return
                saying, sentences = self._line.popleft(), self._sentences
                self._cut = cut = Event()
            try:
                self._play(_sound(saying, sentences, cut), cut)
                self.failure = ""
            except Stopped:
                pass
            except AnkommenError as error:
                self.failure = error.message
            except Exception as error:  # one odd sentence must not silence the kiosk for the day
                _log.exception("a sentence failed")
                self.failure = f"{type(error).__name__}: {error}"

    def _play(self, sound: Sound, cut: Event) -> None:
        with temporary_folder() as folder:
            file = folder / "sentence.wav"
            write(sound, file)
            play(file, self._audio, self._command, sound.length_s + _GRACE_S, cut)


def _sound(saying: Saying, sentences: Sentences, cut: Event) -> Sound:
    sound = tone() if saying.spoken is None else sentences.sound(saying.spoken, cut)
    return at_level(sound, saying.level_db)
