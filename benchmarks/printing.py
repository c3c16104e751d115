"""How fast a ticket is drawn, printed and proven, how long it is, and how soon trouble is noticed and over.

Usage: python -m benchmarks.printing [--json] [--tickets N]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import cast

from ankommen.opening import shipped_config
from kiosk.app import KioskApp
from kiosk.screens.kiosk import KioskScreen
from kiosk.widgets.foot import Foot
from kiosk.widgets.tiles import Tile
from printers.escpos import picture_bytes
from printers.layout import Paper, ticket_picture
from printers.samples import SAMPLE_WAIT, sample_ticket
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from printers.worker import PrintWorker
from shared.centre import Centre
from shared.clock import monotonic
from shared.config import Config, Device, Plan, read_config
from shared.language import LANGUAGES
from shared.model import Arrival, PrinterCondition, PrintState, code_of
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.verbs.site.apply import apply
from shared.verbs.visits.issue import issue as issue_visit
from shared.verbs.visits.issue import new_token
from shared.views.paper import read_printers

_TICKS_S = 1.5
"""How long the interface is watched while its printer hangs."""
_CHOOSING_S = 1.0
"""How long a visitor reads the tiles, at least."""
_IN_VAIN_S = 0.3
"""How long a slip waits before its trouble ends: its worker has just checked, and will not check for a while."""
_PATIENCE_S = 60.0
TROUBLES = ("paper_out", "cover_open", "offline", "cutter_error", "refuse")


@dataclass(frozen=True, slots=True)
class Length:
    """One ticket of a language: four stops, three persons, an interpreter and a need."""

    language: str
    mm: float
    bytes: int
    render_ms: float
    """Median, warm: picture and bytes."""
    cpu_ms: float
    """The same in processor time, which hardly depends on other programs."""


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that is measured; times in milliseconds unless the name says otherwise."""

    tickets: int
    lengths: list[Length]
    render_p50: float
    render_p95: float
    last_byte_p50: float
    """From the tap, that is from the request for a number, to the last byte of its slip at the printer."""
    last_byte_p95: float
    proven_p50: float
    """From the tap to the printer's proof that the slip is cut; the software printer saves its picture first."""
    proven_p95: float
    state_s: float
    """The longest time from any trouble until it was in the database …"""
    recovery_s: float
    """… and from its end to the proof of the waiting slip."""
    blocked: float
    """The longest time that the kiosk's screen stood still while its printer hung."""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="one JSON object")
    options.add_argument("--tickets", type=int, default=60, help="tickets that are printed")
    chosen = options.parse_args()
    results = measure(max(2, chosen.tickets))
    print(json.dumps(asdict(results), ensure_ascii=False) if chosen.json else table(results))


def measure(tickets: int) -> Results:
    """Run every measurement."""
    config = read_config(shipped_config())
    times, lengths = rendering(config.plan, rounds=8)
    with tempfile.TemporaryDirectory(prefix="ankommen-") as folder:
        with centre(config, Path(folder)) as (database, printer):
            last_byte, proven = tapping(database, config.plan, printer, tickets)
        with centre(config, Path(folder) / "troubles") as (database, printer):
            seen, over = troubles(database, config.plan, printer)
        with centre(config, Path(folder) / "kiosk") as (database, printer):
            blocked = asyncio.run(standstill(Centre(database, Device()), printer))
    return Results(
        tickets, lengths, *quantiles(times), *quantiles(last_byte), *quantiles(proven),
        state_s=round(seen, 2), recovery_s=round(over, 2), blocked=round(blocked, 1),
    )  # fmt: skip


def rendering(plan: Plan, rounds: int) -> tuple[list[float], list[Length]]:
    """Draw each language's tickets, each with another number and code, after a first one that loads the fonts."""
    times, lengths = [], []
    for tag in LANGUAGES:
        ticket = sample_ticket(plan, tag)
        picture = ticket_picture(ticket, plan, wait=SAMPLE_WAIT)
        data = picture_bytes(picture)
        own, processor = [], []
        for n in range(rounds):
            ticket = replace(ticket, code=code_of("A", 20 + n), token=new_token())
            began, cpu_began = monotonic(), time.thread_time()
            picture_bytes(ticket_picture(ticket, plan, wait=SAMPLE_WAIT))
            own.append((monotonic() - began) * 1000)
            processor.append((time.thread_time() - cpu_began) * 1000)
        times += own
        mm = Paper().in_mm(picture.height)
        draw, cpu = (round(statistics.median(each), 1) for each in (own, processor))
        lengths.append(Length(tag, round(mm, 1), len(data), draw, cpu))
    return times, lengths


@contextmanager
def centre(config: Config, folder: Path) -> Iterator[tuple[Database, VirtualPrinter]]:
    """A new database with the plan in force, and a printer in software."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{folder}/centre.sqlite", config.plan.site.key)
    database.prepare()
    database.do(apply, config.plan_toml, True)
    with VirtualPrinter(folder / "papers") as printer:
        yield database, printer
    database.close()


def tapping(database: Database, plan: Plan, printer: VirtualPrinter, count: int) -> tuple[list[float], list[float]]:
    """Ask for a number and wait until its slip is proven, all languages in turn.

    As at a kiosk: a language is chosen, and a second later the tile.
    """
    last_byte, proven = [], []
    with working(database, plan, printer) as worker:
        for n in range(count):
            language = LANGUAGES[n % len(LANGUAGES)]
            worker.expect(language)
            threading.Event().wait(_CHOOSING_S)
            began = monotonic()
            issue(database, printer, language)
            worker.wake()
            expect(printed(database, n + 1), 0.01)
            proven.append((monotonic() - began) * 1000)
            assert printer.cut_at is not None
            last_byte.append((printer.cut_at - began) * 1000)
    return last_byte[1:], proven[1:]


def troubles(database: Database, plan: Plan, printer: VirtualPrinter) -> tuple[float, float]:
    """Let each trouble come while nothing is printed, and go while a slip waits; the longest times in seconds."""
    seen, over = [0.0], [0.0]
    with working(database, plan, printer) as worker:
        for n, fault in enumerate(TROUBLES, start=1):
            printer.set_fault(fault)
            began = monotonic()
            expect(lambda: status(database) not in (PrinterCondition.READY, PrinterCondition.UNKNOWN), 0.01)
            seen.append(monotonic() - began)
            issue(database, printer, "de")
            worker.wake()
            threading.Event().wait(_IN_VAIN_S)
            printer.set_fault(fault, False)
            began = monotonic()
            expect(printed(database, n), 0.01)
            over.append(monotonic() - began)
            expect(lambda: status(database) is PrinterCondition.READY, 0.01)
    return max(seen), max(over)


async def standstill(centre: Centre, printer: VirtualPrinter) -> float:
    """Draw a number while the printer hangs; the longest pause of the interface afterwards, in milliseconds."""
    printer.set_fault("hang")
    longest = 0.0
    try:
        async with KioskApp(centre, None, printer.url).run_test(size=(80, 24)) as pilot:
            for key in ("de", "neu"):
                while not (screen := cast("KioskScreen", pilot.app.screen)).takes_touches:
                    await pilot.pause(0.05)
                tile = next(tile for tile in screen.query(Tile) if tile.offers and tile.offers.key == key)
                await pilot.click(tile)
            while not screen.takes_touches or not screen.query_one("#summary").region:
                await pilot.pause(0.05)
            x, y = screen.query_one(Foot).region_of("forward").center
            await pilot.click(offset=(int(x), int(y)))
            await pilot.pause()
            before = monotonic()
            end = before + _TICKS_S
            while before < end:
                await asyncio.sleep(0.001)
                longest, before = max(longest, monotonic() - before), monotonic()
            printer.set_fault("hang", False)
    finally:
        centre.close()
    return longest * 1000


@contextmanager
def working(database: Database, plan: Plan, printer: VirtualPrinter) -> Iterator[PrintWorker]:
    """A worker of the printer while it is needed."""
    spool = Spool(database, lambda: plan, printer.url, training=True)
    worker = PrintWorker(lambda: [spool])
    worker.start()
    yield worker
    worker.stop()


def issue(database: Database, printer: VirtualPrinter, language: str) -> None:
    """One family for the first package."""
    database.do(issue_visit, Arrival(packages=("neu",), language=language), printer.url)


def printed(database: Database, number: int) -> Callable[[], bool]:
    """Whether the slip with this number of the first series today is proven."""

    def is_printed() -> bool:
        job = database.read(find_ticket, f"A{number:03d}").print
        return job is not None and job.state is PrintState.PRINTED

    return is_printed


def status(database: Database) -> PrinterCondition:
    """The printer's state, as its worker stored it."""
    return next((state.status for state in database.read(read_printers)), PrinterCondition.UNKNOWN)


def expect(done: Callable[[], bool], every_s: float) -> None:
    """Wait for a condition. Raises TimeoutError after a minute."""
    deadline = monotonic() + _PATIENCE_S
    while not done():
        if monotonic() > deadline:
            raise TimeoutError
        threading.Event().wait(every_s)


def quantiles(times: list[float]) -> tuple[float, float]:
    """Median and 95 % quantile."""
    return round(statistics.median(times), 1), round(statistics.quantiles(times, n=20)[-1], 1)


def table(results: Results) -> str:
    """The results as docs/printing.md shows them."""
    rows = [
        "| measured | result | goal |",
        "|---|---|---|",
        f"| draw a ticket, median / 95 % | {results.render_p50} / {results.render_p95} ms | 100 ms |",
        f"| tap → last byte, median / 95 % | {results.last_byte_p50} / {results.last_byte_p95} ms | 300 ms |",
        f"| tap → proven on paper, median / 95 % | {results.proven_p50} / {results.proven_p95} ms | |",
        f"| trouble → known | {results.state_s} s | 3 s |",
        f"| trouble over → waiting ticket on paper | {results.recovery_s} s | 5 s |",
        f"| interface stands still while the printer hangs | {results.blocked} ms | 50 ms |",
        "",
        "| language | mm | bytes | draw (ms) | of it processor (ms) |",
        "|---|---|---|---|---|",
        *(f"| {n.language} | {n.mm} | {n.bytes} | {n.render_ms} | {n.cpu_ms} |" for n in results.lengths),
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
