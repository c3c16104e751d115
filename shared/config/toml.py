"""Writes a plan as TOML text: only what a valid plan consists of, sections, lists, text, whole numbers, truth."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(content: Mapping[str, Any]) -> str:
    """The text of a file with this content: the same content, in the same order, is the same text."""
    return "\n".join("".join(_section((name,), section)) for name, section in content.items())


def toml_lines(section: Mapping[str, Any]) -> str:
    """A section without its header, each entry on one line."""
    return "".join(f"{_key(key)} = {toml_value(value)}\n" for key, value in section.items())


def toml_value(value: Any) -> str:
    """A value as TOML has it, which writes text, numbers and truth as JSON does."""
    match value:
        case Mapping():
            inside = ", ".join(f"{_key(key)} = {toml_value(inner)}" for key, inner in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return f"[{', '.join(map(toml_value, value))}]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _section(path: tuple[str, ...], section: Mapping[str, Any]) -> Iterator[str]:
    """A section, or each of its entries as a section of its own, "[desks.1]"."""
    if len(path) == 1 and section and all(isinstance(entry, Mapping) for entry in section.values()):
        for key, entry in section.items():
            yield from _section((*path, key), entry)
        return
    yield f"[{'.'.join(map(_key, path))}]\n"
    yield toml_lines(section)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else toml_value(key)
