"""Waits for conditions, never for luck, and for as long as a busy machine may need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

from shared.clock import monotonic

PATIENCE_S = 60.0
"""How long something may take on a busy machine before it counts as not happening."""
LOOK_S = 0.01
"""From one look to the next."""


def wait_until(
    condition: Callable[[], object],
    seen: Callable[[], object] = lambda: "nothing",
    every_s: float = LOOK_S,
    patience_s: float = PATIENCE_S,
) -> None:
    """Let threads and other processes work until the condition holds; if it never does, report what was `seen`."""
    for _ in looks(seen, patience_s):
        if condition():
            return
        Event().wait(every_s)


def looks(seen: Callable[[], object], patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Yields once for each look at a condition, until patience ends; then it fails and reports what was `seen`."""
    deadline = monotonic() + patience_s
    yield
    while monotonic() < deadline:
        yield
    raise AssertionError(f"it never came to pass; seen was:\n{seen()}")
