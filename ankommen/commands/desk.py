"""ankommen desk …: what a console does, without a console."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from ankommen.opening import Options
from ankommen.output import emit
from shared.model import Call, Desk
from shared.store.database import Database
from shared.verbs import calls, desks, views

app = typer.Typer(help="What a console does, without a console.", no_args_is_help=True)
_DeskKey = Annotated[str, typer.Argument(metavar="DESK", help="A desk of the plan.")]


@app.command("open")
def open_(
    ctx: typer.Context,
    desk: _DeskKey,
    services: Annotated[str | None, typer.Option(metavar="S,…", help="Only these services today.")] = None,
    languages: Annotated[str, typer.Option(metavar="L,…", help="Languages the official speaks.")] = "",
    take_over: Annotated[bool, typer.Option("--take-over", help="Although it is open elsewhere.")] = False,
) -> None:
    """Open a desk: it may call visitors."""
    wanted = None if services is None else _listed(services)
    _run(ctx, lambda o, d: o.do(d, desks.open_desk, desk, wanted, _listed(languages), take_over))


@app.command()
def close(ctx: typer.Context, desk: _DeskKey) -> None:
    """Close a desk; who was called there goes back to the front of the queue."""
    _run(ctx, lambda o, d: o.do(d, desks.close_desk, desk))


@app.command("next")
def next_(ctx: typer.Context, desk: _DeskKey) -> None:
    """Call the next visitor."""
    _run(ctx, lambda o, d: o.do(d, calls.call_next, desk))


@app.command()
def start(ctx: typer.Context, desk: _DeskKey) -> None:
    """The visitor has come to the desk."""
    _run(ctx, lambda o, d: o.do(d, calls.start, desk))


@app.command()
def finish(
    ctx: typer.Context,
    desk: _DeskKey,
    and_next: Annotated[bool, typer.Option("--next", help="And call the next visitor.")] = False,
) -> None:
    """The visitor's concern is settled here."""
    if and_next:
        _run(ctx, lambda o, d: o.do(d, calls.finish_and_next, desk))
    else:
        _run(ctx, lambda o, d: _left(d, desk, o.do(d, calls.finish, desk)))


def _left(database: Database, desk: str, finished: Call) -> Desk:
    """The desk with the call that has just ended there."""
    standing = database.read(views.desk, desk)
    return Desk(standing.key, standing.state, standing.services, standing.languages, finished)


def _run(ctx: typer.Context, work: Callable[[Options, Database], Desk]) -> None:
    options: Options = ctx.obj
    database, _ = options.open()
    desk = work(options, database)
    emit(options, _data(desk), _words(desk))


def _data(desk: Desk) -> dict[str, Any]:
    call = desk.call
    return {
        "desk": desk.key,
        "desk_state": desk.state,
        "code": call.code if call else None,
        "service": call.service if call else None,
        "language": call.language if call else None,
        "adults": call.adults if call else None,
        "children": call.children if call else None,
        "stop_state": call.stop_state if call else None,
        "call_id": call.id if call else None,
        "ring": call.ring if call else None,
    }


def _words(desk: Desk) -> str:
    if desk.call is None:
        return f"Desk {desk.key} is {desk.state}: {', '.join(desk.services)}"
    call = desk.call
    return f"Desk {desk.key}: {call.code} is {call.stop_state} for {call.service}, language {call.language}"


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
