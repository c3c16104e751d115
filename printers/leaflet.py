"""Slips besides the ticket: what the plan says about a service, and a page that shows that a printer works."""

from __future__ import annotations

from datetime import datetime

from PIL import Image

from printers.logo import logo_on
from printers.sheet import Paper, Sheet, Style
from shared.config.plan import Area, Plan, lines_in, text_in
from shared.errors import ServiceUnknown
from shared.language import Language, language

_PICTOGRAM_MM = 8.0
_TITLE, _HEADING, _BODY, _SMALL = Style(5.2, bold=True), Style(4.5, bold=True), Style(4.2), Style(3.3)


def leaflet_picture(service: str, tag: str, plan: Plan, paper: Paper, *, training: bool = False) -> Image.Image:
    """A service in one language: its name, documents to bring and the plan's own lines about it.

    If the plan lacks the language, it is replaced by English, then by that of the house, text by text as in `text_in`.
    Raises ConfigInvalid and PrinterUnavailable as tickets do, and ServiceUnknown for a service that the plan no longer
    has.
    """
    if service not in plan.services:
        raise ServiceUnknown(f"The plan has no service {service[:40]!r} any more: there is no leaflet about it.")
    say, house = language(tag), language(plan.site.language)
    sheet = headed(plan, paper, say, training=training)
    planned = plan.services[service]
    column = sheet.box
    if planned.pictogram:
        front, column = sheet.before(_PICTOGRAM_MM, column)
        sheet.pictogram(planned.pictogram, front)
    own, in_house = text_in(planned.name, tag), text_in(planned.name, house.tag)
    sheet.text(own, _TITLE, box=column)
    authority = text_in(plan.authorities[planned.authority].name, house.tag)
    for line in dict.fromkeys((in_house, authority)):
        if line != own:
            sheet.text(line, _SMALL, language=house, box=column)
    sheet.below()
    sheet.gap(1)
    _draw_place(sheet, plan.areas[planned.area], say, house)
    sheet.gap(1.5)
    if documents := lines_in(planned.documents, tag):
        sheet.text(say.text("Please bring:"), _HEADING)
        for document in documents:
            sheet.gap(0.8)
            front, column = sheet.before(3.4, sheet.box)
            sheet.check_box(_BODY, front)
            sheet.text(document, _BODY, box=column)
        sheet.gap(2)
    for line in lines_in(planned.leaflet, tag):
        sheet.text(line, _HEADING if line.endswith((":", "፦", "：")) else _BODY)
        sheet.gap(0.8)
    sheet.gap(1)
    return sheet.finished()


def _draw_place(sheet: Sheet, area: Area, say: Language, house: Language) -> None:
    """Where the visitors of a service wait."""
    own, in_house = text_in(area.name, say.tag), text_in(area.name, house.tag)
    sheet.text(own, _HEADING)
    if own != in_house:
        sheet.text(in_house, _SMALL, language=house)
    if sentence := text_in(area.sentence, say.tag):
        sheet.text(sentence, _BODY)


def page_for_nobody(plan: Plan, printer: str, paper: Paper, now: datetime, *, training: bool) -> Image.Image:
    """A page that names its printer and shows edge, letters of every script and the time."""
    house = language(plan.site.language)
    sheet = headed(plan, paper, house, training=training)
    sheet.text(f"TEST · {printer}", _TITLE, align="centre")
    sheet.text(f"{house.date(now.date())} · {house.time(now, plan.site.timezone)}", _SMALL, align="centre")
    sheet.rule()
    sheet.gap(1)
    for tag in ("de", "uk", "ar", "fa", "ti", "ka"):
        say = language(tag)
        sheet.text(say.autonym, _BODY, language=say, align="centre")
    sheet.gap(1)
    sheet.rule()
    return sheet.finished()


def headed(plan: Plan, paper: Paper, say: Language, *, training: bool, logo: bool = True) -> Sheet:
    """A slip that begins with the centre's logo and name."""
    sheet = Sheet(paper, say)
    if training:
        words = dict.fromkeys(each.text("EXERCISE") for each in (say, language(plan.site.language)))
        sheet.band(" · ".join(words), _TITLE)
    sheet.gap(1)
    if logo and (picture := logo_on(paper, plan)):
        sheet.picture(picture, "centre")
        sheet.y += picture.height
        sheet.gap(1)
    sheet.text(plan.site.name, _HEADING, language=language(plan.site.language), align="centre")
    sheet.gap(1)
    sheet.rule()
    sheet.gap(2)
    return sheet
