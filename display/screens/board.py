"""The waiting-room screen: the newest numbers with their desks as large as possible, the others below."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.screen import Screen

from display.board import Ring, board_of, new_rings, ring_of, rings
from display.lettering import SMALLEST, Line
from display.messages import Changed, Looked, LookFailed
from display.speech import Announcement, announce
from display.widgets.call_grid import CallGrid
from display.widgets.call_row import Entry
from display.widgets.calm import Calm
from display.widgets.headings import Headings
from display.widgets.masthead import Masthead
from display.widgets.trouble import Trouble
from shared.centre import Centre
from shared.clock import monotonic
from shared.config.plan import text_in
from shared.errors import AnkommenError
from shared.language import Language, language
from shared.language.terminal_text import clean
from shared.model import Call, Room, spaced
from shared.views.room import read_room
from voice.player import Player

_HALF_FLASH_S = 0.5
_ATTENTION_S = 6.0
"""How long a new call flashes: once a second, far below the three a second that can harm."""
_SILENCE_S = 15.0
"""The feed wakes the screen every five seconds; without an answer for so long, something is wrong."""
_MOST_NEW = 3
_ROWS_PER_NEW_CALL = 9
"""So many rows of the screen allow one more call among the newest ones."""
_BETWEEN = " · "
_FAULT = "There is a fault. Please stay here. Your number stays valid."
_CALM = ("Please wait.", "We call your number.")
HALT = ("At the moment nobody is called.", "Your number stays valid.", "Please follow the instructions of the staff.")
"""What the hall reads while the centre is suspended."""
_TURN_S = 8.0
"""How long a language stays beside the house's: enough to read three short sentences twice."""


class BoardScreen(Screen[None]):
    """What a waiting room sees and hears.

    Classes: -calm when nobody is called, -suspended when that is so for a while, -alone when only new ones are.
    """

    CSS_PATH = "board.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high"), (56, "-tall")]  # noqa: RUF012 - as Textual declares it
    ALLOW_SELECT = False

    def __init__(self, centre: Centre, area: str | None, player: Player[Announcement] | None) -> None:
        """Show the calls that concern `area`, of all areas without it; without a player they are not heard."""
        super().__init__()
        self._centre = centre
        self._area = area
        self._player = player
        self._room = Room(())
        self._seen: frozenset[Ring] | None = None
        self._flashing: dict[Ring, float] = {}
        self._bright = False
        self._answered_s = monotonic()

    def compose(self) -> ComposeResult:
        """Head, headings, new calls or the sentence in their place, who else is expected, who has come, trouble."""
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
        """Begin to look."""
        self._flash = self.set_interval(_HALF_FLASH_S, self._next_half, pause=True)
        self.set_interval(1.0, self._tick)
        self._unsubscribe = self._centre.subscribe(self._wake)
        self._show_texts()
        self._show_calls()
        self._look()

    def on_unmount(self) -> None:
        """No longer be woken."""
        self._unsubscribe()

    def _wake(self) -> None:
        """Runs on the database thread."""
        self.post_message(Changed())

    @on(Changed)
    def _look(self) -> None:
        self._centre.read(read_room, self._area).add_done_callback(self._answer)

    def _answer(self, room: Future[Room]) -> None:
        """Runs on the database thread."""
        error = room.exception()
        if error is None:
            self.post_message(Looked(room.result()))
        else:
            self.post_message(LookFailed(error.message if isinstance(error, AnkommenError) else repr(error)))

    @on(Looked)
    def _take(self, looked: Looked) -> None:
        calls = looked.room.calls
        new = new_rings(calls, self._seen, self._centre.database.clock.now())
        self._answered_s = monotonic()
        self._room = looked.room
        self._seen = rings(calls)
        self.query_one(Trouble).lines = ()
        self._show_texts()
        self._show_calls()
        self._point_out(new)
        if self._player:
            for call in new:
                announce(self._centre, self._player, self._area, call)

    @on(LookFailed)
    def _explain(self, failed: LookFailed) -> None:
        trouble = self.query_one(Trouble)
        trouble.direction = self._house.direction
        trouble.lines = tuple(dict.fromkeys((self._house.text(_FAULT), _FAULT)))
        trouble.reason = failed.reason

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
        plan, house = self._centre.plan, self._house
        area = plan.areas.get(self._area or "")
        now = self._centre.database.clock.now()
        self.query_one(Masthead).show(
            name=_BETWEEN.join([plan.site.name, *([text_in(area.name, house.tag)] if area else [])]),
            exercise=self._bilingual("EXERCISE") if self._centre.training else "",
            time=house.time(now, plan.site.timezone),
            direction=house.direction,
        )
        self.query_one(Headings).show(self._bilingual("Number"), self._bilingual("Desk"), house.direction)
        sentences = HALT if self._room.suspended else _CALM
        other = self._beside_the_house()
        self.query_one(Calm).show(
            [house.text(sentence) for sentence in sentences],
            house.direction,
            [other.text(sentence) for sentence in sentences] if other else (),
            other.direction if other else "ltr",
        )

    def _beside_the_house(self) -> Language | None:
        """English; while nobody is called for a while, each language of those who wait in turn."""
        tags = [tag for tag in self._room.languages if tag != self._house.tag] or ["en"]
        tag = tags[int(monotonic() / _TURN_S) % len(tags)]
        return language(tag) if tag != self._house.tag else None

    @property
    def _house(self) -> Language:
        return language(self._centre.plan.site.language)

    def _bilingual(self, english: str) -> str:
        return _BETWEEN.join(dict.fromkeys((self._house.text(english), english)))

    def _point_out(self, new: Sequence[Call]) -> None:
        if new:
            until_s = monotonic() + _ATTENTION_S
            self._flashing |= {ring_of(call): until_s for call in new}
            self._bright = False
            self._flash.reset()
            self._flash.resume()
        self._alert()

    def _next_half(self) -> None:
        now_s = monotonic()
        self._flashing = {ring: until_s for ring, until_s in self._flashing.items() if until_s > now_s}
        if not self._flashing:
            self._flash.pause()
        self._bright = not self._bright
        self._alert()

    def _alert(self) -> None:
        for grid in self.query(CallGrid):
            grid.alert(self._flashing if self._bright else ())

    def _tick(self) -> None:
        self._show_texts()
        if monotonic() - self._answered_s > _SILENCE_S:
            self.post_message(LookFailed("The database has not answered for a while."))


def _entry(call: Call) -> Entry:
    line = Line(spaced(call.code), clean(call.desk))
    return Entry(ring_of(call), line)
