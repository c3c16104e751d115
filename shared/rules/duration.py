"""How long a service takes: the plan's minutes for one adult, plus some for each further person."""

from __future__ import annotations

from typing import Protocol


class PerPerson(Protocol):
    """What the plan says about a service, in minutes."""

    @property
    def base(self) -> int:
        """One adult alone."""
        ...

    @property
    def adult(self) -> int:
        """Each further adult."""
        ...

    @property
    def child(self) -> int:
        """Each child."""
        ...


def minutes(service: PerPerson, adults: int = 1, children: int = 0) -> int:
    """How many minutes the service takes for these people; children who come alone count as well."""
    return service.base + service.adult * max(0, adults - 1) + service.child * children
