"""Who can come to which desk."""

from __future__ import annotations

from shared.model import Need
from shared.rules.suits import suits


def test_everybody_can_come_to_a_desk_without_steps() -> None:
    assert suits([Need.STEP_FREE, Need.LOOP], step_free=True)


def test_steps_bar_only_whoever_cannot_take_them() -> None:
    assert not suits([Need.STEP_FREE], step_free=False)
    assert suits([Need.LOOP, Need.GUIDE], step_free=False)


def test_needs_are_read_as_the_database_keeps_them() -> None:
    assert not suits(["step_free"], step_free=False)
