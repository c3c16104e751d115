"""The waiting-room screen as a program of its own."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from display.screens.board import BoardScreen
from display.speech import Announcement, loudspeaker
from shared.centre import Centre
from voice.player import Player


class DisplayApp(App[None], inherit_bindings=False):
    """Mounts the screen. Staff end it with ctrl+c; no other key does anything."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", "End", show=False, priority=True)]
    DEFAULT_MODE = "board"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(self, centre: Centre, area: str | None, player: Player[Announcement] | None) -> None:
        super().__init__()
        self.add_mode("board", partial(BoardScreen, centre, area, player))


def run(centre: Centre, area: str | None) -> int:
    """Show and speak the calls that concern `area`, of all areas without one, until ctrl+c. The centre stays open."""
    player = loudspeaker(centre)
    try:
        app = DisplayApp(centre, area, player)
        app.run()
        return app.return_code or 0
    finally:
        if player:
            player.stop()
