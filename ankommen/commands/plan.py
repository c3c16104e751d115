"""ankommen apply, doctor and backup: the plan in force, whether everything is there, and a copy of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from ankommen.doctor import examine
from ankommen.doubted_clock import ask_if_doubted
from ankommen.gaps import gap_data, gap_lines
from ankommen.opening import Options
from ankommen.output import emit, table
from display.lettering import is_long
from shared.config import Config, parse_plan, read_config
from shared.config.holidays import check_region
from shared.config.translation import files_not_read
from shared.errors import DatabaseMismatch, DatabaseUnavailable, Malformed
from shared.store.migrations import is_older
from shared.verbs.rights import rights_of_faces
from shared.verbs.site.apply import apply as apply_plan
from shared.verbs.site.apply import foresee
from shared.verbs.site.consequences import Consequence
from shared.verbs.site.differences import Difference, differences
from shared.views.in_force import plan_in_force, plan_version

app = typer.Typer()


@app.command()
def apply(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A configuration; else the one in use.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether it is right and what it means.")] = False,
    move_to: Annotated[
        list[str] | None,
        typer.Option(metavar="OLD=NEW", help="A service, desk or printer that goes, and what takes its place."),
    ] = None,
    new_site: Annotated[
        bool, typer.Option("--new-site", help="Begin this centre in a database that has another one.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="No question, although the clock is not believed.")] = False,
) -> None:
    """Put a plan in force. The device's own part of the file stays on the device."""
    options: Options = ctx.obj
    moves = dict(_move(text) for text in move_to or ())
    own = options.read_config(texts=file is None)
    config = read_config(file) if file else own
    if config.plan.hours and config.plan.hours.holidays:
        check_region(config.plan.hours.holidays)
    config.check_desks()
    config.check_printer_files(own.device)
    toml = config.to_apply()
    if own.plan.site.key != config.plan.site.key:
        raise Malformed(f"{config.path} is for the site {config.plan.site.key!r}, not {own.plan.site.key!r}.")
    if check:
        found = _foreseen(options, own, config, toml, moves, new_site)
        right = {"version": None, "ok": True, "file": str(config.path)}
        _tell(options, config, right, f"{config.path} is right.", *found)
        return
    database, _, began = options.open_or_begin(beside_others=new_site)
    with closing(database):
        ask_if_doubted(options, database, yes)
        applied = options.do(database, apply_plan, toml, options.training, moves)
        database.let_faces_work(rights_of_faces())
    stays = not applied.changed and not began
    words = f"Plan {applied.version} {'stays' if stays else 'is'} in force."
    data = {"version": applied.version, "changed": applied.changed}
    _tell(options, config, data, words, applied.consequences, applied.differences)


def _foreseen(
    options: Options, own: Config, config: Config, toml: str, moves: dict[str, str], new_site: bool
) -> tuple[tuple[Consequence, ...], tuple[Difference, ...]]:
    """What a plan would mean for the visitors in the house now, and what would go and come. Nothing is written.

    Raises as `apply` would, and DatabaseUnavailable if that cannot be known.
    """
    database = options.database_of(own)
    try:
        if not new_site:
            options.refuse_second(own, database)
        if (revision := database.revision()) is None:
            return (), ()
        if is_older(revision):
            raise DatabaseUnavailable(f"{database.shown} is older than this program; any other command updates it.")
        options.refuse_other_kind(database)
        found = database.read(foresee, toml, moves)
        if database.read(plan_version) == 0:
            return found, ()
        return found, differences(database.read(plan_in_force), parse_plan(toml))
    except DatabaseMismatch as error:
        raise DatabaseMismatch(f"{config.path} is right. {error}") from error
    except DatabaseUnavailable as error:
        raise DatabaseUnavailable(f"The plan is right, but who is in the house cannot be seen: {error}") from error


def _remarks(config: Config) -> list[str]:
    """What somebody should know about the file, though it is right: old keys, and desks that nobody reads from afar."""
    long = ", ".join(key for key in config.plan.desks if is_long(key))
    small = [f"desks: wider than three digits, so waiting-room screens show them smaller: {long}"] if long else []
    return [*config.remarks, *small, *files_not_read(config.path, config.in_files)]


def _tell(
    options: Options,
    config: Config,
    data: Mapping[str, object],
    words: str,
    found: Sequence[Consequence],
    differs: Sequence[Difference],
) -> None:
    changes = [{"means": d.turn, "key": d.key, "names": list(d.names), "was": d.was, "will": d.will} for d in differs]
    told = [{"means": one.means, "key": one.key, "message": one.sentence, "codes": list(one.codes)} for one in found]
    lines = [
        words,
        *(one.sentence for one in differs),
        *(f"{one.key}: {one.sentence}" for one in found),
        *_remarks(config),
        *gap_lines(config),
    ]
    emit(
        options,
        {**data, "differences": changes, "consequences": told, "remarks": _remarks(config), **gap_data(config)},
        "\n".join(lines),
    )


@app.command()
def doctor(
    ctx: typer.Context,
    accessibility: Annotated[
        bool, typer.Option("--accessibility", help="Print what the faces declare instead: sizes, contrasts, times.")
    ] = False,
) -> None:
    """Check whether everything that the faces need is there, and say what to do if not."""
    options: Options = ctx.obj
    if accessibility:
        _declare(options)
        return
    checks = examine(options)
    words = table(("", "what", ""), (("ok" if c.ok else "!!", c.name, c.detail) for c in checks))
    data = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks]
    emit(options, {"checks": data}, words)
    if wrong := [check.exit_code for check in checks if not check.ok]:
        raise typer.Exit(max(wrong))


def _declare(options: Options) -> None:
    from ankommen.accessibility import declared  # late: it needs the kiosk's screens

    values, pairs = declared(options.read_config(texts=False))
    data = {
        "declared": [{"face": one.face, "name": one.what, "value": one.value} for one in values],
        "pairs": [{"ink": pair.ink, "paper": pair.paper, "ratio": pair.ratio} for pair in pairs],
    }
    emit(options, data, table(("face", "what", "value"), ((one.face, one.what, one.value) for one in values)))


@app.command()
def backup(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy a SQLite database into a new file while everybody goes on working."""
    options: Options = ctx.obj
    config = options.read_config(texts=False)
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
        raise Malformed(f"--move-to {text[:40]!r}; allowed is OLD=NEW, two services, desks or printers.")
    return old, new
