"""ankommen printer …: how printers are, a page to try one, and the printer in software."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ankommen.commands.ticket import print_data
from ankommen.opening import Options
from ankommen.output import emit, table
from printers import escpos
from printers import serve as software
from printers.served import printer_for
from printers.states import PrinterStatus
from printers.worker import print_now
from shared.clock import SystemClock
from shared.config import Device, Plan
from shared.config.printer_files import url_of
from shared.errors import ConfigInvalid, Malformed, PrinterUnavailable
from shared.model import PrinterCondition, PrinterState, PrintState
from shared.store.database import Database
from shared.verbs.paper.print_jobs import page_for_nobody
from shared.views.in_force import plan_in_force
from shared.views.paper import read_printers

app = typer.Typer(
    name="printer", help="How printers are, a page to try one, and the printer in software.", no_args_is_help=True
)
_Key = Annotated[str | None, typer.Argument(help="A printer of the plan; else the one beside this computer.")]


@app.command()
def status(ctx: typer.Context, key: _Key = None) -> None:
    """The state of the printers: as the program that prints on one knows it, else by asking now. Fails if one cannot
    print."""
    options: Options = ctx.obj
    database, config = options.open()
    plan = database.read(plan_in_force)
    named = _named(options, plan, key)
    keys = [named] if named else list(plan.printers)
    found = [look(database, plan, each, config.device) for each in keys]
    data = [{"printer": f.printer, "status": f.status, "detail": f.detail, "watched": f.watched} for f in found]
    words = table(("printer", "status", ""), ((f.printer, f.status, f.detail or "") for f in found))
    emit(options, {"printers": data}, words)
    if not all(each.status.can_print for each in found):
        raise typer.Exit(PrinterUnavailable.exit_code)


@app.command("test")
def print_test_page(ctx: typer.Context, key: _Key = None) -> None:
    """Print a page for nobody. Fails if it did not come out, as far as can be known: a file cannot confirm anything."""
    options: Options = ctx.obj
    database, config = options.open()
    plan = database.read(plan_in_force)
    printer = _named(options, plan, key) or printer_for(plan, config.device.name)
    job = options.do(database, page_for_nobody, printer)
    job = print_now(database, plan, job, training=options.training, computer=config.device)
    if job.state is PrintState.FAILED:
        raise PrinterUnavailable(f"{printer}: {job.detail}")
    emit(options, {"print": print_data(job)}, f"{printer}: {job.state} {job.detail or ''}".strip())
    if not job.seems_out:
        raise typer.Exit(PrinterUnavailable.exit_code)


def look(database: Database, plan: Plan, printer: str, computer: Device) -> PrinterState:
    """The state of a printer. A program that prints on it checks every two seconds; without one, it is asked now."""
    watched = next((s for s in database.read(read_printers) if s.printer == printer and s.watched), None)
    if watched is not None and watched.status is not PrinterCondition.UNKNOWN:
        return watched
    return ask(plan, printer, computer)


def ask(plan: Plan, printer: str, computer: Device) -> PrinterState:
    """The state that a printer itself reports to this computer, no matter which program prints on it."""
    try:
        asked = escpos.status(url_of(plan, printer, computer.printer_files))
    except ConfigInvalid as error:
        asked = PrinterStatus(PrinterCondition.UNREACHABLE, error.message)
    return PrinterState(printer, asked.state, asked.detail, SystemClock().now(), watched=False)


def _named(options: Options, plan: Plan, key: str | None) -> str | None:
    """The one printer that a command names: by its key or by a URL. Raises Malformed for an unknown one, or for two."""
    if key is None:
        return options.printer
    if key not in plan.printers:
        raise Malformed(f"No printer {key!r} in the plan. Known are: {', '.join(plan.printers) or 'none'}.")
    if options.printer is not None:
        raise Malformed(
            f"Two printers are named: {key!r}, and {options.printer} by --printer or ANKOMMEN_PRINTER. Name one."
        )
    return key


@app.command()
def serve(
    out: Annotated[Path, typer.Option(help="Folder for the papers, 0001.png …, and log.jsonl.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="TCP port; 0 for any free one.")] = 9100,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    fault: Annotated[list[str] | None, typer.Option(metavar="NAME[=V]", help="Begin with this fault.")] = None,
) -> None:
    """Be a network printer: interpret ESC/POS strictly and write each paper as PNG. Lines on stdin set faults."""
    software.serve(host, port, out, fault or [])
