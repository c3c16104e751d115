"""When a clock is believed: one reading proves nothing, so nothing that cannot be undone hangs on one.

Time is the last believed moment and the seconds since, counted by a clock that nobody can set. What the clock on the
wall shows is only compared with that. docs/database.md says in plain words what follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

NEAR = timedelta(seconds=2)
"""So far a clock may be from what is believed, and agrees."""
SMALL = timedelta(minutes=2)
"""A step so small is believed at once. Where nobody knows how much time has passed since the last look, neither is a
clock so little ahead of it a reason for doubt."""
STEADY = timedelta(minutes=4)
"""So long a clock that is off must keep its distance; with the faces' pace this stays within five minutes."""
BACK = timedelta(hours=12)
"""Up to here a step back is run down at half speed; further back needs a synchronised clock or a hand."""
KEPT_EVERY = timedelta(minutes=1)
"""So often a look is written down even if nothing is new."""
LOOKED_EVERY_S = 5.0
"""So long a process goes by what it remembers: its looks also end the doubts of others, whose clock is wrong."""
SETTLED = timedelta(hours=1)
"""So long after a clock was believed anew nothing is purged …"""
SETTLED_SYNCHRONISED = timedelta(minutes=5)
"""… and so long where the kernel has said that it is synchronised."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one process sees at one moment."""

    wall: datetime
    """What the clock shows: this computer's, or a server's."""
    steady: float
    """Seconds since the computer was started, asleep or awake."""
    boot: str
    """Another one each time the computer is started."""
    synchronised: bool | None
    """True: the kernel vouches for `wall`. False: it vouches for something else. None: nobody knows."""
    ran_on: bool = False
    """Whether the computer has a clock that goes on while it is off; else it begins where it ended."""

    def zero(self, believed: datetime) -> datetime:
        """When the steady seconds began, if it is `believed` now."""
        return believed - timedelta(seconds=self.steady)


@dataclass(frozen=True, slots=True)
class Apart:
    """A moment that is not the believed one, and the believed one that stood beside it."""

    moment: datetime
    believed: datetime


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of a site's time, by all its processes together."""

    boot: str
    """The start of the computer that looked last …"""
    zero: datetime
    """… and the believed moment at which its steady seconds began."""
    seen: datetime
    """The believed moment of the last look that was written down."""
    purge_from: datetime
    """Before this moment nothing is purged."""
    epoch: int = 0
    """How often a clock was believed anew."""
    proven: bool = True
    """Whether a clock that agrees is believed at once; else it must first be steady for a while."""
    lead: Apart | None = None
    """After a step back: a moment that was shown already. From there it goes on at half speed."""
    doubt: Apart | None = None
    """What a clock that is not believed showed when it was first seen off."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a running process knows since its last look."""

    belief: Belief
    zero: datetime
    """As the belief's, but of this process's computer, which need not be the one that looked last."""
    looked_s: float
    """The steady seconds of that look."""


@dataclass(frozen=True, slots=True)
class Now:
    """What a transaction goes by."""

    moment: datetime
    """The believed moment. It runs backwards only where a clock is believed that is more than twelve hours behind."""
    wall: datetime
    """What the clock shows."""
    doubt: bool
    """Whether the clock is not believed now."""
    plausible: bool
    """Whether a clock in doubt may still tell the day: if it shows the believed one, that is the day."""
    settled: bool
    """Whether the clock is believed for long enough to delete what is old."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the clock gives."""

    belief: Belief
    memory: Memory
    now: Now
    jump: timedelta
    """How far the believed moment has jumped; deadlines that were set before jump with it."""


def look(
    belief: Belief | None,
    memory: Memory | None,
    reading: Reading,
    last_stamp: datetime | None = None,
    *,
    served: bool = False,
    confirmed: bool = False,
) -> Look:
    """Look at the clock.

    Args:
        belief: None for a site that is new: it has nothing to lose.
        memory: None for a process that looks for the first time.
        last_stamp: The moment that was written down last with anything that has happened.
        served: Whether the clock is a server's, so that a start of this computer says nothing about it.
        confirmed: Whether somebody has said that the clock is right.
    """
    if belief is None:
        belief = Belief(reading.boot, reading.zero(reading.wall), reading.wall, reading.wall)
    belief, believed = _carried_on(belief, memory, reading, last_stamp, served)
    off, before = reading.wall - believed, shown(belief, believed)
    if belief.proven and abs(off) <= NEAR:
        belief = replace(belief, doubt=None)
    else:
        belief = _doubted(belief, believed, off)
        small = belief.proven and abs(off) <= SMALL
        if confirmed or reading.synchronised or small or _was_steady(belief, believed, off, reading):
            belief, believed = _believed_anew(belief, believed, reading), reading.wall
    jump = shown(belief, believed) - before
    if believed - belief.seen >= KEPT_EVERY:
        belief = _looked(belief, believed, reading)
    now = told(belief, believed, reading.wall)
    return Look(belief, Memory(belief, reading.zero(believed), reading.steady), now, jump)


def glance(memory: Memory, epoch: int, wall: datetime, steady: float) -> Now | None:
    """What a transaction goes by if nothing is new; None where a look is needed.

    Args:
        epoch: The site's at this moment: another process may have believed a clock anew.
        wall, steady: As of a reading.
    """
    belief, believed = memory.belief, memory.zero + timedelta(seconds=steady)
    if epoch != belief.epoch or belief.doubt is not None or not belief.proven:
        return None
    if abs(wall - believed) > NEAR or steady - memory.looked_s >= LOOKED_EVERY_S:
        return None
    return told(belief, believed, wall)


def told(belief: Belief, believed: datetime, wall: datetime) -> Now:
    """What a transaction goes by at a believed moment."""
    doubt = belief.doubt is not None
    settled = not doubt and believed >= belief.purge_from
    return Now(shown(belief, believed), wall, doubt, plausible=belief.proven, settled=settled)


def shown(belief: Belief, believed: datetime) -> datetime:
    """The believed moment, never before one that was shown: a lead is run down at half speed."""
    lead = belief.lead
    return believed if lead is None else max(believed, lead.moment + (believed - lead.believed) / 2)


def _carried_on(
    belief: Belief, memory: Memory | None, reading: Reading, last_stamp: datetime | None, served: bool
) -> tuple[Belief, datetime]:
    """What time it is by the seconds that have passed since the last believed moment, whatever the clock shows."""
    passed = timedelta(seconds=reading.steady)
    if memory is not None and memory.belief.epoch == belief.epoch:
        return belief, max(memory.zero + passed, belief.seen)
    if belief.boot == reading.boot:
        return belief, max(belief.zero + passed, belief.seen)
    # Another computer, or it was started again: how much time has passed nobody knows, at least none.
    fresh = belief.seen - NEAR <= reading.wall <= belief.seen + SMALL
    believed = max(reading.wall, belief.seen) if fresh else belief.seen
    if served and fresh:
        return belief, believed
    moment = shown(belief, believed)
    if last_stamp is not None and last_stamp <= moment + 2 * KEPT_EVERY:  # else by a clock that was believed once
        moment = max(moment, last_stamp)
    belief = _looked(_never_before(belief, moment, believed), believed, reading)
    return (belief if served else replace(belief, proven=reading.ran_on, doubt=None)), believed


def _doubted(belief: Belief, believed: datetime, off: timedelta) -> Belief:
    """In doubt since a clock has kept its distance from what is believed."""
    doubt = belief.doubt
    if doubt is not None and abs(doubt.moment - doubt.believed - off) <= NEAR:
        return belief
    return replace(belief, doubt=Apart(believed + off, believed))


def _was_steady(belief: Belief, believed: datetime, off: timedelta, reading: Reading) -> bool:
    assert belief.doubt is not None
    return believed - belief.doubt.believed >= STEADY and off >= -BACK and reading.synchronised is not False


def _believed_anew(belief: Belief, believed: datetime, reading: Reading) -> Belief:
    """Believe the clock as it is."""
    off = reading.wall - believed
    moment = shown(belief, believed) if off >= -BACK else reading.wall
    belief = _looked(_never_before(belief, moment, reading.wall), reading.wall, reading)
    belief = replace(belief, epoch=belief.epoch + 1, proven=True, doubt=None)
    if abs(off) <= SMALL:
        return belief
    return replace(belief, purge_from=reading.wall + (SETTLED_SYNCHRONISED if reading.synchronised else SETTLED))


def _never_before(belief: Belief, moment: datetime, believed: datetime) -> Belief:
    return replace(belief, lead=Apart(moment, believed) if moment > believed else None)


def _looked(belief: Belief, believed: datetime, reading: Reading) -> Belief:
    return replace(belief, boot=reading.boot, zero=reading.zero(believed), seen=believed)
