"""How long a service takes for which visitors."""

from __future__ import annotations

from dataclasses import dataclass

from shared.rules.duration import minutes


@dataclass(frozen=True)
class Photo:
    base: int = 15
    adult: int = 12
    child: int = 5


def test_one_adult_takes_the_base() -> None:
    assert minutes(Photo()) == 15


def test_everybody_else_takes_more() -> None:
    assert minutes(Photo(), adults=2, children=3) == 15 + 12 + 15


def test_children_alone_take_the_base_and_their_own() -> None:
    assert minutes(Photo(), adults=0, children=1) == 20
