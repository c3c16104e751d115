"""Draws a ticket as a picture: what it says, in which order, at which size."""

from __future__ import annotations

from itertools import product
from math import ceil

from babel import Locale
from PIL import Image, ImageOps

from printers.big_number import big_number
from printers.logo import logo_on
from printers.qr import QUIET_ZONE, qr_matrix
from printers.sheet import BLANK, INK, Align, Box, Paper, Sheet, Style
from shared.config.plan import Plan, Texts, text_in
from shared.language import Language, language
from shared.model import Need, Stop, StopState, Ticket, Told, Wait

__all__ = ["Paper", "ticket_picture"]

WIDE_ROLL = Paper()
"""80 mm thermal paper, the usual width."""
LONGEST_MM = 170
"""A longer slip would hang to the floor, tear, and use up the roll."""
_WIDE_MM = 72
"""The printable width that the sizes below were chosen for."""
_NUMBER_MM = (12, 18)
"""Least and greatest height of the digits: readable in passing and over somebody's shoulder."""
_LEAST_EM_MM = 2.6
"""The smallest letters on a slip, about 7.5 point: for text that only staff need."""
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
    logos = (True, False) if plan.site.logo else (False,)
    for logo, density in product(logos, _DENSITIES):
        sheet = _Slip(Told(ticket, wait), plan, paper, density, logo=logo).filled(training=training, copy=copy)
        if paper.in_mm(sheet.y) <= LONGEST_MM:
            break
    return sheet.finished()


class _Slip:
    """One ticket on its way to the sheet. `density` below 1 makes everything smaller except number and QR code."""

    def __init__(self, told: Told, plan: Plan, paper: Paper, density: float, *, logo: bool) -> None:
        self.ticket, self.wait, self.plan, self.paper = told.ticket, told.wait, plan, paper
        self.own, self.house = language(self.ticket.language), language(plan.site.language)
        self.sheet = Sheet(paper, self.own)
        self.density = density
        self.logo = logo_on(paper, plan, density) if logo else None
        scale = density * min(1.0, paper.in_mm(paper.dots) / _WIDE_MM) ** 0.5
        self.scale = scale
        self.large = Style(5.6 * scale, bold=True)
        self.strong = Style(4.5 * scale, bold=True)
        self.body = Style(4.2 * scale)
        self.mark = Style(3.7 * scale)
        self.small = Style(max(3.3 * scale, _LEAST_EM_MM))

    def filled(self, *, training: bool, copy: int) -> Sheet:
        """Everything from the centre's logo and name to the last line."""
        if training:
            self._training()
        self._head(copy)
        self._number()
        self._marks()
        self._journey()
        self._code()
        return self.sheet

    def _gap(self, mm: float) -> None:
        self.sheet.gap(mm * self.scale)

    def _training(self) -> None:
        self.sheet.band(" · ".join(dict.fromkeys(say.text("EXERCISE") for say in (self.own, self.house))), self.large)

    def _head(self, copy: int) -> None:
        self._gap(1)
        if self.logo:
            self.sheet.picture(self.logo, "centre")
            self.sheet.y += self.logo.height
            self._gap(1)
        self.sheet.text(self.plan.site.name, self.strong, language=self.house, align="centre")
        if copy:
            self.sheet.text(self.own.text("Copy {n}", n=copy), self.body, align="centre")
        self._gap(1)
        self.sheet.rule()

    def _number(self) -> None:
        self._gap(1.5)
        label = " · ".join(dict.fromkeys(say.text("Your number") for say in (self.own, self.house)))
        self.sheet.text(label, self.strong, align="centre")
        self._gap(2.2)
        number = big_number(
            self.ticket.code, self.paper, self.sheet.box.width, _NUMBER_MM[0], _NUMBER_MM[1] * self.density
        )
        self.sheet.picture(number, "centre")
        self.sheet.y += number.height
        if digits := _DIGITS.get(self.own.tag):
            self._gap(1)
            native = self.ticket.code[1:].translate(str.maketrans("0123456789", digits))
            self.sheet.text(f"{self.ticket.code[0]} {native}", self.body, language=self.house, align="centre")
        self._gap(2.6)

    def _marks(self) -> None:
        """How many came, and what helps them: framed for the visitor, and in the language of the staff."""
        own, house = self._mark_texts(self.own), self._mark_texts(self.house)
        both = [" · ".join(dict.fromkeys(pair)) for pair in zip(own, house, strict=True)]
        # Digits beside words of the other direction would change sides, and long frames would pile up.
        together = (
            len(both) <= 2 and self.own.direction == self.house.direction and self.sheet.marks_fit(both, self.mark)
        )
        self.sheet.marks(both if together else own, self.mark)
        if not together and own != house:
            self._gap(1)
            self._small_house_text(" · ".join(house), align="centre")
        self._gap(2)
        self.sheet.rule()

    def _mark_texts(self, say: Language) -> list[str]:
        texts = [say.count("{n} person", "{n} persons", self.ticket.persons)]
        if self.ticket.interpreter:
            texts.append(say.text("Interpreter: {language}", language=_language_name(self.ticket.interpreter, say)))
        return texts + [_need(need, say) for need in self.ticket.needs]

    def _journey(self) -> None:
        """All stops in order, to tick off; the next one is large, with where to wait and what happens then."""
        self._gap(2)
        ahead = _stop_ahead(self.ticket)
        stops = [stop for stop in self.ticket.stops if stop.state.open or stop.state is StopState.DONE]
        several = len(stops) > 1
        if several:
            self.sheet.text(self.own.text("Your way today"), self.body)
            self._gap(1)
        for stop in stops:
            column = self.sheet.box
            if several:
                style = self.large if stop is ahead else self.body
                column = self.sheet.check_box(3.8 * self.scale, style, ticked=stop.state is StopState.DONE)
            if stop is ahead:
                self._ahead(stop, column)
            else:
                self._named(self._names(stop), self.body, column)
            self._gap(1.2)
        if ahead is None:
            self._nothing_ahead()
        for say in dict.fromkeys((self.own, self.house)):
            later = [text_in(self._names(stop), say.tag) for stop in self.ticket.stops if not stop.today]
            if later:
                self._gap(1)
                sentence = say.text("Not today: {services}. Please come again for this.", services=", ".join(later))
                self.sheet.text(sentence, self.body if say is self.own else self.small, language=say)
        self._gap(0.8)

    def _ahead(self, stop: Stop, column: Box) -> None:
        """The stop to go to now."""
        service = self.plan.services.get(stop.service)
        self._named(self._names(stop), self.large, column)
        self._gap(1)
        area = self.plan.areas.get(service.area) if service else None
        if area:
            self.sheet.text(self.own.text("Please wait here:"), self.body, box=column)
            self._named(area.name, self.strong, column)
            self._gap(1)
        if wait := self.wait:
            sentence = self.own.text("You wait about {low} to {high} minutes.", low=wait.low, high=wait.high)
            self.sheet.text(sentence, self.body, box=column)
        sentence = self.own.text("We call your number. The screen shows where you go then.")
        self.sheet.text(sentence, self.body, box=column)

    def _nothing_ahead(self) -> None:
        sentence = (
            self.own.text("All your stops for today are done.")
            if self.ticket.stops
            else self.own.text("Please go to the reception desk. We help you there.")
        )
        self.sheet.text(sentence, self.strong)

    def _code(self) -> None:
        """The QR code, and what it and the number are for: beside the code if there is room, else below."""
        self.sheet.rule()
        code = _qr_picture(self.plan.qr_text(self.ticket.token), self.paper)
        top, wide = self.sheet.y, self.paper.dots >= 2 * code.width
        beside = self.sheet.picture(code, "start" if wide else "centre")
        bottom = top + code.height
        self.sheet.y = top + self.paper.in_dots(QUIET_ZONE * _MODULE_MM) if wide else bottom
        column = beside if wide else self.sheet.box
        align: Align = "start" if wide else "centre"
        self.sheet.text(self._caption(self.own), self.body, box=column, align=align)
        self._gap(1)
        time = self.own.time(self.ticket.issued_at, self.plan.site.timezone)
        self.sheet.text(f"{self.own.date(self.ticket.day)} · {time}", self.small, box=column, align=align)
        self._gap(1)
        for sentence, style in self._assurances():
            if column is beside and self.sheet.y + self.sheet.height(sentence, style, column) > bottom:
                column, self.sheet.y = self.sheet.box, max(self.sheet.y, bottom)
            self.sheet.text(sentence, style, box=column, align=align)
            self._gap(0.7)
        self.sheet.y = max(self.sheet.y, bottom)
        self._gap(1)

    def _assurances(self) -> list[tuple[str, Style]]:
        """What holds for the number: it costs nothing, and nobody loses it by going out."""
        said = [(self.own.text("The number is free of charge. Do not pay anybody for it."), self.body)]
        if self.ticket.persons > 1:
            said.append((self.own.text("The number is for your whole family."), self.body))
        if len(self.ticket.stops) > 1:
            said.append((self.own.text("The number is valid today for all stops."), self.body))
        away = self.own.text("Away for a moment? Call missed? Show this slip at reception. We call you again.")
        return [*said, (away, self.mark)]

    def _caption(self, say: Language) -> str:
        if self.plan.site.public_url:
            return say.text("Scan this code with your phone. It shows your number.")
        return say.text("Please keep this slip. Show it to our staff.")

    def _names(self, stop: Stop) -> Texts:
        """The names of a stop; its bare key if the plan in force no longer has the service."""
        service = self.plan.services.get(stop.service)
        return service.name if service else {self.house.tag: stop.service}

    def _named(self, names: Texts, style: Style, column: Box) -> None:
        """A name of the plan for the visitor, and small in the house's language if that text differs."""
        own, house = (text_in(names, say.tag) for say in (self.own, self.house))
        self.sheet.text(own, style, box=column)
        if own != house:
            self._small_house_text(house, box=column)

    def _small_house_text(self, text: str, *, align: Align = "start", box: Box | None = None) -> None:
        self.sheet.text(text, self.small, language=self.house, align=align, box=box)


def _stop_ahead(ticket: Ticket) -> Stop | None:
    """The current stop, else the first one that is still open."""
    return ticket.next_stop or next((stop for stop in ticket.stops if stop.state.open), None)


def _need(need: Need, say: Language) -> str:
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


def _language_name(tag: str, say: Language) -> str:
    """The name of a language in another one, "Ukrainisch"; the bare tag if CLDR has none."""
    return str(Locale.parse(say.tag).languages.get(tag, tag))


def _qr_picture(text: str, paper: Paper) -> Image.Image:
    """The QR code with its quiet zone; every module has the same whole number of dots."""
    matrix = qr_matrix(text)
    modules = bytes(INK if dark else BLANK for row in matrix for dark in row)
    code = ImageOps.expand(Image.frombytes("L", (len(matrix), len(matrix)), modules), QUIET_ZONE, BLANK)
    side = code.width
    module = ceil(_MODULE_MM * paper.dpi / 25.4)
    return code.resize((side * module, side * module), Image.Resampling.NEAREST)
