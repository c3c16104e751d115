"""Finds the line of a key in a TOML text. The text is cut into statements; tomllib decides where each one ends."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and positions in lists."""
_CLOSINGS = ("]", "]]", "]}")
"""Endings that may complete a list cut off at the end of a line."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A header, a key with its value, or a line without either."""

    line: int
    """Its first line, from 1."""
    text: str
    section: tuple[str, ...]
    """The header that it stands under; a header stands under itself."""
    content: dict[str, Any]
    """What it says by itself; empty for comments, blank lines and headers."""


def statements(text: str) -> Iterator[Statement]:
    """The statements of a valid TOML text; their texts joined are the text.

    Only a whole statement is valid TOML; its first lines alone never are. So a statement ends with the first line
    that makes it valid.
    """
    section: tuple[str, ...] = ()
    begun, first = "", 1
    for number, line in enumerate(StringIO(text), 1):
        begun += line
        content = _parsed(begun)
        if content is None:
            continue
        if begun.lstrip().startswith("["):
            section, content = _header(content), {}
        yield Statement(first, begun, section, content)
        begun, first = "", number + 1


def line_index(text: str) -> dict[KeyPath, int]:
    """The line in which each path of a valid TOML text first appears."""
    index: dict[KeyPath, int] = {(): 1}
    for statement in statements(text):
        if not _is_remark(statement.text):
            for depth in range(1, len(statement.section) + 1):
                index.setdefault(statement.section[:depth], statement.line)
        for path, line in _lines_within(statement):
            index.setdefault((*statement.section, *path), line)
    return index


def line_of(path: KeyPath, index: dict[KeyPath, int]) -> int:
    """The line of a path; for what is missing, the line of the section that it is missing from."""
    while path not in index:
        path = path[:-1]
    return index[path]


def nested_deeper(content: Any, most: int) -> bool:
    """Whether sections or lists are nested deeper than `most`. Without recursion, because that has a limit itself."""
    level = [content]
    for _ in range(most + 1):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except ValueError:
        return None


def _is_remark(text: str) -> bool:
    return text.lstrip()[:1] in {"", "#"}


def _header(content: dict[str, Any]) -> tuple[str, ...]:
    """The path of a header. Parsed alone it gives {"a": {"b": {}}}, or [{}] at the end for an array of tables."""
    path = []
    node: Any = content
    while isinstance(node, dict) and node:
        [(key, node)] = node.items()
        path.append(key)
    return tuple(path)


def _lines_within(statement: Statement) -> Iterator[tuple[KeyPath, int]]:
    """Each path of a statement with its line; a path may come again with a later line."""
    yield from ((path, statement.line) for path in _paths(statement.content, lists=False))
    begun = ""
    line = statement.line - 1
    for line, part in enumerate(StringIO(statement.text), statement.line):
        begun += part
        ready = next((content for closing in _CLOSINGS if (content := _parsed(begun + closing))), {})
        yield from ((path, line) for path in _paths(ready))
    yield from ((path, line) for path in _paths(statement.content))


def _paths(value: object, path: KeyPath = (), *, lists: bool = True) -> Iterator[KeyPath]:
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key), lists=lists)
    elif isinstance(value, list) and lists:
        for position, inner in enumerate(value):
            yield from _paths(inner, (*path, position))
