"""One look before paper comes: the concern large, people to count, and what else can be asked for."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one

from faces.text import Bidi, Direction, Phrase
from kiosk.moves import Act
from kiosk.offer import Choice, Counter, Summary, Switch
from kiosk.way import Way
from kiosk.widgets.label import DrawnPhrase, LabelView
from kiosk.widgets.mirror import mirror
from kiosk.widgets.tiles import labelled
from kiosk.widgets.touchable import Touchable
from kiosk.wish import Extra, Person


class Sign(Touchable, DrawnPhrase):
    """A sign to touch; pale while there is nothing to touch."""

    def offer(self, choice: Choice | None, way: Way) -> None:
        """Offer one person more or less; None if there cannot be."""
        self.offers = way.touch(choice.act, choice.key) if choice else None
        self.set_class(choice is None, "-off")
        if choice is not None:
            self.say(choice.title)


class Stepper(Horizontal):
    """How many come: a word, less, the number, more."""

    can_focus = False

    def __init__(self, bidi: Bidi) -> None:
        super().__init__()
        self._parts = DrawnPhrase(bidi=bidi, classes="who"), Sign(), DrawnPhrase(classes="count"), Sign()

    def compose(self) -> ComposeResult:
        yield from self._parts

    def offer(self, counter: Counter | None, direction: Direction, way: Way) -> None:
        """Show a count; nothing without one."""
        self.display = counter is not None
        if counter is not None:
            word, less, count, more = self._parts
            word.pictogram = counter.who.pictogram
            word.say(counter.who.title, direction)
            less.offer(counter.less, way)
            count.say(str(counter.count))
            more.offer(counter.more, way)
            mirror(self, self._parts, direction)


class SwitchTile(LabelView, Touchable):
    """Something to ask for besides. It says its state in a word, not by colour alone."""

    def offer(self, switch: Switch | None, way: Way) -> None:
        """Show what may be asked for; nothing without it."""
        self.display = switch is not None
        self.offers = way.touch(Act.SWITCH, switch.choice.key) if switch else None
        if switch is not None:
            self.set_class(switch.on, "-on")
            self.label = labelled(switch.choice)


class SummaryView(Vertical):
    """Draws a summary."""

    can_focus = False
    _asked = query_one("#asked", Phrase)
    _concern = query_one("#concern", LabelView)
    _people = query_one("#people", Horizontal)
    _extras = query_one("#extras", Horizontal)

    def __init__(self, bidi: Bidi, *, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi
        self._steppers = [Stepper(bidi) for _ in Person]
        self._switches = [SwitchTile(bidi) for _ in Extra]

    def compose(self) -> ComposeResult:
        """Everything at once; what is not offered is hidden."""
        yield DrawnPhrase(bidi=self._bidi, id="asked")
        yield LabelView(self._bidi, id="concern")
        with Horizontal(id="people"):
            yield from self._steppers
        with Horizontal(id="extras"):
            yield from self._switches

    def offer(self, question: str, summary: Summary, direction: Direction, way: Way) -> None:
        """Show what was chosen."""
        self._asked.say(question, direction)
        self._concern.label = labelled(summary.about)
        self._people.display = bool(summary.counters)
        for number, stepper in enumerate(self._steppers):
            stepper.offer(next(iter(summary.counters[number:]), None), direction, way)
        for number, switch in enumerate(self._switches):
            switch.offer(next(iter(summary.switches[number:]), None), way)
        mirror(self._people, self._steppers, direction)
        mirror(self._extras, self._switches, direction)

    def clear(self) -> None:
        """Keep nothing of what a visitor has chosen."""
        self._concern.label = None
        for count in self.query(".count").results(DrawnPhrase):
            count.text = ""
        for switch in self._switches:
            switch.label = None
