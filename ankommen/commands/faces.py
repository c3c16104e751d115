"""ankommen kiosk, caller, display, demo: the programs people see."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ankommen.opening import Options
from shared.centre import Centre
from shared.errors import TerminalUnavailable

if TYPE_CHECKING:
    from faces.app import FaceApp

app = typer.Typer()


@app.command()
def kiosk(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Option(help="Which kiosk of the plan; else [device] name.")] = None,
) -> None:
    """Touch kiosk: visitors draw their number. No key ends it; end the process from outside."""
    options: Options = ctx.obj
    attempt = _opening(options)
    from kiosk.app import KioskApp, run

    with _awaited(options, attempt, KioskApp) as centre:
        code = run(centre, name or centre.device.name, options.printer)
    raise typer.Exit(code)


@app.command()
def caller(ctx: typer.Context, desk: Annotated[str, typer.Argument(metavar="DESK")]) -> None:
    """Console of a desk: who waits, next, start, finish."""
    options: Options = ctx.obj
    attempt = _opening(options)
    from caller.app import CallerApp, run

    with _awaited(options, attempt, CallerApp) as centre:
        code = run(centre, desk)
    raise typer.Exit(code)


@app.command()
def display(
    ctx: typer.Context,
    area: Annotated[str | None, typer.Option(help="Only the calls that concern this area.")] = None,
) -> None:
    """Waiting-room screen: shows and speaks which number goes to which desk. Ctrl+C ends it."""
    options: Options = ctx.obj
    attempt = _opening(options)
    from display.app import DisplayApp, run

    with _awaited(options, attempt, DisplayApp) as centre:
        code = run(centre, area)
    raise typer.Exit(code)


@app.command()
def demo(
    ctx: typer.Context,
    headless: Annotated[bool, typer.Option("--headless", help="A small morning by itself, on no terminal.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the printed papers; else a new one.")] = None,
) -> None:
    """Kiosk, a desk, the waiting room and the printed paper in one terminal, with a temporary database."""
    options: Options = ctx.obj
    if headless or not _terminal():
        from ankommen.morning import run_morning

        run_morning(options, out)
    else:
        _truecolor()
        from ankommen.demo import run_demo

        raise typer.Exit(run_demo(options, out))


def _opening(options: Options) -> Future[Centre]:
    """Begin to open the centre; meanwhile the face can be imported."""
    if not _terminal():
        raise TerminalUnavailable("This needs a terminal: standard input and output must be one.")
    _truecolor()
    return options.opening()


@contextmanager
def _awaited(options: Options, attempt: Future[Centre], face: type[FaceApp]) -> Iterator[Centre]:
    """The centre, as soon as its database is there; until then the terminal says that the face waits."""
    from faces.waiting import await_centre

    found = await_centre(face, partial(options.read_config, texts=False), attempt, options.opening)
    if isinstance(found, int):
        raise typer.Exit(found)
    try:
        yield found
    finally:
        found.close()


def _terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _truecolor() -> None:
    """Without this, some terminals lose the backgrounds of buttons."""
    os.environ.setdefault("COLORTERM", "truecolor")
