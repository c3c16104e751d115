"""A small morning by itself: kiosks and desks as separate processes, real bytes to the software printer."""

from __future__ import annotations

import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Empty

from rich.console import Group

from ankommen.opening import Options
from ankommen.output import emit, table
from printers.worker import print_now
from shared.clock import monotonic
from shared.config import Plan
from shared.config.plan import text_in
from shared.errors import NobodyWaits, Unavailable
from shared.language import LANGUAGES, language
from shared.model import Arrival, Call, PrintState, Ticket
from shared.private_files import make_private_folder
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.site.apply import apply
from shared.verbs.visits import issue
from shared.views.in_force import plan_in_force

VISITS = 24
DESKS = 5
KIOSKS = 2
_SEED = 45
_PATIENCE_S = 120.0
"""A morning that takes longer has failed."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A kiosk process issued and printed a ticket."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Served:
    """A desk process finished a stop."""

    call: Call


def run_morning(options: Options, out: Path | None) -> None:
    """Run the morning and show what happened. Raises Unavailable if a visitor or a paper was lost."""
    config = options.read_config()
    folder = out or Path(tempfile.mkdtemp(prefix="ankommen-demo-"))
    make_private_folder(folder)
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="ankommen-") as private, software_printer(folder / "tickets") as printer:
        url = f"sqlite:///{private}/demo.sqlite"
        database = Database(url, config.plan.site.key)
        database.prepare()
        database.do(apply, config.to_apply(), True)
        open_desks = chosen_desks(config.plan)
        arrived, served = _work(url, config.plan, open_desks, printer)
        database.close()
    _report(options, config.plan, folder / "tickets", arrived, served, monotonic() - began)


@contextmanager
def software_printer(out: Path) -> Iterator[str]:
    """The URL of a software printer that runs as a process of its own and writes its papers to `out`."""
    command = [sys.executable, "-m", "ankommen", "printer", "serve", "--port", "0", "--out", str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        if not first:
            raise Unavailable("The software printer did not start.")
        try:
            yield f"tcp://{json.loads(first)['listening']}"
        finally:
            process.terminate()


def chosen_desks(plan: Plan) -> list[str]:
    """The five desks that together serve the most services."""
    chosen: list[str] = []
    covered: set[str] = set()
    left = list(plan.desks)
    while left and len(chosen) < DESKS:
        best = max(left, key=lambda desk: len(set(plan.services_of_desk(desk)) - covered))
        chosen.append(best)
        left.remove(best)
        covered.update(plan.services_of_desk(best))
    return chosen


def arrivals(plan: Plan, open_desks: list[str]) -> list[Arrival]:
    """The visitors of this morning: journeys that these desks can settle, all languages in turn, families too."""
    luck = random.Random(_SEED)
    open_services = {service for desk in open_desks for service in plan.services_of_desk(desk)}
    packages = [key for key, item in plan.packages.items() if item.services and open_services >= set(item.services)]
    single = [key for key in plan.services if key in open_services]

    def wish() -> tuple[tuple[str, ...], tuple[str, ...]]:
        return ((luck.choice(packages),), ()) if packages and luck.random() < 0.5 else ((), (luck.choice(single),))

    return [
        Arrival(*wish(), LANGUAGES[n % len(LANGUAGES)], luck.randint(1, 2), luck.choice((0, 0, 1, 2, 3)))
        for n in range(VISITS)
    ]


def _work(url: str, plan: Plan, open_desks: list[str], printer: str) -> tuple[list[Ticket], list[Call]]:
    """Let the processes work until every stop of every visit is done."""
    context = multiprocessing.get_context("spawn")
    news = context.Queue()
    everybody = arrivals(plan, open_desks)
    site = plan.site.key
    doors, stop = context.Event(), context.Event()
    kiosks = [
        context.Process(target=_kiosk, args=(url, site, everybody[n::KIOSKS], printer, news)) for n in range(KIOSKS)
    ]
    consoles = [context.Process(target=_desk, args=(url, site, desk, news, doors, stop)) for desk in open_desks]
    for process in (*kiosks, *consoles):
        process.start()
    arrived: list[Ticket] = []
    served: list[Call] = []
    deadline = monotonic() + _PATIENCE_S
    try:
        while len(arrived) < VISITS or len(served) < sum(len(ticket.stops) for ticket in arrived):
            try:
                event = news.get(timeout=max(0.0, deadline - monotonic()))
            except Empty:
                raise Unavailable(
                    f"After {_PATIENCE_S:.0f} s {len(arrived)} came, {len(served)} were served."
                ) from None
            if isinstance(event, Arrived):
                arrived.append(event.ticket)
                if len(arrived) == VISITS:
                    doors.set()  # as in the hall: numbers from half past seven, desks from eight
            else:
                served.append(event.call)
    finally:
        stop.set()
        doors.set()
        for process in (*kiosks, *consoles):
            process.join(timeout=10)
            process.kill()
    return arrived, served


def _kiosk(url: str, site: str, everybody: list[Arrival], printer: str, news: multiprocessing.Queue[object]) -> None:
    """A kiosk's process: number, paper, next visitor."""
    database = Database(url, site)
    plan = database.read(plan_in_force)
    for arrival in everybody:
        ticket = database.do(issue.issue, arrival, printer)
        assert ticket.print is not None
        news.put(Arrived(replace(ticket, print=print_now(database, plan, ticket.print, training=True))))
    database.close()


def _desk(url: str, site: str, desk: str, news: multiprocessing.Queue[object], doors: Event, stop: Event) -> None:
    """A console's process: once the doors are open, it repeats next, start, finish until the morning is over."""
    database = Database(url, site)
    doors.wait()
    database.do(opening.open_desk, desk)
    while not stop.wait(0.02):
        try:
            database.do(calls.call_next, desk)
        except NobodyWaits:
            continue
        database.do(calls.start, desk)
        if finished := database.do(calls.finish, desk).ended:
            news.put(Served(finished))
    database.do(opening.close_desk, desk)
    database.close()


def _report(
    options: Options, plan: Plan, folder: Path, arrived: list[Ticket], served: list[Call], took_s: float
) -> None:
    papers = sorted(folder.glob("[0-9]*.png"))
    printed = sum(ticket.print is not None and ticket.print.state is PrintState.PRINTED for ticket in arrived)
    data = {
        "visits": len(arrived),
        "stops": len(served),
        "desks": len({call.desk for call in served}),
        "languages": len({ticket.language for ticket in arrived}),
        "printed": printed,
        "papers": len(papers),
        "folder": str(folder),
        "seconds": round(took_s, 1),
    }
    house = plan.site.language
    ways: dict[str, list[str]] = {}
    for call in served:
        ways.setdefault(call.code, []).append(f"{text_in(plan.services[call.service].name, house)} → {call.desk}")
    rows = [
        (
            t.code,
            language(t.language).autonym,
            t.persons,
            " · ".join(ways.get(t.code, [])),
            t.print.state if t.print else "",
        )
        for t in sorted(arrived, key=lambda ticket: ticket.issued_at)
    ]
    told = f"\n{len(arrived)} visits, {len(served)} stops at {data['desks']} desks, {printed} tickets, {took_s:.1f} s."
    emit(
        options,
        data,
        Group(table(("number", "language", "#persons", "way", "paper"), rows), told, f"Tickets: {folder}"),
    )
    if not len(arrived) == len(papers) == printed or len({t.code for t in arrived}) != len(arrived):
        raise Unavailable(
            f"{len(arrived)} visits, but {printed} tickets are printed and {len(papers)} papers are there."
        )
