"""Only the way through the kiosk: no screen, no database, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankommen.opening import shipped_config
from kiosk import steps
from kiosk.offer import CAPACITY, Choice
from kiosk.steady import BEAT_S, STEADY_S, Steady
from kiosk.way import ASK_S, BEFORE, IDLE_S, NEXT, Act, Step, Touch, Way, Wish
from shared.config import read_config
from shared.errors import AnkommenError, Closed, DatabaseUnavailable, QuotaUsed
from shared.language import LANGUAGES, language
from shared.model import Arrival, ClosedReason, Door, Opening, Origin, SuspendReason

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
PLAN = read_config(shipped_config()).plan
OPEN, SHUT = Door(Opening(True)), Door(Opening(False, ClosedReason.ENDED))
FIRE = Door(Opening(True), SuspendReason.FIRE)


def start() -> Way:
    return Way(PLAN).begun(0.0)


def took(way: Way, act: Act, key: str = "", at: float = 1.0) -> Way:
    """The way after a touch on what is offered now."""
    return steps.after(way, way.touch(act, key), steps.offer(way, NOW), at)


def at_concern(tag: str = "uk") -> Way:
    return took(start(), Act.CHOOSE, tag)


def test_language_and_package_are_all_that_a_number_needs() -> None:
    way = took(at_concern(), Act.CHOOSE, "neu")
    assert way.step is Step.TICKET
    assert way.wish.arrival() == Arrival(("neu",), (), "uk", origin=Origin.KIOSK)


def test_a_single_service_is_chosen_instead_of_a_package() -> None:
    way = took(took(at_concern(), Act.SINGLE), Act.CHOOSE, "arbeit")
    assert way.step is Step.TICKET
    assert way.wish.arrival() == Arrival((), ("arbeit",), "uk", origin=Origin.KIOSK)


def test_a_centre_without_packages_shows_its_services_at_once() -> None:
    small = Way(PLAN.model_copy(update={"packages": {}})).begun(0.0)
    way = took(small, Act.CHOOSE, "uk")
    assert [choice.key for choice in steps.offer(way, NOW).tiles if choice.key] == list(PLAN.services)
    assert took(way, Act.BACK).step is Step.LANGUAGE
    assert took(way, Act.CHOOSE, "arbeit").wish.arrival() == Arrival((), ("arbeit",), "uk", origin=Origin.KIOSK)


def test_only_the_languages_of_the_centre_are_offered_in_its_order() -> None:
    site = PLAN.site.model_copy(update={"languages": ("uk", "de")})
    way = Way(PLAN.model_copy(update={"site": site})).begun(0.0)
    assert [choice.key for choice in steps.offer(way, NOW).tiles if choice.act is Act.CHOOSE] == ["uk", "de"]


def test_back_keeps_what_was_chosen_before_and_forgets_the_rest() -> None:
    service = took(at_concern(), Act.SINGLE)
    concern = took(service, Act.BACK)
    assert (concern.step, concern.wish) == (Step.CONCERN, Wish("uk"))
    assert (took(concern, Act.BACK).step, took(concern, Act.BACK).wish) == (Step.LANGUAGE, Wish())


def test_every_step_that_leads_on_or_back_is_in_the_tables() -> None:
    """Everything offered leads somewhere, and everything in the tables is offered somewhere."""
    used = set()
    for way in (start(), at_concern(), took(at_concern(), Act.SINGLE), took(at_concern(), Act.HELP, "weiss_nicht")):
        for page in range(2):
            offered = steps.offer(took(way, Act.MORE) if page else way, NOW)
            used |= {(way.step, choice.act) for choice in (*offered.tiles, offered.back) if choice}
    used |= {(Step.TICKET, Act.DONE)}
    leads = {*NEXT, *((step, Act.BACK) for step in BEFORE)}
    assert {pair for pair in used if pair[1] is not Act.MORE} == leads


def test_a_touch_of_an_earlier_step_means_nothing() -> None:
    way = at_concern()
    late = way.touch(Act.CHOOSE, "neu")
    elsewhere = took(way, Act.BACK)
    assert steps.after(elsewhere, late, steps.offer(elsewhere, NOW), 2.0) is elsewhere


def test_a_touch_of_an_earlier_page_means_nothing() -> None:
    first = start()
    second = took(first, Act.MORE)
    late = first.touch(Act.CHOOSE, "de")
    assert steps.after(second, late, steps.offer(second, NOW), 2.0) is second
    assert took(second, Act.CHOOSE, "de") is second, "German is on the first page"


def test_a_touch_of_an_earlier_plan_means_nothing() -> None:
    way = at_concern()
    other = way.under(PLAN.model_copy(deep=True), 2.0)
    assert other.step is Step.CONCERN
    assert steps.after(other, way.touch(Act.CHOOSE, "neu"), steps.offer(other, NOW), 3.0) is other


def test_a_forged_touch_means_nothing() -> None:
    way = start()
    for forged in (way.touch(Act.CHOOSE, "no such"), way.touch(Act.DONE), way.touch(Act.BACK), way.touch(Act.SINGLE)):
        assert steps.after(way, forged, steps.offer(way, NOW), 1.0) is way


def test_pages_go_round_and_name_what_comes_next() -> None:
    first = start()
    offered = steps.offer(first, NOW)
    assert len(offered.tiles) == CAPACITY
    assert "Polski" in offered.tiles[-1].sentence or "ქართული" in offered.tiles[-1].sentence
    seen = [choice.key for way in (first, took(first, Act.MORE)) for choice in steps.offer(way, NOW).tiles]
    assert [key for key in seen if key] == list(LANGUAGES)
    again = took(took(first, Act.MORE), Act.MORE)
    assert steps.offer(again, NOW).tiles == offered.tiles


def test_a_package_without_services_leads_to_a_person() -> None:
    way = took(at_concern("de"), Act.HELP, "weiss_nicht")
    assert way.step is Step.NOTICE
    assert steps.offer(way, NOW).word == "Bitte gehen Sie zum Empfang. Dort helfen wir Ihnen."


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (Closed("shut", "ended", None), "Heute gibt es keine Nummern mehr. Bitte fragen Sie am Empfang."),
        (QuotaUsed("none left"), "Heute gibt es keine Nummern mehr. Bitte fragen Sie am Empfang."),
        (DatabaseUnavailable("gone"), "Es gibt eine Störung. Bitte gehen Sie zum Empfang."),
    ],
)
def test_whoever_gets_no_number_is_told_why(error: AnkommenError, word: str) -> None:
    way = took(at_concern("de"), Act.CHOOSE, "neu").refuse(error, 3.0)
    assert steps.offer(way, NOW).word == word
    assert took(way, Act.BACK).step is Step.LANGUAGE


def test_time_alone_takes_nobody_away_without_asking() -> None:
    way = at_concern().touched(100.0)
    assert way.later(100.0 + IDLE_S) is way
    asking = way.later(101.0 + IDLE_S)
    assert (asking.step, asking.asking, asking.offer) == (Step.CONCERN, True, way.offer)
    assert took(asking, Act.CHOOSE, "neu").step is Step.TICKET, "its tiles count while it asks"
    assert not asking.touched(170.0).asking
    begun = asking.later(101.0 + IDLE_S + ASK_S)
    assert (begun.step, begun.wish) == (Step.LANGUAGE, Wish())


def test_closing_takes_nothing_out_of_the_hands_of_whoever_chooses() -> None:
    assert at_concern().at_the_door(SHUT, 2.0).step is Step.CONCERN
    assert start().at_the_door(SHUT, 2.0).step is Step.CLOSED
    assert start().at_the_door(SHUT, 2.0).at_the_door(OPEN, 3.0).step is Step.LANGUAGE


def test_a_suspended_centre_lets_nobody_choose_on_but_a_number_stays() -> None:
    halted = at_concern("vi").at_the_door(FIRE, 2.0)
    assert (halted.step, halted.reads) == (Step.CLOSED, "vi")
    number = took(at_concern(), Act.CHOOSE, "neu")
    assert number.at_the_door(FIRE, 2.0).step is Step.TICKET
    assert number.at_the_door(FIRE, 2.0).begun(3.0).step is Step.CLOSED


# ---- any sequence of touches


@dataclass
class Hands:
    """Somebody who touches anything, early or late; knows what was painted when."""

    patient: bool = True
    """Whether the kiosk waits until new content could be read."""
    way: Way = field(default_factory=start)
    steady: Steady = field(default_factory=Steady)
    at: float = 0.0
    painted: float | None = None
    touches: list[tuple[Touch, float]] = field(default_factory=list)
    """Each with the moment at which the finger came down."""
    meant: set[tuple[Step, str]] = field(default_factory=set)
    """Touched tiles that could be read before the touch."""
    numbers: list[Arrival] = field(default_factory=list)

    def become(self, way: Way) -> None:
        before, self.way = self.way, way
        if way.offer != before.offer:
            self.steady.changed()
            self.painted = None
        if way.step is Step.TICKET and before.step is not Step.TICKET:
            self.numbers.append(way.wish.arrival())
        if way.step is Step.LANGUAGE and before.step is not Step.LANGUAGE:
            self.meant.clear()

    def choices(self) -> list[Choice]:
        offered = steps.offer(self.way, NOW)
        return [choice for choice in (*offered.tiles, offered.back, offered.forward) if choice]

    def touch(self, which: int) -> None:
        """Touch one of the tiles and buttons that are on the screen."""
        if choices := self.choices():
            choice = choices[which % len(choices)]
            touch = self.way.touch(choice.act, choice.key)
            self.touches.append((touch, self.at))
            if not self.patient or (self.painted is not None and self.at - self.painted >= STEADY_S):
                self.meant.add((self.way.step, choice.key))
            self.hear(touch, self.at)

    def again(self, which: int) -> None:
        """An earlier touch arrives only now."""
        if self.touches:
            self.hear(*self.touches[which % len(self.touches)])

    def hear(self, touch: Touch, pressed_at: float) -> None:
        if not self.patient or self.steady.counts(pressed_at):
            after = steps.after(self.way, touch, steps.offer(self.way, NOW), self.at)
            assert after is self.way or touch.offer == self.way.offer, "made for something else"
            self.become(after)

    def passes(self, seconds: float) -> None:
        until = self.at + seconds
        while self.at < until:
            self.at = min(self.at + BEAT_S, until)
            self.steady.beat(self.at)
        self.become(self.way.later(self.at))

    def paint(self) -> None:
        self.steady.painted(self.at)
        self.painted = self.at if self.painted is None else self.painted

    def opens(self, door: Door) -> None:
        self.become(self.way.at_the_door(door, self.at))

    def plans(self) -> None:
        self.become(self.way.under(PLAN.model_copy(), self.at))

    def leaves(self) -> None:
        """The number has been there long enough, and finally goes by itself."""
        if self.way.step is Step.TICKET:
            self.become(self.way.begun(self.at) if self.way.may_leave else self.way.let_go(self.at))


Event = tuple[Callable[..., None], tuple[object, ...]]
LOOKS: Event = (lambda hands: [hands.paint(), hands.passes(2 * STEADY_S)], ())
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.tuples(st.just(Hands.touch), st.tuples(st.integers(0, 20))),
    st.tuples(st.just(Hands.again), st.tuples(st.integers(0, 20))),
    st.tuples(st.just(Hands.passes), st.tuples(st.floats(0.0, STEADY_S) | st.just(ASK_S))),
    st.tuples(st.just(Hands.opens), st.tuples(st.sampled_from([OPEN, SHUT, FIRE]))),
    st.sampled_from([(Hands.paint, ()), (Hands.plans, ()), (Hands.leaves, ()), LOOKS, LOOKS]),
)


@settings(max_examples=300, deadline=None)
@given(st.booleans(), st.lists(EVENTS, max_size=80))
def test_no_touches_whatsoever_draw_a_number_that_nobody_meant(patient: bool, events: list[Event]) -> None:
    """Nor would they without the wait: a touch counts only for its own offer, whenever it arrives."""
    hands = Hands(patient)
    for event, values in events:
        drawn = len(hands.numbers)
        event(hands, *values)
        if len(hands.numbers) > drawn:
            number = hands.numbers[-1]
            step, key = (Step.SERVICE, *number.services) if number.services else (Step.CONCERN, *number.packages)
            assert {(Step.LANGUAGE, number.language), (step, key)} <= hands.meant


def test_the_touches_above_do_reach_a_number() -> None:
    """Otherwise the test above would prove nothing."""
    hands = Hands()
    for _ in range(2):
        LOOKS[0](hands)
        hands.touch(0)
    assert hands.numbers == [Arrival(("neu",), (), "de", origin=Origin.KIOSK)]


def test_all_languages_have_their_own_direction() -> None:
    directions = {choice.key: choice.direction for choice in steps.offer(start(), NOW).tiles if choice.key}
    assert directions == {tag: language(tag).direction for tag in directions}
