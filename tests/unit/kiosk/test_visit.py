"""A scanned ticket: what is shown of its visit, and what its visitor can do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk import steps
from kiosk.aloud import Aloud
from kiosk.moves import Act, Step
from kiosk.offer import Offer
from kiosk.spoken import spoken
from kiosk.way import Way
from kiosk.wish import Wish
from shared.errors import DatabaseUnavailable, OtherDay
from shared.model import Door, Opening, StopState, SuspendReason, Wait
from tests.unit.kiosk.walk import NOW, PLAN, scanned, standing, start, took

S = StopState


def offered(way: Way) -> Offer:
    return steps.offer(way, NOW)


def acts(way: Way) -> set[Act]:
    return {tile.act for tile in offered(way).tiles}


@pytest.mark.parametrize(
    ("states", "known", "said"),
    [
        ((S.WAITING,), {}, "Please wait here: Waiting area 1. We will call your number."),
        ((S.CALLED,), {"desk": "4"}, "Please go to desk 4 now."),
        ((S.SERVING,), {"desk": "4"}, "You are at desk 4."),
        ((S.MISSED,), {"due_at": NOW}, "Your number is still valid. From 09:00 we will call your number again."),
        ((S.PARKED,), {"due_at": NOW}, "Your number is still valid. From 09:00 we will call your number again."),
        ((S.PARKED, S.WAITING), {}, "Please wait here: Waiting area 1. We will call your number."),
        ((S.GONE,), {}, "Your number was called, and nobody came. Are you here now?"),
        ((S.DONE, S.FORWARDED), {}, "You have finished everything for today."),
        ((S.CANCELLED,), {}, "Number A 017 is no longer valid. Please do not use it."),
    ],
)
def test_it_says_where_the_visit_stands(states: tuple[StopState, ...], known: dict[str, object], said: str) -> None:
    offer = offered(scanned(*states, **known))
    assert offer.head
    assert (offer.question, offer.head.code) == (said, "A 017")


@pytest.mark.parametrize(
    ("states", "can"),
    [
        ((S.WAITING,), {Act.PAUSE, Act.COPY, Act.CANCEL}),
        ((S.CALLED, S.PLANNED), {Act.COPY}),
        ((S.SERVING,), {Act.COPY}),
        ((S.MISSED,), {Act.RETURN, Act.COPY, Act.CANCEL}),
        ((S.PARKED, S.PLANNED), {Act.RETURN, Act.COPY, Act.CANCEL}),
        ((S.PARKED, S.WAITING), {Act.PAUSE, Act.COPY, Act.CANCEL}),
        ((S.GONE,), {Act.RETURN}),
        ((S.DONE,), set()),
        ((S.CANCELLED,), set()),
    ],
)
def test_it_offers_what_is_possible_and_nothing_else(states: tuple[StopState, ...], can: set[Act]) -> None:
    way = scanned(*states, desk="4")
    assert acts(way) == can
    assert offered(way).has(Act.DONE, "")


def test_what_is_next_comes_with_how_long_it_takes_and_what_comes_after_that() -> None:
    head = offered(scanned(S.DONE, S.WAITING, S.PLANNED, S.PLANNED, wait=Wait(5, 15))).head
    assert head
    names = [PLAN.services[key].name["en"] for key in ("biometrie", "geld", "konto")]
    assert head.lines[0] == names[0]
    assert ("5" in head.lines[1], "15" in head.lines[1]) == (True, True)
    assert head.lines[2] == f"After that: {names[1]}, {names[2]}"


def test_breaks_that_are_used_up_are_not_offered_and_without_a_printer_no_copy() -> None:
    assert acts(scanned(S.WAITING, breaks_left=0)) == {Act.COPY, Act.CANCEL}
    assert acts(replace(scanned(S.WAITING), prints=False)) == {Act.PAUSE, Act.CANCEL}


def test_it_is_in_the_language_of_the_visit() -> None:
    way = scanned(S.WAITING, tag="ar")
    assert (way.reads, offered(way).say.direction) == ("ar", "rtl")


def test_giving_up_asks_first_and_can_be_thought_over() -> None:
    asked = took(scanned(S.WAITING), Act.CANCEL)
    assert (asked.doing, acts(asked)) == (Act.CANCEL, {Act.SURE, Act.KEEP})
    assert "A 017" in offered(asked).question
    kept = took(asked, Act.KEEP)
    assert (kept.doing, acts(kept)) == (None, {Act.PAUSE, Act.COPY, Act.CANCEL})
    sure = took(asked, Act.SURE)
    assert (sure.doing, acts(sure)) == (Act.SURE, set())


def test_while_it_is_changed_nothing_can_be_touched_and_then_it_stands_anew() -> None:
    doing = took(scanned(S.WAITING), Act.PAUSE)
    assert (doing.doing, acts(doing)) == (Act.PAUSE, set())
    assert doing.stands(standing(S.CALLED), 3.0) is doing
    done = doing.done(standing(S.PARKED, due_at=NOW), Act.PAUSE, 3.0)
    assert (done.doing, acts(done)) == (None, {Act.RETURN, Act.COPY, Act.CANCEL})


def test_a_copy_is_announced() -> None:
    way = took(scanned(S.WAITING), Act.COPY)
    copied = way.done(standing(S.WAITING), Act.COPY, 3.0)
    assert offered(copied).question.startswith("We are printing your ticket.")


def test_what_others_change_is_shown_and_is_no_sign_of_the_visitor() -> None:
    way = scanned(S.WAITING)
    assert way.stands(standing(S.WAITING), 9.0) is way
    called = way.stands(standing(S.CALLED, desk="4"), 9.0)
    assert (offered(called).question, called.touched_at) == ("Please go to desk 4 now.", way.touched_at)


@pytest.mark.parametrize("step", [Step.CONCERN, Step.SERVICE, Step.SUMMARY, Step.TICKET, Step.NOTICE])
def test_a_scan_never_disturbs_somebody_who_is_choosing(step: Step) -> None:
    assert not Way(PLAN, step=step).takes_scans


def test_a_ticket_can_be_scanned_while_the_house_is_closed() -> None:
    closed = Way(PLAN).at_the_door(Door(Opening(False), SuspendReason.POWER), 0.0)
    assert (closed.step, closed.takes_scans) == (Step.CLOSED, True)
    shown = closed.scanned(standing(S.WAITING), 1.0)
    assert shown.step is Step.VISIT
    assert took(shown, Act.DONE).step is Step.CLOSED


def test_the_next_ticket_is_the_next_visitor() -> None:
    way = scanned(S.WAITING)
    other = way.scanned(standing(S.GONE, tag="uk"), 5.0)
    assert (other.visit, other.reads, acts(other)) == (way.visit + 1, "uk", {Act.RETURN})


def test_whoever_leaves_it_is_asked_and_then_nothing_is_kept() -> None:
    way, rules = scanned(S.WAITING), PLAN.rules
    asked = way.later(2 + rules.kiosk_idle_s)
    assert (asked.asking, asked.standing) == (True, way.standing)
    assert offered(asked.touched(rules.kiosk_idle_s + 5)).head == offered(way).head
    gone = asked.later(2 + rules.kiosk_idle_s + rules.kiosk_warning_s)
    assert (gone.step, gone.standing, gone.wish) == (Step.LANGUAGE, None, Wish())


def test_another_language_can_be_read_and_help_asked_for_and_the_visit_stays() -> None:
    way = scanned(S.WAITING)
    reread = took(way, Act.LANGUAGE)
    chosen = steps.after(reread, reread.touch(Act.CHOOSE, "fr"), offered(reread), 3.0)
    assert (chosen.shown, chosen.reads, chosen.standing) == (Step.VISIT, "fr", way.standing)


def test_a_ticket_of_another_day_and_a_fault_lead_to_a_sentence() -> None:
    other_day = Way(PLAN).begun(0.0).refuse(OtherDay("2026-11-22"), 1.0)
    assert offered(other_day).word == "Diese Nummer galt an einem anderen Tag. Bitte ziehen Sie eine neue."
    fault = scanned(S.WAITING).refuse(DatabaseUnavailable("away"), 2.0)
    assert (fault.step, fault.standing) == (Step.NOTICE, None)


def test_it_is_read_out_to_whom_others_cannot_hear_and_to_nobody_else() -> None:
    private, open_ = (start().begun(0.0, Aloud(on=True, free=free)) for free in (True, False))
    way = private.scanned(standing(S.WAITING), 1.0)
    assert way.aloud.on
    heard = " ".join(part.text for part in spoken(way, offered(way), None).title)
    assert "Waiting area 1" in heard
    assert PLAN.services["anmeldung"].name["en"] in heard
    assert not open_.scanned(standing(S.WAITING), 1.0).aloud.on
