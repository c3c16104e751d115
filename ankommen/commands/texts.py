"""ankommen texts: the files of a plan's translations, made and brought up to date."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from ankommen.gaps import gap_data, gap_list
from ankommen.opening import Options, shipped_config
from ankommen.output import emit
from shared.config import Config, read_config
from shared.config.po import po_text, read_po_file
from shared.config.translation import files_not_read, known_from, languages_to_translate, texts_file, updated
from shared.errors import FileUnavailable
from shared.private_files import make_open_folder

app = typer.Typer()


@app.command()
def texts(
    ctx: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Only name what is missing; exit code 1 if so.")] = False,
) -> None:
    """Make and update texts/TAG.po beside the configuration, for each language that visitors can choose.

    The translation of a text that has changed is marked as fuzzy; that of a text that is gone stays at the end. Where
    the example of the program has the same text, its translation is taken from there.
    """
    options: Options = ctx.obj
    config = options.read_config()
    changed = {} if check else dict(_changed(config))
    for path, text in changed.items():
        _write(path, text)
    if changed:
        config = options.read_config()
    lines = [f"{path} is written: it has an entry for every text now." for path in changed]
    lines += files_not_read(config.path, config.in_files)
    words = "\n".join([*lines, *gap_list(config)])
    emit(options, {"files": [str(path) for path in changed], **gap_data(config)}, words)
    if check and config.gaps:
        raise typer.Exit(1)


def _changed(config: Config) -> Iterator[tuple[Path, str]]:
    """The files that are not up to date, with the text that they should have. All are read before one is written."""
    example, house = read_config(shipped_config()).content, config.plan.site.language
    for tag in languages_to_translate(config.in_files):
        path, wanted = texts_file(config.path, tag), config.to_translate(tag)
        file = read_po_file(path)
        text = po_text(updated(file, wanted, known_from(example, house, tag)))
        if (wanted or file.entries) and (not path.exists() or path.read_text(encoding="utf-8") != text):
            yield path, text


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all: it may hold weeks of somebody's work. Raises FileUnavailable."""
    part = path.with_name(f".{path.name}.part")
    try:
        make_open_folder(path.parent)
        part.write_text(text, encoding="utf-8", newline="\n")
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except OSError as error:
        raise FileUnavailable(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
