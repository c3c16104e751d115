"""What counts by the day is not done by a clock that is not believed, unless somebody says so."""

from __future__ import annotations

import sys
from zoneinfo import ZoneInfo

import typer

from ankommen.opening import Options
from shared.errors import WrongState
from shared.store.database import Database
from shared.views.clock import read_doubt
from shared.views.in_force import plan_in_force


def ask_if_doubted(options: Options, database: Database, yes: bool) -> None:
    """Go on if the clock is believed, with `--yes`, or if somebody at the terminal says so.

    Raises WrongState otherwise, with what is doubted and what settles it.
    """
    doubt = database.read(read_doubt)
    if doubt is None or yes:
        return
    zone = ZoneInfo(database.read(plan_in_force).site.timezone)
    shows, believed = (f"{moment.astimezone(zone):%Y-%m-%d at %H:%M}" for moment in (doubt.shows, doubt.believed))
    told = f"The clock shows {shows}, but it is believed to be {believed}."
    settled = "If the clock is right, first: ankommen day confirm."
    if not at_terminal(options):
        raise WrongState(f"{told} {settled} To go on by the time that is believed: --yes")
    if not typer.confirm(f"{told} {settled} Go on by the time that is believed?"):
        raise WrongState("Nothing is changed.")


def at_terminal(options: Options) -> bool:
    """Whether somebody can be asked."""
    return not options.json and sys.stdin.isatty()
