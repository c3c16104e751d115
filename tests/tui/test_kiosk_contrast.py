"""What a visitor reads and touches stands out, by the colours that the stylesheet really gives, in every look."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankommen import accessibility
from faces.contrast import contrast
from kiosk.looks import Look
from kiosk.measured import Colours, Seen, seen
from kiosk.moves import Step
from kiosk.widgets.too_small import NEEDS
from shared.config import Config

DOCUMENT = Path(__file__).parents[2] / "docs" / "accessibility.md"
TEXT, CONTROL = 4.5, 3.0
PLAIN, STRONG = (), (Look.CONTRAST, Look.REACH)
"""All colours; larger letters have those of the plain look."""


def test_everything_stands_out_and_the_document_declares_it(leipzig: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, because it takes seconds to lay out every step."""
    measured = {looks: seen(leipzig.plan, NEEDS, *looks) for looks in (PLAIN, STRONG)}
    for shown in measured.values():
        stands_out(shown)
    monkeypatch.setattr(accessibility, "seen", lambda _plan, _size, *looks: measured[looks])
    values, pairs = accessibility.declared(leipzig, NEEDS)
    assert declared_in_the_document() == [(one.face, one.what, one.value) for one in values]
    assert pairs[0].ratio >= TEXT


@pytest.mark.long
@pytest.mark.parametrize("look", Look)
def test_each_look_stands_out_on_a_larger_screen(leipzig: Config, look: Look) -> None:
    stands_out(seen(leipzig.plan, (160, 50), look))


def stands_out(shown: list[Seen]) -> None:
    assert {one.step for one in shown} == {*Step}
    assert pale_words(shown) == set()
    assert pale_controls(shown) == set()
    assert unfelt(shown) == set()
    off, on = {one.colours.paper for one in shown if one.name.startswith("ExtraTile")}
    assert contrast(off, on) >= CONTROL  # and a word says so


def declared_in_the_document() -> list[tuple[str, ...]]:
    """The rows of its table; where they differ, `ankommen doctor --accessibility` prints what is true."""
    table = DOCUMENT.read_text(encoding="utf-8").partition("<!-- declared -->")[2].partition("<!-- /declared -->")[0]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.strip().splitlines()[2:]]


def pale_words(shown: list[Seen]) -> set[tuple[str, str, float]]:
    """Words that are hard to read, also while they are pressed."""
    each = ((one, colours) for one in shown for colours in (one.colours, one.pressed) if colours)
    found = ((one, contrast(ink, colours.paper)) for one, colours in each for ink in colours.inks)
    return {(one.step, one.name, round(ratio, 2)) for one, ratio in found if ratio < TEXT}


def pale_controls(shown: list[Seen]) -> set[tuple[str, str, float]]:
    """What can be touched without looking like it: neither its colour nor an edge differs from what is around."""
    found = (
        (one, max(contrast(colour, one.around) for colour in (one.colours.paper, *one.colours.edges)))
        for one in shown
        if one.is_target
    )
    return {(one.step, one.name, round(ratio, 2)) for one, ratio in found if ratio < CONTROL}


def unfelt(shown: list[Seen]) -> set[tuple[str, str, float]]:
    """What does not show that it is pressed."""
    found = ((one, contrast(one.colours.paper, one.pressed.paper)) for one in shown if one.pressed is not None)
    return {(one.step, one.name, round(ratio, 2)) for one, ratio in found if ratio < CONTROL}


def test_a_pale_word_and_a_pale_control_would_be_found() -> None:
    grey = Colours((200, 200, 200), ((190, 190, 190),), ((180, 180, 180),))
    pale = [Seen(Step.SUMMARY, "pale", 8, 3, grey, (210, 210, 210), grey)]
    for found in (pale_words(pale), pale_controls(pale), unfelt(pale)):
        assert [(step, name) for step, name, _ in found] == [(Step.SUMMARY, "pale")]


def test_contrast_is_that_of_the_standard() -> None:
    assert round(contrast((0, 0, 0), (255, 255, 255)), 2) == 21
    assert round(contrast((119, 119, 119), (255, 255, 255)), 2) == 4.48
    assert contrast((1, 2, 3), (1, 2, 3)) == 1
