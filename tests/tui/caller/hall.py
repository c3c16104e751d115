"""A hall with as many consoles as a test wants, and the hands of officials."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import timedelta

import sqlalchemy as sa
from textual.pilot import Pilot

from caller.app import CallerApp
from caller.presses import DOUBLE_PRESS_S
from caller.widgets.step_button import StepButton
from faces.text import Lines
from shared.centre import Centre
from shared.config import Device
from shared.model import Arrival, Call, Desk
from shared.store.database import Database
from shared.verbs.site.due import tidy
from shared.verbs.visits.issue import issue
from shared.views.desk import read_desk
from tests.support.clock import HandClock, HandSeconds
from tests.support.plans import small_plan
from tests.support.screens import settled, touch, until

PLAN = small_plan(
    site={"key": "hall", "name": "Halle", "language": "de"},
    services={
        "address": {
            "name": {"de": "[@click=app.quit]Adresse[/] anmelden"},
            "documents": {"de": ["Pass", "Bestätigung vom Vermieter"]},
        },
        "advice": {"name": {"de": "Fragen und Rat"}, "minutes": {"base": 5}},
    },
    desks={"5": ["address"], "6": ["address"], "7": ["advice"]},
    rules={"recalls": 1, "return_after_min": 1},
    reasons={
        "paper": {"name": {"de": "Ein Papier fehlt noch"}, "for": "park"},
        "interpreter": {"name": {"de": "Wartet auf Dolmetschen"}, "for": "park"},
        "short": {"name": {"de": "Kurze Pause"}, "for": "pause"},
    },
)

SMALLEST = (80, 24)


class Hall:
    """A centre on a file, with as many consoles as a test wants; its time stands still until a test moves it."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        self.url = url
        self.clock = HandClock()
        self._stack = stack
        self.database = self._connect()

    def _connect(self) -> Database:
        return self._stack.enter_context(closing(Database(self.url, "hall", self.clock)))

    def console(self, desk: str) -> CallerApp:
        return CallerApp(self.centre(), desk)

    def centre(self) -> Centre:
        centre = Centre(self._connect(), Device())
        self._stack.callback(centre.close)
        return centre

    def arrive(self, arrival: Arrival | None = None) -> str:
        return self.database.do(issue, arrival or Arrival(services=("address",), language="uk")).code

    def desk(self, key: str = "5") -> Desk:
        return self.database.read(read_desk, key)

    def tidy_after(self, time: timedelta) -> None:
        """Let this time pass, and do what is due."""
        self.clock.moment += time
        self.database.do(tidy)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return self.database.read(lambda t: [tuple(row) for row in t.execute(sa.text(query))])

    def call(self, key: str = "5") -> Call:
        call = self.desk(key).call
        assert call is not None
        return call


SECONDS = HandSeconds()
"""The console's seconds."""


async def stage(pilot: Pilot[None], name: str) -> None:
    """Wait until the console shows this stage, laid out for it, and takes the next press."""
    await until(lambda: pilot.app.screen.has_class(f"-{name}") and not pilot.app.screen.has_class("-busy"))
    await settled(pilot)


async def press(pilot: Pilot[None], key: str, then: str) -> None:
    """Press a key like somebody who reads first: late enough not to count as a double press."""
    SECONDS.at += 2 * DOUBLE_PRESS_S
    await pilot.press(key)
    await stage(pilot, then)


async def click(pilot: Pilot[None], button: str, then: str) -> None:
    """Click like somebody who reads first: later than the second click of a double click."""
    SECONDS.at += 2 * DOUBLE_PRESS_S
    await touch(pilot, button)
    await stage(pilot, then)


def said(pilot: Pilot[None], selector: str) -> str:
    """What a part of the screen says."""
    widget = pilot.app.screen.query_one(selector)
    assert isinstance(widget, Lines | StepButton)
    return " ".join(widget.render().plain.split())


def answers(pilot: Pilot[None]) -> list[str]:
    """What can be chosen."""
    return [" ".join(answer.render().plain.split()) for answer in pilot.app.screen.query(".answer").results(StepButton)]
