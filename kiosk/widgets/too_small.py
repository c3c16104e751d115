"""What stands on a terminal in which tiles could be neither read nor hit; for the staff who set it up."""

from __future__ import annotations

from rich.text import Text

from faces.text import Lines
from shared.centre import Centre
from shared.language import language
from shared.language.terminal_text import visual_lines

NEEDS = 60, 18
"""The columns and rows that the kiosk is laid out for."""
USABLE = 48, 14
"""With fewer than these, titles of tiles are cut."""


class TooSmall(Lines):
    """How large the terminal is, and how large it has to be. The stylesheet shows it instead of everything else."""

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre

    def lines(self, width: int) -> list[Text]:
        """In the language of the house."""
        house, bidi = language(self._centre.plan.site.language), self._centre.device.bidi
        size, needed = (f"{columns} × {rows}" for columns, rows in (self.app.size, NEEDS))
        text = house.text(
            "This screen is too small: {size} characters. At least {needed} are needed.", size=size, needed=needed
        )
        return [Text(line) for line in visual_lines(text, width, house.direction, bidi)]
