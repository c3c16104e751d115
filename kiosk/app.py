"""The kiosk as a program of its own: locked, it can only be touched."""

from __future__ import annotations

from functools import partial

from textual.app import App

from kiosk.screens.kiosk import KioskScreen
from shared.centre import Centre


class KioskApp(App[None], inherit_bindings=False):
    """Nothing but the kiosk's screen. No key ends it, no palette opens, no text can be marked."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    DEFAULT_MODE = "kiosk"

    def __init__(self, centre: Centre, kiosk: str | None = None, printer: str | None = None) -> None:
        super().__init__()
        self.add_mode("kiosk", partial(KioskScreen, centre, kiosk, printer))


def run(centre: Centre, kiosk: str | None, printer: str | None) -> int:
    """Show the kiosk until the process is ended from outside. Gives the exit code: 1 after a fault of the program."""
    app = KioskApp(centre, kiosk, printer)
    app.run()
    return app.return_code or 0
