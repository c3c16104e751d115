"""The kiosk's screen, as what works for it needs it: where the visitor is, and how to lead on."""

from __future__ import annotations

from typing import Protocol

from kiosk.way import Way
from kiosk.widgets.ticket import TicketView


class Stand(Protocol):
    """The screen."""

    way: Way
    ticket: TicketView

    def go(self, way: Way) -> None:
        """Move to this way, and draw what has changed."""
        ...
