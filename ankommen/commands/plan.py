"""ankommen apply, doctor and backup: the plan in force, whether everything is there, and a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ankommen.doctor import examine
from ankommen.opening import Options
from ankommen.output import emit, table
from shared.config import read_config
from shared.config.holidays import check_region
from shared.errors import DatabaseUnavailable, Malformed
from shared.verbs.site.apply import apply as apply_plan

app = typer.Typer()


@app.command()
def apply(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A configuration; else the one in use.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether it is right.")] = False,
    move_to: Annotated[
        list[str] | None,
        typer.Option(metavar="OLD=NEW", help="A service or desk that is left out, and what takes its place."),
    ] = None,
) -> None:
    """Put a plan in force. The device's own part of the file stays on the device."""
    options: Options = ctx.obj
    moves = dict(_move(text) for text in move_to or ())
    config = read_config(file) if file else options.read_config()
    if config.plan.hours and config.plan.hours.holidays:
        check_region(config.plan.hours.holidays)
    toml = config.to_apply()
    if check:
        emit(options, {"version": None, "ok": True, "file": str(config.path)}, f"{config.path} is right.")
        return
    database, own = options.open()
    if own.plan.site.key != config.plan.site.key:
        raise Malformed(f"{config.path} is for the site {config.plan.site.key!r}, not {own.plan.site.key!r}.")
    applied = options.do(database, apply_plan, toml, options.training, moves)
    database.let_faces_work()
    words = f"Plan {applied.version} is in force." if applied.changed else f"Plan {applied.version} stays in force."
    emit(options, {"version": applied.version, "changed": applied.changed}, words)


@app.command()
def doctor(ctx: typer.Context) -> None:
    """Look whether everything is there that the faces need, and say what to do about the rest."""
    options: Options = ctx.obj
    checks = examine(options)
    words = table(("", "what", ""), (("ok" if c.ok else "!!", c.name, c.detail) for c in checks))
    data = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks]
    emit(options, {"checks": data}, words)
    if wrong := [check.exit_code for check in checks if not check.ok]:
        raise typer.Exit(max(wrong))


@app.command()
def backup(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy a SQLite database into a new file while everybody works on."""
    options: Options = ctx.obj
    config = options.read_config()
    database = options.database_of(config)
    if (revision := database.revision()) is None:
        raise DatabaseUnavailable(f"There is no database yet: {database.shown}")
    database.backup(file)
    size = file.stat().st_size
    data = {"path": str(file.resolve()), "bytes": size, "revision": revision}
    emit(options, data, f"{file}: {size:,} bytes. To use it: ankommen --database sqlite:///{file.resolve()} …")


def _move(text: str) -> tuple[str, str]:
    old, separator, new = text.partition("=")
    if not (separator and old and new):
        raise Malformed(f"--move-to {text[:40]!r}; allowed is OLD=NEW, two services or two desks.")
    return old, new
