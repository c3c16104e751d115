"""How soon a screen says that what it shows is old."""

from __future__ import annotations

from faces import reading


def test_what_is_old_is_said_within_five_seconds() -> None:
    """The longest way: it fails right after an answer, and each look at the time comes late by a beat."""
    assert reading.EVERY_S + reading.PATIENCE_S + 2 * reading._BEAT_S < 5
