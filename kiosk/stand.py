"""The kiosk's screen, as what speaks for it needs it."""

from __future__ import annotations

from typing import Protocol

from textual.message import Message

from kiosk.guide import Guide
from kiosk.offer import Offer
from kiosk.way import Way
from kiosk.widgets.front import Front
from kiosk.widgets.ticket import TicketView


class Stand(Protocol):
    """The screen, as far as speech needs it."""

    way: Way
    offer: Offer
    """What the way offers."""
    ticket: TicketView
    front: Front
    guide: Guide

    def go(self, way: Way) -> None:
        """Move to this way, and draw what has changed."""
        ...

    def post_message(self, message: Message) -> bool:
        """Let something happen after what is already waiting."""
        ...
