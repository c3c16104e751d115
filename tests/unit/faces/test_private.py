"""The private parts of Textual that faces use are unchanged, and all are listed in one place."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

import faces.app
import faces.driver
from faces.driver import KEYS
from faces.input import Filter, Key
from faces.private import NAMES, PLACES, XTermParser

ROOT = Path(faces.app.__file__).parent.parent
ROOMS = ("ankommen", "faces", "kiosk", "caller", "display")
OURS = {LinuxDriver: faces.driver, App: faces.app}


@pytest.mark.parametrize(("where", "line"), PLACES, ids=lambda part: getattr(part, "__qualname__", str(part)))
def test_textual_still_says(where: Callable[..., Any], line: str) -> None:
    assert line in inspect.getsource(where)


def private_attributes(source: str) -> set[str]:
    """Names with one underscore that are read, set or defined."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return {name for name in names if name.startswith("_") and not name.endswith("__")}


@pytest.mark.parametrize("kind", OURS)
def test_no_other_name_is_shared_with_textual(kind: type) -> None:
    theirs = set[str]().union(
        *(private_attributes(inspect.getsource(inspect.getmodule(base) or base)) for base in (kind, Driver))
    ) | {name for base in kind.__mro__ for name in vars(base)}
    assert private_attributes(inspect.getsource(OURS[kind])) & theirs == NAMES[kind]


def test_nobody_else_imports_what_is_private() -> None:
    for file in (file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("textual._"):
                assert file.name == "private.py", file


def test_the_parser_is_at_rest_after_each_key_that_passes() -> None:
    passing = [key for key in KEYS if Filter(KEYS, lambda: (80, 25), Counter()).feed(key.encode(), 0.0) == [Key(key)]]
    assert len(passing) > 200
    for key in passing:
        parser = XTermParser()
        list(parser.feed(key))
        assert [type(message).__name__ for message in parser.feed("n")] == ["Key"], key


def test_the_parser_makes_of_touches_what_they_are() -> None:
    tokens = ("\x1b[<0;3;4M", "\x1b[<0;3;4m", "\x1b[<35;3;4M", "\x1b[<64;3;4M", "\r", "\x1b[A")
    made = [type(message).__name__ for token in tokens for message in XTermParser().feed(token)]
    assert made == ["MouseDown", "MouseUp", "MouseMove", "MouseScrollUp", "Key", "Key"]
