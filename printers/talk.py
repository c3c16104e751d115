"""One conversation with a printer: questions, a slip, and the proof that it is on paper."""

from __future__ import annotations

import errno
import secrets
from collections.abc import Callable
from string import ascii_letters, digits

from printers import commands
from printers.link import Link
from printers.states import PrinterStatus, Receipt, judged, unproven
from shared.deadline import Deadline
from shared.model import Doubt, PrinterCondition, PrintState

_STATE_S = 1.0
"""How long a printer may take to report its state."""
_STALE_S = 0.02
"""How long after connecting an answer to another program's question may still come."""
_IN_ORDER_S = 3.0
"""How long the printer may still be busy with the end of an earlier slip."""
_SILENT_PROOF_S = 5.0
"""How long to wait for a proof from a printer that did not report its state."""
_LATE_PROOF_S = 1.0
"""How much longer to wait once it has answered a question that was sent after the one for the proof."""
_LOOK_S = 1.0
"""How often to ask for its state while the proof does not come."""
_LONGEST_QUIET = 64
"""How many pieces of stale answers are discarded at most before a question."""
_MOST_HEARD = 16_384
"""With more bytes of answers than this in one conversation, a printer counts as endless; a slip needs about twenty."""
_PROOF_LETTERS = [letter for letter in ascii_letters + digits if not commands.is_state(ord(letter))]
"""A proof made of these letters is never mistaken for an answer to DLE EOT."""

_BROKEN = "the printer broke the connection"

Watch = Callable[[PrinterStatus], None]


class Endless(OSError):
    """The printer sends far more answers than were asked for, and does not stop."""


class Talk:
    """A conversation over an open link until a deadline; `watch` is told each state of the printer."""

    def __init__(self, link: Link, deadline: Deadline, watch: Watch | None = None) -> None:
        self._link, self._deadline = link, deadline
        self._watch: Watch = watch or (lambda _: None)
        self._unread = b""
        """What arrived while we waited for something else."""
        self._heard = 0

    def state(self) -> PrinterStatus:
        """The printer's state, as it reports it. Raises OSError if the link is closed, or Endless."""
        if not self._link.answers:
            return PrinterStatus(PrinterCondition.UNPROVEN, "a file cannot say how the printer is")
        self._forget_stale_answers()
        status = self._state()
        self._watch(status)
        return status

    def print(self, body: bytes, until: Deadline, *, torn: bool = False) -> Receipt:
        """Ask, send, and wait for the proof until the deadline, then a little longer for the reason if there is none.

        `torn`: a piece of an earlier slip may hang out and is cut off first."""
        try:
            status = self.state()
            if not status.can_print:
                return Receipt(PrintState.FAILED, status.detail)
            if status.state is not PrinterCondition.UNPROVEN:
                self._free_from_broken_job()
        except OSError as error:
            return Receipt(PrintState.FAILED, broken(error))
        process_id = "".join(secrets.choice(_PROOF_LETTERS) for _ in range(4)).encode()
        first = commands.INITIALISE + commands.FEED_AND_CUT * torn
        job = first + body + commands.FEED_AND_CUT + commands.ask_proof(process_id) + commands.ASK_IN_ORDER
        try:
            sent = self._link.send(job, until)
        except OSError as error:
            return Receipt(PrintState.FAILED, broken(error))
        if not sent:
            return Receipt(PrintState.FAILED, "the printer takes no data")
        if sent < len(job):
            detail = f"the connection broke after {sent} of {len(job)} bytes"
            return unproven(detail, sent=min(1.0, sent / (len(first) + len(body))))
        if not self._link.answers:
            return unproven("a file cannot confirm", Doubt.SILENCE)
        speaks = status.state is not PrinterCondition.UNPROVEN
        proof_until = until if speaks else until.within(_SILENT_PROOF_S)
        return self._confirmed(commands.proof(process_id), proof_until, speaks=speaks)

    def cleared(self) -> bool:
        """Whether the printer confirms that nothing of an earlier slip is left in it; also cuts off what sticks out."""
        if not self.state().can_print or not self._link.answers:
            return False
        self._answers_in_order()  # first let it print what it still can
        if not self._clear():
            return False
        cut = commands.INITIALISE + commands.FEED_AND_CUT
        return self._link.send(cut, self._deadline.within(_STATE_S)) == len(cut)

    def _confirmed(self, proof: bytes, until: Deadline, *, speaks: bool) -> Receipt:
        """Wait for the printer to confirm; while it is silent, ask what is wrong."""
        trouble, late = None, False
        self._unread = b""
        try:
            while not until.over:
                new = self._receive(until.within(_LOOK_S))
                self._unread += new
                if proof in self._unread:
                    return Receipt(PrintState.PRINTED)
                if not late and proof[0] not in self._unread and self._in_order(self._unread):
                    late, until = True, until.within(_LATE_PROOF_S)
                elif speaks and not new:
                    status = self._state()
                    self._watch(status)
                    trouble = None if status.can_print else status.detail
        except OSError as error:
            return unproven(broken(error))
        return unproven(trouble) if trouble else unproven("the printer did not confirm", Doubt.SILENCE)

    def _free_from_broken_job(self) -> None:
        """Free a printer that still waits for the rest of a picture from a broken connection: it would eat this job.

        A printer in this state answers real-time questions but not those in order. Only then is its buffer cleared:
        clearing it always would cut off a slip that is still being printed.
        """
        if not self._answers_in_order() and self._clear():
            self._link.send(commands.INITIALISE + commands.FEED_AND_CUT, self._deadline.within(_STATE_S))

    def _clear(self) -> bool:
        """Empty the printer's buffer. Nothing may be sent before it has answered (DLE DC4 fn = 8, notes)."""
        self._link.send(commands.CLEAR, self._deadline.within(_STATE_S))
        until, heard = self._deadline.within(_STATE_S), b""
        while data := self._receive(until):
            heard += data
            if commands.CLEARED in heard:
                return True
        return False

    def _state(self) -> PrinterStatus:
        states = [self._asked(1)]
        if states[0] is None:
            return PrinterStatus(PrinterCondition.UNPROVEN, "the printer does not say how it is")
        states += [self._asked(n) for n in (2, 3, 4)]
        return judged(*(state or 0 for state in states))

    def _asked(self, n: int) -> int | None:
        """The answer to DLE EOT n; None if none comes. Other bytes, such as status sent unasked, are skipped."""
        until = self._deadline.within(_STATE_S)
        self._link.send(commands.ask(n), until)
        while data := self._receive(until):
            for place, byte in enumerate(data):
                if commands.is_state(byte):
                    self._unread += data[:place] + data[place + 1 :]
                    return byte
            self._unread += data
        return None

    def _answers_in_order(self) -> bool:
        """Whether the printer has processed everything sent before."""
        self._link.send(commands.ASK_IN_ORDER, self._deadline.within(_STATE_S))
        until = self._deadline.within(_IN_ORDER_S)
        while data := self._receive(until):
            if self._in_order(data):
                return True
        return False

    @staticmethod
    def _in_order(data: bytes) -> bool:
        return any(commands.is_answer_in_order(byte) for byte in data)

    def _forget_stale_answers(self) -> None:
        """Discard what was sent before we asked anything: an old answer does not show the present state."""
        for _ in range(_LONGEST_QUIET):
            if not self._receive(self._deadline.within(_STALE_S)):
                return

    def _receive(self, until: Deadline) -> bytes:
        """The next bytes of an answer. Raises as a link does, and Endless if they do not stop."""
        data = self._link.receive(until)
        self._heard += len(data)
        if self._heard > _MOST_HEARD:
            raise Endless(errno.EPROTO, "it sends answers without end")
        return data


def broken(error: OSError) -> str:
    """Why a conversation ended early."""
    return "the printer sends answers without end" if isinstance(error, Endless) else f"{_BROKEN}: {reason(error)}"


def reason(error: OSError) -> str:
    """Why a link to a printer is closed, in lower case."""
    return (error.strerror or str(error) or type(error).__name__).lower()
