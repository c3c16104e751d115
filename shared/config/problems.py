"""What is wrong with a configuration, in plain words: the value found, and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from shared.config.lines import KeyPath
from shared.config.words import ALLOWED
from shared.language.terminal_text import clean
from shared.shown_url import shown

_VALUE_LENGTH = 40
_LIST_LENGTH = 200
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

_KINDS = {
    "string_type": 'text in "quotes"',
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": 'a list ["…", "…"]',
    "dict_type": "a section",
    "model_type": "a section",
}
"""What the value should be, for each of pydantic's error types."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    path: KeyPath
    text: str
    """What is wrong; what is allowed."""
    is_form: bool = False
    """Whether a word is not written as such a word may be."""


def model_problems(error: ValidationError, root: type[BaseModel], section: KeyPath = ()) -> list[Problem]:
    """Pydantic's findings in plain words. `root` is the model of the whole file, `section` the part checked."""
    return [_problem(details, root, (*section, *details["loc"])) for details in error.errors(include_url=False)]


def key_path(path: KeyPath) -> str:
    """A path as people write it, "services.geld.minutes"; positions in lists are left to the line number."""
    keys = (str(key) for key in path if isinstance(key, str))
    return ".".join(key if _BARE_KEY.fullmatch(key) and len(key) <= _VALUE_LENGTH else quoted(key) for key in keys)


def quoted(value: object) -> str:
    """A value of the file as a message shows it: cleaned and cut."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{_cut(clean(shown(value) if "//" in value else value), _VALUE_LENGTH)}"'
        case dict():
            return "a section"
        case list():
            return "a list"
        case _:
            return _cut(clean(str(value)), _VALUE_LENGTH)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known names that are most like `name`, else all of them, as the second half of a message."""
    names = list(known)
    near = get_close_matches(name.casefold(), names, 3)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known: {_cut(', '.join(clean(name) for name in names), _LIST_LENGTH)}" if names else "none is known"


def _problem(details: ErrorDetails, root: type[BaseModel], path: KeyPath) -> Problem:
    if path[-1:] == ("[key]",):
        path = path[:-1]
        return Problem(path, f"is no key for this section; allowed: {_allowed(details)}")
    match details["type"]:
        case "missing":
            return Problem(path, f"is missing; needed: {_fields(root, path[:-1])[str(path[-1])].description}")
        case "extra_forbidden":
            return Problem(path, f"is no known key; {nearest(str(path[-1]), _fields(root, path[:-1]))}")
        case "value_error":
            return Problem(path, f"{quoted(details['input'])} {details['ctx']['error']}")
        case "too_short":
            return Problem(path, "is empty; at least one entry is needed")
        case "string_pattern_mismatch":
            return Problem(path, f"is {quoted(details['input'])}; allowed: {_allowed(details)}", is_form=True)
        case "model_type" if len(path) > 1 and (form := _form(_fields(root, path))):
            return Problem(path, f"is {quoted(details['input'])}; allowed: {form}")
        case _:
            return Problem(path, f"is {quoted(details['input'])}; allowed: {_allowed(details)}")


def _allowed(details: ErrorDetails) -> str:
    """What is allowed in place of a wrong value."""
    limits: dict[str, Any] = details.get("ctx", {})
    match details["type"]:
        case "string_pattern_mismatch":
            return ALLOWED[limits["pattern"]]
        case "literal_error":
            return str(limits["expected"]).replace("'", '"')
        case "greater_than_equal":
            return f"{limits['ge']} or more"
        case "less_than_equal":
            return f"{limits['le']} or less"
        case "string_too_long":
            return f"at most {limits['max_length']} characters"
        case "string_too_short":
            return "at least one character"
        case kind:
            return _KINDS.get(kind, "another value")


def _form(fields: dict[str, FieldInfo]) -> str:
    """How a section is written with the keys that it needs, "{ base = 10 }"; empty if it needs none."""
    values: dict[object, str] = {int: "10", str: '"…"', tuple: '["…"]'}
    needed = {key: values.get(get_origin(field.annotation) or field.annotation, '"…"')
              for key, field in fields.items() if field.is_required()}  # fmt: skip
    return f"{{ {', '.join(f'{key} = {value}' for key, value in needed.items())} }}" if needed else ""


def _fields(root: type[BaseModel], path: KeyPath) -> dict[str, FieldInfo]:
    """The keys that the section at `path` may have, by the names of the file."""
    node: Any = root
    for key in path:
        # In a model the next key is a field; in a section of freely named entries (dict[key, model]) it is any name.
        node = _keys(node)[str(key)].annotation if _is_model(node) else get_args(node)[1]
        node = next((part for part in get_args(node) if _is_model(part)), node) if isinstance(node, UnionType) else node
    return _keys(node)


def _keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _is_model(node: object) -> bool:
    return isinstance(node, type) and issubclass(node, BaseModel)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
