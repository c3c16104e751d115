"""Lines of keys, compared with the definition: the text up to and including that line is the first with the key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from shared.config.lines import line_index, line_of, statements

ROOT = Path(__file__).parents[4]
EVERY_FORM = """\
# before
title = "a"
dotted.inner.key = 1

[plain]
inline = { one = 1, two = { three = 3 } }
many = [
    "first", # "]"
    "second",

    ["third"], "fourth",
]
long = \"\"\"
[not.a.header]
\"\"\"
[deep.er.est]
"quoted key" = 'x'
[[array]]
a = 1
[[array]]
b = 2
[ plain . spaced ]
c = [{ d = 1 },
     { d = 2 }]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("dotted",), 3),
        (("dotted", "inner", "key"), 3),
        (("plain",), 5),
        (("plain", "inline", "two", "three"), 6),
        (("plain", "many"), 7),
        (("plain", "many", 0), 8),
        (("plain", "many", 1), 9),
        (("plain", "many", 2), 11),
        (("plain", "many", 3), 11),
        (("plain", "long"), 13),
        (("deep",), 16),
        (("deep", "er", "est", "quoted key"), 17),
        (("array",), 18),
        (("plain", "spaced"), 22),
        (("plain", "spaced", "c", 0, "d"), 23),
        (("plain", "spaced", "c", 1, "d"), 24),
    ],
)
def test_a_key_is_found_in_every_form_of_toml(path: tuple[str | int, ...], line: int) -> None:
    assert line_index(EVERY_FORM)[path] == line


def test_what_is_missing_is_reported_at_its_section() -> None:
    index = line_index(EVERY_FORM)
    assert line_of(("deep", "er", "est", "missing", "more"), index) == 16
    assert line_of(("nowhere",), index) == 1


def test_windows_line_ends_change_no_line() -> None:
    assert line_index(EVERY_FORM.replace("\n", "\r\n")) == line_index(EVERY_FORM)


def test_lines_of_the_shipped_file_are_where_the_keys_first_appear() -> None:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for path, line in list(line_index(text).items())[1::40]:
        assert contains(tomllib.loads("".join(lines[:line])), path)
        assert not contains(tomllib.loads("".join(lines[: line - 1])), path)


def contains(node: Any, path: tuple[str | int, ...]) -> bool:
    try:
        for key in path:
            node = node[key]
    except LookupError:
        return False
    return True


def test_statements_joined_are_the_text() -> None:
    assert "".join(statement.text for statement in statements(EVERY_FORM)) == EVERY_FORM
