"""The numbers by which a queue is kept."""

from __future__ import annotations

from pydantic import Field

from shared.config.section import Section, Whole


class Rules(Section):
    """The rules of the queue."""

    print_within_min: Whole = Field(
        10, ge=1, le=240, description="Minutes after which a slip that could not be printed is not printed any more."
    )
    language_window_min: Whole = Field(
        5, ge=0, le=60, description="By how many minutes a visitor of a spoken language may go before earlier ones."
    )
    recalls: Whole = Field(2, ge=0, le=9, description="How often a call may be repeated.")
    misses: Whole = Field(
        2, ge=1, le=9, description="After how many missed calls of one stop the visit counts as gone."
    )
    return_after_min: Whole = Field(
        5, ge=0, le=60, description="Minutes after which somebody who missed a call waits again."
    )
    pauses: Whole = Field(2, ge=0, le=9, description="How many breaks a visitor may take and keep the place.")
    pause_min: Whole = Field(15, ge=1, le=120, description="Minutes after which a visitor's break ends by itself.")
    park_min: Whole = Field(
        15, ge=1, le=480, description="Minutes after which a parked visitor waits again, where the desk names none."
    )
    moves: Whole = Field(
        1,
        ge=0,
        le=9,
        description="How often a visit that waits where nobody serves it goes to another of its stops meanwhile.",
    )
    moves_after_min: Whole = Field(
        10,
        ge=0,
        le=240,
        description="Minutes without anybody before a service is unserved; with an open desk, before it is served.",
    )
    kiosk_idle_s: Whole = Field(
        60, ge=20, le=600, description="Seconds without a touch after which a kiosk asks whether more time is needed."
    )
    kiosk_warning_s: Whole = Field(
        20, ge=20, le=120, description="Seconds for the answer; then the kiosk begins anew. WCAG 2.2.1 asks for 20."
    )
    kiosk_printing_s: Whole = Field(
        8, ge=2, le=60, description="Seconds for the paper; then the number is offered for a photo, too."
    )
    kiosk_wrong_s: Whole = Field(12, ge=0, le=60, description="Seconds in which a new number can be cancelled there.")
    kiosk_paper_s: Whole = Field(
        20, ge=5, le=120, description="Seconds that a number stays on the screen after its paper has come out."
    )
    kiosk_photo_s: Whole = Field(
        60, ge=20, le=600, description="Seconds that it stays where no paper comes, for a photo of it."
    )
    tickets_a_minute: Whole = Field(
        4, ge=1, le=60, description="A kiosk asked for more numbers in a minute rests for a minute and tells reception."
    )
    undo_s: Whole = Field(120, ge=0, le=900, description="For how many seconds a desk can undo a step.")
