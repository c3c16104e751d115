"""ankommen report … and purge: what a day was like, and deleting old days."""

from __future__ import annotations

import csv
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group

from ankommen.opening import Options
from ankommen.output import emit, table
from shared.errors import Malformed
from shared.verbs.learned import report
from shared.verbs.learned.report import DayReport
from shared.verbs.site.erasing import erase_in_sleep
from shared.verbs.site.purge import purge as purge_visits

app = typer.Typer(
    name="report", help="Counts and waits. Figures about fewer than five are hidden.", no_args_is_help=True
)
purging = typer.Typer()
_COLUMNS = ("service", "slot", "n", "wait_p50_s", "wait_p90_s", "service_p50_s")
_HIDDEN = "<5"


@app.callback()
def group() -> None:
    """Counts and waits."""


@app.command()
def day(
    ctx: typer.Context,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Another day than today.")] = None,
    out: Annotated[Path | None, typer.Option("--csv", help="Also write the waits to this file.")] = None,
) -> None:
    """A day: visits, waits per service and half hour, languages, needs."""
    options: Options = ctx.obj
    database, _ = options.open()
    told = database.read(report.day, day.date() if day else None)
    if out is not None:
        _write(out, told)
    waits = [{**asdict(cell), "slot": _time(cell.slot)} for cell in told.waits]
    emit(options, {**asdict(told), "day": told.day.isoformat(), "waits": waits}, _words(told))


@app.command()
def promises(
    ctx: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days back, today included.")] = 28,
) -> None:
    """How often visitors were called when their tickets said."""
    options: Options = ctx.obj
    database, _ = options.open()
    told = database.read(report.promises, days)
    rows = (
        (one.service, _shown(one.n), *map(_percent, (one.kept, one.earlier, one.later)), _shown(one.width_p50_min))
        for one in told
    )
    columns = ("service", "#n", "#as said", "#earlier", "#later", "#range min")
    words = table(columns, rows) if told else "Nothing was promised."
    emit(options, {"days": days, "services": [asdict(one) for one in told]}, words)


@purging.command()
def purge(ctx: typer.Context) -> None:
    """Delete everything about visits of the day before yesterday and earlier. The faces also do this by themselves."""
    options: Options = ctx.obj
    database, _ = options.open()
    purged = options.do(database, purge_visits)
    erased = erase_in_sleep(database)
    data = {"purged_through": purged.through.isoformat(), "visits": purged.visits, "erased": erased}
    words = f"Nothing is kept of the days up to {purged.through}; {purged.visits} visits were deleted now."
    emit(options, data, words if erased else f"{words} The file is written anew when nobody is at work.")


def _write(file: Path, told: DayReport) -> None:
    try:
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("day", *_COLUMNS))
            writer.writerows((told.day.isoformat(), *row) for row in _rows(told))
    except OSError as error:
        raise Malformed(f"{file} cannot be written: {error}") from error


def _words(told: DayReport) -> Group:
    counts = {"visits": told.visits, "all settled": told.journeys, **told.outcomes}
    tallies = {**told.languages, **told.needs, **told.origins}
    return Group(
        table((str(told.day), "#"), ((name, _shown(n)) for name, n in counts.items())),
        table(("service", "from", "#n", "#wait s", "#90 % s", "#service s"), _rows(told)),
        table(("visits with", "#"), ((name, _shown(n)) for name, n in tallies.items())),
    )


def _rows(told: DayReport) -> list[tuple[object, ...]]:
    return [
        (cell.service, _time(cell.slot), *(_shown(getattr(cell, name)) for name in _COLUMNS[2:])) for cell in told.waits
    ]


def _shown(n: Any) -> object:
    return _HIDDEN if n is None else n


def _percent(share: float | None) -> object:
    return _HIDDEN if share is None else f"{share:.0%}"


def _time(slot: int) -> str:
    return f"{slot // 60:02d}:{slot % 60:02d}"
