"""The staff view: a PIN on large keys, then the printer, a test page, a pause of this kiosk, the end of the program."""

from __future__ import annotations

from dataclasses import replace

from kiosk.moves import Act, Step, Touch
from kiosk.offer import Choice, Offer, button
from kiosk.staff import MOST_DIGITS, Errand
from kiosk.way import Way
from shared.language import Language, language
from shared.model import PrinterCondition, PrinterState, PrintJob

_KEYS = "123456789"
_HIDDEN = "\N{BLACK CIRCLE}"


def shows_pin(way: Way) -> Offer:
    """Keys for the PIN; nothing of it can be read."""
    say, staff = language(way.reads), way.staff
    if staff.locked_until:
        asked = say.text("The PIN was wrong. Please wait {n} s.", n=staff.delay_s)
    else:
        asked = f"{say.text('Please enter the PIN.')} {_HIDDEN * len(staff.pin)}"
    done = Choice(Act.ENTER, "OK", pictogram="done")
    keys = (*(_key(digit) for digit in _KEYS), Choice(Act.CLEAR, "C", pictogram="cancel"), _key("0"), done)
    return Offer(say, asked.rstrip(), keys, back=button(Act.BACK, say.text("Back"), say))


def shows(way: Way) -> Offer:
    """What can be done at this kiosk. Nothing here touches a visit."""
    say, staff = language(way.reads), way.staff
    told = [_printer(say, staff.printer) if way.prints else say.text("This device has no printer.")]
    told += [_page(say, staff.page)] if staff.page else []
    test = (Choice(Act.TEST, say.text("Print a test page"), "", say.direction, pictogram="printer"),)
    yes = say.text("Yes") if staff.paused else say.text("No")
    title = say.text("Pause this device")
    pause = Choice(Act.HALT, title, yes, say.direction, pictogram="pause", on=staff.paused)
    end = Choice(Act.END, say.text("End the program"), "", say.direction, pictogram="cancel")
    tiles = (*(test if way.prints else ()), pause, end)
    return Offer(say, " ".join(told), tiles, back=button(Act.BACK, say.text("Back"), say))


def after(way: Way, touch: Touch, at: float) -> Way:
    """The way after a touch on what is offered to the staff."""
    way, staff = way.touched(at), way.staff
    match touch.act:
        case Act.DIGIT if len(staff.pin) < MOST_DIGITS:
            return replace(way, staff=replace(staff, pin=staff.pin + touch.key))
        case Act.CLEAR:
            return replace(way, staff=replace(staff, pin=""))
        case Act.ENTER if staff.pin and not staff.locked_until and staff.errand is None:
            return replace(way, staff=replace(staff, errand=Errand.CHECK))
        case Act.TEST if staff.errand is None:
            return replace(way, staff=replace(staff, errand=Errand.TEST))
        case Act.HALT:
            return way.serves(replace(staff, paused=not staff.paused), at)
        case Act.END:
            return replace(way, staff=replace(staff, errand=Errand.END))
        case Act.BACK:
            return way.begun(at)
        case _:
            return way


def checked(way: Way, right: bool, at: float) -> Way:
    """The way after the PIN was compared; whoever has left meanwhile is not let in."""
    if way.step is not Step.PIN or way.staff.errand is not Errand.CHECK:
        return way
    return way.serves(way.staff.checked(right, at), at, Step.STAFF if right else Step.PIN)


def _key(digit: str) -> Choice:
    return Choice(Act.DIGIT, digit, key=digit)


def _printer(say: Language, printer: PrinterState | None) -> str:
    if printer is None:
        return say.text("One moment, please.")
    match printer.status:
        case PrinterCondition.READY:
            return say.text("Printer {printer}: ready.", printer=printer.printer)
        case PrinterCondition.PAPER_LOW:
            return say.text("Printer {printer}: the paper is nearly at its end.", printer=printer.printer)
        case PrinterCondition.PAPER_OUT:
            return say.text("Printer {printer}: no paper.", printer=printer.printer)
        case PrinterCondition.COVER_OPEN:
            return say.text("Printer {printer}: the cover is open.", printer=printer.printer)
        case PrinterCondition.OFFLINE | PrinterCondition.UNREACHABLE:
            return say.text("Printer {printer}: it does not print.", printer=printer.printer)
        case _:
            return say.text("Printer {printer}: its state is not known.", printer=printer.printer)


def _page(say: Language, page: PrintJob) -> str:
    if page.seems_out:
        return say.text("The test page is out.")
    if page.state.settled or page.is_stuck:
        return say.text("The test page has not come out.")
    return say.text("The test page is being printed.")
