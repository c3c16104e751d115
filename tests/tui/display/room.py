"""A waiting-room screen for a test, and what is read from it."""

from __future__ import annotations

from textual.pilot import Pilot

from display.app import DisplayApp
from display.speech import Announcement
from display.widgets.call_row import CallRow
from shared.centre import Centre
from voice.player import Player


def app_of(centre: Centre, player: Player[Announcement] | None = None, area: str | None = None) -> DisplayApp:
    return DisplayApp(centre, area, player)


def shown(pilot: Pilot[None], block: str) -> list[str]:
    """The rows of a block as the screen shows them: "A 001 → 1"."""
    screen = pilot.app.screen
    rows = [row for row in screen.query(f"{block} CallRow").results(CallRow) if row.display and row.entry]
    return [
        f"{row.entry.line.number} → {row.entry.line.desk}"
        for row in rows
        if row.entry and row.region and screen.region.contains_region(row.region)
    ]
