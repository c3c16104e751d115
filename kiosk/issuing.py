"""Numbers as a kiosk gets them from its centre: requested, printed, cancelled; and guides that it asks for."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump

from faces.asking import Asking
from printers.served import chain_beside, printer_of_kiosk
from printers.spool import seconds_to
from printers.worker import PrintWorker
from shared.centre import Centre
from shared.config.printer_url import NO_URL
from shared.errors import AnkommenError
from shared.model import Arrival, Assistance, GuideReason, Ticket
from shared.verbs.assistance import ask_for_guide
from shared.verbs.visits.change import cancel
from shared.verbs.visits.issue import issue


class Issuing:
    """One number at a time, each requested at most once per visitor."""

    def __init__(self, screen: MessagePump, centre: Centre, kiosk: str | None, printer: str | None) -> None:
        """`kiosk` is a key of the plan, `printer` a key or URL that replaces the kiosk's own."""
        self._centre = centre
        self._kiosk, self._printer_given = kiosk, printer
        self._asking, self._asking_guide = Asking(screen, centre), Asking(screen, centre)
        self._asking_crowd = Asking(screen, centre)
        self._crowd: int | None = None
        """Who was asked to look after a kiosk that rests."""
        self._guide: Assistance | None = None
        """Who was asked to come to this visitor."""
        self._told: tuple[object, ...] = ()
        """What was told of the visitor when the guide was asked for."""
        self._worker = PrintWorker(chain_beside(centre, kiosk, lambda: self.printer))

    def begin(self) -> None:
        """Start to print."""
        self._worker.start()
        self._unsubscribe = self._centre.subscribe(self._worker.wake)  # another program may have queued a slip for it

    def end(self) -> None:
        """Leave the printer to other programs."""
        self._unsubscribe()
        self._worker.stop()

    def next_visitor(self) -> None:
        """Somebody else is there: the next request is a new one."""
        self._asking.start_over()
        self._asking_guide.start_over()
        self._guide, self._told = None, ()

    def expect(self, tag: str) -> None:
        """A slip in this language comes soon."""
        self._worker.expect(tag)

    def ask(self, arrival: Arrival, then: Callable[[Ticket | AnkommenError], None]) -> None:
        """Request a number with its slip; `then` gets the answer."""

        def answered(answer: Ticket | AnkommenError) -> None:
            self._worker.wake()
            self._asking.shown()
            then(answer)

        self._asking.ask(answered, issue, arrival, self.printer)

    def cancel(self, ticket: Ticket, then: Callable[[Ticket | AnkommenError], None]) -> None:
        """Cancel a number, and its slip if that was not printed yet; `then` gets the answer."""

        def answered(answer: Ticket | AnkommenError) -> None:
            self._asking.shown()
            then(answer)

        self._asking.ask(answered, cancel, ticket.code)

    def ask_for_guide(
        self,
        reason: GuideReason,
        language: str | None,
        then: Callable[[Assistance | AnkommenError], None],
        code: str | None = None,
    ) -> None:
        """Ask somebody to come to this visitor, with a slip that says so; `then` gets the answer.

        One guide comes, however often the same visitor asks. `language` is what the visitor speaks, also one that the
        program lacks; `code` is the visitor's number, if there is one.
        """
        told = (reason, language, code)
        if told != self._told:
            self._asking_guide.start_over()  # else what was asked before would be answered, if nobody knows its fate
            self._told = told

        def answered(answer: Assistance | AnkommenError) -> None:
            self._worker.wake()
            self._asking_guide.shown()
            if self._told is told and isinstance(answer, Assistance):
                self._guide = answer
            then(answer)

        before = self._guide.id if self._guide else None
        self._asking_guide.ask(answered, ask_for_guide, reason, self._kiosk, language, code, before, self.printer)

    def wake(self) -> None:
        """Say that there may be something to print."""
        self._worker.wake()

    def tell_of_crowd(self) -> None:
        """Ask somebody to look after this kiosk, because it rests: nobody there gets paper for it."""

        def answered(answer: Assistance | AnkommenError) -> None:
            self._asking_crowd.shown()
            self._crowd = answer.id if isinstance(answer, Assistance) else self._crowd

        self._asking_crowd.ask(answered, ask_for_guide, GuideReason.CROWD, self._kiosk, None, None, self._crowd)

    @property
    def printer(self) -> str:
        """Key or URL of the printer beside this kiosk, by the plan in force: it may be another one since it began."""
        return self._printer_given or printer_of_kiosk(self._centre.plan, self._kiosk)

    @property
    def prints(self) -> bool:
        """Whether there is a printer for this kiosk, working or not."""
        return self.printer != NO_URL

    def carried_s(self, ticket: Ticket) -> float:
        """How long the bytes of its slip take on their way, in seconds."""
        printer = ticket.print.printer if ticket.print else self.printer
        planned = self._centre.plan.printers.get(printer)
        return seconds_to(planned.url if planned else printer)
