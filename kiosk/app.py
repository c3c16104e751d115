"""The kiosk as a program of its own: locked, so that visitors can only touch it."""

from __future__ import annotations

from functools import partial

from faces.app import FaceApp
from faces.graphics import cell_for_pictures
from faces.picture import Pictured
from faces.show import show
from kiosk.screens.kiosk import KioskScreen
from shared.centre import Centre
from shared.language import Language


class KioskApp(FaceApp):
    """Nothing but the kiosk's screen. No key ends it."""

    TYPED = False
    PUBLIC = True
    DEFAULT_MODE = "kiosk"

    def __init__(self, centre: Centre, kiosk: str | None = None, printer: str | None = None) -> None:
        super().__init__(centre)
        self.keypad = [key for key, _ in centre.device.keypad.pairs]
        self.add_mode("kiosk", partial(KioskScreen, centre, kiosk, printer))

    @staticmethod
    def say_wait(language: Language) -> str:
        """Where visitors get help now."""
        return language.text("There is a fault. Please go to reception.")


def run(centre: Centre, kiosk: str | None, printer: str | None) -> int:
    """Show the kiosk until the process is ended from outside. Returns the exit code.

    Raises Malformed for a name that the plan does not have now; a kiosk that loses its name later goes on.
    """
    if kiosk is not None:
        centre.plan.require_kiosk(kiosk)
    Pictured.cell = cell_for_pictures(centre.device.pictures)
    return show(KioskApp(centre, kiosk, printer))
