"""Thousands of visitors at one kiosk, in this process: does its memory grow?

Each gets a number in the next language and a slip drawn for it; each twentieth goes through the kiosk's screen, step by
step, as a touch would lead there. A terminal would need an hour for as many.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.pilot import Pilot

from ankommen.opening import shipped_config
from benchmarks.faces import house
from kiosk import steps
from kiosk.app import KioskApp
from kiosk.moves import Act
from kiosk.screens.kiosk import KioskScreen
from kiosk.way import Way
from printers.slips import slip_bytes
from shared.centre import Centre
from shared.clock import monotonic
from shared.config import read_config
from shared.config.plan import PrinterPlan
from shared.language import LANGUAGES
from shared.model import Arrival, PrintJob, PrintState, Told
from shared.store.database import Database
from shared.verbs.visits import issue

_PACKAGE, _SIZE = "neu", (160, 50)
_SEEN = 20
"""Each so-manieth visitor is shown on the screen."""
_PAPER = PrinterPlan(url="none")


def growth_mib(visitors: int) -> float:
    """How much resident memory grows from the first tenth of the visitors, all languages among them, to the last."""
    return asyncio.run(_visit(visitors))


async def _visit(visitors: int) -> float:
    warm = max(visitors // 10, len(LANGUAGES) * _SEEN)
    with house() as (database, _, _):
        centre = Centre(database, read_config(shipped_config()).device)
        async with KioskApp(centre, None, "none").run_test(size=_SIZE) as pilot:
            before = 0.0
            for number in range(warm + visitors):
                tag = LANGUAGES[number // _SEEN % len(LANGUAGES) if number % _SEEN == 0 else number % len(LANGUAGES)]
                if number == warm:
                    before = _resident_mib()
                _gets_paper(centre, database, tag)
                if number % _SEEN == 0:
                    await _at_the_screen(pilot, tag)
            after = _resident_mib()
        centre.close()
    return after - before


def _gets_paper(centre: Centre, database: Database, tag: str) -> None:
    ticket = database.do(issue.issue, Arrival(packages=(_PACKAGE,), language=tag))
    slip = PrintJob(1, "empfang", PrintState.SENDING, visit_id=ticket.visit_id)
    slip_bytes(slip, Told(ticket, None), centre.plan, _PAPER, database.now(), training=True)


async def _at_the_screen(pilot: Pilot[None], tag: str) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, KioskScreen)
    await _goes(pilot, screen, screen.way.begun(monotonic()))
    while not screen.offer.has(Act.CHOOSE, tag):
        await _touches(pilot, screen, Act.MORE, "")
    for act, key in ((Act.CHOOSE, tag), (Act.CHOOSE, _PACKAGE), (Act.PRINT, "")):
        await _touches(pilot, screen, act, key)
    while screen.ticket.shown is None:
        await pilot.pause(0.02)
    await pilot.pause()


async def _touches(pilot: Pilot[None], screen: KioskScreen, act: Act, key: str) -> None:
    way = screen.way
    await _goes(pilot, screen, steps.after(way, way.touch(act, key), screen.offer, monotonic()))


async def _goes(pilot: Pilot[None], screen: KioskScreen, way: Way) -> None:
    screen.go(way)
    await pilot.pause()


def _resident_mib() -> float:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
