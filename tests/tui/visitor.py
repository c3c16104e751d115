"""A visitor at a kiosk: looks, touches, waits. The kiosk's seconds pass as the test says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from faces.big_number import BigNumber
from faces.text import Phrase
from kiosk.app import KioskApp
from kiosk.moves import Act, Step
from kiosk.screens.kiosk import KioskScreen
from kiosk.steady import BEAT_S
from kiosk.widgets.foot import Foot
from kiosk.widgets.notices import Notices
from kiosk.widgets.ticket import TicketView
from kiosk.widgets.tiles import Tile
from kiosk.widgets.touchable import Place, Touchable
from shared.centre import Centre
from shared.config.rules import Rules
from shared.model import Assistance
from shared.views.assistance import read_assistance
from shared.views.desk import read_waiting
from shared.views.site import read_hall
from tests.support.clock import HandSeconds
from tests.support.screens import settled, until
from voice.reader import Reader, Saying

_RULES = Rules()
PRINTING_S, WRONG_S = float(_RULES.kiosk_printing_s), float(_RULES.kiosk_wrong_s)
PAPER_S, PHOTO_S = float(_RULES.kiosk_paper_s), float(_RULES.kiosk_photo_s)
"""How long a number is shown, as plans have it that say nothing about it."""
LOOK_S = 2.0
"""How much longer than necessary a visitor looks before a touch: a busy machine brings it so late, in real seconds."""


class Ear(Reader):
    """Notes what the kiosk says instead of speaking it."""

    newest: Ear

    def __init__(self, audio: str) -> None:
        super().__init__(audio)
        self.said: list[Saying] = []
        """Everything that was to be said since the last silence."""
        Ear.newest = self

    def hush(self) -> None:
        self.said = []

    def forget(self) -> None:
        self.hush()

    def say(self, sayings: Iterable[Saying]) -> None:
        self.said = list(sayings)

    def add(self, sayings: Iterable[Saying]) -> None:
        self.said += sayings

    def text(self) -> str:
        return " ".join(saying.spoken.text if saying.spoken else "(tone)" for saying in self.said)


class Visitor:
    """A visitor at the kiosk of a running app."""

    def __init__(self, pilot: Pilot[None], seconds: HandSeconds) -> None:
        self.pilot = pilot
        self.ear = Ear.newest
        self._seconds = seconds

    @property
    def screen(self) -> KioskScreen:
        screen = self.pilot.app.screen
        assert isinstance(screen, KioskScreen)
        return screen

    @property
    def now(self) -> float:
        return self._seconds.at

    @property
    def step(self) -> Step:
        return self.screen.way.shown

    @property
    def code(self) -> str:
        return self.screen.query_one("#number BigNumber", BigNumber).number.replace(" ", "")

    @property
    def may_photograph(self) -> bool:
        return self.screen.query_one(TicketView).has_class("-photo")

    def text(self, id: str) -> str:
        return self.screen.query_one(f"#{id}", Phrase).text

    def notices(self) -> list[str]:
        return [phrase.text for phrase in self.screen.query_one(Notices).query(Phrase) if phrase.display]

    def tiles(self) -> list[Tile]:
        return [tile for tile in self.screen.query(Tile) if tile.display and tile.visible]

    def tile(self, what: str | Act) -> Tile:
        """The tile with a key, or the one with an act."""
        for tile in self.tiles():
            if tile.offers is not None and what in (tile.offers.key, tile.offers.act):
                return tile
        raise AssertionError(f"no tile for {what!r}")

    def passes(self, seconds: float) -> None:
        """Time passes, and the kiosk beats meanwhile."""
        until = self._seconds.at + seconds
        while self._seconds.at < until:
            self._seconds.at = min(self._seconds.at + BEAT_S, until)
            self.screen.beat()

    async def looks(self) -> None:
        """Look at the screen until a touch counts.

        Only while the newest content is painted do the kiosk's seconds pass: else a slow machine would use up the time
        after which a kiosk takes its visitor for gone.
        """

        def looked() -> bool:
            if self.screen._steady.is_painted and not self.screen.takes_touches:
                self.passes(BEAT_S)
            return self.screen.takes_touches

        await until(looked)
        self.passes(LOOK_S)

    async def taps(self, what: str | Act | Region | Tile) -> None:
        """Touch a tile, a place, or the button with an id like "#back", at once."""
        await settled(self.pilot)
        if isinstance(what, str) and what.startswith("#"):
            what = self.button(what)
        elif isinstance(what, str):
            what = self.tile(what)
        x, y = center(what if isinstance(what, Region) else what.region)
        assert await self.pilot.click(offset=(x, y))
        await settled(self.pilot)

    def button(self, id: str) -> Region:
        """Where a button is, "#back" or "#forward" at the foot or another one."""
        at_foot = self.screen.query_one(Foot).region_of(id.removeprefix("#"))
        return at_foot or next((found.region for found in self.screen.query(id)), Region())

    async def touches(self, what: str | Act | Region | Tile) -> None:
        """Look, then touch."""
        await self.looks()
        await self.taps(what)

    async def presses(self, *keys: str) -> None:
        """Press keys of the keypad, each when the last has been answered."""
        for key in keys:
            await self.looks()
            await self.pilot.press(key)
            await self.pilot.pause()
            self.passes(BEAT_S)

    async def comes_to(self, step: Step) -> None:
        await until(lambda: self.step is step)

    async def goes(self, language: str, concern: str) -> None:
        """Choose a language, then a package, look at it once more, and wait for the step of the number."""
        await self.touches(language)
        await self.comes_to(Step.CONCERN)
        await self.touches(concern)
        await self.prints()

    async def prints(self) -> None:
        """Say that everything is right, and wait for the step of the number."""
        await self.comes_to(Step.SUMMARY)
        await self.touches("#forward")
        await self.comes_to(Step.TICKET)

    def touchables(self) -> list[Place]:
        """Everything that can be touched now."""
        shown = self.screen.query("*").results(Widget)
        return [place for found in shown if isinstance(found, Touchable) for place in found.places()]

    def signs(self, act: Act, key: str = "") -> Region:
        """Where something can be touched for this act."""
        meant = self.screen.way.touch(act, key)
        return next(one.region for one in self.touchables() if one.offers == meant)


def center(region: Region) -> tuple[int, int]:
    """A cell in the middle."""
    x, y = region.center
    return int(x), int(y)


def tickets(centre: Centre) -> list[str]:
    """The numbers that wait."""
    hall = centre.database.read(read_hall)
    return [waiting.code for waiting in centre.database.read(read_waiting, tuple(q.service for q in hall.queues), 99)]


def guides(centre: Centre) -> tuple[Assistance, ...]:
    """Who was asked to come and has not yet helped."""
    return centre.database.read(read_assistance)


@asynccontextmanager
async def visitor(
    centre: Centre, printer: str | None = "none", size: tuple[int, int] = (100, 30), kiosk: str | None = None
) -> AsyncIterator[Visitor]:
    """A kiosk that shows its languages or says that it is closed, and somebody in front of it."""
    seconds = HandSeconds()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.screens.kiosk.monotonic", seconds)
        patch.setattr("kiosk.number.monotonic", seconds)
        patch.setattr("kiosk.guide.monotonic", seconds)
        patch.setattr("kiosk.look.monotonic", seconds)
        patch.setattr("kiosk.scanning.monotonic", seconds)
        patch.setattr("kiosk.speech.monotonic", seconds)
        patch.setattr("kiosk.speech.Reader", Ear)
        patch.setattr("kiosk.upkeep.monotonic", seconds)
        patch.setattr("kiosk.messages.Touched.age_s", 0.0)  # a touch is heard in the second in which it was made
        async with KioskApp(centre, kiosk, printer).run_test(size=size) as pilot:
            one = Visitor(pilot, seconds)
            await until(lambda: one.screen._reading.known or one.screen._reading.trouble)
            await settled(pilot)
            yield one
