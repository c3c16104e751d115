"""Which stop is next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.model import StopState
from shared.rules.journey import Leg, Precedence, choose

PAPER = {
    "address": Precedence(),
    "photo": Precedence(better_after=("address",)),
    "paper": Precedence(requires=("address", "photo")),
    "money": Precedence(requires=("paper",)),
}


def journey(**states: StopState) -> list[Leg]:
    return [Leg(service, state) for service, state in states.items()]


def test_the_first_planned_stop_begins() -> None:
    assert choose(journey(address=StopState.PLANNED, photo=StopState.PLANNED), PAPER) == 0


def test_nothing_begins_while_another_stop_is_active() -> None:
    for active in (StopState.WAITING, StopState.CALLED, StopState.SERVING):
        assert choose(journey(address=active, photo=StopState.PLANNED), PAPER) is None


def test_a_requirement_binds_even_against_the_order_of_the_journey() -> None:
    assert choose(journey(money=StopState.PLANNED, paper=StopState.PLANNED, photo=StopState.PLANNED), PAPER) == 2


def test_a_requirement_that_the_visit_does_not_have_is_no_bar() -> None:
    assert choose(journey(money=StopState.PLANNED), PAPER) == 0


def test_a_wish_orders_but_does_not_bar() -> None:
    assert choose(journey(photo=StopState.PLANNED, address=StopState.PLANNED), PAPER) == 1
    assert choose(journey(photo=StopState.PLANNED, address=StopState.DONE), PAPER) == 0


def test_after_the_last_stop_there_is_none() -> None:
    assert choose(journey(address=StopState.DONE, photo=StopState.DONE), PAPER) is None


@given(st.permutations(list(PAPER)))
def test_every_journey_comes_to_its_end_with_requirements_kept(order: list[str]) -> None:
    stops = [Leg(service, StopState.PLANNED) for service in order]
    done: list[str] = []
    while (index := choose(stops, PAPER)) is not None:
        assert set(PAPER[stops[index].service].requires) <= set(done)
        done.append(stops[index].service)
        stops[index] = Leg(stops[index].service, StopState.DONE)
    assert sorted(done) == sorted(order)
