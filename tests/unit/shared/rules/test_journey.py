"""Which stop is next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.model import StopState
from shared.rules.journey import Leg, Precedence, Staffing, bound, choose, detour

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


def test_nothing_begins_while_the_visitor_has_a_break() -> None:
    away = Leg("address", StopState.PARKED, on_break=True)
    assert choose([away, Leg("photo", StopState.PLANNED)], PAPER) is None


def test_a_parked_stop_whose_time_has_come_goes_first() -> None:
    back = Leg("money", StopState.PARKED, due=True)
    assert choose([Leg("photo", StopState.PLANNED), back], PAPER) == 1


def test_a_parked_requirement_binds_and_a_cancelled_one_does_not() -> None:
    paper = Leg("paper", StopState.PLANNED)
    assert choose([Leg("address", StopState.PARKED), paper], PAPER) is None
    assert choose([Leg("address", StopState.CANCELLED), paper], PAPER) == 1


def test_what_a_requirement_was_forwarded_to_binds_in_its_place() -> None:
    way = [
        Leg("address", StopState.FORWARDED, position=1),
        Leg("advice", StopState.PARKED, position=1),
        Leg("paper", StopState.PLANNED, position=2),
    ]
    assert bound(way, 2, PAPER)


def test_a_circle_closed_by_forwarding_is_broken() -> None:
    way = [
        Leg("address", StopState.FORWARDED, position=1),
        Leg("money", StopState.PLANNED, position=1),
        Leg("paper", StopState.PLANNED, position=2),
    ]
    assert choose(way, PAPER) == 1


def staffed(*taking: str, only_attended: tuple[str, ...] = ()) -> Staffing:
    return Staffing(frozenset((*taking, *only_attended)), frozenset(taking))


def test_who_waits_in_vain_goes_to_the_first_free_stop_with_an_open_desk() -> None:
    way = journey(address=StopState.WAITING, paper=StopState.PLANNED, photo=StopState.PLANNED)
    assert detour(way, PAPER, staffed("paper", "photo"), 1) == (0, 2)  # the paper is bound to the address


def test_there_is_no_detour_while_somebody_is_there_or_nobody_is_elsewhere() -> None:
    way = journey(address=StopState.WAITING, photo=StopState.PLANNED)
    assert detour(way, PAPER, staffed("photo", only_attended=("address",)), 1) is None
    assert detour(way, PAPER, staffed(only_attended=("photo",)), 1) is None
    assert detour(way, PAPER, staffed("photo"), 0) is None


def test_only_who_waits_makes_a_detour() -> None:
    for state in set(StopState) - {StopState.WAITING}:
        assert detour(journey(address=state, photo=StopState.PLANNED), PAPER, staffed("photo"), 1) is None


def test_a_detour_goes_where_no_wish_is_open_before_where_one_is() -> None:
    way = journey(money=StopState.WAITING, photo=StopState.PLANNED, paper=StopState.DONE, advice=StopState.PLANNED)
    order = {**PAPER, "photo": Precedence(better_after=("money",)), "advice": Precedence()}
    assert detour(way, order, staffed("photo", "advice"), 1) == (0, 3)
