"""Faults of the software printer by name; set when it starts or while it runs."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from printers import commands
from shared.errors import Malformed


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults at the moment. Without faults, flags are off and numbers are None."""

    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter_error: bool = False
    """The knife is stuck: the printer stops until it is freed."""
    power_cycle: bool = False
    """Off and on again, at once: connections break, and everything not yet printed is forgotten."""
    no_status: bool = False
    """Takes data, but never answers DLE EOT or GS r."""
    garbage_status: bool = False
    """Answers DLE EOT with a byte that means nothing."""
    stale_status: bool = False
    """Begins each connection with an answer to an earlier question: ready."""
    no_process_id: bool = False
    """Never answers GS ( H."""
    refuse: bool = False
    """Nobody listens at the port."""
    hang: bool = False
    """Takes connections and reads nothing."""
    drop: int | None = None
    """Closes each connection after this many bytes."""
    slow: int | None = None
    """Reads at most this many bytes a second."""
    speed: int | None = None
    """Paper moves at this many millimetres a second; otherwise at once."""
    roll: int | None = None
    """How many millimetres of paper are left; the paper is reported low before it is out."""

    @property
    def ready(self) -> bool:
        """Whether paper can move."""
        return not (self.paper_out or self.cover_open or self.offline or self.cutter_error)

    def state(self, n: int) -> int:
        """The byte that answers DLE EOT n, with the fixed bits 1 and 4."""
        if self.garbage_status:
            return 0xFF
        bits = {
            1: commands.OFFLINE * (not self.ready),
            2: commands.COVER_OPEN * self.cover_open
            | commands.PAPER_STOP * self.paper_out
            | commands.ERROR * self.cutter_error,
            3: commands.KNIFE_ERROR * self.cutter_error,
            4: commands.PAPER_LOW * (self.paper_low or self.paper_out) | commands.PAPER_END * self.paper_out,
        }
        return 0x12 | bits[n]

    def with_fault(self, name: str, value: bool | int | str | None = True) -> Faults:
        """The same, with one fault changed; False, None and "off" end it. Raises Malformed for an unknown fault."""
        known = {field.name: field.type for field in fields(self)}
        if name not in known:
            raise Malformed(f'No fault "{name}"; there are {", ".join(known)}.')
        counted = known[name] == "int | None"
        if value in (False, None, "off"):
            return _changed(self, name, None if counted else False)
        if not counted:
            if value in (True, "on", "1"):
                return _changed(self, name, True)
            raise Malformed(f'Fault "{name}" is on or off, not "{value}".')
        if value is True or not str(value).isdecimal() or int(value) < 1:
            raise Malformed(f'Fault "{name}" needs a number, such as {name}=1000.')
        return _changed(self, name, int(value))

    def with_line(self, line: str) -> Faults:
        """The same, with one fault changed by a line "NAME", "NAME=VALUE" or "NAME=off"."""
        name, equals, value = line.strip().partition("=")
        return self.with_fault(name.strip(), value.strip() if equals else True)


def _changed(faults: Faults, name: str, value: bool | int | None) -> Faults:
    change: dict[str, Any] = {name: value}
    return replace(faults, **change)
