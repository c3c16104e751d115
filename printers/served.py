"""Which printers a computer serves, by the plan in force at that moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from printers.spool import Spool
from shared.centre import Centre
from shared.config import Device, Plan
from shared.config.printer_url import NO_URL
from shared.store.database import Database

ANY_COMPUTER = Device()
"""A computer that no printer is attached to."""


class Chain:
    """A printer and its fallbacks in order, as far as this computer serves them under the plan in force.

    It keeps one spool for each served printer, because a spool knows who holds the printer, and its state.
    """

    def __init__(
        self,
        database: Database,
        plan: Callable[[], Plan],
        printer: Callable[[], str],
        *,
        training: bool,
        computer: Device = ANY_COMPUTER,
    ) -> None:
        """`computer` is this one: a printer attached to a computer is served only there, by its name."""
        self._database, self._plan, self._printer = database, plan, printer
        self._training, self._computer = training, computer
        self._spools: dict[str, Spool] = {}

    def __call__(self) -> list[Spool]:
        """The spools that are served now."""
        plan = self._plan()
        keys = [key for key in _keys(plan, self._printer()) if _is_served(plan, key, self._computer.name)]
        self._spools = {key: self._spools.get(key) or self._spool(key) for key in keys}
        return list(self._spools.values())

    def _spool(self, key: str) -> Spool:
        files = self._computer.printer_files
        return Spool(self._database, self._plan, key, training=self._training, files=files)


def chain_beside(centre: Centre, name: str | None, printer: Callable[[], str]) -> Chain:
    """What a kiosk serves that has this name in the plan."""
    computer = centre.device.model_copy(update={"name": name})
    return Chain(centre.database, lambda: centre.plan, printer, training=centre.training, computer=computer)


def _is_served(plan: Plan, printer: str, host: str | None) -> bool:
    known = plan.printers.get(printer)
    return known is None or known.host in (None, host)


def _keys(plan: Plan, printer: str) -> Iterator[str]:
    seen: set[str] = set()
    key: str | None = printer
    while key is not None and key not in seen:
        seen.add(key)
        yield key
        key = plan.printers[key].fallback if key in plan.printers else None


def printer_for(plan: Plan, device: str | None) -> str:
    """Key of the printer for a device: a kiosk's own, "none" if it has none; for other devices the plan's first."""
    kiosk = plan.kiosks.get(device or "")
    return (kiosk.printer or NO_URL) if kiosk else next(iter(plan.printers), NO_URL)


def printer_of_kiosk(plan: Plan, kiosk: str | None) -> str:
    """The same for a kiosk: if the plan no longer has it, it prints nowhere."""
    return NO_URL if kiosk is not None and kiosk not in plan.kiosks else printer_for(plan, kiosk)
