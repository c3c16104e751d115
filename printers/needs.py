"""What helps a visitor, in words: the same on paper and at the kiosk. Pure."""

from __future__ import annotations

from shared.language import Language
from shared.model import Need


def need_name(need: Need, say: Language) -> str:
    """The name of a measure."""
    match need:
        case Need.STEP_FREE:
            return say.text("Way without stairs")
        case Need.GUIDE:
            return say.text("A guide comes along")
        case Need.LOOP:
            return say.text("Hearing loop")
        case Need.QUIET_ROOM:
            return say.text("Quiet room")
        case Need.MORE_TIME:
            return say.text("More time")
        case Need.SEEING:
            return say.text("Help with seeing")
