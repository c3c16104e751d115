"""The console of one desk as a program of its own."""

from __future__ import annotations

from functools import partial

from textual.app import App
from textual.binding import Binding

from caller.screens.desk import DeskScreen
from shared.centre import Centre
from shared.views.desk import read_workplace


class CallerApp(App[None], inherit_bindings=False):
    """Shows the screen of one desk and ends with ctrl+q."""

    DEFAULT_MODE = "desk"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS = [Binding("ctrl+q", "quit", show=False, priority=True)]  # noqa: RUF012

    def __init__(self, centre: Centre, desk: str) -> None:
        super().__init__()
        self.add_mode("desk", partial(DeskScreen, centre, desk))


def run(centre: Centre, desk: str) -> int:
    """Work at a desk until ctrl+q. Gives the exit code: 1 after a fault of the program.

    Raises:
        DeskUnknown: the plan has no such desk.
        DatabaseUnavailable: the database cannot be read.
    """
    centre.read(read_workplace, desk).result()
    app = CallerApp(centre, desk)
    app.run()
    return app.return_code or 0
