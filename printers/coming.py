"""A slip for somebody who waits for a guide: what to do now, short, and without any number."""

from __future__ import annotations

from itertools import product

from PIL import Image

from printers.leaflet import headed
from printers.sheet import LEAST_EM_MM, Paper, Sheet, Style
from shared.config.plan import Plan, text_in
from shared.language import LANGUAGES, Language, language
from shared.model import Assistance

LONGEST_MM = 80
_PICTOGRAM_MM, _TITLE_MM, _PLACE_MM, _BODY_MM, _SMALL_MM = 14.0, 6.4, 5.2, 4.5, 3.3
_DENSITIES = (1.0, 0.85, 0.7)
"""Scales to try, in order, until the slip is short enough."""


def coming_picture(assistance: Assistance, plan: Plan, paper: Paper, *, training: bool = False) -> Image.Image:
    """Somebody comes, and where to wait: in the visitor's language, then in that of the house.

    Nothing on it says why: others may read it. A visitor whose language this program lacks gets it in English.
    Raises ConfigInvalid and PrinterUnavailable as tickets do.
    """
    own = language(assistance.language if assistance.language in LANGUAGES else "en")
    house, area = language(plan.site.language), plan.areas.get(assistance.area or "")
    for logo, density in product((True, False) if plan.site.logo else (False,), _DENSITIES):
        sheet = headed(plan, paper, own, training=training, logo=logo)
        front, column = sheet.before(_PICTOGRAM_MM * density, sheet.box)
        sheet.pictogram("guide", front)
        sheet.text(own.text("Somebody will come to you."), _style(_TITLE_MM * density, bold=True), box=column)
        sheet.below()
        sheet.gap(2 * density)
        sheet.text(_wait(own, known=area is not None), _style(_BODY_MM * density))
        if area is not None:
            sheet.text(text_in(area.name, own.tag), _style(_PLACE_MM * density, bold=True))
        if own is not house:
            _draw_house(sheet, house, text_in(area.name, house.tag) if area else "", _style(_SMALL_MM * density))
        sheet.gap(1.5 * density)
        sheet.text(own.time(assistance.opened_at, plan.site.timezone), _style(_SMALL_MM * density))
        sheet.gap(1)
        if paper.in_mm(sheet.y) <= LONGEST_MM:
            break
    return sheet.finished()


def _draw_house(sheet: Sheet, house: Language, area: str, small: Style) -> None:
    """The same for the people who work here."""
    sheet.gap(1.5)
    sheet.rule()
    sheet.gap(1)
    sheet.text(house.text("Somebody will come to you."), small, language=house)
    sheet.text(f"{_wait(house, known=bool(area))} {area}", small, language=house)


def _wait(say: Language, *, known: bool) -> str:
    """Where to wait, if the plan knows where the kiosk stands."""
    return say.text("Please wait here:") if known else say.text("Please wait.")


def _style(em_mm: float, *, bold: bool = False) -> Style:
    return Style(max(em_mm, LEAST_EM_MM), bold)
