"""The waiting-room screen as a program of its own."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from display.screens.board import BoardScreen
from display.speech import Announcement, loudspeaker
from faces.app import FaceApp
from faces.show import show
from shared.centre import Centre
from shared.language import Language
from voice.player import Player


class DisplayApp(FaceApp):
    """Mounts the screen. Staff end it with ctrl+c; no other key does anything."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", "End", show=False, priority=True)]
    DEFAULT_MODE = "board"
    PUBLIC = True

    def __init__(self, centre: Centre, area: str | None, player: Player[Announcement] | None) -> None:
        super().__init__(centre)
        self.add_mode("board", partial(BoardScreen, centre, area, player))

    @staticmethod
    def say_wait(language: Language) -> str:
        """What waiting visitors have to know."""
        return language.text("There is a fault. Please stay here. Your number stays valid.")


def run(centre: Centre, area: str | None) -> int:
    """Show and speak the calls for `area`, or for all areas if None, until ctrl+c. The centre stays open.

    Raises Malformed for an area that the plan does not have now; a screen that loses its area later goes on.
    """
    if area is not None:
        centre.plan.require_area(area)
    player = loudspeaker(centre)
    try:
        return show(DisplayApp(centre, area, player))
    finally:
        if player:
            player.stop()
