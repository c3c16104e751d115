"""The kiosk as its stylesheet shows it: what is laid out at each step, how large, and in which colours."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from faces.big_number import BigNumber
from faces.contrast import RGB
from faces.text import Phrase
from kiosk import steps
from kiosk.aloud import Aloud
from kiosk.looks import Look
from kiosk.moves import Step
from kiosk.screens import kiosk
from kiosk.staff import Staff
from kiosk.today import Today
from kiosk.way import Way
from kiosk.widgets.front import Front
from kiosk.widgets.label import LabelView
from kiosk.widgets.row import Row
from kiosk.widgets.touchable import Touchable
from printers.samples import sample_ticket
from shared.config import Plan
from shared.model import ClosedReason, Door, Opening, Standing, SuspendReason

_FOLDER = Path(inspect.getfile(kiosk)).parent
_NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
"""Any moment: nothing that is laid out depends on it."""
_DOORS = Door(Opening(True)), Door(Opening(False, ClosedReason.ENDED)), Door(Opening(True), SuspendReason.FIRE)


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of something."""

    paper: RGB
    inks: tuple[RGB, ...]
    """Those of its words; none if it says nothing."""
    edges: tuple[RGB, ...] = ()
    """Those of its borders."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that a visitor sees."""

    step: Step
    name: str
    width: int
    """In cells, as the height."""
    height: int
    colours: Colours
    around: RGB
    """The colour that it lies on."""
    pressed: Colours | None
    """While a finger is on it; None for what cannot be touched."""

    @property
    def is_target(self) -> bool:
        """Whether it can be touched."""
        return self.pressed is not None


class KioskScreen(Screen[None]):
    """A kiosk's screen on which nothing happens; it has this name because the stylesheet lays out what is in it."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [_FOLDER / name for name in kiosk.KioskScreen.CSS_PATH]
    HORIZONTAL_BREAKPOINTS = kiosk.KioskScreen.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = kiosk.KioskScreen.VERTICAL_BREAKPOINTS

    def compose(self) -> ComposeResult:
        """What a visitor sees."""
        yield Front("app", training=True)


class _Sheet(App[None]):
    DEFAULT_MODE = "kiosk"
    MODES = {"kiosk": KioskScreen}  # noqa: RUF012  (Textual's own declaration)


def seen(plan: Plan, size: tuple[int, int], *looks: Look) -> list[Seen]:
    """Everything that is shown at any step of a plan's way with these looks, on that many columns and rows."""
    return asyncio.run(measure(plan, size, *looks))


async def measure(plan: Plan, size: tuple[int, int], *looks: Look) -> list[Seen]:
    """The same, where a loop is running already."""
    found = list[Seen]()
    async with _Sheet().run_test(size=size) as pilot:
        for way in _ways(plan, frozenset(looks)):
            pilot.app.screen.query_one(Front).draw(way, steps.offer(way, _NOW))
            await pilot.pause()
            found += await _shown(pilot, way.shown)
    return found


def _ways(plan: Plan, looks: frozenset[Look]) -> Iterator[Way]:
    """A way to everything that looks different, by the first touch that leads there, by waiting, and by the door."""
    seen, told = set(), set()
    ways = [replace(way, wish=replace(way.wish, looks=looks)) for way in _beginnings(plan)]
    while ways:
        way = ways.pop(0)
        offer = steps.offer(way, _NOW)
        door = way.door if way.shown is Step.CLOSED else None
        asked, on = bool(way.wish.needs) or way.wish.interpreter, any(tile.on for tile in offer.tiles)
        kind = way.shown, door, way.asking, asked, on, len(offer.tiles)
        # Which page it is, not which of many is chosen:
        place = *kind, way.aloud.on, next((tile.key for tile in offer.tiles), "")
        if place in seen or way.wish.looks != looks or way.wish.language not in (None, plan.site.language):
            continue
        seen.add(place)
        if (way.asking or kind) not in told:
            told.add(way.asking or kind)
            yield way
        ways += [steps.after(way, way.touch(one.act, one.key), offer, 0.0) for one in offer.choices]
        ways.append(way.later(plan.rules.kiosk_idle_s + 1))


def _beginnings(plan: Plan) -> list[Way]:
    """By the door, with a concern that cannot be had, a scanned ticket, the staff's PIN, speech, and a number."""
    doors = [Way(plan, has_voice=True).at_the_door(door, 0.0).begun(0.0) for door in _DOORS]
    first = doors[0].knows(Today(full=frozenset(list(plan.services)[-1:])))
    scanned = first.scanned(Standing(sample_ticket(plan, plan.site.language), breaks_left=1), 0.0)
    staff = first.asks_for_pin(0.0), first.serves(Staff(), 0.0, Step.STAFF)
    return [first, *doors[1:], scanned, *staff, first.begun(0.0, Aloud(on=True)), first.cancel_answered("A001", 0.0)]


async def _shown(pilot: Pilot[None], step: Step) -> list[Seen]:
    shown = [one for one in pilot.app.screen.query("*").results(Widget) if one.region and one.visible]
    plain = {one: _colours(one) for one in shown}
    pressed = _pressed(
        pilot.app.stylesheet, [one for one in shown if isinstance(one, Touchable) and one.offers is not None]
    )
    found = list[Seen]()
    for one in shown:
        if isinstance(one, Row):
            found += _in_row(step, one)
        else:
            around = one.colors[0].rgb
            found.append(Seen(step, one.css_identifier, *one.region.size, plain[one], around, pressed.get(one)))
    return found


def _pressed(stylesheet: Stylesheet, touched: Sequence[Widget]) -> dict[Widget, Colours]:
    for one in touched:
        one.add_class("-pressed")
    stylesheet.update_nodes(touched)
    pressed = {one: _colours(one) for one in touched}
    for one in touched:
        one.remove_class("-pressed")
    stylesheet.update_nodes(touched)
    return pressed


def _in_row(step: Step, row: Row) -> Iterator[Seen]:
    around, height = row.colors[2].rgb, row.region.height
    for part, _, width in row.spans():
        if part.label is not None:
            plain = _component(row, f"row--{part.kind}", says=bool(part.label.title.strip()))
            pressed = _component(row, "row--pressed") if part.touch else None
            yield Seen(step, part.name or part.kind, width, height, plain, around, pressed)


def _colours(widget: Widget) -> Colours:
    _, _, paper, ink = widget.colors
    edges = tuple((paper + colour).rgb for kind, colour in widget.styles.border if kind)
    if isinstance(widget, LabelView):
        names = sorted(widget.COMPONENT_CLASSES) if widget.label else ()
        return Colours(paper.rgb, tuple(_component(widget, name).inks[0] for name in names), edges)
    says = (isinstance(widget, Phrase) and widget.text) or (isinstance(widget, BigNumber) and widget.number)
    return Colours(paper.rgb, ((paper + ink).rgb,) if says else (), edges)


def _component(widget: Widget, name: str, *, says: bool = True) -> Colours:
    style = widget.get_component_rich_style(name)
    paper, ink = (Color.from_rich_color(colour).rgb for colour in (style.bgcolor, style.color))
    return Colours(paper, (ink,) if says else ())
