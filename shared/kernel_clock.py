"""What the kernel knows about its clock, for `clock.py`. Asking needs no rights; without Linux nothing is known."""

from __future__ import annotations

import ctypes
import sys
import time
from functools import cache
from pathlib import Path
from uuid import uuid4

_UNDISCIPLINED_US = 16_000_000
"""The kernel's greatest error (NTP_PHASE_LIMIT): nothing keeps the clock right. Setting it by hand also leads here.

STA_UNSYNC says less: chrony leaves it set where it has no `rtcsync`."""
_NANOSECONDS = 0x2000
"""STA_NANO: the fraction of `time` is in nanoseconds."""


class _Timex(ctypes.Structure):
    """struct timex of adjtimex(2)."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        *((name, ctypes.c_long) for name in ("offset", "freq", "maxerror", "esterror")),
        ("status", ctypes.c_int),
        *((name, ctypes.c_long) for name in ("constant", "precision", "tolerance", "seconds", "fraction", "tick")),
        *((name, ctypes.c_long) for name in ("ppsfreq", "jitter")),
        ("shift", ctypes.c_int),
        *((name, ctypes.c_long) for name in ("stabil", "jitcnt", "calcnt", "errcnt", "stbcnt")),
        ("tai", ctypes.c_int),
        ("_room", ctypes.c_int * 11),
    )


def synchronised_time() -> float | None:
    """The kernel's own time in seconds since 1970, if it says that its clock is synchronised; else None."""
    if sys.platform != "linux":
        return None
    timex = _Timex(modes=0)
    try:
        if _libc().adjtimex(ctypes.byref(timex)) == -1:
            return None
    except (OSError, AttributeError):  # a C library without it
        return None
    if timex.maxerror >= _UNDISCIPLINED_US:
        return None
    return float(timex.seconds + timex.fraction / (1e9 if timex.status & _NANOSECONDS else 1e6))


def steady() -> float:
    """Seconds since the computer was started, asleep or awake; nobody can set them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


@cache
def boot() -> str:
    """A different text after each start of the computer; if that is unknown, after each start of the program."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return uuid4().hex


@cache
def ran_on() -> bool:
    """Whether a battery clock set the clock when the computer started; else it went on from where it stopped."""
    for told in Path("/sys/class/rtc").glob("*/hctosys"):
        try:
            if told.read_text(encoding="ascii").strip() == "1":
                return True
        except OSError:
            continue
    return False


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
