"""Counts that could point to somebody are not told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.rules.small_cells import LEAST, hide


def test_a_small_count_is_hidden_and_one_more_so_that_the_sum_does_not_give_it_away() -> None:
    assert hide({"de": 40, "uk": 9, "ti": 2}) == {"de": 40, "uk": None, "ti": None}
    assert hide({"de": 40, "uk": 9}) == {"de": 40, "uk": 9}


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 20)))
def test_no_small_count_is_told_and_the_hidden_ones_together_are_not_small(cells: dict[str, int]) -> None:
    told = hide(cells)
    assert all(n is None or n >= LEAST for n in told.values())
    hidden = [cells[key] for key, n in told.items() if n is None]
    assert not hidden or sum(hidden) >= LEAST or len(hidden) == len(cells)
