"""A face that only reports what reaches its handlers: `python -m tests.support.probe kiosk|console [FAULT]`.

It writes one JSON list per line into the file that PROBE names.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any, cast

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from ankommen.opening import shipped_config
from faces.app import FaceApp
from faces.messages import Scanned
from faces.show import show
from shared.centre import Centre
from shared.config import Device, read_config
from shared.language import Language

SECRET = "0123456789ABCDEFGHJK"
"""The content of a local variable and of the fault's message."""


class House:
    """The parts of a centre that an app uses."""

    device = Device()
    plan = read_config(shipped_config()).plan


class Probe(Screen[None]):
    """Reports each event."""

    def compose(self) -> ComposeResult:
        yield Static("here I am")

    def tell(self, *what: object) -> None:
        with Path(os.environ["PROBE"]).open("a") as file:
            file.write(json.dumps(what) + "\n")

    def on_mount(self) -> None:
        self.set_timer(0.01, lambda: self.tell("ready", *self.app.size))

    def on_click(self, click: events.Click) -> None:
        fault = sys.argv[2] if len(sys.argv) > 2 else ""
        token = SECRET
        if fault == "raise":
            raise KeyError(token)
        if fault == "thread":
            threading.Thread(target=lambda: {}[token]).start()
        if fault == "busy" and not (free := Path(f"{os.environ['PROBE']}.free")).exists():
            self.tell("busy")
            while not free.exists():
                time.sleep(0.01)
        if fault == "stuck":
            self.tell("stuck")
            time.sleep(600)
        self.tell("tap", click.x, click.y)

    def on_key(self, key: events.Key) -> None:
        self.tell("key", key.key)

    def on_paste(self, paste: events.Paste) -> None:
        self.tell("paste", paste.text)

    def on_mouse_scroll_down(self) -> None:
        self.tell("wheel")

    def on_resize(self, resize: events.Resize) -> None:
        self.tell("size", *resize.size)

    @on(Scanned)
    def scan(self, scanned: Scanned) -> None:
        self.tell("scan", scanned.text)


class ProbeApp(FaceApp):
    """A kiosk or a console."""

    DEFAULT_MODE = "probe"
    MODES = {"probe": Probe}  # noqa: RUF012

    def say_sorry(self, language: Language) -> str:
        return language.text("There is a fault. Please go to reception.")


def main() -> int:
    ProbeApp.TYPED = sys.argv[1] == "console"
    ProbeApp.PUBLIC = not ProbeApp.TYPED
    house: Any = House()
    return show(ProbeApp(cast("Centre", house)))


if __name__ == "__main__":
    sys.exit(main())
