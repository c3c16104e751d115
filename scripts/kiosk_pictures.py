"""Every screen of the kiosk in four languages, as text and with pictures, into FOLDER/kiosk/.

First as text, where it is known what stands where; then the same touches at the same cells where the terminal shows
pictures. Run by `scripts/pictures`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from real_terminal import Face, House, Window, drawn_face, face, keep_window, wait_for

from ankommen.opening import shipped_config
from shared.config import read_config
from shared.language import language
from shared.language.terminal_text import visual_lines

TAGS = ("de", "uk", "ar", "ti")
SIZE, CELLS = (100, 30), 9
"""Cells of the screen, and the size of the font: small files."""
AGAIN_S = 2.5
"""A touch that changed nothing for so long came too early, and is made again."""
STEADY_S, DRAWN_STEADY_S = 0.6, 1.2
"""How long a picture has to stand still; where it is drawn, a press shows for half a second."""
KNOWN_BY = 9
"""So many letters of a text tell it from all others."""
Step = tuple[str, Any]


@dataclass
class Walk:
    """What a visitor does, and which pictures are taken; by texts, noted by cells."""

    shown: Face
    house: House
    out: Path
    steps: list[Step] = field(default_factory=list)

    def tap(self, text: str, then: str, tag: str) -> None:
        """Touch a text until another one is there."""
        place = self.shown.place(self._found(text, tag))

        def there() -> list[str]:
            self.shown.click(*place)
            ends = time.monotonic() + AGAIN_S
            while time.monotonic() < ends and not self._seen(then, tag):
                time.sleep(0.1)
            return [then] if self._seen(then, tag) else []

        wait_for(repr(then), there)
        self.steps.append(("tap", place))

    def take(self, name: str) -> None:
        """A picture of what is shown."""
        keep_window(self.shown.still(STEADY_S), self.out / f"{name}-text.png")
        self.steps.append(("take", name))

    def run(self, *command: str, then: str, tag: str) -> None:
        """Something happens elsewhere."""
        self.house.run(*command)
        wait_for(repr(then), lambda: self._seen(then, tag))
        self.steps.append(("run", command))

    def _found(self, text: str, tag: str) -> str:
        found: str = wait_for(repr(text), lambda: self._seen(text, tag))
        return found

    def _seen(self, text: str, tag: str) -> str:
        """As much of a text as stands on one line, as it stands there; empty if none does."""
        words = text.split(" ")
        begun = (" ".join(words[:n]) for n in range(len(words), 0, -1))
        long_enough = (part for part in begun if len(part) >= min(len(text), KNOWN_BY))
        drawn = (visual_lines(part, 200, language(tag).direction)[0] for part in long_enough)
        return next((part for part in drawn if self.shown.has(part)), "")


def take_kiosk(house: House, url: str, out: Path) -> None:
    """All of them."""
    folder = out / "kiosk"
    folder.mkdir(exist_ok=True)
    with face(house, "--printer", url, "kiosk", size=SIZE, font=CELLS) as shown:
        walk = Walk(shown, house, folder)
        _seen_by_all(walk)
    with drawn_face(house, "--printer", url, "kiosk", size=SIZE, font=CELLS) as window:
        _again(window, house, walk.steps, folder)


def _seen_by_all(walk: Walk) -> None:
    first = language("de").text("Please choose your language.")
    wait_for(first, lambda: walk.shown.has(first))
    walk.take("language")
    for tag in TAGS:
        _visit(walk, tag, first)
        _halts(walk, tag, first)


def _visit(walk: Walk, tag: str, first: str) -> None:
    """From the language to the number, with a look at what is beside the way."""
    say, plan = language(tag).text, read_config(shipped_config()).plan
    question, package = say("What would you like to do today?"), plan.packages["neu"].name[tag]
    walk.tap(language(tag).autonym, question, tag)
    walk.take(f"concern-{tag}")
    walk.tap(say("Adjust the screen"), say("What helps you at this screen?"), tag)
    walk.take(f"looks-{tag}")
    walk.tap(say("Back"), question, tag)
    walk.tap(package, say("Is this right?"), tag)
    walk.take(f"summary-{tag}")
    walk.tap(say("Yes, print"), say("Please take your ticket."), tag)
    walk.take(f"number-{tag}")
    walk.tap(say("Done"), first, "de")


def _halts(walk: Walk, tag: str, first: str) -> None:
    """In strong contrast; then everybody has to leave; then there is a fault."""
    say = language(tag).text
    question = say("What would you like to do today?")
    walk.tap(language(tag).autonym, question, tag)
    walk.tap(say("Adjust the screen"), say("What helps you at this screen?"), tag)
    walk.tap(say("Strong contrast"), say("Yes"), tag)
    walk.tap(say("Back"), question, tag)
    walk.take(f"contrast-{tag}")
    walk.run("site", "suspend", "--reason", "fire", then=say("Please leave the building now. Stay calm."), tag=tag)
    walk.take(f"fire-{tag}")
    walk.run("site", "resume", then=first, tag="de")
    walk.tap(language(tag).autonym, question, tag)
    halt = say("At the moment no numbers are given and nobody is called.")
    walk.run("site", "suspend", "--reason", "technical", then=halt, tag=tag)
    walk.take(f"halt-{tag}")
    walk.run("site", "resume", then=first, tag="de")


def _again(window: Window, house: House, steps: list[Step], out: Path) -> None:
    """The same where nobody knows which text is shown."""
    seen: bytes = wait_for("the first picture", lambda: _begun(window))
    for step in steps:
        match step:
            case "tap", (int(column), int(row)):
                seen = wait_for("something else", partial(_touched, window, seen, column, row))
            case "run", command:
                house.run(*command)
                seen = wait_for("something else", partial(_changed, window, seen))
            case "take", name:
                seen = window.still(DRAWN_STEADY_S)
                keep_window(seen, out / f"{name}.png")


def _begun(window: Window) -> bytes:
    taken = window.still(DRAWN_STEADY_S)
    return taken if len(set(taken)) > 16 else b""  # an empty terminal has few colours


def _touched(window: Window, before: bytes, column: int, row: int) -> bytes:
    """What is shown after a touch; empty if it came too early."""
    window.click(column, row)
    return _changed(window, before)


def _changed(window: Window, before: bytes) -> bytes:
    after = window.still(DRAWN_STEADY_S)
    return after if after != before else b""
