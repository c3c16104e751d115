"""ankommen pin: the hash of a PIN for the staff view of a kiosk."""

from __future__ import annotations

import sys

import typer

from ankommen.opening import Options
from ankommen.output import emit
from shared.config.pin import hashed
from shared.errors import Malformed

app = typer.Typer()
_MOST_LETTERS = 100


@app.command()
def pin(ctx: typer.Context) -> None:
    """The line for [device] that opens a kiosk's staff view. Asks for the PIN twice, or reads one line of standard
    input."""
    options: Options = ctx.obj
    pin_hash = hashed(_typed() if sys.stdin.isatty() else sys.stdin.readline(_MOST_LETTERS).strip())
    emit(options, {"pin_hash": pin_hash}, f'pin_hash = "{pin_hash}"')


def _typed() -> str:
    """What was typed twice. Raises Malformed if that was not the same."""
    first = typer.prompt("PIN, 6 to 12 digits", hide_input=True, err=True)
    if typer.prompt("The same again", hide_input=True, err=True) != first:
        raise Malformed("The two were not the same. Nothing was made.")
    return str(first)
