"""The output of a command: one JSON object, or words for people. Nothing in it can control the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table

from ankommen.opening import Options
from shared.errors import AnkommenError, Unavailable
from shared.language.terminal_text import clean, tamed
from shared.model import Wait


class AnswerLost(Unavailable):
    """The answer of a command cannot be written, for example because the disk is full."""

    key = "answer_lost"


def emit(options: Options, data: Mapping[str, Any], words: RenderableType) -> None:
    """Print the answer of a command: `data` with --json, else `words`. Raises AnswerLost."""
    with _written():
        if options.json:
            print(_json_line(data), flush=True)
        else:
            Console(highlight=False, markup=False).print(_Tamed(words))


def complain(error: AnkommenError, as_json: bool) -> None:
    """Print why a command failed: the JSON object on stdout, or words on stderr.

    Raises:
        AnswerLost: with `as_json`.
    """
    if as_json:
        said = {"error": error.key, "message": error.message, **error.details}
        with _written():
            print(_json_line(said), flush=True)
    else:
        for line in (*error.message.splitlines(), *getattr(error, "__notes__", ())):
            print(clean(line), file=sys.stderr)


@contextmanager
def _written() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of the pipe has gone
    except OSError as error:
        raise AnswerLost(f"The answer cannot be written ({error.strerror}). Look whether it was done.") from error


@dataclass(frozen=True, slots=True)
class _Tamed:
    """Words for people, with every piece passed through `tamed`."""

    words: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for piece in console.render(self.words, options):
            yield Segment(tamed(piece.text), piece.style)


def _json_line(data: Mapping[str, Any]) -> str:
    """One line of JSON. What could control a terminal, or what the encoding of stdout lacks, is written as an escape
    of JSON, so nothing is lost."""
    line = json.dumps(data, ensure_ascii=False)
    return line if _plain(line) else "".join(c if _plain(c) else json.dumps(c)[1:-1] for c in line)


def _plain(text: str) -> bool:
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return tamed(text) == text


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """A plain table; "#" before a column's name aligns it right."""
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(column.removeprefix("#"), justify="right" if column.startswith("#") else "left")
    for row in rows:
        drawn.add_row(*(clean(str(cell)) for cell in row))
    return drawn


def moment(at: datetime) -> str:
    """A moment in JSON: RFC 3339, UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def wait_data(wait: Wait | None) -> dict[str, int] | None:
    """A waiting time for JSON, in whole minutes; null if it cannot be known."""
    return None if wait is None else {"low": wait.low, "high": wait.high}


def wait_words(wait: Wait | None) -> str:
    """A waiting time in a column of minutes; empty if it cannot be known."""
    return f"{wait.low}–{wait.high}" if wait else ""
