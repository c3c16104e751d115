"""One thing that `ankommen doctor` has looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked."""

    name: str
    ok: bool
    detail: str
    exit_code: int = 1
    """The exit code of the command if this fails."""
