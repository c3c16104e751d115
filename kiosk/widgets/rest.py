"""What the kiosk does while nobody is there: it draws ahead, and draws anew what a terminal may have lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from faces.picture import Pictured
from kiosk.moves import Step
from kiosk.position import FIRST
from kiosk.steps import concern, service
from kiosk.way import Way
from kiosk.widgets.tiles import TileGrid
from kiosk.wish import Wish
from shared.clock import monotonic

REST_BEAT_S = 0.25
"""One picture is drawn at a time: a touch waits a few hundredths of a second at most."""
_QUIET_S = 2.0
"""How long the first page has to stand before: nobody's touch and no first picture waits."""
_ANEW_S = 30.0
"""xterm loses pictures when another window has covered them."""


class Rest:
    """Without pictures there is nothing to do."""

    def __init__(self, tiles: TileGrid) -> None:
        self._tiles = tiles
        self._way: Way | None = None
        self._since = self._anew_at = monotonic()
        self._ahead: Iterator[Callable[[], None]] = iter(())
        self._ahead_of: object = None

    def sees(self, way: Way) -> None:
        """This is shown from now on."""
        self._way, self._since = way, monotonic()

    def beat(self) -> None:
        """Draw the next picture ahead, or all that is shown anew."""
        way, now = self._way, monotonic()
        if Pictured.cell is None or way is None or now - self._since < _QUIET_S:
            return
        if way.shown not in FIRST or way.wish != Wish():
            return
        if way.shown is Step.LANGUAGE and (draw := self._next(way)) is not None:
            draw()
        elif now - self._anew_at >= _ANEW_S:
            self._anew_at = now
            self._tiles.screen.refresh()

    def _next(self, way: Way) -> Callable[[], None] | None:
        wanted = way.plan, self._tiles.size
        if wanted != self._ahead_of:
            self._ahead_of, self._ahead = wanted, self._all(way)
        return next(self._ahead, None)

    def _all(self, way: Way) -> Iterator[Callable[[], None]]:
        """The tiles of the page that comes after each language, most of what costs time there."""
        step, shows = (Step.CONCERN, concern.shows) if way.plan.packages else (Step.SERVICE, service.shows)
        for tag in way.plan.site.languages:
            then = replace(way, step=step, page=0, wish=Wish(tag))
            yield from self._tiles.ahead(shows(then, way.today.at).tiles, then)
