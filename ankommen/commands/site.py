"""ankommen site … and day …: the whole centre stops calling, goes on, and ends its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from ankommen.doubted_clock import ask_if_doubted, at_terminal
from ankommen.opening import Options
from ankommen.output import emit, moment
from shared.errors import WrongState
from shared.model import SiteStatus, SuspendReason
from shared.store.database import Database
from shared.verbs.site import day as days
from shared.verbs.site import halt, open_until
from shared.verbs.site.clock import confirm_clock

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
def close(
    ctx: typer.Context,
    yes: Annotated[
        bool, typer.Option("--yes", help="No question, although visits are open or the clock is not believed.")
    ] = False,
) -> None:
    """End the day: close every desk and cancel what is still open. Refused while somebody is being served."""
    options: Options = ctx.obj
    database, _ = options.open()
    ask_if_doubted(options, database, yes)
    left = database.read(days.read_open)
    if left.visits and not left.served and not yes:
        _ask(left, at_terminal(options))
    ended = options.do(database, days.close_day)
    emit(
        options,
        {"state": "closed", "open_visits": ended},
        f"The day is closed; {ended} visits were still open. A mistake? ankommen day reopen",
    )


@day.command()
def reopen(ctx: typer.Context) -> None:
    """Take a mistaken `day close` back, on the same day: all stand again where they stood. Then open the desks."""
    options: Options = ctx.obj
    database, _ = options.open()
    back = options.do(database, days.reopen_day)
    state = database.read(halt.status).state
    told = (
        f"The day is open again; {back} visits are back in their places. The desks are to be opened by their officials."
    )
    emit(options, {"state": state, "open_visits": back}, told)


@day.command()
def confirm(ctx: typer.Context) -> None:
    """Say that the clock is right, when it could not be believed."""
    options: Options = ctx.obj
    database, config = options.open()
    now = options.do(database, confirm_clock)
    local = now.astimezone(ZoneInfo(config.plan.site.timezone))
    emit(options, {"state": "confirmed", "now": moment(now)}, f"It is {local:%A, %d %B %Y, %H:%M}.")


def _ask(left: days.Open, somebody: bool) -> None:
    """Raises WrongState unless somebody at a terminal types how many visits are open."""
    told = (
        f"{left.visits} visits are open: {left.waiting} wait, {left.called} are called, {left.away} are away; "
        f"{left.desks} desks are open."
    )
    if not somebody:
        raise WrongState(f"{told} To cancel them all: ankommen day close --yes")
    typed = typer.prompt(f"{told} Type the number of open visits to end the day")
    if typed.strip() != str(left.visits):
        raise WrongState("That is another number: the day goes on.")


def _run(ctx: typer.Context, work: Callable[[Options, Database], SiteStatus]) -> None:
    options: Options = ctx.obj
    database, _ = options.open()
    status = work(options, database)
    words = f"The centre is {status.state}" + (f" ({status.reason})." if status.reason else ".")
    emit(options, {"state": status.state, "reason": status.reason}, words)
