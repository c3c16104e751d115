"""The stops of a ticket: numbered, each with its pictogram and its place, the next one large."""

from __future__ import annotations

from printers.sheet import Box
from printers.slip import Slip
from shared.config.plan import Area, text_in
from shared.model import Stop, StopState, Ticket

_PICTOGRAM_MM = 6.0
"""48 dots at 203 dpi: pictograms of one bit can be read from 40 dots on."""
_LEAST_PICTOGRAM_MM = 5.0
_DIGIT, _TICK = 0.7, 1.0
"""Room for each digit of a number, and for a tick, in em."""


def draw_journey(slip: Slip) -> None:
    """All stops in order; at the next one where to wait and what happens then, at the others where they are."""
    slip.gap(2)
    ahead = _stop_ahead(slip.ticket)
    stops = [stop for stop in slip.ticket.stops if stop.state.open or stop.state is StopState.DONE]
    if len(stops) > 1 and not slip.brief:
        slip.sheet.text(slip.own.text("Your way today"), slip.body)
        slip.gap(1)
    for number, stop in enumerate(stops, 1):
        _draw_stop(slip, stop, number if len(stops) > 1 else None, ahead=stop is ahead)
        slip.gap(1.2)
    if ahead is None:
        _draw_nothing_ahead(slip)
    _draw_not_today(slip)
    slip.gap(0.8)


def _draw_stop(slip: Slip, stop: Stop, number: int | None, *, ahead: bool) -> None:
    """A stop: its pictogram shows what it is, its number the order, or a tick that it is done."""
    sheet, style = slip.sheet, slip.large if ahead else slip.stop
    service = slip.plan.services.get(stop.service)
    area = slip.plan.areas.get(service.area) if service else None
    column = sheet.box
    if service and service.pictogram:
        front, column = sheet.before(max(_PICTOGRAM_MM * slip.scale, _LEAST_PICTOGRAM_MM), column)
        sheet.pictogram(service.pictogram, front)
    beside = column
    if number is not None:
        done = stop.state is StopState.DONE
        room = _TICK if done else _DIGIT * len(str(number))
        front, beside = sheet.before(room * style.em_mm, column)
        if done:
            sheet.tick(style, front)
        else:
            sheet.number(number, style, front)
    own, house = (text_in(slip.names(stop), say.tag) for say in (slip.own, slip.house))
    sheet.text(own, style, box=beside)
    if own != house and (ahead or not slip.brief):
        slip.small_house_text(house, box=column)
    if ahead:
        _draw_what_now(slip, area, column)
    elif area and stop.state.open:
        sheet.text(text_in(area.name, slip.own.tag), slip.small, box=column)
    sheet.below()


def _draw_what_now(slip: Slip, area: Area | None, column: Box) -> None:
    """Where to wait, for how long, and what happens then."""
    slip.gap(1)
    if area:
        slip.sheet.text(slip.own.text("Please wait here:"), slip.body, box=column)
        slip.named(area.name, slip.strong, column)
        if not slip.brief and (sentence := text_in(area.sentence, slip.own.tag)):
            slip.sheet.text(sentence, slip.body, box=column)
        slip.gap(1)
    if wait := slip.wait:
        sentence = slip.own.text("You wait about {low} to {high} minutes.", low=wait.low, high=wait.high)
        slip.sheet.text(sentence, slip.body, box=column)
    sentence = slip.own.text("We call your number. The screen shows where you go then.")
    slip.sheet.text(sentence, slip.body, box=column)


def _draw_nothing_ahead(slip: Slip) -> None:
    sentence = (
        slip.own.text("All your stops for today are done.")
        if slip.ticket.stops
        else slip.own.text("Please go to reception. We help you there.")
    )
    slip.sheet.text(sentence, slip.strong)


def _draw_not_today(slip: Slip) -> None:
    """What was not possible today, for the visitor and for the next official."""
    for say in slip.readers:
        later = [text_in(slip.names(stop), say.tag) for stop in slip.ticket.stops if not stop.today]
        if later:
            slip.gap(1)
            sentence = say.text("Not today: {services}. Please come again for this.", services=say.listed(later))
            slip.sheet.text(sentence, slip.body if say is slip.own else slip.small, language=say)


def _stop_ahead(ticket: Ticket) -> Stop | None:
    """The current stop, else the first one that is still open."""
    return ticket.next_stop or next((stop for stop in ticket.stops if stop.state.open), None)
