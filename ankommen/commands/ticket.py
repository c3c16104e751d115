"""ankommen ticket …: numbers without a kiosk."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer

from ankommen.opening import Options
from ankommen.output import emit, table, wait_data, wait_words
from printers.layout import ticket_picture
from printers.samples import SAMPLE_WAIT, sample_ticket
from printers.served import printer_for
from printers.worker import print_now
from shared.config import Config, Plan, parse_plan
from shared.config.plan import text_in
from shared.errors import DatabaseUnavailable, Malformed
from shared.language import require_languages
from shared.model import Arrival, Need, Origin, PrintJob, PrintKind, Ticket, Told, Wait
from shared.private_files import open_private
from shared.store.database import Database
from shared.verbs.learned import promises
from shared.verbs.look_up import find_ticket
from shared.verbs.paper import print_jobs
from shared.verbs.visits import breaks, change
from shared.verbs.visits.issue import issue as issue_visit
from shared.views.in_force import plan_in_force

app = typer.Typer(name="ticket", help="Numbers without a kiosk.", no_args_is_help=True)
_Code = Annotated[str, typer.Argument(help="A number of today: A017, a17, A-017.")]
_Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Another day than today.")]


@app.command()
def issue(
    ctx: typer.Context,
    concerns: Annotated[list[str], typer.Argument(metavar="SERVICE_OR_PACKAGE…")],
    language: Annotated[str | None, typer.Option(help="The visitor's language; else the house's.")] = None,
    adults: int = 1,
    children: int = 0,
    interpreter: Annotated[str | None, typer.Option(help="Language to interpret from.")] = None,
    need: Annotated[list[Need] | None, typer.Option(help="A measure that helps; may be repeated.")] = None,
    priority: Annotated[str | None, typer.Option(help="A priority of the plan.")] = None,
    count: Annotated[int, typer.Option(min=1, max=200, help="How many tickets of the same kind.")] = 1,
    no_print: Annotated[bool, typer.Option("--no-print", help="Only the number, no paper.")] = False,
) -> None:
    """Issue a number and print its ticket. The number is issued even if the ticket cannot be printed."""
    options: Options = ctx.obj
    database, config = options.open()
    plan = database.read(plan_in_force)
    packages = tuple(name for name in concerns if name in plan.packages)
    services = tuple(name for name in concerns if name not in plan.packages)
    tag = language or plan.site.language
    arrival = Arrival(
        packages, services, tag, adults, children, interpreter, tuple(need or ()), priority, Origin.RECEPTION
    )
    printer = None if no_print else _printer(options, plan, config)
    tickets: list[Told] = []
    with stopped_by_hand() as stopped:
        for n in range(count):
            one = options if count == 1 else options.nth(n)
            ticket = one.do(database, issue_visit, arrival, printer)
            tickets.append(_printed(database, config, plan, ticket, options))
            if stopped.is_set():
                break
    data = [_data(told, plan) for told in tickets]
    emit(options, data[0] if count == 1 else {"tickets": data}, _words(plan, tickets))


@app.command()
def reprint(ctx: typer.Context, code: _Code) -> None:
    """Print a ticket of today once more, marked as a copy: same number, same code."""
    options: Options = ctx.obj
    database, config = options.open()
    plan = database.read(plan_in_force)
    ticket = options.do(database, print_jobs.reprint, code, _printer(options, plan, config))
    told = _printed(database, config, plan, ticket, options)
    emit(options, _data(told, plan), _words(plan, [told]))


@app.command()
def leaflet(ctx: typer.Context, code: _Code, service: Annotated[str, typer.Argument(help="A service.")]) -> None:
    """Print what to bring and whom to ask for a service, in the language of the visitor with this number."""
    options: Options = ctx.obj
    database, config = options.open()
    plan = database.read(plan_in_force)
    job = options.do(database, print_jobs.leaflet, code, service, _printer(options, plan, config))
    job = print_now(database, plan, job, training=options.training, computer=config.device)
    emit(
        options, {"code": code, "service": service, "print": print_data(job)}, f"{job.state} {job.detail or ''}".strip()
    )


def _printer(options: Options, plan: Plan, config: Config) -> str:
    return options.printer or printer_for(plan, config.device.name)


def _printed(database: Database, config: Config, plan: Plan, ticket: Ticket, options: Options) -> Told:
    """The ticket after its slip was printed or not, with what its visitor was told about the wait."""
    job = ticket.print
    if job is not None:
        job = print_now(database, plan, job, training=options.training, computer=config.device)
    wait = None
    with suppress(DatabaseUnavailable):  # the number is what counts
        if job and job.kind is PrintKind.TICKET:
            wait = database.read(promises.given, ticket.visit_id)
        wait = wait or database.read(promises.wait_of, ticket.visit_id)
    return Told(replace(ticket, print=job), wait)


@contextmanager
def stopped_by_hand() -> Iterator[Event]:
    """Ctrl+C ends a group after the current ticket, so that every number gets a try at its slip."""
    stopped = Event()
    before = signal.signal(signal.SIGINT, lambda *_: stopped.set())
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


@app.command()
def show(ctx: typer.Context, code: _Code, day: _Day = None) -> None:
    """Show a ticket: its stops, how long it waits and the state of its paper."""
    options: Options = ctx.obj
    database, _ = options.open()
    plan = database.read(plan_in_force)
    ticket = database.read(find_ticket, code, _date(day))
    told = Told(ticket, database.read(promises.wait_of, ticket.visit_id))
    emit(options, _data(told, plan), _words(plan, [told]))


@app.command()
def add(
    ctx: typer.Context,
    code: _Code,
    services: Annotated[list[str], typer.Argument(metavar="SERVICE…")],
    day: _Day = None,
) -> None:
    """Add services at the end of a visit's journey."""
    _change(ctx, lambda o, d: o.do(d, change.add, code, services, _date(day)))


@app.command()
def cancel(
    ctx: typer.Context,
    code: _Code,
    service: Annotated[str | None, typer.Option(help="Only this service; else everything that is open.")] = None,
    day: _Day = None,
) -> None:
    """Cancel a visit, or one service of it."""
    _change(ctx, lambda o, d: o.do(d, change.cancel, code, service, True, _date(day)))


@app.command()
def pause(ctx: typer.Context, code: _Code, day: _Day = None) -> None:
    """The visitor takes a break and keeps the place."""
    _change(ctx, lambda o, d: o.do(d, breaks.pause, code, _date(day)))


@app.command()
def back(ctx: typer.Context, code: _Code, day: _Day = None) -> None:
    """The visitor is back: after a break, a missed call, after being gone, or after the visit was cancelled."""
    _change(ctx, lambda o, d: o.do(d, breaks.back, code, _date(day), at_reception=True))


@app.command()
def image(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help="The PNG file to write.")],
    code: Annotated[str | None, typer.Argument(help="A number of today.")] = None,
    sample: Annotated[str | None, typer.Option(metavar="LANG", help="An example in this language instead.")] = None,
    day: _Day = None,
) -> None:
    """Write a ticket as it would come out of the printer."""
    options: Options = ctx.obj
    if (code is None) == (sample is None):
        raise Malformed("Name either a number or --sample LANG.")
    if sample is not None:
        require_languages([sample])
        plan = parse_plan(options.read_config().to_apply())
        ticket = sample_ticket(plan, sample)
        wait: Wait | None = SAMPLE_WAIT
    else:
        database, _ = options.open()
        plan = database.read(plan_in_force)
        ticket = database.read(find_ticket, code or "", _date(day))
        wait = database.read(promises.given, ticket.visit_id)
    picture = ticket_picture(ticket, plan, wait=wait, training=options.training)
    try:
        with open_private(out) as file:  # the code on it opens the visit
            picture.save(file, "PNG")
    except OSError as error:
        raise Malformed(f"{out} cannot be written: {error}") from error
    data = {"path": str(out), "width": picture.width, "height": picture.height, "qr": plan.qr_text(ticket.token)}
    emit(options, data, f"{out}: {picture.width} × {picture.height} dots")


def _change(ctx: typer.Context, work: Callable[[Options, Database], Ticket]) -> None:
    options: Options = ctx.obj
    database, _ = options.open()
    plan = database.read(plan_in_force)
    ticket = work(options, database)
    told = Told(ticket, database.read(promises.wait_of, ticket.visit_id))
    emit(options, _data(told, plan), _words(plan, [told]))


def _date(day: datetime | None) -> date | None:
    return day.date() if day else None


def _data(told: Told, plan: Plan) -> dict[str, Any]:
    ticket = told.ticket
    return {
        "code": ticket.code,
        "token": ticket.token,
        "qr": plan.qr_text(ticket.token),
        "day": ticket.day.isoformat(),
        "language": ticket.language,
        "adults": ticket.adults,
        "children": ticket.children,
        "interpreter": ticket.interpreter,
        "needs": list(ticket.needs),
        "stops": [
            {"service": stop.service, "state": stop.state} | ({} if stop.today else {"today": False})
            for stop in ticket.stops
        ],
        "wait": wait_data(told.wait),
        "print": print_data(ticket.print),
    }


def print_data(job: PrintJob | None) -> dict[str, Any]:
    """The state of a slip, as JSON; all null if no paper was wanted."""
    if job is None:
        return {"state": None, "printer": None, "detail": None}
    return {"state": job.state, "printer": job.printer, "detail": job.detail}


def _words(plan: Plan, tickets: list[Told]) -> Any:
    def name(service: str) -> str:
        """The key of a service that the plan no longer has: a stop that is settled may still be for it."""
        known = plan.services.get(service)
        return text_in(known.name, plan.site.language) if known else service

    def stops(ticket: Ticket) -> str:
        return ", ".join(f"{name(s.service)} ({s.state if s.today else 'not today'})" for s in ticket.stops)

    def paper(ticket: Ticket) -> str:
        return " ".join(filter(None, (ticket.print.state, ticket.print.detail))) if ticket.print else "no paper"

    return table(
        ("number", "language", "#persons", "stops", "#wait (min)", "paper"),
        (
            (t.code, t.language, t.persons, stops(t), wait_words(told.wait), paper(t))
            for told in tickets
            for t in (told.ticket,)
        ),
    )
