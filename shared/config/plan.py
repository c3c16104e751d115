"""The plan: everything of config.toml that holds for the whole centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from shared.config.fields import Letter, Lines, Logo, Slug, Tag, Text, Texts, TimeOfDay
from shared.config.hours import Hours, Week
from shared.config.pictograms import OF_NEED, Pictogram, without_replaced
from shared.config.printer_url import PRINTER_URL, printer_url
from shared.config.rules import Rules
from shared.config.section import Flag, Section, Whole
from shared.config.words import DESK_SERVICE, NEED, PUBLIC_URL, SPEECH, known_timezone
from shared.errors import DeskUnknown, Malformed
from shared.language import LANGUAGES, SPOKEN
from shared.model import Need

T = TypeVar("T")

EVERYBODY = "*"
"""In a desk's services: any service marked for everybody, chosen when the desk opens."""


def text_in(texts: Mapping[str, str], *languages: str) -> str:
    """The text in the first of `languages` that has one, else in English, else in the language of the house."""
    return _in(texts, languages) or ""


def lines_in(lines: Mapping[str, tuple[str, ...]], *languages: str) -> tuple[str, ...]:
    """The lines in the first of `languages` that has some, else as `text_in`."""
    return _in(lines, languages) or ()


def _in(texts: Mapping[str, T], languages: tuple[str, ...]) -> T | None:
    found = (texts[tag] for tag in (*languages, "en", *texts) if texts.get(tag))
    return next(found, None)


class _Choice(Section):
    """What visitors choose."""

    name: Texts = Field(description="What visitors choose, by language.")
    sentence: Texts = Field(default_factory=dict, description="One short sentence under the name, by language.")
    pictogram: Pictogram | None = Field(None, description="Its pictogram on kiosk, paper and screen.")
    persons: Flag = Field(False, description="Whether the kiosk asks how many adults and children come.")

    _older = model_validator(mode="before")(without_replaced)


class Site(Section):
    """The centre itself."""

    key: Slug = Field(description="Short name of the centre; begins every row of a shared database.")
    name: Text = Field(description="Name of the centre as visitors read it.")
    language: Tag = Field("de", description="Language of the house: consoles, and the second language of tickets.")
    languages: tuple[Tag, ...] = Field(
        LANGUAGES, min_length=1, description="Languages that visitors can choose, in the order of the kiosk."
    )
    spoken: tuple[Annotated[str, StringConstraints(pattern=SPEECH)], ...] = Field(
        SPOKEN, description="Languages that visitors can name where theirs is missing, in this order; a guide comes."
    )
    timezone: Annotated[str, AfterValidator(known_timezone)] = Field(
        "Europe/Berlin", description="IANA name of the time zone."
    )
    day_starts: TimeOfDay = Field("03:00", description="When a new day of numbers begins, local time HH:MM.")
    logo: Logo | None = Field(
        None, description="PNG file of the logo on tickets, seen from this file; apply puts the picture into the plan."
    )
    public_url: str | None = Field(
        None,
        max_length=22,
        pattern=PUBLIC_URL,
        description="Address that the QR code leads to; the ticket's token of 20 characters follows it.",
    )
    scanners: Flag = Field(True, description="Whether desks have scanners: they read the QR code of tickets.")


class Series(Section):
    """A letter before the number, with its own range."""

    first: Whole = Field(ge=1, le=999, description="First number of the day.")
    last: Whole = Field(ge=1, le=999, description="Last number of the range; a full range goes on at 1001.")
    use: Literal["packages", "concerns", "appointments", "returns", "reserve"] = Field(
        alias="for", description="The kind of visit that gets this letter."
    )


class Authority(Section):
    """Who is responsible for services."""

    name: Texts = Field(description="Its name by language.")
    sees: Literal["own", "journey"] = Field(
        "own", description="Which stops of a visit its desks see: their own or the whole journey."
    )


class Minutes(Section):
    """How long a service takes, in minutes."""

    base: Whole = Field(ge=1, le=240, description="Minutes for one adult.")
    adult: Whole = Field(0, ge=0, le=60, description="Minutes for each further adult.")
    child: Whole = Field(0, ge=0, le=60, description="Minutes for each child.")


class Service(_Choice):
    """A concern that can be settled."""

    authority: Slug = Field(description="Who is responsible: a key of [authorities].")
    area: Slug = Field(description="Where its visitors wait: a key of [areas].")
    minutes: Minutes = Field(description="How long it takes.")
    requires: tuple[Slug, ...] = Field((), description="Services that come first, if the visit has them.")
    better_after: tuple[Slug, ...] = Field((), description="Services that should come first if possible: only a wish.")
    hours: Week | None = Field(
        None, description="When it is open within the hours of the centre; without it, all the time."
    )
    quota: Whole | None = Field(None, ge=1, le=9999, description="Most visits a day; without it, no limit.")
    everybody: Flag = Field(False, description='Whether a desk for everybody ("*") may serve it.')
    documents: Lines = Field(default_factory=dict, description="What to bring, by language.")
    leaflet: Lines = Field(
        default_factory=dict,
        description='Lines of a second slip: contact, opening hours, address. A line that ends in ":" is a heading.',
    )
    leaflet_with_ticket: Flag = Field(
        False, description="Whether the leaflet comes with each ticket that has this stop; else only when asked for."
    )


class Package(_Choice):
    """A ready journey."""

    services: tuple[Slug, ...] = Field(description="Its stops. Empty: no queue, the kiosk asks a guide to come.")
    offered: tuple[Slug, ...] = Field((), description="Services that reception may offer with it.")
    guide: Literal["unsure", "minor"] = Field("unsure", description="Why a guide comes where there are no services.")


class NeedPlan(Section):
    """How a measure that helps visitors is shown."""

    pictogram: Pictogram = Field(description="Its pictogram on kiosk, paper and screen.")


class Area(Section):
    """A place where people wait."""

    name: Texts = Field(description="Its name by language.")
    sentence: Texts = Field(default_factory=dict, description="One short sentence on where it is, by language.")
    walk_minutes: Whole = Field(1, ge=0, le=30, description="Walk from the entrance in minutes.")


class DeskPlan(Section):
    """A place where an official works."""

    area: Slug = Field(description="Where its visitors wait: a key of [areas].")
    services: tuple[Annotated[str, StringConstraints(pattern=DESK_SERVICE)], ...] = Field(
        min_length=1, description='What it serves; "*" is any service marked for everybody, chosen at opening.'
    )
    step_free: Flag = Field(False, description="Whether a wheelchair reaches it.")


class KioskPlan(Section):
    """A kiosk."""

    area: Slug = Field(description="Where it stands: a key of [areas].")
    printer: Slug | None = Field(None, description="Where its tickets come out: a key of [printers].")
    scanner: Flag = Field(False, description="Whether it reads tickets with a scanner and says where a visit stands.")


class DisplayPlan(Section):
    """A waiting-room screen."""

    area: Slug | None = Field(None, description="Whose calls it shows: a key of [areas]; without it, all.")


class PrinterPlan(Section):
    """A ticket printer."""

    url: Annotated[str, StringConstraints(pattern=PRINTER_URL), AfterValidator(printer_url)] = Field(
        description="tcp://host:9100, usb:SERIAL, serial:/dev/ttyUSB0?baud=38400, file:///dev/usb/lp0 or none.",
    )
    host: Slug | None = Field(
        None, description="The kiosk or display, by its [device] name, with the printer; only that computer prints."
    )
    fallback: Slug | None = Field(
        None, description="Where slips are printed while this one cannot print: a key of [printers]."
    )
    dots: Literal[576, 512, 384] = Field(576, description="Printable width in dots.")
    dpi: Literal[203, 180] = Field(203, description="Dots per inch.")


class Priority(Section):
    """A head start in the queue."""

    head_start_min: Whole = Field(ge=0, le=240, description="Minutes by which such a visit counts as earlier.")


class Reason(Section):
    """Why a visitor is parked or a desk pauses: a choice from a list, never free text."""

    name: Texts = Field(description="Its name by language.")
    use: Literal["park", "pause"] = Field(
        alias="for", description='Whether visitors are parked for it ("park") or desks pause ("pause").'
    )


class Plan(Section):
    """The whole centre."""

    site: Site = Field(description="The centre itself.")
    hours: Hours | None = Field(None, description="When the centre is open. Without this section it always is.")
    series: dict[Letter, Series] = Field(
        min_length=1, description="Letters before the numbers, each with its own range."
    )
    authorities: dict[Slug, Authority] = Field(description="Who is responsible for services.")
    services: dict[Slug, Service] = Field(min_length=1, description="Concerns that can be settled.")
    packages: dict[Slug, Package] = Field(default_factory=dict, description="Ready journeys of several services.")
    needs: dict[Annotated[str, StringConstraints(pattern=NEED)], NeedPlan] = Field(
        default_factory=dict, description="Pictograms of measures that help; without it, those of the program."
    )
    areas: dict[Slug, Area] = Field(description="Places where people wait.")
    desks: dict[Slug, DeskPlan] = Field(min_length=1, description="Places where officials work.")
    kiosks: dict[Slug, KioskPlan] = Field(default_factory=dict, description="Kiosks at the entrance.")
    displays: dict[Slug, DisplayPlan] = Field(default_factory=dict, description="Waiting-room screens.")
    printers: dict[Slug, PrinterPlan] = Field(default_factory=dict, description="Ticket printers.")
    priorities: dict[Slug, Priority] = Field(default_factory=dict, description="Head starts that a visit can have.")
    rules: Rules = Field(Rules(), description="The rules of the queue.")
    reasons: dict[Slug, Reason] = Field(default_factory=dict, description="Why visitors are parked or desks pause.")

    def pictogram_of(self, need: Need) -> str:
        """The pictogram of a measure: the plan's, else the program's."""
        return self.needs[need].pictogram if need in self.needs else OF_NEED[need]

    def services_of_desk(self, desk: str) -> tuple[str, ...]:
        """What a desk may serve: its own services, or with "*" every service marked for everybody."""
        own = self.desks[desk].services
        everybody = [key for key, service in self.services.items() if service.everybody] if EVERYBODY in own else []
        return tuple(dict.fromkeys([*(key for key in own if key != EVERYBODY), *everybody]))

    @property
    def unserved(self) -> tuple[str, ...]:
        """The services that no desk may serve: nobody who waits for one would ever be called."""
        served = {service for desk in self.desks for service in self.services_of_desk(desk)}
        return tuple(key for key in self.services if key not in served)

    def head_start_min(self, priority: str | None) -> int:
        """By how many minutes a visit of this priority counts as earlier; 0 without one, or if the plan lacks it."""
        return self.priorities[priority].head_start_min if priority in self.priorities else 0

    def require_desk(self, key: str) -> None:
        """Raises DeskUnknown for a desk that the plan does not have."""
        if key not in self.desks:
            raise DeskUnknown(f"No desk {key[:40]!r}. Known are: {', '.join(self.desks)}.")

    def require_kiosk(self, key: str) -> None:
        """Raises Malformed for a kiosk that the plan does not have."""
        if key not in self.kiosks:
            raise Malformed(f"No kiosk {key[:40]!r}. Known are: {', '.join(self.kiosks) or 'none'}.")

    def require_area(self, key: str) -> None:
        """Raises Malformed for an area that the plan does not have."""
        if key not in self.areas:
            raise Malformed(f"No area {key[:40]!r}. Known are: {', '.join(self.areas)}.")

    @property
    def kiosk_scans(self) -> bool:
        """Whether a kiosk reads tickets."""
        return any(kiosk.scanner for kiosk in self.kiosks.values())

    def qr_text(self, token: str) -> str | None:
        """The content of a ticket's QR code: its page if the centre has one, else the bare token.

        None if nothing would read a code: no phone, because there is no page, and no scanner at a desk or a kiosk.
        """
        if self.site.public_url is None and not self.site.scanners and not self.kiosk_scans:
            return None
        return f"{self.site.public_url or ''}{token}"
