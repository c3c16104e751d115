"""Hasty fingers at a kiosk in a real terminal, while the process is stopped and slowed down."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from ankommen.opening import shipped_config
from kiosk.steady import STEADY_S
from printers.virtual import VirtualPrinter
from tests.support.hostile import HOSTILE
from tests.support.line import memory_kb
from tests.support.slowed import slowed, stopped
from tests.support.waiting import wait_until
from tests.system.conftest import House, Terminal

LANGUAGE, PACKAGE, PRINT, NUMBER = "Deutsch", "Ich bin neu", "Ja, drucken", "Ihre Nummer"
FIRST_QUESTION = "Bitte wählen Sie Ihre Sprache."
SIZE = (100, 30)
BACK, DONE = (9, 28), (92, 28)
"""The places of the buttons at the foot."""
READ_S = STEADY_S + 0.5
"""How long somebody looks before an intended touch."""
KEYS = [bytes([code]) for code in range(1, 33)] + [b"q", b"\x1bOP", b"\x1b[24~", b"\x1b[A", b"\x1b[3~"]
"""Every control key, and some that move or press something elsewhere."""
GLIMPSE_S = 0.35
"""Content younger than this cannot have been read: no kiosk takes a touch for it, even if it is busy."""
STUCK_S = 300.0
"""How long touches at random may need to reach a number, on a busy machine, too."""
WARM = 80
"""After so many numbers a kiosk has drawn tickets in every language, and has loaded every font for them."""
LONG_S = 600.0
"""How long each of the six long forms goes on after that: an hour in all."""
GROWTH_KB = 10_000
"""How much more memory it may need in the end than when it was warm."""


def mute(house: House) -> None:
    """Its computer has no loudspeaker."""
    file = house.folder / "config.toml"
    file.write_text(f'extends = "{shipped_config()}"\n[device]\naudio = "none"\n', encoding="utf-8")
    house.environment["ANKOMMEN_CONFIG"] = str(file)


def numbers(house: House) -> int:
    """How many were drawn, read from the file itself, because that is quick."""
    with closing(sqlite3.connect(f"file:{house.folder}/centre.sqlite?mode=ro", uri=True)) as database:
        count: int = database.execute("SELECT count(*) FROM visit").fetchone()[0]
        return count


def test_what_is_tapped_while_the_kiosk_stands_still_is_one_touch(
    terminal: Callable[..., Terminal], house: House
) -> None:
    kiosk = terminal("--printer", "none", "kiosk")
    language = kiosk.place(LANGUAGE)
    time.sleep(READ_S)
    with stopped(kiosk.pid):
        for _ in range(3):
            kiosk.touch(language, language)
            time.sleep(READ_S / 2)
    package = kiosk.place(PACKAGE)
    with stopped(kiosk.pid):
        kiosk.touch(package)
        time.sleep(READ_S)
    time.sleep(READ_S)
    assert PACKAGE in kiosk.screen(), "nobody can have read it yet"
    assert numbers(house) == 0
    kiosk.tap(PACKAGE)
    kiosk.tap("Ja, Nummer ziehen")
    kiosk.shows(NUMBER)
    assert numbers(house) == 1


def test_yes_and_change_in_one_write_are_one_touch(
    terminal: Callable[..., Terminal], house: House, printer: VirtualPrinter
) -> None:
    kiosk = terminal("--printer", printer.url, "kiosk")
    drawn = 0
    for _ in range(4):
        kiosk.tap(LANGUAGE)
        kiosk.tap(PACKAGE)
        right = kiosk.place(PRINT)
        time.sleep(READ_S)
        with stopped(kiosk.pid):
            kiosk.touch(right, BACK, right, BACK)
        screen = kiosk.shows(lambda screen: NUMBER in screen or (PACKAGE in screen and PRINT not in screen))
        if NUMBER in screen:
            drawn += 1
            kiosk.tap("Fertig")
        else:
            kiosk.tap("Zurück")
        kiosk.shows(FIRST_QUESTION)
        assert numbers(house) == drawn


@dataclass
class Hasty:
    """Taps and noise at random, and the most numbers that somebody can have meant by them."""

    kiosk: Terminal
    house: House
    chance: random.Random
    screen: str = ""
    looked_at: float = field(default_factory=time.monotonic)
    """When the last look at the screen began."""
    new_at: float = field(default_factory=time.monotonic)
    """When other content was still there: the present content is not older than this."""
    meant: int = 0

    def look(self) -> None:
        began = time.monotonic()
        screen = self.kiosk.screen()
        if screen != self.screen:
            self.screen, self.new_at = screen, self.looked_at
        self.looked_at = began
        if FIRST_QUESTION in screen:
            self.meant = numbers(self.house)

    def looks(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self.look()
        while time.monotonic() < until:
            time.sleep(0.03)
            self.look()

    def taps(self) -> None:
        """Up to eight places in one write: mostly the first tiles, some twice, or back, or done, or anywhere."""
        tiles = [(self.chance.randrange(5, 95), self.chance.randrange(5, 17)) for _ in range(5)]
        anywhere = self.chance.randrange(SIZE[0]), self.chance.randrange(SIZE[1])
        places = self.chance.choices([*tiles, anywhere, BACK, DONE], k=self.chance.choice((1, 1, 2, 3, 8)))
        self.look()
        if FIRST_QUESTION not in self.screen and time.monotonic() - self.new_at >= GLIMPSE_S:
            self.meant = max(self.meant, numbers(self.house) + 1)
        self.kiosk.touch(*places)

    def noise(self) -> None:
        """Keys, broken and forged sequences, pastes: whatever a terminal or a scanner may send, and no touch."""
        any_bytes = self.chance.randbytes(self.chance.randrange(200))
        self.kiosk.receives(self.chance.choice([*HOSTILE.values(), *KEYS, any_bytes]))

    def go_on(self, seconds: float) -> None:
        """Go on for this long, and until a number is drawn."""
        drawn, began = numbers(self.house), time.monotonic()
        while time.monotonic() < began + seconds or numbers(self.house) == drawn:
            assert time.monotonic() < began + seconds + STUCK_S, "no touch reaches a number any more"
            self.looks(self.chance.choice((0.0, 0.05, 0.15, 0.3, READ_S, READ_S, READ_S, READ_S)))
            if self.chance.random() < 0.3:
                self.noise()
            self.taps()
            assert numbers(self.house) <= self.meant, self.screen


def taps_at_random(kiosk: Terminal, house: House, seed: int, share: float, warm: int, slow_s: float) -> int:
    """The kiosk lives, draws only numbers that somebody can have meant, and serves the next visitor.

    It has all its time for the first `warm` numbers, and then a share of it for `slow_s`. Returns how many kB it has
    grown meanwhile.
    """
    kiosk.shows(FIRST_QUESTION)
    assert "Read aloud" not in kiosk.screen(), "who listens would touch everything twice"
    hasty = Hasty(kiosk, house, random.Random(seed))
    while numbers(house) < warm:
        hasty.go_on(0)
    warm_kb = memory_kb(kiosk.pid)
    with slowed(kiosk.pid, share):
        hasty.go_on(slow_s)
    growth_kb = memory_kb(kiosk.pid) - warm_kb

    def begins() -> bool:
        if FIRST_QUESTION not in kiosk.screen():
            kiosk.touch(BACK, DONE)
        time.sleep(READ_S)
        return FIRST_QUESTION in kiosk.screen()

    wait_until(begins, kiosk.screen)
    assert numbers(house) <= hasty.meant
    drawn = numbers(house)
    kiosk.tap(LANGUAGE)
    kiosk.tap(PACKAGE)
    kiosk.tap(PRINT)
    kiosk.shows(NUMBER)
    assert numbers(house) == drawn + 1
    return growth_kb


@pytest.mark.parametrize("share", [0.2, 0.1])
def test_taps_at_random_on_a_slow_kiosk(
    terminal: Callable[..., Terminal], house: House, printer: VirtualPrinter, share: float
) -> None:
    mute(house)
    taps_at_random(terminal("--printer", printer.url, "kiosk", size=SIZE), house, 7, share, warm=1, slow_s=25.0)


@pytest.mark.long
@pytest.mark.parametrize("share", [0.2, 0.1])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_taps_at_random_for_long(
    terminal: Callable[..., Terminal], house: House, printer: VirtualPrinter, share: float, seed: int
) -> None:
    mute(house)
    kiosk = terminal("--printer", printer.url, "kiosk", size=SIZE)
    assert taps_at_random(kiosk, house, seed, share, WARM, LONG_S) < GROWTH_KB
