"""What happens to the visitor at a desk that stops: it depends on why it stops, and whether service has begun."""

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
    SILENT = "silent"  # its console no longer answers
    REPLACED = "replaced"  # a new plan gives its work to a desk that already has a visitor
    DAY_ENDED = "day_ended"  # the day is closed before its time


class Fate(StrEnum):
    """What happens to the visitor if the call does not end."""

    STAYS = "stays"  # at the desk, as before
    FIRST = "first"  # the desk must finish with the visitor first: it cannot stop now
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
"""For each ending: a called visitor, a visitor being served. Back in the queue, they keep their rank at the front."""


def fate(ending: Ending, state: StopState) -> Leaves | Fate:
    """What happens to a visitor who is called or served."""
    called, served = _FATES[ending]
    return called if state is StopState.CALLED else served
