"""Checks for `ankommen doctor` whether this computer can speak, by really speaking and really playing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shared.errors import AnkommenError, SoundUnavailable
from shared.language import LANGUAGES, language
from voice.announcement import temporary_folder
from voice.player import APLAY, SILENT, play
from voice.process import missing, run
from voice.sound import read, silence, write
from voice.speak import speak

_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked."""

    name: str
    ok: bool
    detail: str


def check(audio: str, command: Sequence[str] = APLAY) -> tuple[Finding, ...]:
    """Check speech, the voices of all languages, player and sound card. Takes about half a second, in silence."""
    findings = [_found("speech", _speech), _found("voices", _voices)]
    if audio == SILENT:
        return (*findings, Finding("sound card", True, 'switched off: audio = "none"'))
    return (
        *findings,
        _found("player", lambda: _player(command[0])),
        _found("sound card", lambda: _card(audio, command)),
    )


def _found(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except AnkommenError as error:
        return Finding(name, False, error.message)


def _speech() -> str:
    if not shutil.which("espeak-ng"):
        raise SoundUnavailable(missing("espeak-ng"))
    with temporary_folder() as folder:
        file = folder / "check.wav"
        speak("1, 2, 3.", "de", file)
        return f"spoke {read(file).length_s:.1f} s"


def _voices() -> str:
    rows = [line.split() for line in run(("espeak-ng", "--voices"), timeout_s=_TIMEOUT_S).splitlines()[1:]]
    # A voice can be named by its language, the second column, or its file, the fifth: "fr" is roa/fr for fr-fr.
    there = {name for row in rows if len(row) > 4 for name in (row[1], row[4].rpartition("/")[2].lower())}
    spoken = {tag: voice for tag in LANGUAGES if (voice := language(tag).voice)}
    lacking = [f"{voice} ({tag})" for tag, voice in spoken.items() if voice not in there]
    if lacking:
        raise SoundUnavailable(f"espeak-ng has no voice {', '.join(lacking)}: apt install espeak-ng-data")
    return ", ".join(spoken.values())


def _player(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise SoundUnavailable(missing(program))
    return path


def _card(audio: str, command: Sequence[str]) -> str:
    with temporary_folder() as folder:
        file = folder / "silence.wav"
        write(silence(0.1), file)
        play(file, audio, command, _TIMEOUT_S)
    return f"{audio} plays"
