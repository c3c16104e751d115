"""What the visitor sees: head, one of several panes, foot."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from faces.text import Bidi, Direction, Phrase
from kiosk.looks import Look
from kiosk.moves import Step, Touch
from kiosk.offer import Offer
from kiosk.way import Way
from kiosk.widgets.foot import Foot
from kiosk.widgets.label import DrawnPhrase
from kiosk.widgets.mirror import mirror
from kiosk.widgets.poster import PosterView
from kiosk.widgets.rest import REST_BEAT_S, Rest
from kiosk.widgets.summary import SummaryView
from kiosk.widgets.ticket import TicketView
from kiosk.widgets.tiles import TileGrid
from kiosk.widgets.time_left import TimeLeft
from kiosk.widgets.touchable import Touchable
from kiosk.widgets.visit import VisitHead
from shared.language import language

_PANES = {
    Step.SUMMARY: "summary",
    Step.TICKET: "ticket",
    Step.NOTICE: "notice",
    Step.GUIDE: "notice",
    Step.SHUT: "notice",
    Step.CLOSED: "closed",
}
"""The panes of steps that do not show tiles."""


class Front(Vertical):
    """Draws what is offered. The ticket pane itself knows what to show of a number."""

    can_focus = False
    _staff = query_one("#staff", Phrase)
    _panes = query_one(ContentSwitcher)
    _visit = query_one(VisitHead)
    _question = query_one("#question", Phrase)
    _tiles = query_one(TileGrid)
    _summary = query_one(SummaryView)
    warning = query_one(TimeLeft)
    _word = query_one("#word", DrawnPhrase)
    _poster = query_one(PosterView)
    _foot = query_one(Foot)
    _unheard = query_one("#unheard", Phrase)

    def __init__(self, bidi: Bidi, *, training: bool) -> None:
        super().__init__()
        self._bidi = bidi
        self._is_training = training
        self._head = Phrase(bidi=bidi, id="site"), Phrase(bidi=bidi, id="training")

    def compose(self) -> ComposeResult:
        """Everything at once; what is not offered is hidden."""
        with Horizontal(id="head"):
            yield from self._head
        yield Phrase(bidi=self._bidi, id="staff")
        yield Phrase(bidi=self._bidi, id="unheard")
        with ContentSwitcher(initial="choose"):
            with Vertical(id="choose"):
                yield VisitHead(self._bidi, id="visit")
                yield DrawnPhrase(bidi=self._bidi, id="question")
                yield TileGrid(self._bidi, id="tiles")
            yield SummaryView(self._bidi, id="summary")
            yield TimeLeft(self._bidi, id="warning")
            yield TicketView(self._bidi, id="ticket")
            with Vertical(id="notice"):
                yield DrawnPhrase(bidi=self._bidi, id="word")
            yield PosterView(self._bidi, id="closed")
        with Horizontal(id="foot"):
            yield Foot(self._bidi)

    def on_mount(self) -> None:
        """Use the time in which nobody is there."""
        self._rest = Rest(self._tiles)
        self.set_interval(REST_BEAT_S, self._rest.beat)

    def draw(self, way: Way, offer: Offer) -> None:
        """Show the offer of this step."""
        self._rest.sees(way)
        say = offer.say
        site, training = self._head
        site.say(way.plan.site.name)
        training.say(say.text("EXERCISE") if self._is_training else "", say.direction)
        self.set_class(say.direction == "rtl", "-mirrored")
        for look in Look:
            self.screen.set_class(look in way.wish.looks, f"-{look}")
        mirror(self.query_one("#head"), self._head, say.direction)
        self._staff.say(offer.staff, language(way.plan.site.language).direction)
        self._staff.display = bool(offer.staff)
        self.screen.set_class(way.aloud.on and way.aloud.corners, "-corners")
        self._panes.current = "warning" if way.asking else _PANES.get(way.shown, "choose")
        if self._visit.show(offer.head, say.direction) or offer.tiles:
            self._tiles.set_class(say.direction == "rtl", "-rtl")
            self._tiles.offer(offer.tiles, way)
        self.draw_summary(way, offer)
        self.warning.offer(offer, way)
        self._word.pictogram = offer.sign
        self._word.say(offer.word, say.direction)
        self._poster.offer(offer, way.plan.site.languages)
        self.set_class(offer.poster is not None and offer.poster.alarm, "-alarm")
        self._foot.offer(offer, way)

    def say_unheard(self, told: str, direction: Direction) -> None:
        """Show that what is spoken cannot be heard; nothing where it can."""
        self._unheard.say(told, direction)
        self._unheard.display = bool(told)

    def mark(self, touch: Touch | None) -> None:
        """Show what was named and can be chosen now."""
        for found in self.query("*").results(Widget):
            if isinstance(found, Touchable):
                found.show_heard(touch)

    def draw_summary(self, way: Way, offer: Offer) -> None:
        """Show only what was chosen or typed: how many come may change while everything else stays."""
        self._question.say(offer.question, offer.say.direction)
        if offer.summary is not None:
            self._summary.offer(offer.question, offer.summary, offer.say.direction, way)
        elif not way.asking:
            self._summary.clear()
