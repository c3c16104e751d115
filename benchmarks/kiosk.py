"""The kiosk as a visitor's finger meets it: `python -m benchmarks.kiosk [--json] [--quick]`.

- tap: from the bytes of a tap to the last byte of the changed picture, at 160×50 in a terminal of its own: a language,
  and back. Its p95 beside that of a bare Textual app with as many labels (`benchmarks/bare.py`), by turns in one run.
- pictures: the same in a terminal that shows Sixel, at 1600×900 pixels.
- slow: the same while the process is stopped for four fifths of each tenth of a second.
- start: from starting `ankommen kiosk` to its first picture.
- memory: resident memory after three numbers on paper.
- growth: of resident memory over 10,000 visitors (`benchmarks/visitors.py`, in this process).

--quick takes a tenth of everything, to see that it runs. Measure on a quiet machine only.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from ankommen.opening import shipped_config
from benchmarks import bare, faces
from benchmarks.faces import Face, house
from benchmarks.visitors import growth_mib
from kiosk.measured import seen
from kiosk.moves import Step
from kiosk.steady import STEADY_S
from shared.clock import monotonic
from shared.config import read_config
from tests.support.slowed import slowed

SIZE, CELL = (160, 50), (10, 18)
_LANGUAGE, _CONCERN = "Deutsch", "Ich bin neu"
"""Words that only the first and only the second page have."""
_READ_S = STEADY_S + 0.5
"""How long somebody looks before a tap: the kiosk ignores earlier ones."""
_SLOW_READ_S = 3.0
_SHARE = 0.2
"""A slowed process runs for this share of its time."""
_VISITORS = 10_000


@dataclass(frozen=True)
class Places:
    """Where a tap leads on and back, and how many labels are on the screen."""

    forth: tuple[int, int]
    back: tuple[int, int]
    labels: int


def main() -> None:
    """Measure and print the figures, or one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--json", action="store_true", help="one JSON object")
    arguments.add_argument("--quick", action="store_true", help="a tenth of everything")
    options = arguments.parse_args()
    figures = measure(10 if options.quick else 1)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:<20}{value:>10.2f}")


def measure(part: int) -> dict[str, float]:
    """All figures."""
    where = places()
    taps = 60 // part
    print("taps …", file=sys.stderr)
    plain, yardstick = side_by_side(where, taps)
    print("pictures, slow …", file=sys.stderr)
    pictures = _taps_of_a_kiosk(where, taps, cell=CELL)
    slow = _taps_of_a_kiosk(where, taps // 3, read_s=_SLOW_READ_S, hindered=lambda pid: slowed(pid, _SHARE))
    print("start, memory …", file=sys.stderr)
    start = faces.start_ms(max(3, 10 // part))
    _, memory = faces.tap_ms(3)
    print("growth …", file=sys.stderr)
    figures = {
        "tap.median_ms": statistics.median(plain),
        "tap.p95_ms": _p95(plain),
        "tap.p95_ratio": _p95(plain) / _p95(yardstick),
        "pictures.median_ms": statistics.median(pictures),
        "start.median_s": statistics.median(start) / 1000,
        "memory.mib": memory,
        "growth.mib": growth_mib(_VISITORS // part),
        "slow.median_ms": statistics.median(slow),
    }
    return {name: round(value, 2) for name, value in figures.items()}


def places() -> Places:
    """Asked of the kiosk itself."""
    with house() as (database, _, _):
        found = faces.places(database, SIZE)
    shown = seen(read_config(shipped_config(), texts=False).plan, SIZE)
    labels = sum(bool(one.colours.inks) for one in shown if one.step is Step.LANGUAGE)
    return Places(found["de"], found["back"], labels)


def side_by_side(where: Places, taps: int) -> tuple[list[float], list[float]]:
    """The times of taps at the kiosk and at the bare app, by turns, in ms."""
    with house() as (_, environment, _):
        kiosk = Face(environment, "--printer", "none", "kiosk", size=SIZE)
        other = Face(environment, str(where.labels), module="benchmarks.bare", size=SIZE)
        kiosk.picture(_LANGUAGE.encode())
        other.picture(bare.FIRST.encode())
        ours, bares = list[float](), list[float]()
        for tap in range(taps):
            other.rest(0.01)
            ours.append(_tap(kiosk, where, tap, _READ_S))
            bares.append(_timed(other, where.forth, (bare.OTHER, bare.FIRST)[tap % 2]))
        kiosk.end()
        other.end()
    return ours, bares


def _taps_of_a_kiosk(
    where: Places,
    taps: int,
    cell: tuple[int, int] = (0, 0),
    read_s: float = _READ_S,
    hindered: Callable[[int], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> list[float]:
    with house() as (_, environment, _):
        kiosk = Face(environment, "--printer", "none", "kiosk", size=SIZE, cell=cell)
        kiosk.picture(_LANGUAGE.encode())
        with hindered(kiosk.pid):
            times = [_tap(kiosk, where, tap, read_s) for tap in range(taps)]
        kiosk.end()
    return times


def _tap(kiosk: Face, where: Places, tap: int, read_s: float) -> float:
    """Forth and back by turns."""
    kiosk.rest(read_s)
    return _timed(kiosk, *((where.forth, _CONCERN), (where.back, _LANGUAGE))[tap % 2])


def _timed(face: Face, place: tuple[int, int], word: str) -> float:
    began = monotonic()
    face.tap(place)
    return (face.picture(word.encode()) - began) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    main()
