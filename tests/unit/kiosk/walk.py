"""A way through the kiosk without screen or database, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ankommen.opening import shipped_config
from kiosk import steps
from kiosk.moves import Act
from kiosk.way import Way
from printers.samples import sample_ticket
from shared.config import read_config
from shared.model import ClosedReason, Door, Opening, Standing, Stop, StopState, SuspendReason

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
PLAN = read_config(shipped_config()).plan
IDLE_S, ASK_S = PLAN.rules.kiosk_idle_s, PLAN.rules.kiosk_warning_s
OPEN, SHUT = Door(Opening(True)), Door(Opening(False, ClosedReason.ENDED))
FIRE = Door(Opening(True), SuspendReason.FIRE)


def start() -> Way:
    return Way(PLAN).begun(0.0)


def took(way: Way, act: Act, key: str = "", at: float = 1.0) -> Way:
    """The way after a touch on what is offered now."""
    return steps.after(way, way.touch(act, key), steps.offer(way, NOW), at)


def at_concern(tag: str = "uk") -> Way:
    return took(start(), Act.CHOOSE, tag)


def at_summary(package: str = "neu", tag: str = "uk") -> Way:
    return took(at_concern(tag), Act.CHOOSE, package)


def printed(way: Way) -> Way:
    return took(way, Act.PRINT)


def standing(*states: StopState, tag: str = "en", **known: Any) -> Standing:
    """A visit with stops in these states."""
    services = ("anmeldung", "biometrie", "geld", "konto")
    stops = tuple(Stop(service, state) for service, state in zip(services, states, strict=False))
    return replace(Standing(replace(sample_ticket(PLAN, tag), stops=stops), breaks_left=2), **known)


def scanned(*states: StopState, tag: str = "en", **known: Any) -> Way:
    """The way of somebody whose ticket was scanned."""
    return start().scanned(standing(*states, tag=tag, **known), 1.0)
