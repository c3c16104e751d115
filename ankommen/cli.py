"""The command line: global options anywhere, output as one JSON object or as words, fixed exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from typer.exceptions import TyperException

from ankommen import __version__
from ankommen.lookalikes import speak_any_encoding
from ankommen.opening import Options
from ankommen.output import AnswerLost, complain, emit
from shared.config.printer_url import parse_url
from shared.errors import AnkommenError, Malformed

_WITH_VALUE = ("--config", "--database", "--printer", "--request")
_FLAGS = ("--training", "--json", "--version")
_HELP = """Visitor guidance for reception centres.

The options below may stand before or after every command.
Exit codes: 0 done, 1 the environment failed, 2 malformed, 3 refused."""

COMMANDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("kiosk", "caller", "display", "demo"), ("faces", "app")),
    **dict.fromkeys(("apply", "doctor", "backup"), ("plan", "app")),
    "init": ("init", "app"),
    "texts": ("texts", "app"),
    "pin": ("pin", "app"),
    "queue": ("hall", "app"),
    "announce": ("announce", "app"),
    "purge": ("report", "purging"),
    "ticket": ("ticket", "app"),
    "desk": ("desk", "app"),
    "assist": ("assist", "app"),
    "site": ("site", "app"),
    "day": ("site", "day"),
    "printer": ("printer", "app"),
    "report": ("report", "app"),
}
"""For the first word of a command: its module, and the Typer app there. So a starting kiosk imports nothing else."""


def program(first: str | None = None) -> typer.Typer:
    """The command line, with every command or only the one that `first` names."""
    whole = typer.Typer(
        help=_HELP,
        no_args_is_help=True,
        invoke_without_command=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    whole.callback()(options)
    wanted = [COMMANDS[first]] if first is not None and first in COMMANDS else dict.fromkeys(COMMANDS.values())
    for module, name in wanted:
        part: typer.Typer = getattr(import_module(f"ankommen.commands.{module}"), name)
        if isinstance(part.info.name, str):
            whole.add_typer(part)
        else:
            whole.registered_commands += part.registered_commands
    return whole


def options(
    ctx: typer.Context,
    config: Annotated[Path | None, typer.Option(envvar="ANKOMMEN_CONFIG", help="Else ./config.toml.")] = None,
    database: Annotated[str | None, typer.Option(envvar="ANKOMMEN_DATABASE", help="Database URL.")] = None,
    printer: Annotated[
        str | None, typer.Option(envvar="ANKOMMEN_PRINTER", metavar="URL", help="tcp://host:9100, file:///…, none.")
    ] = None,
    training: Annotated[
        bool, typer.Option("--training", envvar="ANKOMMEN_TRAINING", help="An exercise: everything is marked as such.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Exactly one JSON object on standard output.")] = False,
    request: Annotated[UUID | None, typer.Option(help="Run a writing command at most once for this id.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Say which version of the program this is.")] = False,
) -> None:
    """Keep the global options for the command. Raises ConfigInvalid for an invalid printer URL."""
    ctx.obj = Options(config, database or None, printer or None, training, json, request)
    if version:
        emit(ctx.obj, {"version": __version__}, f"ankommen {__version__}")
        raise typer.Exit
    if printer:
        parse_url(printer)
    if ctx.invoked_subcommand is None:
        ctx.fail("Missing command.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    speak_any_encoding(sys.stdout, sys.stderr)
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except (AnswerLost, BrokenPipeError) as error:
        # Otherwise Python would try again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, AnswerLost):
            complain(error, as_json=False)
        return AnswerLost.exit_code


def _run(arguments: Sequence[str]) -> int:
    front, words = options_first(arguments)
    as_json = "--json" in front
    try:
        code = program(words[0] if words else None)([*front, *words], standalone_mode=False)
    except AnswerLost:
        raise
    except AnkommenError as error:
        complain(error, as_json)
        return error.exit_code
    except TyperException as error:
        complain(Malformed(error.format_message()), as_json)
        return Malformed.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    return int(code or 0)


def options_first(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The global options, from anywhere before a "--", and the other arguments."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in _FLAGS or word.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            front.append(word)
        elif word in _WITH_VALUE:
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        else:
            rest.append(word)
    return front, rest
