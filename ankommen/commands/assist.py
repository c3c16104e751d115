"""ankommen assist …: somebody is asked to come, and says how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from ankommen.opening import Options
from ankommen.output import emit, moment, table
from shared.model import Assistance, AssistanceKind
from shared.store.database import Database
from shared.verbs import assistance as verbs
from shared.views.assistance import read_assistance

app = typer.Typer(name="assist", help="An interpreter, a guide or help in an emergency.", no_args_is_help=True)
_Desk = Annotated[str, typer.Option("--desk", metavar="D", help="The desk that asks: somebody comes there.")]
_Visit = Annotated[str | None, typer.Option("--visit", metavar="CODE", help="The number of today that it is for.")]
_Id = Annotated[int, typer.Argument(metavar="ID", help="As `assist list` says it.")]
_Face = Annotated[str, typer.Option(metavar="NAME", help="Who accepts it: a place or a device, never a person.")]
COMMAND = "command"
"""Who has accepted what nobody named accepts here."""


@app.command()
def interpreter(
    ctx: typer.Context,
    language: Annotated[str, typer.Argument(metavar="LANG", help="The tag of any language: uk, so, gsg.")],
    desk: _Desk,
    visit: _Visit = None,
) -> None:
    """Ask for an interpreter at a desk."""
    _run(ctx, lambda o, d: o.do(d, verbs.ask, AssistanceKind.INTERPRETER, desk, language, visit))


@app.command()
def guide(ctx: typer.Context, desk: _Desk, visit: _Visit = None) -> None:
    """Ask for a guide at a desk."""
    _run(ctx, lambda o, d: o.do(d, verbs.ask, AssistanceKind.GUIDE, desk, None, visit))


@app.command()
def emergency(ctx: typer.Context, desk: _Desk, visit: _Visit = None) -> None:
    """Ask for help in an emergency at a desk. It is no call to 112."""
    _run(ctx, lambda o, d: o.do(d, verbs.ask, AssistanceKind.EMERGENCY, desk, None, visit))


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """What was asked for today and is not over, the oldest first."""
    options: Options = ctx.obj
    database, _ = options.open()
    found = database.read(read_assistance)
    emit(options, {"assistance": [assistance_data(one) for one in found]}, _words(found))


@app.command()
def accept(ctx: typer.Context, id: _Id, face: _Face = COMMAND) -> None:
    """Take it: from now on it rings no more, and nobody else can take it."""
    _run(ctx, lambda o, d: o.do(d, verbs.accept, id, face))


@app.command()
def underway(ctx: typer.Context, id: _Id) -> None:
    """Somebody is on the way."""
    _run(ctx, lambda o, d: o.do(d, verbs.underway, id))


@app.command()
def there(ctx: typer.Context, id: _Id) -> None:
    """Somebody is with the visitor."""
    _run(ctx, lambda o, d: o.do(d, verbs.there, id))


@app.command()
def done(ctx: typer.Context, id: _Id) -> None:
    """Help was given."""
    _run(ctx, lambda o, d: o.do(d, verbs.done, id))


@app.command()
def cancel(ctx: typer.Context, id: _Id) -> None:
    """Nobody needs to come any more."""
    _run(ctx, lambda o, d: o.do(d, verbs.cancel, id))


def _run(ctx: typer.Context, work: Callable[[Options, Database], Assistance]) -> None:
    options: Options = ctx.obj
    database, _ = options.open()
    answer = work(options, database)
    emit(options, assistance_data(answer), _words([answer]))


def assistance_data(one: Assistance) -> dict[str, Any]:
    """One request for help, as JSON."""
    return {
        "id": one.id,
        "kind": one.kind,
        "language": one.language,
        "desk": one.desk,
        "kiosk": one.kiosk,
        "area": one.area,
        "code": one.code,
        "reason": one.reason,
        "state": one.state,
        "face": one.face,
        "opened_at": moment(one.opened_at),
        "waited_s": one.waited_s,
        "ring": one.ring,
    }


def where(one: Assistance) -> str:
    """Who asks for it."""
    return f"desk {one.desk}" if one.desk else f"kiosk {one.kiosk or 'without a name'}"


def _words(found: Sequence[Assistance]) -> RenderableType:
    return table(
        ("#id", "what", "language", "where", "area", "for", "state", "#waits (min)", "#ring"),
        (
            (
                one.id,
                one.kind,
                one.language or "",
                where(one),
                one.area or "",
                " ".join(filter(None, (one.code, one.reason))),
                one.state,
                one.waited_s // 60,
                one.ring or "",
            )
            for one in found
        ),
    )
