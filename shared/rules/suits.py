"""Which visitors can come to which desk."""

from __future__ import annotations

from collections.abc import Collection

from shared.model import Need


def suits(needs: Collection[str], *, step_free: bool) -> bool:
    """Whether a visitor with these needs can come to a desk.

    Args:
        step_free: Whether a way without steps leads there.
    """
    return step_free or not needs_step_free(needs)


def needs_step_free(needs: Collection[str]) -> bool:
    """Whether the visitor can only come to a desk without steps on the way."""
    return Need.STEP_FREE in needs
