"""What a visitor has chosen so far. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kiosk.looks import Look
from shared.config import Plan
from shared.config.plan import Package, Service
from shared.model import Arrival, GuideReason, Need, Origin


class Person(StrEnum):
    """The people who are counted."""

    ADULTS = "adults"
    CHILDREN = "children"


INTERPRETER = "interpreter"
"""What a visitor may ask for besides the needs."""
MOST_CONCERNS = 4
"""How many there may be on one number from the kiosk: more would not be read before paper comes."""
COUNTS = {Person.ADULTS: range(1, 21), Person.CHILDREN: range(21)}
"""How many may come on one number from the kiosk; reception gives numbers to larger groups."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor has chosen so far. A new step that asks for another field of `Arrival` adds it here."""

    language: str | None = None
    packages: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    adults: int = 1
    children: int = 0
    interpreter: bool = False
    needs: frozenset[Need] = frozenset()
    looks: frozenset[Look] = frozenset()
    """How the screen looks meanwhile; nothing of it reaches the number."""
    about: str = ""
    """A package or service that the visitor asks about."""
    speaks: str | None = None
    """A language that visitors cannot read here, but speak."""
    help: GuideReason | None = None
    """Why a person has to help; None while nothing has told."""

    def count(self, person: Person) -> int:
        """How many of these come."""
        return self.adults if person is Person.ADULTS else self.children

    def counted(self, person: Person, change: int) -> Wish:
        """The wish with more or fewer people."""
        fields: dict[str, Any] = {person.value: self.count(person) + change}
        return replace(self, **fields)

    def has(self, extra: str) -> bool:
        """Whether an interpreter or a need is asked for."""
        return self.interpreter if extra == INTERPRETER else Need(extra) in self.needs

    def switched(self, extra: str) -> Wish:
        """The wish with this asked for, or no longer."""
        if extra == INTERPRETER:
            return replace(self, interpreter=not self.interpreter)
        return replace(self, needs=self.needs ^ {Need(extra)})

    def looking(self, look: Look) -> Wish:
        """The wish with this look switched on, or off."""
        return replace(self, looks=self.looks ^ {look})

    def without_concern(self) -> Wish:
        """The wish before a concern was chosen. Who comes is asked anew: not every concern wants to know."""
        return replace(self, packages=(), services=(), adults=1, children=0)

    def within(self, plan: Plan) -> Wish:
        """The wish without what a plan does not have (any more)."""
        packages = tuple(key for key in self.packages if key in plan.packages)
        return replace(self, packages=packages, services=tuple(key for key in self.services if key in plan.services))

    def journey(self, plan: Plan) -> tuple[str, ...]:
        """All services of what is chosen, each once."""
        packed = (service for key in self.packages if key in plan.packages for service in plan.packages[key].services)
        return tuple(dict.fromkeys((*packed, *self.services)))

    def asking(self, key: str) -> Wish:
        """The wish of a visitor who asks about this package or service."""
        return replace(self, about=key)

    def concerns(self, plan: Plan) -> tuple[Package | Service, ...]:
        """The chosen packages and services, without those that the plan does not offer (any more)."""
        packages = [plan.packages[key] for key in self.packages if key in plan.packages]
        services = [plan.services[key] for key in self.services if key in plan.services]
        return (*(package for package in packages if package.services), *services)

    def concern(self, plan: Plan) -> Package | Service | None:
        """The first of them."""
        return next(iter(self.concerns(plan)), None)

    def arrival(self) -> Arrival:
        """The arrival to issue a number for, once a language and a concern are chosen."""
        assert self.language is not None
        return Arrival(
            self.packages,
            self.services,
            self.language,
            self.adults,
            self.children,
            interpreter=(self.speaks or self.language) if self.interpreter else None,
            needs=tuple(need for need in Need if need in self.needs),
            origin=Origin.KIOSK,
        )
