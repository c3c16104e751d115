"""Where a scanned visit stands, what is next, how long it takes, and what its visitor can do now."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.moves import Act
from kiosk.offer import Choice, Head, Offer, button
from kiosk.steps.concerns import waiting
from kiosk.way import Way
from shared.config.plan import text_in
from shared.language import Language, language
from shared.model import Standing, Stop, StopState, spaced


def shows(way: Way) -> Offer:
    """The visit with everything that is possible now; while it is changed, only that; before giving up, a question."""
    say, standing = language(way.reads), way.standing
    assert standing is not None, "a way comes here only with a visit"
    code = spaced(standing.ticket.code)
    if way.doing is Act.CANCEL:
        sure = say.text("Then nobody calls number {code} any more. Are you sure?", code=code)
        yes = Choice(Act.SURE, say.text("Yes"), "", say.direction, pictogram="cancel")
        no = Choice(Act.KEEP, say.text("No"), "", say.direction, pictogram="back")
        return Offer(say, sure, (yes, no), head=Head(code))
    if way.doing is not None:
        return Offer(say, say.text("One moment, please."), head=Head(code))
    return Offer(
        say,
        " ".join(_sentences(way, standing, say)),
        tuple(_choices(way, standing, say)),
        head=Head(code, _lines(way, standing, say)),
        forward=button(Act.DONE, say.text("Done"), say),
    )


def _sentences(way: Way, standing: Standing, say: Language) -> Iterator[str]:
    """Where it stands."""
    ticket, stop = standing.ticket, standing.ticket.next_stop or standing.away
    if way.did is Act.COPY:
        yield say.text("Your ticket is being printed.")
    match stop.state if stop else None:
        case StopState.WAITING:
            yield _where(way, stop, say)
        case StopState.CALLED:
            yield say.text("Please go to desk {desk} now.", desk=standing.desk)
        case StopState.SERVING:
            yield say.text("You are at desk {desk}.", desk=standing.desk)
        case StopState.MISSED | StopState.PARKED:
            yield say.text("Your number stays valid.")
            if standing.due_at is not None:
                time = say.time(standing.due_at, way.plan.site.timezone)
                yield say.text("From {time} we call your number again.", time=time)
        case _:
            yield _over(ticket.stops, say, spaced(ticket.code))


def _where(way: Way, stop: Stop | None, say: Language) -> str:
    service = way.plan.services.get(stop.service) if stop else None
    if service is None:
        return say.text("We call your number.")
    area = text_in(way.plan.areas[service.area].name, say.tag)
    return say.text("Please wait here: {area}. We call your number.", area=area)


def _over(stops: tuple[Stop, ...], say: Language, code: str) -> str:
    states = {stop.state for stop in stops}
    if StopState.GONE in states:
        return say.text("Your number was called, and nobody came. Are you here now?")
    if states == {StopState.CANCELLED}:
        return say.text("Number {code} is no longer valid. Please do not use it.", code=code)
    return say.text("All your stops for today are done.")


def _lines(way: Way, standing: Standing, say: Language) -> tuple[str, str, str]:
    """What is next, how long it takes, and what comes after that; each empty if nobody knows it."""
    stop, wait = standing.ticket.next_stop or standing.away, standing.wait
    later = [_name(way, one, say) for one in standing.ticket.stops if one.state is StopState.PLANNED]
    services = say.listed(name for name in later if name)
    return (
        _name(way, stop, say) if stop else "",
        waiting(wait, say) if wait else "",
        say.text("After that: {services}", services=services) if services else "",
    )


def _name(way: Way, stop: Stop, say: Language) -> str:
    """The name of its service; empty if the plan no longer has it."""
    service = way.plan.services.get(stop.service)
    return text_in(service.name, say.tag) if service else ""


def _choices(way: Way, standing: Standing, say: Language) -> Iterator[Choice]:
    def choice(act: Act, title: str, pictogram: str, sentence: str = "") -> Choice:
        return Choice(act, title, sentence, say.direction, pictogram=pictogram)

    if standing.may_return:
        yield choice(Act.RETURN, say.text("I am back"), "waving_hand", say.text("We call your number."))
    if standing.may_pause:
        yield choice(Act.PAUSE, say.text("I go out for a moment"), "pause", say.text("Your number stays valid."))
    if standing.is_open and way.prints:
        yield choice(Act.COPY, say.text("Print the ticket again"), "printer")
    if standing.may_cancel:
        yield choice(Act.CANCEL, say.text("I do not need the number any more"), "cancel")
