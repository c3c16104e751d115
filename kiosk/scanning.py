"""What the scanner of a kiosk reads: a ticket shows where its visit stands. Anything else is ignored."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from textual.message_pump import MessagePump

from faces.asking import Asking
from faces.faults import refused
from kiosk.issuing import Issuing
from kiosk.moves import Act
from kiosk.stand import Stand
from kiosk.standing import read_standing
from shared.centre import Centre
from shared.clock import monotonic
from shared.errors import AnkommenError, OtherDay, Refused
from shared.model import Standing
from shared.verbs.paper.print_jobs import reprint
from shared.verbs.visits.breaks import back, pause
from shared.verbs.visits.change import cancel

_CHANGES: dict[Act, Callable[..., Any]] = {Act.PAUSE: pause, Act.RETURN: back, Act.SURE: cancel}


class Scanning:
    """The visit on the screen, if it came by the scanner. It is known here only as long as it is shown."""

    def __init__(self, screen: MessagePump, stand: Stand, centre: Centre, issuing: Issuing) -> None:
        self._screen, self._stand, self._centre, self._issuing = screen, stand, centre, issuing
        self._asking = Asking(screen, centre)
        self._busy = False
        """Whether a scan is being looked up; another one means nothing until then."""

    def read(self, text: str) -> None:
        """A scanner has read something."""
        if self._stand.way.takes_scans and not self._busy:
            self._busy = True
            self._look_up(text, self._found)

    def look_again(self) -> None:
        """The visit on the screen may stand elsewhere now."""
        if (standing := self._stand.way.standing) is not None:
            self._look_up(standing.ticket.token, partial(self._known, self._stand.way.visit))

    def do(self, act: Act) -> None:
        """Change the visit on the screen as its visitor wants it."""
        way = self._stand.way
        if way.standing is None:
            return
        ticket = way.standing.ticket
        then = partial(self._answered, way.visit, ticket.token, act)
        if act is Act.COPY:
            self._asking.ask(then, reprint, ticket.code, self._issuing.printer)
        elif act in _CHANGES:
            self._asking.ask(then, _CHANGES[act], ticket.token)

    def _look_up(self, text: str, then: Callable[[Future[Standing]], None]) -> None:
        answer = self._centre.read(read_standing, text)
        answer.add_done_callback(lambda answer: self._screen.call_later(then, answer))

    def _found(self, answer: Future[Standing]) -> None:
        self._busy = False
        stand, error = self._stand, refused(answer)
        if not stand.way.takes_scans:
            return  # somebody was quicker and has chosen a language
        if error is None:
            self._asking.start_over()
            stand.go(stand.way.scanned(answer.result(), monotonic()))
        elif isinstance(error, OtherDay):
            stand.go(stand.way.refuse(error, monotonic()))

    def _answered(self, visitor: int, token: str, act: Act, answer: object) -> None:
        """The database answers; a refusal means that the visit has moved on meanwhile."""
        self._asking.shown()
        if isinstance(answer, AnkommenError) and not isinstance(answer, Refused):
            self._refuse(visitor, answer)
        else:
            did = None if isinstance(answer, AnkommenError) else act
            self._look_up(token, partial(self._done, visitor, did))

    def _done(self, visitor: int, did: Act | None, answer: Future[Standing]) -> None:
        way, error = self._stand.way, refused(answer)
        if error is not None:
            self._refuse(visitor, error)
        elif way.visit == visitor:
            self._stand.go(way.done(answer.result(), did, monotonic()))

    def _known(self, visitor: int, answer: Future[Standing]) -> None:
        way = self._stand.way
        if refused(answer) is None and way.visit == visitor:  # else what is known stays: the next look comes soon
            self._stand.go(way.stands(answer.result(), monotonic()))

    def _refuse(self, visitor: int, error: AnkommenError) -> None:
        way = self._stand.way
        if way.visit == visitor and way.standing is not None:
            self._stand.go(way.refuse(error, monotonic()))
