"""The console of one desk as a program of its own."""

from __future__ import annotations

from functools import partial

from textual.binding import Binding

from caller.screens.desk import DeskScreen
from faces.app import FaceApp
from faces.show import show
from shared.centre import Centre
from shared.language import Language
from shared.views.desk import read_workplace


class CallerApp(FaceApp):
    """Shows the screen of one desk and ends with ctrl+q."""

    DEFAULT_MODE = "desk"
    BINDINGS = [Binding("ctrl+q", "quit", show=False, priority=True)]  # noqa: RUF012

    def __init__(self, centre: Centre, desk: str) -> None:
        super().__init__(centre)
        self.add_mode("desk", partial(DeskScreen, centre, desk))

    def say_sorry(self, language: Language) -> str:
        """What an official can do."""
        return language.text("This program has ended because of a fault. Please start it again.")

    @staticmethod
    def say_wait(language: Language) -> str:
        """What an official can do meanwhile: nothing."""
        return language.text("One moment, please …")


def run(centre: Centre, desk: str) -> int:
    """Work at a desk until ctrl+q. Returns the exit code.

    Raises:
        DeskUnknown: the plan has no such desk.
        DatabaseUnavailable: the database cannot be read.
    """
    centre.read(read_workplace, desk).result()
    return show(CallerApp(centre, desk))
