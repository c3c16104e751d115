"""One look before paper comes, as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk import steps
from kiosk.moves import EVERYWHERE, Act, Step
from kiosk.way import Way
from kiosk.wish import COUNTS, INTERPRETER, MOST_CONCERNS, Person, Wish
from shared.model import Arrival, Need, Origin
from tests.unit.kiosk.walk import NOW, PLAN, at_concern, at_summary, printed, start, took


def test_a_family_says_how_many_they_are_and_what_they_need() -> None:
    way = at_summary("neu_familie", "ar")
    for act, key in ((Act.ADD, Person.ADULTS), *[(Act.ADD, Person.CHILDREN)] * 3, (Act.TAKE, Person.CHILDREN)):
        way = took(way, act, key)
    for extra in (INTERPRETER, Need.STEP_FREE):
        way = took(way, Act.SWITCH, extra)
    arrival = printed(way).wish.arrival()
    assert (arrival.adults, arrival.children, arrival.interpreter, arrival.needs) == (2, 2, "ar", (Need.STEP_FREE,))


def test_counting_is_quick_and_asking_for_something_twice_by_mistake_is_not() -> None:
    """Another person is no other content: several touches in a row count. A double tap on a switch would undo it."""
    way = at_summary()
    assert took(way, Act.ADD, Person.CHILDREN).offer == way.offer
    assert took(way, Act.SWITCH, Need.STEP_FREE).offer > way.offer


def test_nobody_counts_out_of_bounds() -> None:
    way = at_summary()
    for act, end in ((Act.TAKE, 0), (Act.ADD, -1)):
        for person, allowed in COUNTS.items():
            for _ in range(30):
                way = took(way, act, person)
            assert way.wish.count(person) == allowed[end]


def test_people_are_counted_only_where_the_plan_wants_to_know() -> None:
    summary = steps.offer(took(took(at_concern(), Act.SINGLE), Act.CHOOSE, "beratung"), NOW).summary
    assert summary is not None
    assert summary.counters == ()


def test_who_reads_the_language_of_the_house_is_offered_no_interpreter() -> None:
    summary = steps.offer(at_summary(tag="de"), NOW).summary
    assert summary is not None
    assert [extra.key for extra in summary.extras if extra.act is Act.SWITCH] == [Need.STEP_FREE]


def test_what_helps_is_chosen_on_a_page_of_its_own_and_told_before_paper_comes() -> None:
    way = took(at_summary(tag="de"), Act.NEEDS)
    for need in (Need.SEEING, Need.MORE_TIME, Need.LOOP, Need.LOOP):
        way = took(way, Act.SWITCH, need)
    assert [tile.key for tile in steps.offer(way, NOW).tiles if tile.on] == [Need.MORE_TIME, Need.SEEING]
    way = took(way, Act.DONE)
    summary = steps.offer(way, NOW).summary
    assert summary is not None
    assert [extra.sentence for extra in summary.extras if extra.act is Act.NEEDS] == ["Mehr Zeit, Hilfe beim Sehen"]
    assert printed(way).wish.arrival().needs == (Need.MORE_TIME, Need.SEEING)


def test_several_concerns_are_one_number_and_each_is_taken_off_by_one_touch() -> None:
    way = took(took(at_summary("adresse", "de"), Act.ANOTHER), Act.CHOOSE, "geld")
    summary = steps.offer(way, NOW).summary
    assert summary is not None
    assert summary.about.title == "Meine Adresse ist neu + Geld und Arzt"
    assert printed(way).wish.arrival() == Arrival(("adresse",), ("geld",), "de", origin=Origin.KIOSK)
    again = took(way, Act.ANOTHER)
    assert "anmeldung" not in offered(again), "it is part of the package"
    assert [tile.key for tile in steps.offer(again, NOW).tiles if tile.on] == ["geld"]
    assert (took(again, Act.BACK).step, took(again, Act.BACK).wish) == (Step.SUMMARY, way.wish)
    assert took(again, Act.CHOOSE, "geld").wish.services == ()


def test_without_any_concern_there_is_nothing_to_look_at() -> None:
    way = took(took(at_concern(), Act.SINGLE), Act.CHOOSE, "geld")
    none = took(took(way, Act.ANOTHER), Act.CHOOSE, "geld")
    assert (none.step, took(none, Act.BACK).step) == (Step.SERVICE, Step.CONCERN)


def test_nobody_chooses_more_concerns_than_can_be_read_at_a_glance() -> None:
    way = took(at_concern(), Act.SINGLE)
    services = [*PLAN.services][:MOST_CONCERNS]
    for service in services:
        way = took(took(way, Act.CHOOSE, service), Act.ANOTHER)
    assert [*offered(way)] == services
    assert took(way, Act.CHOOSE, "freiwillige") is way


def offered(way: Way) -> list[str]:
    return [tile.key for tile in steps.offer(way, NOW).tiles if tile.act is Act.CHOOSE]


@pytest.mark.parametrize(
    ("acts", "most"),
    [
        ([(Act.CHOOSE, "neu")], 4),
        ([(Act.SINGLE, ""), (Act.CHOOSE, "beratung")], 4),
        ([(Act.CHOOSE, "adresse"), (Act.ANOTHER, ""), (Act.CHOOSE, "konto")], 5),
        ([(Act.CHOOSE, "neu_familie"), (Act.ADD, Person.ADULTS), (Act.ADD, Person.CHILDREN)], 5),
    ],
    ids=["a package", "one concern", "several concerns", "a family"],
)
def test_few_touches_lead_from_language_to_paper(acts: list[tuple[Act, str]], most: int) -> None:
    way = start()
    touches = [(Act.CHOOSE, "uk"), *acts, (Act.PRINT, "")]
    for act, key in touches:
        way = took(way, act, key)
    assert way.step is Step.TICKET
    assert len(touches) <= most


def test_change_leads_back_to_where_the_concern_was_chosen_and_forgets_who_comes() -> None:
    package = took(took(at_summary(), Act.ADD, Person.CHILDREN), Act.BACK)
    assert (package.step, package.wish) == (Step.CONCERN, Wish("uk"))
    service = took(took(took(at_concern(), Act.SINGLE), Act.CHOOSE, "arbeit"), Act.BACK)
    assert (service.step, service.wish) == (Step.SERVICE, Wish("uk"))


def test_a_concern_that_a_new_plan_lacks_is_chosen_anew() -> None:
    less = PLAN.model_copy(update={"packages": {k: p for k, p in PLAN.packages.items() if k != "neu"}})
    assert at_summary().under(less, 2.0).step is Step.CONCERN
    assert at_summary("konto").under(less, 2.0).step is Step.SUMMARY


def acts(way: Way) -> list[Act]:
    """What can be done besides what can be done at every step."""
    return [choice.act for choice in steps.offer(way, NOW).choices if choice.act not in EVERYWHERE]


def test_a_number_that_was_wrong_is_cancelled_once_and_said_to_be_void() -> None:
    number = printed(at_summary(tag="en")).holds(2.0, may_leave=False, may_cancel=True)
    assert acts(number) == [Act.WRONG]
    cancelling = took(number, Act.WRONG)
    assert (cancelling.step, cancelling.cancelling, acts(cancelling)) == (Step.TICKET, True, [])
    told = cancelling.cancel_answered("A017", 3.0)
    assert steps.offer(told, NOW).word == "Number A 017 is no longer valid. Please do not use it."
    assert took(told, Act.BACK).step is Step.LANGUAGE
    still = cancelling.cancel_answered("", 3.0)
    assert (still.step, still.cancelling) == (Step.TICKET, False)


def test_where_nothing_prints_the_button_says_nothing_of_printing() -> None:
    way = at_summary(tag="de")
    said = [steps.offer(replace(way, prints=prints), NOW).forward for prints in (True, False)]
    assert [(choice.title, choice.pictogram) for choice in said if choice] == [
        ("Ja, drucken", "printer"),
        ("Ja, Nummer ziehen", "done"),
    ]
