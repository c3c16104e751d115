"""ankommen init: the first configuration of a centre, from options or from a few questions."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from ankommen.opening import CONFIG_NAME, Options, centre_files, centre_in, shipped_config
from ankommen.output import emit
from ankommen.small_centre import SmallCentre, free_key, slug
from shared.config import read_config
from shared.config.plan import text_in
from shared.config.printer_url import NO_URL, parse_url
from shared.config.texts import HOUSE
from shared.config.words import printable_line
from shared.errors import FileUnavailable, Malformed
from shared.language import LANGUAGES
from shared.private_files import make_open_folder

app = typer.Typer()
T = TypeVar("T")
_MOST_DESKS = 99


@app.command()
def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where config.toml shall be; made if it is not there.")],
    name: Annotated[str | None, typer.Option(help="Name of the centre as visitors read it.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the house: de, en, uk …")] = None,
    service: Annotated[
        list[str] | None, typer.Option(metavar="KEY=NAME", help="A service, named in the language of the house.")
    ] = None,
    desk: Annotated[
        list[str] | None, typer.Option(metavar="KEY=SERVICE,…", help="A desk and its services. Default: one for all.")
    ] = None,
) -> None:
    """Begin a centre: write a small config.toml that works at once. At a terminal it asks what is not given.

    The printer comes from --printer; without one no paper is printed.
    """
    options: Options = ctx.obj
    path = _free_place(folder)
    if name is not None and not name.strip():
        raise Malformed(f"--name {name[:40]!r} is blank; allowed is a name that visitors can read.")
    ask = _Questions(not options.json and sys.stdin.isatty() and sys.stdout.isatty())
    house = _known(language) if language else ask("Language of the house (de, en, uk …)", HOUSE, _known)
    named = (
        name.strip()
        if name is not None
        else ask("Name of the centre, as visitors read it", folder.resolve().name or "Centre", _line)
    )
    services = _pairs("--service", "KEY=NAME", service or ()) or ask.services()
    desks = {key: served.split(",") for key, served in _pairs("--desk", "KEY=SERVICE,…", desk or ()).items()}
    if not desks:
        many = ask("How many desks are there?", 1, _some)
        desks = {str(number): list(services) for number in range(1, many + 1)}
    printer = options.printer or ask("Ticket printer (tcp://host:9100 …, or none)", NO_URL, _url)
    taken = {centre_in(file) for file in centre_files()}
    key = free_key(taken, named, folder.resolve().name)
    text = SmallCentre(key, named, house, _waiting_area(house), services, desks, printer).toml()
    _write(path, text)
    _tell(options, path, key, sorted(taken))


def _tell(options: Options, path: Path, key: str, others: Sequence[str]) -> None:
    command = "ankommen apply --new-site" if others else "ankommen apply"
    words = f"{path} is written: look at it, and change what you like. To put it in force, in {path.parent}: {command}"
    if others:
        words += f"\nIts key is {key}; other centres on this computer ({', '.join(others)}) stay as they are."
    emit(options, {"files": [str(path)], "key": key, "others": others}, words)


def _free_place(folder: Path) -> Path:
    """Where the configuration will be. Raises Malformed or FileUnavailable if it cannot be there."""
    path = folder / CONFIG_NAME
    if os.path.lexists(path):
        raise Malformed(f"{path} exists already. Change that file, or name another folder.")
    if folder.name == CONFIG_NAME:
        raise Malformed(f"{folder} would be the name of a folder. Name the folder around it: {folder.parent}")
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise FileUnavailable(f"{place} is a file, not a folder.")
    return path


class _Questions:
    """Asks at a terminal; elsewhere every answer is the default."""

    def __init__(self, at_terminal: bool) -> None:
        self._at_terminal = at_terminal

    def __call__(self, question: str, default: T, checked: Callable[[str], T]) -> T:
        if not self._at_terminal:
            return default

        def answer(text: str) -> T:
            try:
                return checked(text.strip())
            except Malformed as error:
                raise typer.BadParameter(error.message) from None
            except ValueError as error:
                raise typer.BadParameter(f"{text[:40]!r} {error}") from None

        answered: T = typer.prompt(question, default=default, show_default=default != "", value_proc=answer)
        return answered

    def services(self) -> dict[str, str]:
        """Names of services by keys that are made from them."""
        if not self._at_terminal:
            raise Malformed("A centre needs a service to choose: --service address='Register your address'")
        typer.echo("What can visitors settle here, in a few words each? An empty line ends.")
        found: dict[str, str] = {}
        while name := self(f"Service {len(found) + 1}", "", lambda text: _line(text) if text or not found else ""):
            key = slug(name) or f"service_{len(found) + 1}"
            found[key if key not in found else f"{key[:36]}_{len(found) + 1}"] = name
        return found or self.services()


def _pairs(option: str, form: str, given: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        key, separator, value = (part.strip() for part in text.partition("="))
        if not (separator and key and value):
            raise Malformed(f"{option} {text[:40]!r}; allowed is {form}.")
        if key in found:
            raise Malformed(f"{option} {key[:40]!r} is given twice; once is allowed.")
        found[key] = value
    return found


def _known(tag: str) -> str:
    if tag.lower() not in LANGUAGES:
        raise Malformed(f"Unknown language {tag[:40]!r}; known are: {', '.join(LANGUAGES)}.")
    return tag.lower()


def _line(text: str) -> str:
    if not 0 < len(text) <= 200:
        raise ValueError("is empty or too long; at most 200 characters are allowed")
    return printable_line(text)


def _some(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_DESKS:
        raise ValueError(f"is no number of desks; 1 to {_MOST_DESKS} are allowed")
    return int(text)


def _url(text: str) -> str:
    parse_url(text)
    return text


def _waiting_area(house: str) -> str:
    """What the example calls the place where visitors of its first service wait."""
    plan = read_config(shipped_config()).plan
    first = next(iter(plan.services.values()))
    return text_in(plan.areas[first.area].name, house)


def _write(path: Path, text: str) -> None:
    try:
        make_open_folder(path.parent)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise FileUnavailable(f"{path} cannot be written: {error.strerror}.") from error
