"""The nouns of the project as plain frozen data: what verbs take and views give. Each file has one noun."""

from __future__ import annotations

from shared.model.announcement import AnnouncementState
from shared.model.assistance import Assistance, AssistanceKind, AssistanceState, GuideReason
from shared.model.clock import ClockDoubt
from shared.model.desk import Call, Desk, DeskAnswer, DeskState, LostDesk, Outcome, Waiting, Workplace
from shared.model.paper import Doubt, PrinterCondition, PrinterState, PrintJob, PrintKind, PrintState
from shared.model.reasons import ClosedReason, OwnReason, SuspendReason
from shared.model.site import Door, Hall, Opening, Room, ServiceQueue, SiteState, SiteStatus
from shared.model.visit import (
    TOKEN_LENGTH,
    TOKEN_LETTERS,
    Arrival,
    Need,
    Origin,
    Standing,
    Stop,
    StopState,
    Ticket,
    Told,
    Wait,
    code_of,
    parse_code,
    spaced,
)

__all__ = [
    "TOKEN_LENGTH",
    "TOKEN_LETTERS",
    "AnnouncementState",
    "Arrival",
    "Assistance",
    "AssistanceKind",
    "AssistanceState",
    "Call",
    "ClockDoubt",
    "ClosedReason",
    "Desk",
    "DeskAnswer",
    "DeskState",
    "Door",
    "Doubt",
    "GuideReason",
    "Hall",
    "LostDesk",
    "Need",
    "Opening",
    "Origin",
    "Outcome",
    "OwnReason",
    "PrintJob",
    "PrintKind",
    "PrintState",
    "PrinterCondition",
    "PrinterState",
    "Room",
    "ServiceQueue",
    "SiteState",
    "SiteStatus",
    "Standing",
    "Stop",
    "StopState",
    "SuspendReason",
    "Ticket",
    "Told",
    "Wait",
    "Waiting",
    "Workplace",
    "code_of",
    "parse_code",
    "spaced",
]
