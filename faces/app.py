"""What the program of every face is: locked, and calm when it fails."""

from __future__ import annotations

import os
from collections import Counter
from typing import ClassVar

from platformdirs import user_state_path
from textual import events, on
from textual.app import App

from faces.crash import EXIT_CODE, Log, watch_tasks
from faces.messages import Scanned
from shared.centre import Centre
from shared.language import Language

LOG = user_state_path("ankommen") / "faces.log"
_LEFT = 1


class FaceApp(App[None], inherit_bindings=False):
    """Nothing but screens: no palette opens, no text can be marked, and no key does what a face does not bind.

    To be shown with `faces.show`.
    """

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TYPED: ClassVar[bool] = True
    """Whether somebody types here; else there are touches and scans alone."""
    PUBLIC: ClassVar[bool] = False
    """Whether visitors stand before it: then the page of a fault speaks every language, else the house's."""

    def __init__(self, centre: Centre) -> None:
        for name in ("COLUMNS", "LINES"):  # a screen is as large as its terminal, whatever a shell has exported
            os.environ.pop(name, None)
        super().__init__()
        self.centre = centre
        self.faults = Log(LOG)
        self.crashed = False
        """Whether a fault of the program has ended it."""
        self.dropped = Counter[str]()
        """What the terminal sent and no face wants, by kind."""

    def say_sorry(self, language: Language) -> str:
        """What the page of a fault says."""
        raise NotImplementedError

    def crash(self, error: BaseException | None) -> None:
        """Note the first fault of the program and end: what follows it is what it has broken."""
        if not self.crashed and not self.is_headless:
            self.faults.fault("crash", error)
        self.crashed = True
        self.exit(return_code=EXIT_CODE)

    async def on_event(self, event: events.Event) -> None:
        """Of a mouse, only the left button means anything: a touch."""
        if not (isinstance(event, events.MouseDown | events.MouseUp) and event.button != _LEFT):
            await super().on_event(event)

    def on_load(self) -> None:
        """Before the first screen: nothing is printed over it."""
        watch_tasks(self.faults)

    @on(Scanned)
    def hand_to_screen(self, scanned: Scanned) -> None:
        """What is scanned is for the screen that is shown."""
        self.screen.post_message(Scanned(scanned.text))

    def panic(self, *_renderables: object) -> None:
        """Textual's way to end with words: they are not shown."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        self.crash(self._exception)
