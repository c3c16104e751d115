"""Named refusals. Each carries the key and the exit code of the command line's contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar


class AnkommenError(Exception):
    """A refusal or failure, in words that a person can act on."""

    key: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    @property
    def message(self) -> str:
        """What is wrong and what is allowed."""
        return str(self)

    @property
    def details(self) -> Mapping[str, object]:
        """What programs may want to know besides the key, as JSON."""
        return {}


class Unavailable(AnkommenError):
    """The environment failed: database, printer, terminal or sound."""

    key = "unavailable"
    exit_code = 1


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached, read or written."""

    key = "database"


class PrinterUnavailable(Unavailable):
    """The printer cannot be reached or does not take the job."""

    key = "printer"


class FileUnavailable(Unavailable):
    """A file that a command makes cannot be written."""

    key = "file"


class SoundUnavailable(Unavailable):
    """No speech program, player or sound card."""

    key = "sound"


class TerminalUnavailable(Unavailable):
    """A face was started without a terminal."""

    key = "terminal"


class Malformed(AnkommenError):
    """The request has the wrong form: usage, configuration, persons, language."""

    key = "malformed"
    exit_code = 2


class ConfigInvalid(Malformed):
    """The configuration has errors; `problems` holds one line for each."""

    key = "config"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class DatabaseMismatch(Malformed):
    """A training database for real work, or the reverse; or the database is newer than the program."""

    key = "database_mismatch"


class Refused(AnkommenError):
    """A well-formed request that the rules do not allow now."""

    key = "refused"
    exit_code = 3


class Closed(Refused):
    """No numbers are given at this hour."""

    key = "closed"

    def __init__(self, message: str, reason: str, again: datetime | None) -> None:
        """`reason` is a key of the model's ClosedReason; `again` is the next opening, None if there is none."""
        super().__init__(message)
        self.reason = reason
        self.again = again

    @property
    def details(self) -> Mapping[str, object]:
        """The reason, and the next opening in UTC."""
        return {"reason": self.reason, "again": self.again and self.again.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}


class QuotaUsed(Refused):
    """The service has reached its quota of visits for the day."""

    key = "quota"


class NobodyWaits(Refused):
    """No visitor waits for this desk."""

    key = "nobody_waits"


class ServiceUnknown(Refused):
    """No service or package of this name."""

    key = "unknown_service"


class DeskUnknown(Refused):
    """No desk of this name."""

    key = "unknown_desk"


class NumberUnknown(Refused):
    """No visit has this number on this day."""

    key = "unknown_number"


class AssistanceUnknown(Refused):
    """No assistance has this id."""

    key = "unknown_assistance"


class WrongState(Refused):
    """The stop or desk is not in a state that this verb can start from."""

    key = "wrong_state"


class PlanRefused(WrongState):
    """A new plan would lose somebody who is in the house."""

    def __init__(self, refused: Sequence[Mapping[str, object]]) -> None:
        """`refused` has what is in the way, each with key, message and the codes that it concerns."""
        lines = (f"{one['key']}: {one['message']}" for one in refused)
        super().__init__("\n".join(("The new plan cannot come into force now:", *lines)))
        self.refused = refused

    @property
    def details(self) -> Mapping[str, object]:
        """What is in the way."""
        return {"refused": self.refused}


class DeskClosed(Refused):
    """The desk must be opened first."""

    key = "desk_closed"


class DeskTaken(Refused):
    """The desk is open at another console."""

    key = "desk_taken"


class DeskBusy(Refused):
    """The desk still has a visitor."""

    key = "desk_busy"


class VisitBusy(Refused):
    """Another stop of the visit waits, is called or is served."""

    key = "visit_busy"


class UndoExpired(Refused):
    """There is nothing to undo at this desk, or it is too late: time has passed, or the visit has moved on."""

    key = "undo_expired"


class Suspended(Refused):
    """While the centre is suspended nobody is called."""

    key = "suspended"


class OtherDay(Refused):
    """The number was drawn on another day."""

    key = "other_day"


class RequestReused(Refused):
    """The same request id came with other arguments."""

    key = "request_reused"
