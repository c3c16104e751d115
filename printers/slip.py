"""What all parts of a ticket share: who reads it, in which sizes, and how a name of the plan is said."""

from __future__ import annotations

from collections.abc import Iterable

from printers.logo import logo_on
from printers.sheet import LEAST_EM_MM, Align, Box, Paper, Sheet, Style
from shared.config.fields import Texts
from shared.config.plan import Plan, text_in
from shared.language import language
from shared.model import Stop, Told

_WIDE_MM = 72
"""The printable width that the sizes below were chosen for."""
_BOLD_MM = ((5.6, 3.2), (4.5, 2.8))
"""Usual and least size of the letters for the next stop, and for what else has to be found at a glance."""
_CLOSER = 0.92
"""How much smaller than usual the letters of a brief slip may be."""


class Slip:
    """One ticket on its way to the sheet.

    `density` below 1 makes everything smaller except number and QR code, but no letters smaller than can be read.
    A `brief` slip leaves out what the visitor can do without: later stops in the house's language, and what is
    obvious from its numbers.
    """

    def __init__(self, told: Told, plan: Plan, paper: Paper, density: float, *, logo: bool, brief: bool) -> None:
        self.ticket, self.wait, self.plan, self.paper = told.ticket, told.wait, plan, paper
        self.own, self.house = language(self.ticket.language), language(plan.site.language)
        self.readers = tuple(dict.fromkeys((self.own, self.house)))
        self.sheet = Sheet(paper, self.own)
        self.density, self.brief = density, brief
        self.logo = logo_on(paper, plan, density) if logo else None
        scale = density * min(1.0, paper.in_mm(paper.dots) / _WIDE_MM) ** 0.5
        self.scale = scale
        closer = _CLOSER if brief else 1.0
        self.large, self.strong = (Style(max(mm * scale, least * closer), bold=True) for mm, least in _BOLD_MM)
        self.body, self.mark, self.small = (Style(max(mm * scale, LEAST_EM_MM * closer)) for mm in (4.2, 3.7, 3.3))
        self.stop = Style(self.body.em_mm, bold=True)

    def gap(self, mm: float) -> None:
        """Leave blank paper, less on a dense slip."""
        self.sheet.gap(mm * self.scale)

    def names(self, stop: Stop) -> Texts:
        """The names of a stop; its bare key if the plan in force no longer has the service."""
        service = self.plan.services.get(stop.service)
        return service.name if service else {self.house.tag: stop.service}

    def named(self, names: Texts, style: Style, column: Box) -> None:
        """A name of the plan for the visitor, and small in the house's language if that text differs."""
        own, house = (text_in(names, say.tag) for say in (self.own, self.house))
        self.sheet.text(own, style, box=column)
        if own != house:
            self.small_house_text(house, box=column)

    def small_house_text(self, text: str, *, align: Align = "start", box: Box | None = None) -> None:
        """A text for staff."""
        self.sheet.text(text, self.small, language=self.house, align=align, box=box)


def joined(texts: Iterable[str]) -> str:
    """Different texts on one line."""
    return " · ".join(dict.fromkeys(texts))
