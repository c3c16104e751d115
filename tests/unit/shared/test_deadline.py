"""Every wait ends by a clock that is passed in, however much there is to read."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from shared.deadline import PASSED, Deadline
from tests.support.clock import HandSeconds


@pytest.fixture
def seconds() -> HandSeconds:
    return HandSeconds()


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_what_is_left_grows_less_and_never_less_than_nothing(seconds: HandSeconds) -> None:
    deadline = Deadline.after(5, seconds)
    assert (deadline.left, deadline.over) == (5, False)
    seconds.at += 4
    assert (deadline.left, deadline.over) == (1, False)
    seconds.at += 4
    assert (deadline.left, deadline.over) == (0, True)
    assert (PASSED.left, PASSED.over) == (0, True)


def test_a_part_of_the_work_never_outlasts_the_whole(seconds: HandSeconds) -> None:
    whole = Deadline.after(5, seconds)
    assert whole.within(2).left == 2
    seconds.at += 4
    assert whole.within(2).left == 1
    assert whole.later(3).left == 4


def test_a_handle_is_ready_when_it_is_and_never_after_the_end(seconds: HandSeconds, pipe: tuple[int, int]) -> None:
    read, write = pipe
    assert not Deadline.after(0.01).ready(read)
    assert Deadline.after(5, seconds).ready(write, write=True)
    os.write(write, b"x")
    deadline = Deadline.after(5, seconds)
    assert deadline.ready(read)
    seconds.at += 5
    assert not deadline.ready(read)
    assert not deadline.ready(write, write=True)


def test_a_pause_ends_with_the_deadline() -> None:
    PASSED.pause(1000)
