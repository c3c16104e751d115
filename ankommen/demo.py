"""Kiosk, desk, waiting room and the printed paper in one terminal."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from ankommen.demo_widgets import DemoBar, PaperScreen
from ankommen.opening import Options
from caller.screens.desk import DeskScreen
from display.screens.board import BoardScreen
from display.speech import speaker
from kiosk.screens.kiosk import KioskScreen
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.config import Plan
from shared.store.database import Database
from shared.verbs.plan import apply

FACES = ("kiosk", "desk", "waiting", "paper")


class DemoApp(App[None], inherit_bindings=False):
    """Four faces in one terminal. All are alive all the time; a function key or a touch on the bar brings one forward."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(f"f{n}", f"switch_mode('{face}')", priority=True) for n, face in enumerate(FACES, start=1)),
        Binding("ctrl+q,ctrl+c,f10", "quit", priority=True),
    ]

    def __init__(self, centre: Centre, printer: VirtualPrinter, desk: str) -> None:
        super().__init__()
        self.add_mode("kiosk", partial(KioskScreen, centre, None, printer.url))
        self.add_mode("desk", partial(DeskScreen, centre, desk))
        self.add_mode("waiting", partial(BoardScreen, centre, None, None))
        self.add_mode("paper", partial(PaperScreen, printer.papers))

    async def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, self._put_bar)
        for face in (*FACES[1:], FACES[0]):
            await self.switch_mode(face)

    def _put_bar(self, screen: Screen[object]) -> None:
        if not screen.query(DemoBar):
            screen.mount(DemoBar(FACES))

    @on(DemoBar.Touched)
    async def _bring_forward(self, touched: DemoBar.Touched) -> None:
        await self.switch_mode(touched.face)
