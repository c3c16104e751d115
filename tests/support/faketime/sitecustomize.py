"""Read by every Python that runs under faketime: lets `time.sleep` and, with it, waiting for processes work there.

libfaketime 0.9.10 offers two ways. With its own clock for durations, a thread that waits with a timeout waits for ever:
Python hands such waits to `sem_clockwait`, which it does not know. With the real one (FAKETIME_DONT_FAKE_MONOTONIC),
`time.sleep` fails with EINVAL: it sleeps until a moment of that clock, which libfaketime takes for a faked one. And two
threads that both work take twenty times as long, because their waits for each other end too early, unless it is told
that this C library needs no help with such waits (FAKETIME_FORCE_MONOTONIC_FIX=0).
"""

import select
import time


def _sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = _sleep
