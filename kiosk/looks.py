"""How the screen looks for a visitor who needs it otherwise. Pure; the stylesheet `looks.tcss` has a class for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum


class Look(StrEnum):
    """What can be switched on, each by itself."""

    CONTRAST = "contrast"  # light on black, with edges
    LARGE = "large"  # fewer and larger things
    REACH = "reach"  # everything to touch in the lower half, for wheelchair users


MOST_TILES = 12
"""Most tiles on one page: what a screen of 60 by 18 cells shows with every tile 20 mm high."""
_FEWER: Mapping[Look, int] = {Look.LARGE: 4, Look.REACH: 6}


def most_tiles(looks: Collection[Look]) -> int:
    """How many tiles a page has at most."""
    return min([MOST_TILES, *(most for look, most in _FEWER.items() if look in looks)])
