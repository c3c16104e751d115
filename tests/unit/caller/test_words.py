"""The console's catalogues: everything it says is translated, and with the same values set in."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from rich.cells import cell_len

import caller
from caller import guidance, refusals, words
from caller.steps import BACK, STEPS, Step
from caller.widgets import present, queue
from shared.language import LANGUAGES, language

ROOM = Path(caller.__file__).parent
LOCALE = ROOM.parent / "shared" / "language" / "locale"
MARGIN, GAP = 2, 2
"""Cells at each side of the screen and between two steps, as in the stylesheet."""
TRANSLATED = [tag for tag in LANGUAGES if tag != "en"]
"""English texts are in the code."""


@cache
def catalogue(tag: str) -> Catalog:
    """All rooms' catalogues of a language, as one set of messages."""
    joined = Catalog(locale=tag)
    for file in (LOCALE / tag).glob("*.po"):
        with file.open("rb") as po:
            for message in read_po(po, locale=tag):
                if message.id:
                    joined[message.id] = message
    return joined


def steps() -> list[Step]:
    return [*(step for placed in STEPS.values() for step in placed.values()), BACK]


@cache
def sentences() -> set[str]:
    """Everything the console says: directly in the code, or in one of its tables."""
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
    said |= {step.label for step in steps()} | {text for step in steps() for _, text in step.sentences}
    said |= {step.question for step in steps() if step.question}
    said |= {*refusals._SENTENCES.values(), refusals._ANY, *guidance._GUIDANCE.values(), *guidance.STATES.values()}
    said |= {guidance._NOBODY, guidance._ENOUGH, guidance._CHOOSE}
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


@pytest.mark.parametrize("tag", ["en", *TRANSLATED])
def test_the_quiet_steps_of_every_stage_fit_on_the_smallest_screen(tag: str) -> None:
    house, room = language(tag), 80 - 2 * MARGIN
    quit_words = cell_len(house.text("Ctrl+Q  quit"))
    for placed in STEPS.values():
        cells = {place: cell_len(f" {step.cap}   {house.text(step.label)}") + GAP for place, step in placed.items()}
        assert sum(cells.get(place, 0) for place in ("first", "second", "third")) <= room
        assert sum(cells.get(place, 0) for place in ("turn", "pause", "undo")) + quit_words <= room


def test_no_two_steps_of_a_stage_have_one_key() -> None:
    for placed in STEPS.values():
        assert len({step.key for step in placed.values()}) == len(placed)
