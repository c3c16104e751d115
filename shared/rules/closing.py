"""What becomes of the visitor a desk has when the desk stops: by whose doing, and how far the visitor has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.model import Outcome, StopState
from shared.rules.moves import Verb


class Ending(StrEnum):
    """Why a desk stops."""

    CLOSED = "closed"  # its official closes it
    SUSPENDED = "suspended"  # nobody is called in the whole centre
    SILENT = "silent"  # its console says nothing any more
    REPLACED = "replaced"  # a new plan gives its work to a desk that has a visitor already
    DAY_ENDED = "day_ended"  # the day is closed before its time


class Fate(StrEnum):
    """What becomes of the visitor, where nothing ends the call."""

    STAYS = "stays"  # at the desk, as before
    FIRST = "first"  # the desk must be done with the visitor first: it cannot stop now
    OVER = "over"  # the whole visit ends with the day


@dataclass(frozen=True, slots=True)
class Leaves:
    """The call ends, and its stop moves by this verb."""

    verb: Verb
    outcome: Outcome


_BACK = Leaves(Verb.RETURN, Outcome.RETURNED)
_FATES: Mapping[Ending, tuple[Leaves | Fate, Leaves | Fate]] = {
    Ending.CLOSED: (_BACK, Fate.FIRST),
    Ending.SUSPENDED: (_BACK, Fate.STAYS),
    Ending.SILENT: (Leaves(Verb.RETURN, Outcome.LOST), Leaves(Verb.PARK, Outcome.LOST)),
    Ending.REPLACED: (_BACK, Fate.FIRST),
    Ending.DAY_ENDED: (Fate.OVER, Fate.FIRST),
}
"""For each ending: whoever was called, and whoever is served. Back in the queue they keep their rank, at the front."""


def fate(ending: Ending, state: StopState) -> Leaves | Fate:
    """What becomes of a visitor who is called or served."""
    called, served = _FATES[ending]
    return called if state is StopState.CALLED else served
