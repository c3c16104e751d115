"""What a screen knows of its centre: one read at a time, marked as old if it is, and faults end the program."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Event

import pytest
from textual import on
from textual.app import App
from textual.screen import Screen

from faces.messages import Changed
from faces.reading import Reading
from shared.centre import Centre
from shared.errors import DatabaseUnavailable
from shared.model import Arrival
from shared.store.database import Transaction
from shared.verbs.visits.issue import issue
from tests.support.clock import MONDAY, HandClock
from tests.support.screens import until
from tests.support.waiting import PATIENCE_S


class Board(Screen[None]):
    """Counts how often it was told something, and keeps what."""

    def __init__(self, centre: Centre, question: Callable[[], Future[int]]) -> None:
        super().__init__()
        self.reading = Reading(self, centre, question, self.tell)
        self.told: list[tuple[int | None, str]] = []

    def on_mount(self) -> None:
        self.reading.begin()

    def on_unmount(self) -> None:
        self.reading.end()

    @on(Changed)
    def look(self) -> None:
        self.reading.ask()

    def tell(self) -> None:
        trouble = self.reading.trouble
        self.told.append((self.reading.known, trouble.message if trouble else ""))


class Face(App[None]):
    """Nothing but the screen."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board

    def get_default_screen(self) -> Board:
        return self.board


class View:
    """A view that counts its readings, and waits or fails as a test wants."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self.asked = self.read = 0
        self.fails: Exception | None = None
        self._free = Event()
        self._free.set()

    def __call__(self) -> Future[int]:
        self.asked += 1
        return self._centre.read(self._view)

    def _view(self, _: Transaction) -> int:
        assert self._free.wait(PATIENCE_S)
        if self.fails:
            raise self.fails
        self.read += 1
        return self.read

    @contextmanager
    def silence(self) -> Iterator[None]:
        """While this lasts, no answer comes."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()


@pytest.fixture
def view(centre: Centre) -> View:
    return View(centre)


@pytest.fixture
def board(centre: Centre, view: View) -> Board:
    return Board(centre, view)


async def test_a_screen_reads_when_it_begins_and_after_each_change(centre: Centre, board: Board) -> None:
    async with Face(board).run_test():
        await until(lambda: board.told)
        before = board.reading.known
        centre.do(issue, Arrival(services=("anmeldung",)))
        await until(lambda: board.reading.known != before)
        assert board.reading.trouble is None


async def test_what_changes_during_a_reading_is_read_once_after_it(
    centre: Centre, board: Board, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faces.reading.EVERY_S", math.inf)
    async with Face(board).run_test():
        centre._feed.stop()
        await until(lambda: view.asked == view.read == board.reading.known)
        with view.silence():
            board.reading.ask()
            asked = view.asked
            for _ in range(50):
                board.reading.ask()
            assert view.asked == asked
        await until(lambda: board.reading.known == asked + 1)
        assert view.asked == asked + 1


async def test_it_reads_by_itself_where_nothing_wakes_it(
    centre: Centre, board: Board, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faces.reading.EVERY_S", 0.1)
    centre._feed.stop()
    async with Face(board).run_test():
        await until(lambda: view.read >= 3)


async def test_an_answer_that_is_long_overdue_is_said_once_more_until_it_comes(
    board: Board, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faces.reading.PATIENCE_S", 0.1)
    monkeypatch.setattr("faces.reading.GONE_S", 0.6)
    async with Face(board).run_test():
        await until(lambda: view.read)
        with view.silence():
            board.reading.ask()
            await until(lambda: board.reading.overdue)
            assert not board.reading.gone, "a busy database is not gone"
            told = len(board.told)
            await until(lambda: board.reading.gone)
            assert len(board.told) == told + 1
        await until(lambda: not board.reading.gone and board.reading.trouble is None)


async def test_what_fails_is_said_and_what_was_known_stays_with_its_time(
    board: Board, view: View, clock: HandClock
) -> None:
    async with Face(board).run_test():
        await until(lambda: board.told)
        known, as_of = board.reading.known, board.reading.as_of
        clock.forward(seconds=7)
        view.fails = DatabaseUnavailable("The disk is full.")
        board.reading.ask()
        await until(lambda: board.reading.trouble)
        assert board.told[-1] == (known, "The disk is full.")
        assert (board.reading.known, board.reading.as_of) == (known, as_of)
        view.fails = None
        board.reading.ask()
        await until(lambda: board.reading.trouble is None)
        assert (as_of, board.reading.as_of) == (MONDAY, clock.moment)


async def test_an_answer_that_does_not_come_is_said_once_until_it_comes(
    board: Board, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faces.reading.PATIENCE_S", 0.0)
    async with Face(board).run_test():
        await until(lambda: board.told)
        with view.silence():
            board.reading.ask()
            await until(lambda: board.reading.trouble)
            told = list(board.told)
            assert told[-1][1] == "The database has not answered for a while."
            board.reading._beat()
            assert board.told == told
        await until(lambda: board.reading.trouble is None)


async def test_a_fault_of_the_program_ends_the_face(board: Board, view: View) -> None:
    view.fails = KeyError("a fault")
    with pytest.raises(KeyError, match="a fault"):
        async with Face(board).run_test():
            await until(lambda: board.app._exception)


async def test_a_screen_that_is_gone_is_woken_no_more(centre: Centre, board: Board, view: View) -> None:
    async with Face(board).run_test():
        await until(lambda: board.told)
    asked = view.asked
    centre.do(issue, Arrival(services=("anmeldung",))).result()
    woken = Event()
    centre.subscribe(woken.set)
    await until(woken.is_set)
    assert view.asked == asked
