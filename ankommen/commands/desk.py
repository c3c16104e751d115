"""ankommen desk …: what a console does, without a console."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import typer

from ankommen.opening import Options
from ankommen.output import emit
from shared.model import DeskAnswer
from shared.store.database import Database
from shared.verbs.desks import by_number, calls, letting_go, opening
from shared.verbs.desks.undo import undo as undo_step

app = typer.Typer(name="desk", help="What a console does, without a console.", no_args_is_help=True)
_DeskKey = Annotated[str, typer.Argument(metavar="DESK", help="A desk of the plan.")]
_Code = Annotated[str, typer.Argument(help="A number of today: A017, a17, A-017.")]
_Reason = Annotated[str | None, typer.Option(metavar="R", help="A reason of the plan.")]


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
    _run(ctx, lambda o, d: o.do(d, opening.open_desk, desk, wanted, _listed(languages), take_over))


@app.command()
def close(ctx: typer.Context, desk: _DeskKey) -> None:
    """Close a desk; a visitor who was called goes back to the front of the queue."""
    _run(ctx, lambda o, d: o.do(d, opening.close_desk, desk))


@app.command()
def drain(ctx: typer.Context, desk: _DeskKey) -> None:
    """Let a desk finish with its visitor and take no more."""
    _run(ctx, lambda o, d: o.do(d, opening.drain_desk, desk))


@app.command()
def pause(ctx: typer.Context, desk: _DeskKey, reason: _Reason = None) -> None:
    """Let a desk take nobody for a while; it keeps its visitor. `desk open` ends the pause."""
    _run(ctx, lambda o, d: o.do(d, opening.pause_desk, desk, reason))


@app.command("next")
def next_(ctx: typer.Context, desk: _DeskKey) -> None:
    """Call the next visitor."""
    _run(ctx, lambda o, d: o.do(d, calls.call_next, desk))


@app.command()
def call(ctx: typer.Context, desk: _DeskKey, code: _Code) -> None:
    """Call this visitor out of turn."""
    _run(ctx, lambda o, d: o.do(d, by_number.call_number, desk, code))


@app.command()
def recall(ctx: typer.Context, desk: _DeskKey) -> None:
    """Announce the call again."""
    _run(ctx, lambda o, d: o.do(d, calls.recall, desk))


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
        _run(ctx, lambda o, d: replace(o.do(d, calls.finish_and_next, desk), ended=None))
    else:
        _run(ctx, lambda o, d: o.do(d, calls.finish, desk))


@app.command()
def missed(ctx: typer.Context, desk: _DeskKey) -> None:
    """Nobody came: the visitor waits again after a while, or counts as gone after too many misses."""
    _run(ctx, lambda o, d: o.do(d, letting_go.missed, desk))


@app.command("return")
def return_(ctx: typer.Context, desk: _DeskKey) -> None:
    """The visitor goes back to the queue and keeps the place."""
    _run(ctx, lambda o, d: o.do(d, letting_go.put_back, desk))


@app.command()
def park(
    ctx: typer.Context,
    desk: _DeskKey,
    reason: _Reason = None,
    minutes: Annotated[int | None, typer.Option(help="Until the visitor waits again; else as the plan says.")] = None,
) -> None:
    """The visitor leaves the queue for a while and keeps the place."""
    _run(ctx, lambda o, d: o.do(d, letting_go.park, desk, reason, minutes))


@app.command()
def unpark(ctx: typer.Context, desk: _DeskKey, code: _Code) -> None:
    """Let a visitor who was parked or missed wait again."""
    _run(ctx, lambda o, d: o.do(d, by_number.unpark, desk, code))


@app.command()
def forward(
    ctx: typer.Context, desk: _DeskKey, services: Annotated[list[str], typer.Argument(metavar="SERVICE…")]
) -> None:
    """Send the visitor on to other services; the number stays."""
    _run(ctx, lambda o, d: o.do(d, letting_go.forward, desk, services))


@app.command()
def undo(ctx: typer.Context, desk: _DeskKey) -> None:
    """Undo the desk's last step; run it again to undo the one before."""
    _run(ctx, lambda o, d: o.do(d, undo_step, desk))


def _run(ctx: typer.Context, work: Callable[[Options, Database], DeskAnswer]) -> None:
    options: Options = ctx.obj
    database, _ = options.open()
    answer = work(options, database)
    emit(options, _data(answer), _words(answer))


def _data(answer: DeskAnswer) -> dict[str, Any]:
    call = answer.call
    return {
        "desk": answer.desk.key,
        "desk_state": answer.desk.state,
        "code": call.code if call else None,
        "service": call.service if call else None,
        "language": call.language if call else None,
        "adults": call.adults if call else None,
        "children": call.children if call else None,
        "stop_state": call.stop_state if call else None,
        "call_id": call.id if call else None,
        "ring": call.ring if call else None,
    }


def _words(answer: DeskAnswer) -> str:
    desk, call = answer.desk, answer.call
    if call is None:
        return f"Desk {desk.key} is {desk.state}: {', '.join(desk.services)}"
    return f"Desk {desk.key}: {call.code} is {call.stop_state} for {call.service}, language {call.language}"


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
