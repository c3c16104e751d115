"""The alarm line of reception, on a real SQLite file."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.color import Color

from caller.widgets.alarm_line import AlarmLine
from caller.words import Words
from shared.centre import Centre
from shared.config import Device
from shared.store.database import Database
from shared.verbs import desks
from shared.verbs.due import tidy
from tests.conftest import HandClock
from tests.tui.conftest import until
from tests.unit.shared.verbs.acting import issued, serving


class Reception(App[None]):
    """Nothing but the line, which looks again after each change."""

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self.centre = centre

    def compose(self) -> ComposeResult:
        yield AlarmLine()

    def on_mount(self) -> None:
        self.look()
        self.centre.subscribe(lambda: self.call_from_thread(self.look))

    def look(self) -> None:
        self.query_one(AlarmLine).read(self.centre, Words.of(self.centre.plan, "app"))


async def test_reception_sees_desk_and_number_of_a_lost_console_until_somebody_sits_there_again(
    open_database: Callable[..., Database], clock: HandClock
) -> None:
    database = open_database(clock)
    code = issued(database, "anmeldung")
    serving(database)
    database.do(desks.hold_desk, "1", "console a")
    clock.forward(minutes=3)
    centre = Centre(open_database(clock), Device())
    app = Reception(centre)
    try:
        async with app.run_test(size=(100, 10)) as pilot:
            line = app.query_one(AlarmLine)
            database.do(tidy)
            await until(lambda: line.has_class("-alarm"))
            await pilot.pause()
            said = str(line.render())
            assert said == f"Alarm: Platz 1 meldet sich nicht mehr. Bitte kümmern Sie sich um {code}."
            assert line.styles.background == Color.parse("#A4161A")
            database.do(desks.open_desk, "1")
            await until(lambda: not line.has_class("-alarm"))
            await pilot.pause()
            assert not line.display or line.styles.display == "none"
    finally:
        centre.close()
