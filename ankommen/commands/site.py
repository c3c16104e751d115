"""ankommen site … and day …: the whole centre stops calling, goes on, and ends its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from ankommen.opening import Options
from ankommen.output import emit, moment
from shared.model import SiteStatus, SuspendReason
from shared.store.database import Database
from shared.verbs.site import halt, open_until

app = typer.Typer(name="site", help="The whole centre: call nobody for a while, go on.", no_args_is_help=True)
day = typer.Typer(name="day", help="The day of the centre.", no_args_is_help=True)


@app.command()
def suspend(
    ctx: typer.Context, reason: Annotated[SuspendReason, typer.Option(help="Why nobody is called for a while.")]
) -> None:
    """Call nobody until `site resume`; called visitors go back to the front of the queue."""
    _run(ctx, lambda o, d: o.do(d, halt.suspend, reason))


@app.command()
def resume(ctx: typer.Context) -> None:
    """Call visitors again."""
    _run(ctx, lambda o, d: o.do(d, halt.resume))


@app.command(name="open")
def open_(
    ctx: typer.Context, until: Annotated[str, typer.Option(metavar="HH:MM", help="Local time of today.")]
) -> None:
    """Be open from now until a time of today, whatever the hours of the plan say."""
    options: Options = ctx.obj
    database, _ = options.open()
    opening = options.do(database, open_until.open_until, until)
    state = database.read(halt.status).state
    assert opening.until is not None
    emit(options, {"state": state, "open_until": moment(opening.until)}, f"The centre is open until {until}.")


@day.callback()
def group() -> None:
    """The day of the centre."""


@day.command()
def close(ctx: typer.Context) -> None:
    """End the day: close every desk and cancel what is still open. Refused while somebody is being served."""
    options: Options = ctx.obj
    database, _ = options.open()
    ended = options.do(database, halt.close_day)
    status = database.read(halt.status)
    emit(options, {"state": status.state, "open_visits": ended}, f"The day is closed; {ended} visits were still open.")


def _run(ctx: typer.Context, work: Callable[[Options, Database], SiteStatus]) -> None:
    options: Options = ctx.obj
    database, _ = options.open()
    status = work(options, database)
    words = f"The centre is {status.state}" + (f" ({status.reason})." if status.reason else ".")
    emit(options, {"state": status.state, "reason": status.reason}, words)
