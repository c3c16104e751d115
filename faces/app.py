"""The base of every face's program: locked, and calm when it fails."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection
from typing import Protocol

from platformdirs import user_state_path
from textual import events, on
from textual.app import App

from faces.crash import EXIT_CODE, Log, watch_tasks
from faces.messages import Scanned
from faces.watchdog import Watchdog
from shared.config import Device, Plan
from shared.language import Language

LOG = user_state_path("ankommen") / "faces.log"
_LEFT = 1


class House(Protocol):
    """What an app needs to know of a centre. The local file says it, too, before the database is there."""

    @property
    def plan(self) -> Plan:
        """The plan: its language is the house's."""
        ...

    @property
    def device(self) -> Device:
        """This computer."""
        ...


class FaceApp(App[None], inherit_bindings=False):
    """Only screens: no palette opens, no text can be selected, and a key does nothing unless a face binds it.

    Shown with `faces.show`.
    """

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TYPED: bool = True
    """Whether people type here; if not, there are only touches and scans."""
    keypad: Collection[str] = ()
    """The names of keys that pass although nobody types."""
    PUBLIC: bool = False
    """Whether visitors use it: then the page after a fault is in every language, else in the house's."""

    def __init__(self, house: House) -> None:
        for name in ("COLUMNS", "LINES"):  # a screen is as large as its terminal, whatever a shell exports
            os.environ.pop(name, None)
        super().__init__()
        self.house = house
        self.faults = Log(LOG)
        self.crashed = False
        """Whether a fault of the program ended it."""
        self.dropped = Counter[str]()
        """Counts what the terminal sent and no face uses, by kind."""

    @staticmethod
    def say_wait(language: Language) -> str:
        """The text shown while the database is not there."""
        raise NotImplementedError

    def say_sorry(self, language: Language) -> str:
        """The text of the page after a fault: the same, unless a face has another one."""
        return self.say_wait(language)

    def crash(self, error: BaseException | None) -> None:
        """Log the first fault of the program and end: later ones only follow from it."""
        if not self.crashed and not self.is_headless:
            self.faults.fault("crash", error)
        self.crashed = True
        self.exit(return_code=EXIT_CODE)

    async def on_event(self, event: events.Event) -> None:
        """Ignore all mouse buttons but the left without Shift, Alt or Ctrl, which counts as a touch."""
        if not (isinstance(event, events.MouseDown | events.MouseUp) and not _is_touch(event)):
            await super().on_event(event)

    def on_load(self) -> None:
        """Before the first screen: make sure that nothing is printed over it."""
        watch_tasks(self.faults)

    def on_ready(self) -> None:
        """From the first picture on, the service manager hears that the screen shown handles messages and paints."""
        watchdog = Watchdog(os.environ)
        if watchdog.every_s is not None and not self.is_headless:
            self.set_interval(watchdog.every_s, lambda: self.screen.call_after_refresh(watchdog.alive))

    @on(Scanned)
    def hand_to_screen(self, scanned: Scanned) -> None:
        """Pass a scan to the screen that is shown."""
        self.screen.post_message(Scanned(scanned.text))

    def panic(self, *_renderables: object) -> None:
        """Textual's way to end with a message: the message is not shown."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        self.crash(self._exception)


def _is_touch(event: events.MouseEvent) -> bool:
    return event.button == _LEFT and not (event.shift or event.meta or event.ctrl)
