"""Kiosk, desk, waiting room and the printed paper in one terminal."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from ankommen.demo_widgets import DemoBar, PaperScreen
from ankommen.opening import Options
from caller.screens.desk import DeskScreen
from display.screens.board import BoardScreen
from display.speech import Announcement, loudspeaker
from faces.app import FaceApp
from faces.show import show
from kiosk.screens.kiosk import KioskScreen
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.config import Plan
from shared.language import Language
from shared.store.database import Database
from shared.verbs.site.apply import apply
from voice.player import Player

FACES: dict[str, tuple[type[Screen[None]], str, str]] = {
    "kiosk": (
        KioskScreen,
        "Kiosk",
        "Touch your language, what you want to do, and yes. A number is printed.",
    ),
    "desk": (DeskScreen, "Desk", "Open the desk, call the next number, begin, finish: the large button, or its key."),
    "waiting": (BoardScreen, "Waiting room", "Here the called numbers are seen and heard. Call one at the desk: F2."),
    "paper": (PaperScreen, "Paper", "This is what the ticket printer has put out, newest on top."),
}
"""The faces by their modes: screen, name, and what to try."""


class DemoApp(FaceApp):
    """Four faces in one terminal, all running; a function key or a touch on the bar brings one to the front."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(f"f{n}", f"switch_mode('{face}')", priority=True) for n, face in enumerate(FACES, start=1)),
        Binding("ctrl+q,ctrl+c,f10", "quit", priority=True),
    ]

    def __init__(self, centre: Centre, printer: VirtualPrinter, desk: str, player: Player[Announcement] | None) -> None:
        super().__init__(centre)
        self.add_mode("kiosk", partial(KioskScreen, centre, None, printer.url))
        self.add_mode("desk", partial(DeskScreen, centre, desk))
        self.add_mode("waiting", partial(BoardScreen, centre, None, player))
        self.add_mode("paper", partial(PaperScreen, printer.papers))

    def say_sorry(self, language: Language) -> str:
        """What people who try the demo can do."""
        return language.text("This program has ended because of a fault. Please start it again.")

    async def on_mount(self) -> None:
        """Start every face, the kiosk last."""
        self.screen_change_signal.subscribe(self, self._put_bar)
        for face in reversed(FACES):
            await self.switch_mode(face)

    def _put_bar(self, screen: Screen[object]) -> None:
        here = next((face for face, (kind, *_) in FACES.items() if isinstance(screen, kind)), None)
        if here and not screen.query(DemoBar):
            screen.mount(DemoBar([(face, name) for face, (_, name, _) in FACES.items()], here, FACES[here][2]))

    @on(DemoBar.Touched)
    async def bring_forward(self, touched: DemoBar.Touched) -> None:
        """A touch on the bar does what the function key does."""
        await self.switch_mode(touched.face)


def run_demo(options: Options, out: Path | None) -> int:
    """Run the demo on a temporary database in training mode until it is ended. Raises ConfigInvalid."""
    config = options.read_config()
    with tempfile.TemporaryDirectory(prefix="ankommen-") as private:
        database = Database(f"sqlite:///{private}/demo.sqlite", config.plan.site.key)
        database.prepare()
        database.do(apply, config.to_apply(), True)
        centre = Centre(database, config.device)
        player = loudspeaker(centre)
        try:
            with VirtualPrinter(out or Path(private) / "tickets") as printer:
                return show(DemoApp(centre, printer, first_desk(config.plan), player))
        finally:
            if player:
                player.stop()
            centre.close()


def first_desk(plan: Plan) -> str:
    """The desk for the demo: the first one that serves the first stop of the first package."""
    first = next((item.services[0] for item in plan.packages.values() if item.services), next(iter(plan.services)))
    return next((desk for desk in plan.desks if first in plan.services_of_desk(desk)), next(iter(plan.desks)))
