"""What can be had today is said before anybody draws a number for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from kiosk import steps
from kiosk.moves import Act, Step
from kiosk.offer import Choice
from kiosk.steps.ticket import Shown, words
from kiosk.today import Today
from kiosk.way import Way
from printers.samples import sample_ticket
from shared.language import language
from shared.model import Wait
from shared.rules.hours import Hours
from tests.unit.kiosk.walk import NOW, PLAN, at_concern, took

WHOLE_DAY = [(0, 1440)]


def open_on(days: Sequence[int]) -> Hours:
    """Hours of whole days; 0 is Monday, which is today."""
    week = [WHOLE_DAY if day in days else [] for day in range(7)]
    return Hours(ZoneInfo("Europe/Berlin"), time(3), week)


ALWAYS = {key: open_on(range(7)) for key in PLAN.services}


def tile(way: Way, key: str) -> Choice:
    return next(choice for choice in steps.offer(way, NOW).tiles if choice.key == key)


def knowing(today: Today) -> Way:
    return at_concern("de").knows(today)


def test_a_closed_concern_stays_and_says_when_it_can_be_had() -> None:
    way = knowing(Today({**ALWAYS, "konto": open_on([1])}))
    konto = tile(way, "konto")
    assert (konto.act, konto.pale) == (Act.SHUT, True)
    assert konto.sentence == "Heute nicht. Wir öffnen morgen um 03:00 Uhr."
    told = took(way, Act.SHUT, "konto")
    assert (told.shown, took(told, Act.BACK).shown) == (Step.SHUT, Step.CONCERN)
    assert steps.offer(told, NOW).word == f"Ich brauche ein Konto: {konto.sentence}"
    single = took(took(way, Act.SINGLE), Act.SHUT, "konto")
    assert steps.offer(single, NOW).word == f"Konto bei der Bank: {konto.sentence}"


def test_a_concern_without_visits_left_says_who_knows_more() -> None:
    way = took(knowing(Today(ALWAYS, frozenset({"konto"}))), Act.SHUT, "konto")
    assert steps.offer(way, NOW).word.endswith("Heute gibt es keine Nummern mehr. Bitte fragen Sie am Empfang.")


def test_what_of_a_journey_is_for_another_day_is_said_before_paper_comes() -> None:
    way = took(knowing(Today({**ALWAYS, "geld": open_on([1])})), Act.CHOOSE, "neu")
    summary = steps.offer(way, NOW).summary
    assert summary is not None
    assert summary.about.sentence == (
        "Heute nicht möglich: Geld und Arzt. Bitte kommen Sie dafür an einem anderen Tag."
    )
    assert not tile(knowing(Today({**ALWAYS, "geld": open_on([1])})), "neu").pale


def test_where_nothing_is_known_or_no_hours_apply_everything_is_offered() -> None:
    assert not any(choice.pale for choice in steps.offer(knowing(Today()), NOW).tiles)


def test_the_wait_is_a_range_on_the_tile_and_beside_the_number() -> None:
    said = "Sie warten ungefähr 20 bis 35 Minuten."
    assert tile(knowing(Today(waits={"konto": Wait(20, 35)})), "konto").sentence == said
    shown = Shown.begun(sample_ticket(PLAN, "de"), language("de"), PLAN, 0.0, 0.0)
    assert (words(shown).wait, words(replace(shown, wait=Wait(20, 35))).wait) == ("", said)
