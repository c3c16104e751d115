"""An announcement: one ring of a call as one area hears it."""

from __future__ import annotations

from enum import StrEnum


class AnnouncementState(StrEnum):
    """What is known about an announcement."""

    CLAIMED = "claimed"  # a screen of the area is about to speak it
    SPOKEN = "spoken"
    FAILED = "failed"
    DROPPED = "dropped"  # not played, on purpose: silence is set, it was too old, the program ended
