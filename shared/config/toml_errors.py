"""What is wrong with a text that is no TOML, in the words of people who edit such a file by hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from shared.config.lines import KeyPath, Statement, statements
from shared.config.problems import key_path, quoted
from shared.language.terminal_text import clean

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
"""How tomllib ends its messages."""
_TWICE_INSIDE = re.compile(r"Duplicate inline table key '(.*)'")
_MEANT = {
    "Illegal character '\\n'": "a quote is missing",
    "Invalid value": "a quote is missing, or a value",
    "Unclosed inline table": "a quote, a comma or } is missing",
    "Unclosed array": "a quote, a comma or ] is missing",
}
"""What most likely has led to a message of tomllib."""
_ONCE = "a key is allowed once"
_ALLOWED = 'a line is a [section], a # comment, or key = value with text in "quotes"'


def toml_problem(text: str, message: str) -> tuple[int, str]:
    """The line and the words for a message of tomllib about `text`."""
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else len(text.rstrip("\n").split("\n"))
    wrong = clean(_PLACE.sub("", message), 200)
    if wrong.startswith("Cannot "):  # all lines up to here are TOML, each by itself
        return next(_twice("\n".join(text.split("\n")[:line])), (line, f"{wrong}; {_ONCE}"))
    if inside := _TWICE_INSIDE.fullmatch(wrong):
        return line, f"{quoted(inside[1])} stands twice between {{ and }}; {_ONCE}"
    return line, f"is no TOML ({_MEANT.get(wrong, wrong)}); {_ALLOWED}"


def _twice(text: str) -> Iterator[tuple[int, str]]:
    """Sections and keys that stand in the text already: a line was copied, and its key was not changed."""
    seen: dict[KeyPath, int] = {}
    for statement in statements(text):
        path = _path(statement)
        if path in seen:
            yield statement.line, f"{key_path(path)} stands here and in line {seen[path]}; {_ONCE}"
        elif path:
            seen[path] = statement.line


def _path(statement: Statement) -> KeyPath:
    """The section or key that a statement begins; empty if it begins none, or a list of sections."""
    if not statement.content:
        bare = statement.text.lstrip()
        return statement.section if bare.startswith("[") and not bare.startswith("[[") else ()
    end = -1
    while True:
        end = statement.text.index("=", end + 1)
        try:
            node: object = tomllib.loads(f"{statement.text[:end]}= 0")
        except ValueError:
            continue  # it is a letter of a key in quotes
        path = statement.section
        while isinstance(node, dict):
            [(key, node)] = node.items()
            path = (*path, key)
        return path
