"""Hasty fingers at the kiosk: double taps, taps that arrive late, and taps at random."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from textual import events
from textual.screen import Screen

from kiosk.moves import Act, Step
from kiosk.steady import STEADY_S
from shared.centre import Centre
from shared.config import Config
from shared.model import Arrival, Ticket
from shared.verbs.site.apply import apply
from shared.verbs.visits.change import cancel
from shared.verbs.visits.issue import issue
from shared.views.desk import read_waiting
from shared.views.site import read_hall
from tests.support.screens import until
from tests.tui.visitor import Visitor, center, visitor

DOUBLE_TAP_S = [0.02, 0.1, 0.25, 0.5]


def numbers(centre: Centre) -> int:
    services = tuple(queue.service for queue in centre.database.read(read_hall).queues)
    return len(centre.database.read(read_waiting, services, 999))


def post(one: Visitor, x: int, y: int) -> None:
    """Queue press and release as the driver does, without waiting until they are handled."""
    for kind in (events.MouseDown, events.MouseUp):
        one.pilot.app.post_message(
            kind(None, x, y, 0, 0, button=1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
        )


@pytest.mark.parametrize("apart_s", DOUBLE_TAP_S)
async def test_a_double_tap_on_a_language_draws_no_number(centre: Centre, apart_s: float) -> None:
    async with visitor(centre) as one:
        await one.looks()
        place = center(one.tile("de").region)
        for _ in range(2):
            post(one, *place)
            await one.pilot.pause()
            one.passes(apart_s)
        assert one.step is Step.CONCERN
        await one.looks()
        assert one.step is Step.CONCERN
    assert numbers(centre) == 0


@pytest.mark.parametrize("apart_s", DOUBLE_TAP_S[::3])
async def test_a_double_tap_on_something_else_draws_no_number(centre: Centre, apart_s: float) -> None:
    async with visitor(centre) as one:
        await one.touches("uk")
        await one.looks()
        place = center(one.tile(Act.SINGLE).region)
        for _ in range(2):
            post(one, *place)
            await one.pilot.pause()
            one.passes(apart_s)
        assert one.step is Step.SERVICE
    assert numbers(centre) == 0


@pytest.mark.parametrize("apart_s", DOUBLE_TAP_S[::3])
async def test_a_double_tap_on_more_turns_one_page(centre: Centre, apart_s: float) -> None:
    async with visitor(centre) as one:
        await one.looks()
        place = center(one.tile(Act.MORE).region)
        for _ in range(2):
            post(one, *place)
            await one.pilot.pause()
            one.passes(apart_s)
        assert one.tile("pl"), "Polish was seen"
        assert one.screen.way.page == 1


async def test_opening_under_a_finger_means_nothing_to_it(centre: Centre, leipzig: Config) -> None:
    """So does another plan, which may put something else in the same place."""
    async with visitor(centre) as one:
        await one.touches("de")
        await one.looks()
        place = center(one.tile("neu").region)
        before = one.screen.way.offer
        other = leipzig.plan_toml.replace("Ich bin neu in Leipzig", "Ich bin hier neu")
        centre.database.do(apply, other, True)
        await until(lambda: one.screen.way.offer > before)
        post(one, *place)
        await one.pilot.pause()
        assert one.step is Step.CONCERN
        await one.touches("neu")
        await one.comes_to(Step.SUMMARY)


async def test_yes_and_change_at_once_are_one_touch(centre: Centre) -> None:
    """The one that the program gets first counts; the other was made for a step that is over."""
    async with visitor(centre) as one:
        await one.touches("de")
        await one.touches("neu")
        await one.looks()
        right, change = (center(one.button(id)) for id in ("#forward", "#back"))
        post(one, *right)
        post(one, *change)
        await until(lambda: one.step is Step.CONCERN or one.code == "A001")
        await one.pilot.pause()
        number = one.step is Step.TICKET
    assert numbers(centre) == number


async def test_back_and_a_tile_at_once_lead_back_and_nowhere_else(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("de")
        await one.touches(Act.SINGLE)
        await one.looks()
        tile, back = center(one.tile("aufenthalt").region), center(one.button("#back"))
        for _ in range(3):
            post(one, *back)
            post(one, *tile)
        await one.comes_to(Step.CONCERN)
        await one.looks()
        assert one.step is Step.CONCERN
    assert numbers(centre) == 0


async def test_a_screen_that_becomes_smaller_under_a_finger_is_looked_at_anew(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("de")
        await one.looks()
        await one.pilot.resize_terminal(60, 18)
        await one.pilot.pause()
        assert not one.screen.takes_touches
        await one.touches("neu")
        await one.comes_to(Step.SUMMARY)


async def test_a_kiosk_that_comes_to_the_front_is_looked_at_anew(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.looks()
        kiosk = one.screen
        await one.pilot.app.push_screen(Screen())
        await one.pilot.app.pop_screen()
        assert not kiosk.takes_touches
        await one.touches("de")
        await one.comes_to(Step.CONCERN)


async def test_what_is_pressed_shows_it_at_once_and_nothing_stays_pressed(centre: Centre) -> None:
    """A finger that slides away is lifted over something else, which was not pressed."""
    async with visitor(centre) as one:
        await one.looks()
        pressed, other = one.tile("de"), one.tile("ti")
        plain = pressed.background_colors[1]
        await one.pilot.mouse_down(pressed)
        assert pressed.background_colors[1] != plain
        await one.pilot.mouse_up(other)
        await until(lambda: pressed.background_colors[1] == plain)
        assert one.step is Step.LANGUAGE
        await one.touches(other)
        await one.comes_to(Step.CONCERN)
        assert not one.screen.query(".-pressed")


# ---- taps at random


@dataclass
class Fingers:
    """Taps at random, and those that somebody can have meant."""

    one: Visitor
    chance: random.Random
    read_since: dict[int, float] = field(default_factory=dict)
    """Since when each offer has been on the screen."""
    meant: set[str] = field(default_factory=set)
    """Keys of tiles that were touched after they could be read."""

    async def looks(self) -> None:
        await self.one.pilot.pause()
        self.read_since.setdefault(self.one.screen.way.offer, self.one.now)

    def taps(self) -> None:
        """Touch a tile, a button or anywhere, and note what was there long enough."""
        targets = self.one.touchables()
        x, y = self.chance.randrange(100), self.chance.randrange(30)
        if targets and self.chance.random() < 0.8:
            x, y = center(self.chance.choice(targets).region)
        read_s = self.one.now - self.read_since.get(self.one.screen.way.offer, self.one.now)
        if read_s >= STEADY_S - 0.001:
            hit = (found.offers for found in targets if found.region.contains(x, y))
            self.meant |= {word for offers in hit for word in (offers.key, offers.act)}
        post(self.one, x, y)

    async def play(self, rounds: int) -> None:
        for _ in range(rounds):
            for _ in range(self.chance.choice((1, 1, 1, 2, 3, 8))):
                self.taps()
            await self.looks()
            self.one.passes(self.chance.choice((0.02, 0.1, 0.3, 0.5, 0.9, 0.9, 2.0, 30.0)))
            await self.looks()


@contextmanager
def asked(centre: Centre) -> Iterator[tuple[list[Arrival], list[str]]]:
    """All numbers that are requested meanwhile, and those of them that are cancelled."""
    arrivals: list[Arrival] = []
    cancelled: list[str] = []
    once = centre.once

    def noted(request: UUID, verb: Callable[..., Ticket], *about: Any) -> Future[Ticket]:
        if verb is issue:
            arrivals.append(about[0])
        elif verb is cancel:
            cancelled.append(about[0])
        return once(request, verb, *about)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(centre, "once", noted)
        yield arrivals, cancelled


@pytest.mark.parametrize("seed", range(3))
async def test_taps_at_random_draw_only_what_somebody_meant(centre: Centre, seed: int) -> None:
    async with visitor(centre) as one:
        fingers = Fingers(one, random.Random(seed))
        with asked(centre) as (arrivals, cancelled):
            await fingers.looks()
            await fingers.play(rounds=80)
            while not arrivals:  # some of them do draw a number
                await fingers.play(rounds=10)
            assert one.pilot.app.is_running
        await until(lambda: numbers(centre) == len(arrivals) - len(cancelled))
    for arrival in arrivals:
        assert {arrival.language, *arrival.packages, *arrival.services, Act.PRINT} <= fingers.meant, arrival
