"""What a visitor reads and touches stands out, by the colours that the stylesheet really gives, in every look."""

from __future__ import annotations

import pytest

from ankommen.opening import shipped_config
from faces.contrast import contrast
from kiosk.looks import Look
from kiosk.measured import Colours, Seen, measure
from kiosk.moves import Step
from shared.config import read_config

TEXT, CONTROL = 4.5, 3.0


@pytest.mark.parametrize("look", [Look.LARGE, Look.CONTRAST, pytest.param(Look.REACH, marks=pytest.mark.long)])
async def test_words_and_controls_stand_out(look: Look) -> None:
    """Larger letters have the colours of the plain look; that one of the looks is on is to be seen, too."""
    shown = await measure(read_config(shipped_config(), texts=False).plan, (100, 30), look)
    assert set(Look) == {Look.LARGE, Look.CONTRAST, Look.REACH}
    assert {one.step for one in shown} == {*Step}
    assert pale_words(shown) == set()
    assert pale_controls(shown) == set()
    assert unfelt(shown) == set()
    off, on = {one.colours.paper for one in shown if one.name.startswith("ExtraTile")}
    assert contrast(off, on) >= CONTROL  # and a word says so


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
