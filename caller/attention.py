"""What needs somebody's attention, as sentences in the house's language; nothing while all is well."""

from __future__ import annotations

from collections.abc import Iterable

from caller.words import Words
from faces.known import unsure
from shared.model import ClockDoubt, LostDesk, PrinterCondition, PrinterState, SuspendReason

REASONS = {
    SuspendReason.FIRE: "Fire alarm",
    SuspendReason.POWER: "Power failure",
    SuspendReason.TECHNICAL: "Technical fault",
    SuspendReason.SECURITY: "Security",
}
_TROUBLES = {
    PrinterCondition.PAPER_OUT: "Printer {printer}: no paper.",
    PrinterCondition.PAPER_LOW: "Printer {printer}: the paper is nearly at its end.",
    PrinterCondition.COVER_OPEN: "Printer {printer}: the cover is open.",
    PrinterCondition.OFFLINE: "Printer {printer}: it does not print.",
    PrinterCondition.UNREACHABLE: "Printer {printer}: it does not print.",
}
"""What to say about a printer's state; about the other states there is nothing to say."""


def halt(words: Words, reason: SuspendReason | None) -> str:
    """A sentence that the centre is suspended, and why."""
    if reason is None:
        return ""
    nobody = words.say("Nobody is called at the moment. It goes on when reception says so.")
    return f"{words.say(REASONS[reason])}: {nobody}"


def alarm(words: Words, lost: Iterable[LostDesk], doubt: ClockDoubt | None) -> str:
    """That the clock is not believed, and which consoles fell silent while somebody was there."""
    silent = "Alarm: the console of desk {desk} fell silent. Please look after {codes}."
    return " ".join(
        [
            unsure(words.house) if doubt else "",
            *(words.say(silent, desk=one.desk, codes=words.house.listed(one.codes)) for one in lost),
        ]
    ).strip()


def paper(words: Words, printers: Iterable[PrinterState]) -> str:
    """Which printers need help, as the programs that print on them report."""
    troubles = [(one, _TROUBLES.get(one.status)) for one in printers if one.watched]
    return " ".join(words.say(trouble, printer=one.printer) for one, trouble in troubles if trouble)
