"""The same thing again is meant only after a pause."""

from __future__ import annotations

import pytest

from kiosk.pause import Pause


def counted(pause: Pause, *moments: float) -> list[float]:
    return [at for at in moments if pause.counts("next", at)]


@pytest.mark.parametrize(("pause_s", "meant"), [(0.0, 300), (0.4, 1), (1.0, 1)])
def test_a_key_held_for_ten_seconds_is_one_step(pause_s: float, meant: int) -> None:
    assert len(counted(Pause(pause_s, held=True), *(n / 30 for n in range(300)))) == meant


def test_a_tile_counts_again_once_the_pause_is_over() -> None:
    assert counted(Pause(0.4), 0.0, 0.3, 0.5, 0.7, 1.0) == [0.0, 0.5, 1.0]


def test_something_else_counts_at_once() -> None:
    pause = Pause(0.4)
    assert pause.counts("more", 0.0)
    assert pause.counts("less", 0.1)
    assert pause.counts("more", 0.2)
