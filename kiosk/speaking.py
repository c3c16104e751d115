"""The kiosk's screen, as speech needs it: also what it offers, and what can be shown and asked besides."""

from __future__ import annotations

from typing import Protocol

from textual.message import Message

from kiosk.guide import Guide
from kiosk.offer import Offer
from kiosk.stand import Stand
from kiosk.widgets.front import Front


class Speaking(Stand, Protocol):
    """The screen of a kiosk that may speak."""

    offer: Offer
    """What the way offers."""
    front: Front
    guide: Guide

    def post_message(self, message: Message) -> bool:
        """Let something happen after what is already waiting."""
        ...
