"""Draws a ticket as a picture: what it says, in which order, at which size."""

from __future__ import annotations

from itertools import product
from math import ceil

from babel import Locale
from PIL import Image, ImageOps

from printers.big_number import big_number
from printers.journey import draw_journey
from printers.marks import Mark, draw_marks, marks_fit
from printers.needs import need_name
from printers.qr import QUIET_ZONE, qr_matrix
from printers.sheet import BLANK, INK, Align, Box, Paper, Style
from printers.slip import Slip, joined
from shared.config.plan import Plan
from shared.language import Language
from shared.language.spoken import own_name
from shared.model import Ticket, Told, Wait

__all__ = ["Paper", "ticket_picture"]

WIDE_ROLL = Paper()
"""80 mm thermal paper, the usual width."""
LONGEST_MM = 170
"""A longer slip would hang to the floor, tear, and use up the roll."""
_NUMBER_MM = (12, 18)
"""Least and greatest height of the digits: readable in passing and over somebody's shoulder."""
_MODULE_MM = 0.75
"""The size of a QR module that a phone at arm's length and a cheap scanner can read."""
_DENSITIES = (1.0, 0.9, 0.82, 0.75, 0.7, 0.65, 0.6, 0.56)
"""Scales to try, in order, until the slip is short enough; number and QR code keep their size."""
_DIGITS = {"ar": "٠١٢٣٤٥٦٧٨٩", "fa": "۰۱۲۳۴۵۶۷۸۹"}
"""Languages that repeat the number small in their own digits."""


def ticket_picture(
    ticket: Ticket,
    plan: Plan,
    paper: Paper = WIDE_ROLL,
    *,
    wait: Wait | None = None,
    training: bool = False,
    copy: int = 0,
) -> Image.Image:
    """The slip of a visit, black on white, mode "1", as wide as the paper and at most 170 mm long with six stops.

    The centre's logo is at the top; it is left out if the slip would be too long even at the smallest scale.
    `wait` is what the visitor is told; `copy` counts reprints, 0 is the first slip. `info["dpi"]` has the resolution.
    Raises ConfigInvalid if a text of the plan has letters that the fonts lack, PrinterUnavailable without raqm.
    """
    kinds = ((True, False), (False, False), (False, True)) if plan.site.logo else ((False, False), (False, True))
    for (logo, brief), density in product(kinds, _DENSITIES):
        slip = Slip(Told(ticket, wait), plan, paper, density, logo=logo, brief=brief)
        _fill(slip, training=training, copy=copy)
        if paper.in_mm(slip.sheet.y) <= LONGEST_MM:
            break
    return slip.sheet.finished()


def _fill(slip: Slip, *, training: bool, copy: int) -> None:
    """Everything from the centre's logo and name to the last line."""
    if training:
        slip.sheet.band(joined(say.text("EXERCISE") for say in slip.readers), slip.large)
    _draw_head(slip, copy)
    _draw_number(slip)
    _draw_visitors(slip)
    draw_journey(slip)
    slip.sheet.rule()
    if code := slip.plan.qr_text(slip.ticket.token):
        _draw_code(slip, _qr_picture(code, slip.paper))
    else:
        slip.gap(1.5)
        _draw_rest(slip, slip.sheet.box, slip.sheet.y, "start")


def _draw_head(slip: Slip, copy: int) -> None:
    slip.gap(1)
    if slip.logo:
        slip.sheet.picture(slip.logo, "centre")
        slip.sheet.y += slip.logo.height
        slip.gap(1)
    slip.sheet.text(slip.plan.site.name, slip.strong, language=slip.house, align="centre")
    if copy:
        slip.sheet.text(slip.own.text("Copy {n}", n=copy), slip.body, align="centre")
    slip.gap(1)
    slip.sheet.rule()


def _draw_number(slip: Slip) -> None:
    slip.gap(1.5)
    label = joined(say.text("Your number") for say in slip.readers)
    slip.sheet.text(label, slip.strong, align="centre")
    slip.gap(2.2)
    most_mm = _NUMBER_MM[1] * slip.density
    number = big_number(slip.ticket.code, slip.paper, slip.sheet.box.width, _NUMBER_MM[0], most_mm)
    slip.sheet.picture(number, "centre")
    slip.sheet.y += number.height
    if digits := _DIGITS.get(slip.own.tag):
        slip.gap(1)
        native = slip.ticket.code[1:].translate(str.maketrans("0123456789", digits))
        slip.sheet.text(f"{slip.ticket.code[0]} {native}", slip.body, language=slip.house, align="centre")
    slip.gap(2.6)


def _draw_visitors(slip: Slip) -> None:
    """How many came, and what helps them: framed for the visitor, and in the language of the staff."""
    own, house = _marks(slip, slip.own), _marks(slip, slip.house)
    both = [Mark(joined((mine.text, theirs.text)), mine.pictogram) for mine, theirs in zip(own, house, strict=True)]
    # Digits beside words of the other direction would change sides, and long frames would pile up.
    together = len(both) <= 2 and slip.own.direction == slip.house.direction and marks_fit(slip.sheet, both, slip.mark)
    draw_marks(slip.sheet, both if together else own, slip.mark)
    if not together and own != house:
        slip.gap(1)
        slip.small_house_text(" · ".join(mark.text for mark in house), align="centre")
    slip.gap(2)
    slip.sheet.rule()


def _marks(slip: Slip, say: Language) -> list[Mark]:
    ticket = slip.ticket
    marks = [Mark(say.count("{n} person", "{n} persons", ticket.persons))]
    if ticket.interpreter:
        told = say.text("Interpreter: {language}", language=_language_name(ticket.interpreter, say))
        marks.append(Mark(told, "interpreter"))
    return marks + [Mark(need_name(need, say), slip.plan.pictogram_of(need)) for need in ticket.needs]


def _draw_code(slip: Slip, code: Image.Image) -> None:
    """The QR code, and what it and the number are for: beside the code if there is room, else below."""
    sheet = slip.sheet
    top, wide = sheet.y, slip.paper.dots >= 2 * code.width
    beside = sheet.picture(code, "start" if wide else "centre")
    bottom = top + code.height
    sheet.y = top + slip.paper.in_dots(QUIET_ZONE * _MODULE_MM) if wide else bottom
    _draw_rest(slip, beside if wide else sheet.box, bottom, "start" if wide else "centre")


def _draw_rest(slip: Slip, column: Box, bottom: int, align: Align) -> None:
    """What the slip is for, its day, and what holds for the number: in a column down to `bottom`, then on all."""
    sheet = slip.sheet
    sheet.text(_caption(slip), slip.body, box=column, align=align)
    slip.gap(1)
    time = slip.own.time(slip.ticket.issued_at, slip.plan.site.timezone)
    sheet.text(f"{slip.own.date(slip.ticket.day)} · {time}", slip.small, box=column, align=align)
    slip.gap(1)
    for sentence, style in _assurances(slip):
        if column != sheet.box and sheet.y + sheet.height(sentence, style, column) > bottom:
            column, sheet.y = sheet.box, max(sheet.y, bottom)
        sheet.text(sentence, style, box=column, align=align)
        slip.gap(0.7)
    sheet.y = max(sheet.y, bottom)
    slip.gap(1)


def _assurances(slip: Slip) -> list[tuple[str, Style]]:
    """What holds for the number: it costs nothing, and nobody loses it by going out."""
    said = [(slip.own.text("The number is free of charge. Do not pay anybody for it."), slip.body)]
    if slip.ticket.persons > 1 and not slip.brief:
        said.append((slip.own.text("The number is for your whole family."), slip.body))
    if len(slip.ticket.stops) > 1 and not slip.brief:
        said.append((slip.own.text("The number is valid today for all stops."), slip.body))
    return [*said, (_away(slip), slip.mark)]


def _away(slip: Slip) -> str:
    """Where visitors say that they take a break or are back: a kiosk reads the ticket, or reception does it."""
    if slip.plan.kiosk_scans:
        return slip.own.text("Away for a moment? Call missed? Hold this slip to the ticket machine.")
    return slip.own.text("Away for a moment? Call missed? Show this slip at reception. We call you again.")


def _caption(slip: Slip) -> str:
    if slip.plan.site.public_url:
        return slip.own.text("Scan this code with your phone. It shows your number.")
    return slip.own.text("Please keep this slip. Show it to our staff.")


def _language_name(tag: str, say: Language) -> str:
    """The name of a language in another one, "Ukrainisch"; its own name if CLDR has none."""
    return str(Locale.parse(say.tag).languages.get(tag, own_name(tag)))


def _qr_picture(text: str, paper: Paper) -> Image.Image:
    """The QR code with its quiet zone; every module has the same whole number of dots."""
    matrix = qr_matrix(text)
    modules = bytes(INK if dark else BLANK for row in matrix for dark in row)
    code = ImageOps.expand(Image.frombytes("L", (len(matrix), len(matrix)), modules), QUIET_ZONE, BLANK)
    side = code.width
    module = ceil(_MODULE_MM * paper.dpi / 25.4)
    return code.resize((side * module, side * module), Image.Resampling.NEAREST)
