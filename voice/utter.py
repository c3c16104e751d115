"""The child process that speaks one utterance into a file with pyttsx3: `python utter.py VOICE RATE FILE < text`.

One process per utterance, because pyttsx3 mixes up voices and lengths when a process speaks twice. It imports nothing
of this project, so that it starts fast.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from threading import Event

UNKNOWN_VOICE = 3
"""The exit code for a voice that espeak-ng does not have."""
_LIFETIME_S = 30
"""The kernel ends a child that hangs longer, even when its parent is gone."""
_SETTLED_WITHIN_S = 2.0


def main() -> int:
    """Speak standard input; 0 once the file is complete."""
    signal.alarm(_LIFETIME_S)
    voice, rate, file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    text = sys.stdin.buffer.read().decode()
    return utter(text, voice, rate, file)


def utter(text: str, voice: str, rate: int, file: str) -> int:
    """Speak `text` into `file` and return an exit code. Only for a process that ends afterwards."""
    import pyttsx3
    from pyttsx3.drivers import _espeak

    engine = pyttsx3.init("espeak")
    finished = Event()
    engine.connect("finished-utterance", lambda **_: finished.set())
    # Until one empty run is done, the engine holds back its settings.
    engine.runAndWait()
    # A voice is asked for by its language ("en-us", of gmw/en-US) or by its file ("fr", of roa/fr for fr-fr).
    accepted_ids = {
        found.id for found in engine.getProperty("voices") if voice in (*found.languages, found.id.rpartition("/")[2])
    }
    if not accepted_ids:
        return UNKNOWN_VOICE
    engine.setProperty("voice", voice)
    engine.setProperty("rate", rate)
    _espeak.Synchronize()
    deadline = time.monotonic() + _SETTLED_WITHIN_S
    while engine.getProperty("voice") not in accepted_ids or engine.getProperty("rate") != rate:
        if time.monotonic() > deadline:
            sys.stderr.write("voice and rate were not taken\n")
            return 1
        Event().wait(0.005)
    engine.save_to_file(text, file)
    engine.runAndWait()
    return 0 if finished.wait(_LIFETIME_S) else 1


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # espeak's library may hang or abort in a regular exit
