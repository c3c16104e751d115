"""What a console says and offers in each situation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from caller.situation import Refused, Situation
from caller.steps import CLOSE, FORWARD, NEXT, OPEN
from caller.words import Words
from shared.config import Config
from shared.errors import DatabaseUnavailable, DeskUnknown, OtherDay, WrongState
from shared.model import Desk, DeskState, Stop, StopState, Ticket, Workplace

MOMENT = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


@pytest.fixture
def free(leipzig: Config) -> Situation:
    """An open desk for which nobody waits."""
    words = Words.of(leipzig.plan, "app")
    desk = Desk("1", DeskState.OPEN, ("anmeldung",), ())
    return Situation(words, Workplace(desk, (), 0, MOMENT, None), MOMENT, None, None, None, busy=False)


def test_before_anything_is_known_nothing_can_be_done(free: Situation) -> None:
    unknown = replace(free, workplace=None, as_of=None)
    assert (unknown.stage, unknown.steps) == (None, {})
    assert not unknown.awake(OPEN)
    assert unknown.sentence == "Einen Moment bitte …"


def test_what_is_old_says_so_before_anything_else(free: Situation) -> None:
    old = replace(free, trouble=DatabaseUnavailable("gone"), refused=Refused(WrongState("late"), NEXT))
    assert old.sentence.startswith("Die Datenbank antwortet nicht.")
    assert old.sentence.endswith("Sie sehen den Stand von 09:05.")
    assert old.classes["-failed"]


def test_what_was_never_known_has_no_time(free: Situation) -> None:
    gone = replace(free, workplace=None, as_of=None, trouble=DeskUnknown("no desk 1"))
    assert "Stand" not in gone.sentence


def test_a_refusal_is_said_by_the_step_that_was_refused(free: Situation) -> None:
    refused = replace(free, refused=Refused(WrongState("busy"), CLOSE))
    assert refused.sentence.startswith("Es ist noch jemand an Ihrem Platz.")
    assert refused.classes["-failed"]


def test_while_a_step_is_taken_no_other_is_awake(free: Situation) -> None:
    assert free.awake(CLOSE)
    assert not replace(free, busy=True).awake(CLOSE)


def test_choices_take_the_place_of_the_steps(free: Situation) -> None:
    choosing = replace(free, choosing=FORWARD)
    assert set(choosing.steps) == {"back", *(f"choice {n}" for n in range(len(choosing.choices(FORWARD))))}
    assert choosing.question


def test_a_scanned_ticket_is_named_with_what_its_visitor_is_here_for(free: Situation) -> None:
    stops = (Stop("anmeldung", StopState.DONE), Stop("biometrie", StopState.WAITING), Stop("geld", StopState.PLANNED))
    ticket = Ticket(1, "A017", "0" * 20, MOMENT.date(), "uk", 1, 0, None, (), MOMENT, stops)
    assert replace(free, scanned=ticket).sentence == "Das ist A017: Foto und Fingerabdrücke."
    settled = replace(ticket, stops=stops[:1])
    assert replace(free, scanned=settled).sentence == "Das ist A017. Es ist nichts mehr offen."
    other_day = replace(free, scanned=OtherDay("long ago"))
    assert other_day.sentence.startswith("Diese Nummer galt an einem anderen Tag.")
