"""What the kiosk draws can be seen, whatever colours the stylesheet gives it."""

from __future__ import annotations

import pytest

from faces.picture import Cell, Look
from kiosk.drawn import Label

BLUE, WHITE, GREY, YELLOW = (11, 79, 138), (255, 255, 255), (107, 122, 134), (255, 212, 0)


@pytest.mark.parametrize(
    ("paper", "ink", "edge", "seen"),
    [
        (WHITE, BLUE, BLUE, BLUE),
        (BLUE, WHITE, BLUE, WHITE),  # chosen: the edge is the paper
        (BLUE, WHITE, GREY, WHITE),  # chosen: grey on blue is too pale
        (YELLOW, (0, 0, 0), YELLOW, (0, 0, 0)),
    ],
)
def test_a_sign_can_be_seen_on_every_paper(
    paper: tuple[int, int, int], ink: tuple[int, int, int], edge: tuple[int, int, int], seen: tuple[int, int, int]
) -> None:
    picture = Label("", "", "tools").draw((120, 120), Cell(10, 20), Look(paper, ink, edge))
    middle = picture.convert("RGB").crop((20, 0, 120, 120)).getcolors(256) or []
    assert seen in [colour for count, colour in middle if colour != paper and count > 200]
