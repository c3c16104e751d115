"""A number with smooth edges where the terminal shows pictures."""

from __future__ import annotations

from faces.big_number import BigNumber
from faces.picture import Drawing, Pictured
from kiosk.drawn import Numeral


class DrawnNumber(BigNumber, Pictured):
    """As large as its place."""

    def drawing(self) -> Drawing | None:
        """The number."""
        return Numeral(self.number) if self.number else None
