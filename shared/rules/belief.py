"""When a clock is believed: one reading proves nothing, so nothing irreversible depends on a single one.

Time is the last believed moment and the seconds since, counted by a clock that nobody can set. What the clock on the
wall shows is only compared with that. docs/database.md says in plain words what follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

NEAR = timedelta(seconds=2)
"""A clock that differs less than this from the believed time agrees with it."""
SMALL = timedelta(minutes=2)
"""A smaller step is believed at once. If nobody knows how much time has passed since the last look, a clock that is
ahead by less than this is no reason for doubt either."""
STEADY = timedelta(minutes=4)
"""How long a clock that is off must keep its distance; with the faces' pace it is believed within five minutes."""
BACK = timedelta(hours=12)
"""A smaller step back is made up at half speed; a larger one needs a synchronised clock or a person."""
KEPT_EVERY = timedelta(minutes=1)
"""How often a look is stored even if nothing is new."""
LOOKED_EVERY_S = 4.0
"""How long a process relies on its memory: its looks also end the doubts of others, whose clocks are wrong."""
SETTLED = timedelta(hours=1)
"""How long after a clock was believed anew nothing is purged …"""
SETTLED_SYNCHRONISED = timedelta(minutes=5)
"""… and how long if the kernel says that the clock is synchronised."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one process sees at one moment."""

    wall: datetime
    """What the clock shows: this computer's, or a server's."""
    steady: float
    """Seconds since the computer was started, asleep or awake."""
    boot: str
    """A different one after each start of the computer."""
    synchronised: bool | None
    """True: the kernel vouches for `wall`. False: it vouches for something else. None: nobody knows."""
    ran_on: bool = False
    """Whether the computer's clock runs while it is off; else the clock goes on from where it stopped."""

    def zero(self, believed: datetime) -> datetime:
        """When the steady seconds began, if the time now is `believed`."""
        return believed - timedelta(seconds=self.steady)


@dataclass(frozen=True, slots=True)
class Apart:
    """A moment that differs from the believed one, and the believed moment at that time."""

    moment: datetime
    believed: datetime


@dataclass(frozen=True, slots=True)
class Belief:
    """What all processes of a site together believe about the time."""

    boot: str
    """The start of the computer that looked last …"""
    zero: datetime
    """… and the believed moment at which its steady seconds began."""
    seen: datetime
    """The believed moment of the last look that was stored."""
    purge_from: datetime
    """Before this moment nothing is purged."""
    epoch: int = 0
    """How often a clock was believed anew."""
    proven: bool = True
    """Whether a clock that agrees is believed at once; if not, it must first be steady for a while."""
    lead: Apart | None = None
    """After a step back: a moment that was already shown. From there, time goes on at half speed."""
    doubt: Apart | None = None
    """What a doubted clock showed when it was first seen to be off."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a running process knows since its last look."""

    belief: Belief
    zero: datetime
    """Like the belief's, but for this process's computer, which may not be the one that looked last."""
    looked_s: float
    """The steady seconds at that look."""

    def believed(self, steady: float) -> datetime:
        """The believed moment at a number of steady seconds."""
        return self.zero + timedelta(seconds=steady)

    def stale(self, steady: float) -> bool:
        """Whether it is time to look again."""
        return steady - self.looked_s >= LOOKED_EVERY_S


@dataclass(frozen=True, slots=True)
class Now:
    """The time as a transaction uses it."""

    moment: datetime
    """The believed moment. It goes back only if a clock that is more than twelve hours behind is believed."""
    wall: datetime
    """What the clock shows."""
    doubt: bool
    """Whether the clock is not believed now."""
    plausible: bool
    """Whether a doubted clock may still tell the day: it does if it shows the believed day."""
    settled: bool
    """Whether the clock has been believed long enough to delete old data."""


@dataclass(frozen=True, slots=True)
class Look:
    """The result of a look at the clock."""

    belief: Belief
    memory: Memory
    now: Now
    meanwhile: Now
    """The time for transactions until the look is stored: a small correction counts from then on, for all at once."""
    jump: timedelta
    """How far the believed moment has jumped; deadlines set earlier jump with it."""


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
        belief: None if nothing is believed yet. A site without a stamp is new and has nothing to lose.
        memory: None for a process that looks for the first time.
        last_stamp: The newest moment stored with any event.
        served: Whether the clock is a server's; a restart of this computer then says nothing about it.
        confirmed: Whether somebody has said that the clock is right.
    """
    if belief is None:
        belief = _first(reading) if last_stamp is None else Belief("", last_stamp, last_stamp, last_stamp)
    belief, believed = _carried_on(belief, memory, reading, last_stamp, served)
    off, before = reading.wall - believed, shown(belief, believed)
    small = belief.proven and abs(off) <= SMALL
    carried_on = told(replace(belief, doubt=None), believed, reading.wall)
    if belief.proven and abs(off) <= NEAR:
        belief = replace(belief, doubt=None)
    else:
        belief = _doubted(belief, believed, off)
        if confirmed or reading.synchronised or small or _was_steady(belief, believed, off, reading):
            belief, believed = _believed_anew(belief, believed, reading), reading.wall
    jump = shown(belief, believed) - before
    if belief.lead is not None and shown(belief, believed) == believed:  # run down
        belief = replace(belief, lead=None)
    if believed - belief.seen >= KEPT_EVERY:
        belief = _looked(belief, believed, reading)
    now = told(belief, believed, reading.wall)
    memory = Memory(belief, reading.zero(believed), reading.steady)
    return Look(belief, memory, now, carried_on if small else now, jump)


def glance(memory: Memory, wall: datetime, steady: float) -> Now | None:
    """The time for a transaction if nothing is new; None if a look is needed.

    Args:
        wall: What the clock shows, at `steady` seconds since the computer was started.
    """
    belief, believed = memory.belief, memory.believed(steady)
    agrees = belief.proven and belief.doubt is None and abs(wall - believed) <= NEAR
    return told(belief, believed, wall) if agrees and not memory.stale(steady) else None


def told(belief: Belief, believed: datetime, wall: datetime) -> Now:
    """The time for a transaction at a believed moment."""
    doubt = belief.doubt is not None
    settled = not doubt and believed >= belief.purge_from
    return Now(shown(belief, believed), wall, doubt, plausible=belief.proven, settled=settled)


def shown(belief: Belief, believed: datetime) -> datetime:
    """The believed moment, but never before one already shown: a lead is made up at half speed."""
    lead = belief.lead
    return believed if lead is None else max(believed, lead.moment + (believed - lead.believed) / 2)


def _first(reading: Reading) -> Belief:
    return Belief(reading.boot, reading.zero(reading.wall), reading.wall, reading.wall)


def _carried_on(
    belief: Belief, memory: Memory | None, reading: Reading, last_stamp: datetime | None, served: bool
) -> tuple[Belief, datetime]:
    """The time by the seconds that have passed since the last believed moment, whatever the clock shows."""
    if memory is not None and memory.belief.epoch == belief.epoch:
        return belief, max(memory.believed(reading.steady), belief.seen)
    if belief.boot == reading.boot:
        return belief, max(belief.zero + timedelta(seconds=reading.steady), belief.seen)
    # Another computer, or a restart: nobody knows how much time has passed, but it is not negative.
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
    """Start or continue a doubt; it counts from when the clock began to keep its distance from the believed time."""
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
