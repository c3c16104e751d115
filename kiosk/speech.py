"""Speech at the kiosk: says what the screen shows, and lets a visitor walk through it by keys or by corners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from textual.message import Message

from kiosk.aloud import Aloud
from kiosk.messages import Touched
from kiosk.moves import Act, Touch
from kiosk.pause import Pause
from kiosk.speaking import Speaking
from kiosk.spoken import SILENT_STEPS, Item, Page, spoken, volume
from kiosk.steps.aloud import begun, ended
from kiosk.steps.ticket import Shown
from kiosk.way import Way
from shared.clock import monotonic
from shared.config import Device
from shared.language import language
from shared.model import GuideReason
from voice.player import SILENT
from voice.reader import Reader, Saying
from voice.sentence import Spoken

_BEGIN, _PLUGGED, _UNPLUGGED = "speech", "plugged", "unplugged"
_NOWHERE = Page(())


class Speech:
    """What is named and not yet chosen is in focus. A choice is made as by a finger: by a `Touched`."""

    def __init__(self, stand: Speaking, device: Device) -> None:
        self._stand = stand
        self._reader = Reader(device.audio)
        self.end, self.hush = self._reader.end, self._reader.hush
        """The program ends; somebody touches the screen or a key."""
        self._meanings = dict(device.keypad.pairs)
        self._keys_pause = Pause(device.key_pause_ms / 1000, held=True)
        self._touches_pause = Pause(device.key_pause_ms / 1000)
        self.has_voice = device.audio != SILENT
        """Whether this computer can speak."""
        self._seen: Any = None
        self._place: Any = None
        self._page = _NOWHERE
        self._focus: tuple[Act, str] | None = None
        self._last: list[Saying] = []
        self._guided = 0  # the last visitor for whom a guide was asked to come

    # ---- what the visitor does

    def key(self, name: str) -> None:
        """A key of the keypad; any other means nothing."""
        if (meaning := self._meanings.get(name)) is not None:
            self.press(meaning)

    def press(self, meaning: str) -> None:
        """A key, or the corner that stands for it. Whatever it is, it silences what is being said."""
        now, way = monotonic(), self._stand.way
        if not self.has_voice or not self._keys_pause.counts(meaning, now):
            return
        self.hush()
        if meaning == _PLUGGED or (meaning == _BEGIN and not way.aloud.on):
            self._stand.go(begun(way, now, Aloud(on=True, free=meaning == _PLUGGED)))
        elif not way.aloud.on:
            return
        elif meaning in (_BEGIN, _UNPLUGGED):
            self._stand.go(ended(way, now))
        else:
            self._stand.go(way.touched(now))
            if not way.asking:  # then any key is more time, and nothing else
                self.beat()  # a key means what is shown now, even if nothing of it was said yet
                self._walk(meaning)

    def _walk(self, meaning: str) -> None:
        match meaning:
            case "next":
                self._next()
            case "choose" if (item := self._item()) is not None:
                self._stand.post_message(Touched(item.touch, Message().time))
            case "volume":
                self._louder()
            case _:
                self._reader.say(self._last)

    def lets_act(self, touch: Touch, pressed: float) -> bool:
        """Whether a touch is no repeat of the last one, and does not only name what it would choose.

        The staff type a PIN, in which a digit may well come twice.
        """
        typed = touch.step in SILENT_STEPS
        return typed or (self._touches_pause.counts(touch, pressed) and not self._names(touch))

    def _names(self, touch: Touch) -> bool:
        """For who listens, the first touch of a tile names it."""
        way, choice = self._stand.way, (touch.act, touch.key)
        if not way.aloud.on or way.asking or not way.meets(touch) or choice == self._focus:
            return False
        if (item := self._item(choice)) is None:
            return False
        self._focus = choice
        self._name(item)
        return True

    # ---- what is heard

    def beat(self) -> None:
        """Say what has changed."""
        stand, way = self._stand, self._stand.way
        if way.aloud.on and stand.ticket.shown is not None:
            self._send_guide(way, stand.ticket.shown)
        seen = (way.offer, way.wish, stand.ticket.shown, way.aloud) if way.aloud.on else None
        if seen != self._seen:
            self._seen = seen
            if seen is None:
                self._forget()
            else:
                self._read(spoken(way, stand.offer, stand.ticket.shown), way)
        self._tell_failure(way)

    def _send_guide(self, way: Way, shown: Shown) -> None:
        """Ask somebody to come to who cannot see where to go, and tell it with the number."""
        if way.visit != self._guided:
            self._guided = way.visit
            self._stand.guide.ask(GuideReason.NEED)
        if way.coming and not shown.guided:
            self._stand.ticket.show(replace(shown, guided=True))

    def _read(self, page: Page, way: Way) -> None:
        before, named, self._page = self._page, self._item(), page
        item, place = self._item(), (way.shown, way.leaf, way.asking)
        if place != self._place or (self._focus is not None and item is None):
            self._place, self._focus = place, None
            self._say(page.title, tone=page.tone)
        elif page.title != before.title:
            self._go_on(page, before)
        elif item is not None and named is not None and item.words != named.words:
            self._say(item.spoken)
        self._mark()

    def _go_on(self, page: Page, before: Page) -> None:
        """Say what is new at the same step: after what is being said, unless that begins otherwise now."""
        if page.title[:1] != before.title[:1]:
            self._say(page.title)
        else:
            self._reader.add(self._sayings(part for part in page.title if part not in before.title))
            self._last = self._sayings(page.title)

    def _next(self) -> None:
        items = self._page.items
        if items:
            choices = [(item.touch.act, item.touch.key) for item in items]
            at = choices.index(self._focus) + 1 if self._focus in choices else 0
            self._focus = choices[at % len(items)]
            self._name(items[at % len(items)])

    def _name(self, item: Item) -> None:
        self._say(item.spoken)
        self._mark()

    def _louder(self) -> None:
        way = self._stand.way
        self._stand.go(replace(way, aloud=way.aloud.next_volume()))
        self._reader.say(self._sayings(volume(self._stand.way)))

    def _say(self, parts: Iterable[Spoken], *, tone: bool = False) -> None:
        self._last = self._sayings(parts, tone=tone)
        self._reader.say(self._last)

    def _sayings(self, parts: Iterable[Spoken], *, tone: bool = False) -> list[Saying]:
        aloud = self._stand.way.aloud
        spoken = [replace(part, rate=aloud.rate) for part in parts]
        return [Saying(part, aloud.level_db) for part in (*[None] * tone, *spoken)]

    def _item(self, choice: tuple[Act, str] | None = None) -> Item | None:
        """What can be chosen so, without a choice what is in focus."""
        wanted = choice or self._focus
        return next((item for item in self._page.items if (item.touch.act, item.touch.key) == wanted), None)

    def _mark(self) -> None:
        """Show what is in focus to those who see a little, or help."""
        item = self._item()
        self._stand.front.mark(item.touch if item is not None else None)

    def _forget(self) -> None:
        self._page, self._place, self._focus, self._last = _NOWHERE, None, None, []
        self._reader.forget()
        self._mark()

    def _tell_failure(self, way: Way) -> None:
        failed = way.aloud.on and self._reader.failure
        say = language(way.reads)
        told = say.text("The speech does not work. Please go to reception.") if failed else ""
        self._stand.front.say_unheard(told, say.direction)
