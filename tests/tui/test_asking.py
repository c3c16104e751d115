"""Requests of a screen: one press counts, and each request is done once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any, NoReturn

import pytest
from textual.app import App

from faces.asking import Asking
from shared.centre import Centre
from shared.errors import AnkommenError, DatabaseUnavailable, DeskClosed
from shared.model import Arrival, DeskAnswer, Ticket
from shared.store.database import Transaction
from shared.verbs.desks.calls import call_next
from shared.verbs.desks.opening import open_desk
from shared.verbs.visits.issue import issue
from tests.support.screens import until
from tests.support.waiting import PATIENCE_S

ARRIVAL = Arrival(services=("anmeldung",))


class Face(App[None]):
    """A screen that keeps its answers."""

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self.asking = Asking(self, centre)
        self.answers: list[object] = []

    def draw(self) -> bool:
        return self.asking.ask(self.take, issue, ARRIVAL)

    def take(self, answer: Ticket | DeskAnswer | AnkommenError) -> None:
        self.answers.append(answer)


@pytest.fixture
def face(centre: Centre) -> Face:
    return Face(centre)


@contextmanager
def busy(centre: Centre) -> Iterator[None]:
    """While this lasts, the database thread is busy."""
    free = Event()

    def wait(_: Transaction) -> bool:
        return free.wait(PATIENCE_S)

    centre.read(wait)
    try:
        yield
    finally:
        free.set()


async def test_a_second_press_during_an_answer_means_nothing(face: Face, centre: Centre) -> None:
    async with face.run_test():
        with busy(centre):
            assert face.draw()
            assert not face.draw()
            assert face.asking.busy
        await until(lambda: face.answers)
        assert not face.draw()  # the answer is there, but nobody has seen it
        face.asking.shown()
        assert face.draw()
        await until(lambda: len(face.answers) == 2)
        assert codes(face) == ["L500", "L501"]


async def test_what_is_shown_before_the_answer_frees_nobody(face: Face, centre: Centre) -> None:
    async with face.run_test():
        with busy(centre):
            face.draw()
            face.asking.shown()
            assert face.asking.busy
        await until(lambda: face.answers)


def codes(face: Face) -> list[str]:
    """The numbers in the answers."""
    return [answer.code for answer in face.answers if isinstance(answer, Ticket)]


async def press(face: Face) -> None:
    """Press, wait for the answer, and look at it."""
    before = len(face.answers)
    assert face.draw()
    await until(lambda: len(face.answers) > before)
    face.asking.shown()


@contextmanager
def answers_lost(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While this lasts, commits are never answered."""
    once = centre.database.once

    def committed_but_not_answered(*args: Any) -> NoReturn:
        once(*args)
        raise DatabaseUnavailable("The line broke.")

    with monkeypatch.context() as broken:
        broken.setattr(centre.database, "once", committed_but_not_answered)
        yield


async def test_after_an_answer_the_next_press_is_another_wish(face: Face) -> None:
    async with face.run_test():
        await press(face)
        await press(face)
        assert codes(face) == ["L500", "L501"]


async def test_after_an_unsure_failure_the_next_press_is_the_same_wish(
    face: Face, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with face.run_test():
        with answers_lost(centre, monkeypatch):
            await press(face)
        assert isinstance(face.answers[0], DatabaseUnavailable)
        await press(face)
        await press(face)
        assert codes(face) == ["L500", "L501"]


async def test_for_somebody_else_it_is_another_wish_even_after_an_unsure_failure(
    face: Face, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with face.run_test():
        with answers_lost(centre, monkeypatch):
            await press(face)
        face.asking.start_over()
        await press(face)
        assert codes(face) == ["L501"]


async def test_a_refusal_is_an_answer(face: Face, centre: Centre) -> None:
    async with face.run_test():
        face.asking.ask(face.take, call_next, "1")
        await until(lambda: face.answers)
        assert isinstance(face.answers[0], DeskClosed)
        face.asking.shown()
        centre.do(open_desk, "1").result()
        await press(face)
        assert codes(face) == ["L500"]


async def draw_once(face: Face) -> None:
    async with face.run_test():
        face.draw()
        await until(lambda: face._exception)


async def test_a_fault_of_the_program_ends_the_face(
    face: Face, monkeypatch: pytest.MonkeyPatch, centre: Centre
) -> None:
    def fault(*_: Any) -> NoReturn:
        raise KeyError("a fault")

    monkeypatch.setattr(centre.database, "once", fault)
    with pytest.raises(KeyError, match="a fault"):
        await draw_once(face)
