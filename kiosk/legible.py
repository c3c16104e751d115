"""How large letters and targets have to be, and where hands and eyes reach. Pure; lengths in mm."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, tan

TARGET_MM = 20.0
"""The least width and height of a target: our own choice, at which standing people hit best."""
LETTER_MM = 6.0
"""The least height of a capital, however near the eye is."""
REACH_MM = (800, 1050)
"""Between these heights above the floor hands reach everything, from a wheelchair, too (DIN 18040-1, EN 301 549)."""
_CAPITAL_DEGREES = 0.7
"""EN 301 549 V3.2.1, 5.1.4: the angle of a capital H in the eye."""
_X_HEIGHT_SHARE = 168
"""Final draft of EN 301 549 V4.1.0, 5.1.4: the distance is at most that many heights of a small x."""


@dataclass(frozen=True, slots=True)
class Letters:
    """How high the letters of a terminal's font are, as shares of a row."""

    capital: float
    x: float


DEJAVU = Letters(0.626, 0.470)
"""DejaVu Sans Mono: 1493 and 1120 of the 2384 units from one line to the next."""


def capital_needed_mm(distance_mm: float) -> float:
    """How high capitals have to be, read from this distance."""
    return max(LETTER_MM, distance_mm * tan(radians(_CAPITAL_DEGREES)))


def x_needed_mm(distance_mm: float) -> float:
    """How high a small x has to be, read from this distance."""
    return distance_mm / _X_HEIGHT_SHARE


def row_needed_mm(distance_mm: float, letters: Letters) -> float:
    """How high a row has to be, so that its letters are high enough."""
    return max(capital_needed_mm(distance_mm) / letters.capital, x_needed_mm(distance_mm) / letters.x)


def heights_mm(rows: int, row_mm: float, bottom_mm: float, tilt: float) -> list[float]:
    """How high above the floor the lower edge of each row is, from top to bottom.

    Args:
        bottom_mm: Of the lower edge of the picture.
        tilt: Degrees from upright.
    """
    return [bottom_mm + (rows - row - 1) * row_mm * cos(radians(tilt)) for row in range(rows)]


def rows_above_reach(heights: list[float], row_mm: float, tilt: float) -> int:
    """How many rows from the top have their middle higher than hands reach."""
    middle = row_mm * cos(radians(tilt)) / 2
    return sum(height + middle > REACH_MM[1] for height in heights)
