"""Only the way through the kiosk: no screen, no database, and a clock that the test moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk import steps
from kiosk.aloud import Aloud
from kiosk.looks import MOST_TILES
from kiosk.moves import BEFORE, EVERYWHERE, LAYS, LIFTS, NEXT, Act, Step
from kiosk.today import Today
from kiosk.way import Way
from kiosk.wish import Person, Wish
from shared.errors import AnkommenError, Closed, DatabaseUnavailable, QuotaUsed
from shared.language import LANGUAGES, language
from shared.model import Arrival, GuideReason, Origin, StopState
from tests.unit.kiosk.walk import (
    ASK_S,
    FIRE,
    IDLE_S,
    NOW,
    OPEN,
    PLAN,
    SHUT,
    at_concern,
    at_summary,
    printed,
    scanned,
    start,
    took,
)


def test_language_package_and_one_look_are_all_that_a_number_needs() -> None:
    assert at_summary().step is Step.SUMMARY
    way = printed(at_summary())
    assert way.step is Step.TICKET
    assert way.wish.arrival() == Arrival(("neu",), (), "uk", origin=Origin.KIOSK)


def test_a_single_service_is_chosen_instead_of_a_package() -> None:
    way = printed(took(took(at_concern(), Act.SINGLE), Act.CHOOSE, "arbeit"))
    assert way.step is Step.TICKET
    assert way.wish.arrival() == Arrival((), ("arbeit",), "uk", origin=Origin.KIOSK)


def test_a_centre_without_packages_shows_its_services_at_once() -> None:
    small = Way(PLAN.model_copy(update={"packages": {}})).begun(0.0)
    way = took(small, Act.CHOOSE, "uk")
    assert [choice.key for choice in steps.offer(way, NOW).tiles if choice.key] == list(PLAN.services)
    assert took(way, Act.BACK).step is Step.LANGUAGE
    assert took(took(way, Act.CHOOSE, "arbeit"), Act.BACK).step is Step.SERVICE
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
    choosing = (start(), at_concern(), took(at_concern(), Act.SINGLE))
    at_languages, none_left = took(start(), Act.MORE), at_concern().knows(Today(full=frozenset({"konto"})))
    laid = (
        *(took(at_concern(), act) for act in EVERYWHERE),
        took(at_languages, Act.MISSING),
        took(at_summary(), Act.NEEDS),
        took(none_left, Act.SHUT, "konto"),
        took(none_left, Act.SINGLE),
        none_left,
    )
    number = printed(at_summary()).holds(2.0, may_leave=True, may_cancel=True)
    told = number.cancel_answered("A017", 3.0)
    listening = took(start().begun(0.0, Aloud(on=True)), Act.CHOOSE, "uk")
    scans = [scanned(StopState.WAITING), scanned(StopState.MISSED)]
    scans.append(took(scans[0], Act.CANCEL))
    for way in (*choosing, *laid, listening, took(at_summary(), Act.ADD, Person.CHILDREN), number, told, *scans):
        for page in range(2):
            offered = steps.offer(took(way, Act.MORE) if page else way, NOW)
            used |= {(way.shown, choice.act) for choice in offered.choices}
            assert [choice.act for choice in offered.ways] == [*EVERYWHERE, *[Act.SPEED] * way.aloud.on], way.shown
    everywhere = {Act.MORE, Act.LOOK, Act.SPEED, Act.SWITCH, *EVERYWHERE}
    laying = (pair for pair in LAYS if pair[1] not in everywhere)
    leads = {*NEXT, *((step, Act.BACK) for step in BEFORE), *LIFTS, *laying}
    assert {pair for pair in used if pair[1] not in everywhere} == leads


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
    assert len(offered.tiles) == MOST_TILES
    assert "Polski" in offered.tiles[-1].sentence or "ქართული" in offered.tiles[-1].sentence
    seen = [choice.key for way in (first, took(first, Act.MORE)) for choice in steps.offer(way, NOW).tiles]
    assert [key for key in seen if key] == list(LANGUAGES)
    again = took(took(first, Act.MORE), Act.MORE)
    assert steps.offer(again, NOW).tiles == offered.tiles


def test_a_package_without_services_leads_to_a_person_and_back() -> None:
    way = took(at_concern("de"), Act.HELP, "weiss_nicht")
    assert way.shown is Step.GUIDE
    assert way.guide is GuideReason.UNSURE
    words = [steps.offer(told, NOW).word for told in (way, *(way.guide_asked(2.0, coming=c) for c in (True, False)))]
    assert words == [
        "Einen Moment, bitte.",
        "Bitte warten Sie hier. Es kommt jemand zu Ihnen.",
        "Bitte gehen Sie zum Empfang. Dort helfen wir Ihnen.",
    ]
    assert took(at_concern(), Act.HELP, "allein_unter_18").guide is GuideReason.MINOR
    assert took(way, Act.BACK).shown is Step.CONCERN
    assert took(way, Act.DONE).step is Step.LANGUAGE


@pytest.mark.parametrize("way", [at_concern(), took(at_concern(), Act.SINGLE), at_summary(), printed(at_summary())])
def test_another_language_changes_nothing_else(way: Way) -> None:
    choosing = took(way, Act.LANGUAGE)
    assert (choosing.shown, choosing.step) == (Step.REREAD, way.step)
    assert took(choosing, Act.BACK).wish == way.wish
    reads = took(took(choosing, Act.MORE), Act.CHOOSE, "pl")
    assert (reads.shown, reads.reads, reads.wish) == (way.step, "pl", replace(way.wish, language="pl"))


def test_a_language_that_nobody_reads_here_goes_with_the_guide_and_with_the_number() -> None:
    way = took(took(took(took(start(), Act.MORE), Act.MISSING), Act.MORE), Act.CHOOSE, "ps")
    assert (way.shown, way.guide, way.wish.speaks) == (Step.GUIDE, GuideReason.LANGUAGE, "ps")
    at_languages = took(took(way, Act.BACK), Act.BACK)
    number = printed(took(took(at_languages, Act.CHOOSE, "pl"), Act.CHOOSE, "neu"))
    assert (number.wish.arrival().language, number.wish.arrival().interpreter) == ("pl", "ps")


def test_what_lies_over_a_step_ends_by_time_too() -> None:
    choosing = took(took(at_summary(), Act.LANGUAGE), Act.MORE)
    asking = choosing.later(2.0 + IDLE_S)
    assert (asking.asking, asking.later(2.0 + IDLE_S + ASK_S).step) == (True, Step.LANGUAGE)
    assert took(asking, Act.STAY).leaf == 1, "it comes back as it was"
    guided = took(at_summary(), Act.HELP)
    assert guided.later(2.0 + IDLE_S).wish == Wish()


def test_help_and_language_lie_over_each_other_at_most_once() -> None:
    way = at_concern()
    for _ in range(3):
        way = took(took(way, Act.HELP), Act.LANGUAGE)
    assert [laid.step for laid in way.over] == [Step.GUIDE, Step.REREAD]
    assert took(took(way, Act.CHOOSE, "de"), Act.BACK).shown is Step.CONCERN


def test_a_new_plan_or_a_closed_door_takes_away_nothing_that_lies_over_a_step() -> None:
    less = PLAN.model_copy(update={"packages": {k: p for k, p in PLAN.packages.items() if k != "neu"}})
    choosing = took(at_summary(), Act.LANGUAGE).under(less, 2.0)
    assert (choosing.shown, took(choosing, Act.BACK).shown) == (Step.REREAD, Step.CONCERN)
    helped = took(start(), Act.HELP).at_the_door(SHUT, 2.0)
    assert (helped.shown, took(helped, Act.BACK).shown) == (Step.GUIDE, Step.CLOSED)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (Closed("shut", "ended", None), "Heute gibt es keine Nummern mehr. Bitte fragen Sie am Empfang."),
        (QuotaUsed("none left"), "Heute gibt es keine Nummern mehr. Bitte fragen Sie am Empfang."),
        (DatabaseUnavailable("gone"), "Es gibt eine Störung. Bitte gehen Sie zum Empfang."),
    ],
)
def test_whoever_gets_no_number_is_told_why(error: AnkommenError, word: str) -> None:
    way = printed(at_summary(tag="de")).refuse(error, 3.0)
    assert steps.offer(way, NOW).word == word
    assert took(way, Act.BACK).step is Step.LANGUAGE


def test_time_alone_takes_nobody_away_without_asking() -> None:
    way = at_concern().touched(100.0)
    assert way.later(100.0 + IDLE_S) is way
    asking = way.later(101.0 + IDLE_S)
    assert (asking.step, asking.asking, asking.left(101.0 + IDLE_S)) == (Step.CONCERN, True, 1 - 1 / ASK_S)
    assert [choice.act for choice in steps.offer(asking, NOW).choices] == [Act.STAY]
    assert steps.after(asking, way.touch(Act.CHOOSE, "neu"), steps.offer(asking, NOW), 170.0) is asking, "covered"
    begun = asking.later(101.0 + IDLE_S + ASK_S)
    assert (begun.step, begun.wish) == (Step.LANGUAGE, Wish())


def test_more_time_is_given_again_and_again_and_keeps_what_was_chosen() -> None:
    way, at = took(at_summary(), Act.ADD, Person.CHILDREN), 1.0
    for _ in range(10):
        at += IDLE_S + 1
        asking = way.later(at)
        assert asking.asking
        way = took(asking, Act.STAY, at=at)
        assert (way.asking, way.wish.children, way.offer > asking.offer) == (False, 1, True)


def test_closing_takes_nothing_out_of_the_hands_of_whoever_chooses() -> None:
    assert at_concern().at_the_door(SHUT, 2.0).step is Step.CONCERN
    assert start().at_the_door(SHUT, 2.0).step is Step.CLOSED
    assert start().at_the_door(SHUT, 2.0).at_the_door(OPEN, 3.0).step is Step.LANGUAGE


def test_a_suspended_centre_lets_nobody_choose_on_but_a_number_stays() -> None:
    halted = at_concern("vi").at_the_door(FIRE, 2.0)
    assert (halted.step, halted.reads) == (Step.CLOSED, "vi")
    number = printed(at_summary())
    assert number.at_the_door(FIRE, 2.0).step is Step.TICKET
    assert number.at_the_door(FIRE, 2.0).begun(3.0).step is Step.CLOSED


def test_all_languages_have_their_own_direction() -> None:
    directions = {choice.key: choice.direction for choice in steps.offer(start(), NOW).tiles if choice.key}
    assert directions == {tag: language(tag).direction for tag in directions}
