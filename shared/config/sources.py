"""The files of a configuration: the named one, and behind it those that it extends. Sections are taken whole."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shared.config.lines import KeyPath, line_index, line_of, nested_deeper, statements
from shared.config.problems import quoted
from shared.config.toml_errors import toml_problem
from shared.errors import ConfigInvalid
from shared.language.terminal_text import clean
from shared.plain_file import NotPlain, read_plain

DEVICE = "device"
"""The section that belongs to one computer: no other file gives it."""
EXTENDS = "extends"
_TOML_FILE = "a TOML file of at most 1 MB"
_MOST_BYTES = 1_000_000
"""Ten times the size that a centre with sixty desks and all texts needs."""
_DEEPEST = 20
"""How deep keys may be nested; config.toml needs six levels."""
_EXTENDS_LINE = re.compile(rf"^\s*{EXTENDS}\s*=", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{clean(str(self.file))}:{self.line}"


@dataclass(frozen=True)
class Source:
    """One file, or the text of a plan in the database under a name."""

    path: Path
    text: str
    content: dict[str, Any]

    @cached_property
    def index(self) -> dict[KeyPath, int]:
        """The line of each key."""
        return line_index(self.text)


@dataclass(frozen=True)
class Sources:
    """All files of a configuration as one. A section stands in the first file that has it, and only there."""

    files: tuple[Source, ...]
    """The named file, and then each one that the one before it extends."""

    @property
    def path(self) -> Path:
        """The named file."""
        return self.files[0].path

    def content(self) -> dict[str, Any]:
        """All sections, in the order of the file that is extended, then those that a variant adds."""
        found: dict[str, Any] = {}
        for source in reversed(self.files):
            found |= source.content
        if DEVICE not in self.files[0].content:
            found.pop(DEVICE, None)
        if len(self.files) > 1:  # it has been followed; in a plan of the database it would be wrong
            found.pop(EXTENDS)
        return found

    def source_of(self, path: KeyPath) -> Source:
        """The file in which a path stands, or would stand if it were not missing."""
        section = next(iter(path), None)
        return next((source for source in self.files if section in source.content), self.files[0])

    def place(self, path: KeyPath) -> Place:
        """The place of a path; for what is missing, the place of the section that it is missing from."""
        source = self.source_of(path)
        return Place(source.path, line_of(path, source.index))


def read_sources(path: Path) -> Sources:
    """Read a file and all that it extends. Raises ConfigInvalid if one cannot be read or is no TOML."""
    files = [source_from(text_of(path, _TOML_FILE), path)]
    while EXTENDS in files[-1].content:
        files.append(_extended(files))
    _refuse_extends_below(files[-1])
    return Sources(tuple(files))


def source_from(text: str, path: Path) -> Source:
    """A TOML text as a source. Raises ConfigInvalid."""
    return Source(path, text, _content(text, clean(str(path))))


def text_of(path: Path, allowed: str) -> str:
    """The text of a plain UTF-8 file; `allowed` says what it should be. Raises ConfigInvalid."""
    name = clean(str(path))
    try:
        content = read_plain(path, _MOST_BYTES)
    except NotPlain as error:
        raise ConfigInvalid([f"{name}: {error}; {allowed} is allowed"]) from None
    except FileNotFoundError:
        raise ConfigInvalid([f"{name}: there is no such file; name another one with --config"]) from None
    except IsADirectoryError:
        raise ConfigInvalid([f"{name}: is a folder; {allowed.partition(' of ')[0]} is allowed"]) from None
    except (OSError, ValueError) as error:
        reason = clean(getattr(error, "strerror", None) or str(error))
        raise ConfigInvalid(
            [f"{name}: cannot be read ({reason}); {allowed} is needed, and the right to read it"]
        ) from None
    try:
        return content.decode("utf-8-sig")  # editors on Windows may put a byte order mark in front
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigInvalid([f"{name}:{line}: is not UTF-8; save the file as UTF-8"]) from None


def _refuse_extends_below(source: Source) -> None:
    """Raises ConfigInvalid if `extends` stands in a section: all that it would give would be missing."""
    if not _EXTENDS_LINE.search(source.text):
        return
    for statement in statements(source.text):
        if statement.section and isinstance(statement.content.get(EXTENDS), str):
            place = Place(source.path, statement.line)
            raise ConfigInvalid([f"{place}: {EXTENDS}: belongs above the first section"])


def _extended(files: list[Source]) -> Source:
    """The file that the last one extends."""
    own, named = files[-1], files[-1].content[EXTENDS]
    path = own.path.parent / str(named)
    wrong = None
    if not isinstance(named, str):
        wrong = f'is {quoted(named)}; allowed: the name of a file in "quotes"'
    elif not _is_there(path):
        wrong = f"{quoted(named)} is no file; allowed: a file, its name seen from the folder of this one"
    elif path.is_dir():
        wrong = f"{quoted(named)} is a folder; allowed: a TOML file, its name seen from the folder of this one"
    elif path.resolve() in [source.path.resolve() for source in files]:
        way = " → ".join(clean(each.name) for each in (*(source.path for source in files), path))
        wrong = f"goes in a circle: {way}; allowed: a file that stands for itself in the end"
    if wrong:
        line = line_of((EXTENDS,), own.index)
        raise ConfigInvalid([f"{Place(own.path, line)}: {EXTENDS}: {wrong}"])
    return source_from(text_of(path, _TOML_FILE), path)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or that no system allows
        return False


def _content(text: str, name: str) -> dict[str, Any]:
    """What a TOML text says. Raises ConfigInvalid."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, wrong = toml_problem(text, str(error))
        raise ConfigInvalid([f"{name}:{line}: {wrong}"]) from None
    except (RecursionError, ValueError):
        wrong = "has brackets in too many brackets, or a number of thousands of digits"
        raise ConfigInvalid([f"{name}:1: {wrong}; allowed: what config.toml describes"]) from None
    if nested_deeper(document, _DEEPEST):
        line = next((s.line for s in statements(text) if nested_deeper(s.content, _DEEPEST - len(s.section))), 1)
        wrong = f"has keys inside keys, more than {_DEEPEST} deep"
        raise ConfigInvalid([f"{name}:{line}: {wrong}; allowed: what config.toml describes"])
    return document
