"""The waiting-room screen: the newest numbers with their desks, as large as possible, and the others below."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.screen import Screen

from display import sentences
from display.board import Ring, board_of, new_rings, ring_of, rings
from display.flashes import HALF_S, Flashes
from display.lettering import SMALLEST, Line
from display.speech import Announcement, announce
from display.widgets.call_grid import CallGrid
from display.widgets.call_row import Entry
from display.widgets.calm import Calm
from display.widgets.headings import Headings
from display.widgets.masthead import Masthead
from display.widgets.trouble import Trouble
from faces.faults import watch
from faces.messages import Changed
from faces.reading import Reading
from shared.centre import Centre
from shared.clock import monotonic
from shared.language import Language, language
from shared.language.terminal_text import clean
from shared.model import Call, Room, spaced
from shared.views.room import read_room
from voice.player import Player

_MOST_NEW = 3
_ROWS_PER_NEW_CALL = 9
"""For each of these rows of the screen, one more call can be among the newest."""
_NOBODY = Room(())
"""The room that is shown while nothing is known."""


class BoardScreen(Screen[None]):
    """What a waiting room sees and hears.

    Classes: -calm if nobody is called, -suspended if the centre is suspended, -alone if there are only new calls.
    """

    CSS_PATH = "board.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high"), (56, "-tall")]  # noqa: RUF012 - as Textual declares it
    ALLOW_SELECT = False

    def __init__(self, centre: Centre, area: str | None, player: Player[Announcement] | None) -> None:
        """Show the calls for `area`, or for all areas if None; without a player they are not spoken."""
        super().__init__()
        self._centre = centre
        self._area = area
        self._player = player
        self._reading = Reading(self, centre, lambda: centre.read(read_room, area), self._take)
        self._seen: frozenset[Ring] | None = None
        self._flashes = Flashes()

    def compose(self) -> ComposeResult:
        """Head, headings, new calls or the sentence instead of them, who else is expected, who has come, trouble."""
        bidi = self._centre.device.bidi
        yield Masthead(bidi)
        with Vertical(id="called"):
            yield Headings(bidi)
            yield CallGrid(id="now")
            yield CallGrid(id="expected", largest=8)
        yield Calm(bidi)
        yield CallGrid(id="at-desk", largest=SMALLEST)
        yield Trouble(bidi)

    def on_mount(self) -> None:
        """Start to read."""
        self._flash = self.set_interval(HALF_S, self._next_half, pause=True)
        self.set_interval(1.0, self._show_texts)
        self._reading.begin()
        self._show_texts()
        self._show_calls()

    def on_unmount(self) -> None:
        """Stop being woken."""
        self._reading.end()

    @on(Changed)
    def read(self) -> None:
        """Read again."""
        self._reading.ask()

    @property
    def _room(self) -> Room:
        return self._reading.known or _NOBODY

    @property
    def _house(self) -> Language:
        return language(self._centre.plan.site.language)

    def _take(self) -> None:
        """Show what was read and highlight what is new in it."""
        if self._reading.trouble is None:
            self._point_out()
        self._show_texts()
        self._show_calls()
        self._alert()

    def _point_out(self) -> None:
        new = new_rings(self._room.calls, self._seen, self._centre.now())
        self._seen = rings(self._room.calls)
        if new:
            self._flashes.begin(map(ring_of, new), monotonic())
            self._flash.reset()
            self._flash.resume()
        if self._player:
            for call in new:
                announce(self._centre, self._player, self._area, call, partial(watch, self))

    @on(Resize)
    def _show_calls(self) -> None:
        board = board_of(self._room.calls, max(1, min(_MOST_NEW, self.size.height // _ROWS_PER_NEW_CALL)))
        self.set_class(not board.now, "-calm")
        self.set_class(self._room.suspended is not None, "-suspended")
        self.set_class(not board.expected, "-alone")
        for block, calls in (("#now", board.now), ("#expected", board.expected), ("#at-desk", board.at_desk)):
            self.query_one(block, CallGrid).show([_entry(call) for call in calls])

    @on(CallGrid.Placed, "#now")
    def _align_headings(self, placed: CallGrid.Placed) -> None:
        self.query_one(Headings).align(placed.number_at, placed.desk_at)

    def _show_texts(self) -> None:
        plan, house, reading = self._centre.plan, self._house, self._reading
        self.query_one(Masthead).show(
            name=sentences.title(plan, self._area),
            exercise=sentences.exercise(house) if self._centre.training else "",
            time=house.time(self._centre.now(), plan.site.timezone),
            direction=house.direction,
        )
        self.query_one(Headings).show(*sentences.headings(house), house.direction)
        suspended = self._room.suspended is not None
        self.query_one(Calm).show(sentences.waiting(house, self._room.languages, suspended, monotonic()))
        if reading.trouble:
            trouble = sentences.trouble(house, reading.as_of, plan.site.timezone)
            self.query_one(Trouble).show(trouble, reading.trouble.message)
        else:
            doubted = sentences.clock_doubted(house, self._room.doubt)
            self.query_one(Trouble).show((*doubted, *sentences.area_gone(house, plan, self._area)), "")

    def _next_half(self) -> None:
        self._flashes.next_half(monotonic())
        if not self._flashes.any:
            self._flash.pause()
        self._alert()

    def _alert(self) -> None:
        for grid in self.query(CallGrid):
            grid.alert(self._flashes.bright)


def _entry(call: Call) -> Entry:
    line = Line(spaced(call.code), clean(call.desk))
    return Entry(ring_of(call), line)
