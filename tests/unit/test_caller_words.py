"""The console's catalogues: everything it says is translated, and with the same values set in."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import caller
from caller import refusals, words
from caller.screens import desk
from caller.steps import STEPS
from caller.widgets import present, queue
from shared.language import LANGUAGES, language

ROOM = Path(caller.__file__).parent
LOCALE = ROOM.parent / "shared" / "language" / "locale"
TRANSLATED = [tag for tag in LANGUAGES if tag != "en"]


def catalogue(tag: str) -> Catalog:
    """All rooms' catalogues of a language, as one set of messages."""
    joined = Catalog(locale=tag)
    for file in (LOCALE / tag).glob("*.po"):
        with file.open("rb") as po:
            for message in read_po(po, locale=tag):
                if message.id:
                    joined[message.id] = message
    return joined


def sentences() -> set[str]:
    """Everything the console says: written where it is said, or in one of its tables."""
    said = {
        node.args[0].value
        for file in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("say", "count")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    steps = [step for steps in STEPS.values() for step in steps]
    said |= {step.label for step in steps} | {text for step in steps for _, text in step.sentences}
    said |= {*refusals._SENTENCES.values(), refusals._ANY, *desk._GUIDANCE.values(), desk._NOBODY}
    return said | {*words._NEEDS.values(), *present._HEADINGS.values(), *queue._HEADINGS}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_everything_is_translated(tag: str) -> None:
    translated = catalogue(tag)
    missing = [text for text in sentences() if not (message := translated.get(text)) or not message.string]
    assert missing == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_translations_take_the_values_of_the_original(tag: str) -> None:
    for message in catalogue(tag):
        if isinstance(message.id, str) and message.id in sentences():
            assert placeholders(message.string) == placeholders(message.id), message.id


@pytest.mark.parametrize("tag", LANGUAGES)
def test_any_number_can_be_counted(tag: str) -> None:
    house = language(tag)
    for n in range(201):
        assert house.count("{n} number waits", "{n} numbers wait", n)
