"""The plan: everything of config.toml that holds for the whole centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
"""A key: lower-case letters, digits, "-" and "_"; never reused for something else."""
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""A language tag, "uk"."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
"""One line of text for people."""
Texts = dict[Tag, Text]
"""The same text in several languages."""
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""Local time, "HH:MM"."""
Letter = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
EVERYBODY = "*"
"""In a desk's services: any service marked for everybody, chosen when the desk opens."""


def text_in(texts: Mapping[str, str], *languages: str) -> str:
    """The text in the first of `languages` that has one, else in English, German or whatever there is."""
    for tag in (*languages, "en", "de"):
        if tag in texts:
            return texts[tag]
    return next(iter(texts.values()), "")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Site(_Section):
    """The centre itself."""

    key: Slug = Field(description="Short name of the centre; begins every row of a shared database.")
    name: Text = Field(description="Name of the centre as visitors read it.")
    language: Tag = Field("de", description="Language of the house: consoles, and the second language of tickets.")
    timezone: str = Field("Europe/Berlin", description="IANA time zone.")
    day_starts: TimeOfDay = Field("03:00", description="When a new day of numbers begins, local time.")
    public_url: str | None = Field(
        None, max_length=22, description="Address that the QR code leads to; the ticket's token follows it."
    )


class Series(_Section):
    """A letter before the number, with its own range."""

    first: int = Field(ge=1, le=999, description="First number of the day.")
    last: int = Field(ge=1, le=999, description="Last number; a full range goes on at 1001.")
    use: Literal["packages", "concerns", "appointments", "returns", "reserve"] = Field(
        alias="for", description="The kind of visit that gets this letter."
    )


class Authority(_Section):
    """Who is responsible for services."""

    name: Texts
    sees: Literal["own", "journey"] = Field("own", description="Whether its desks see other authorities' stops.")


class Minutes(_Section):
    """How long a service takes, in minutes."""

    base: int = Field(ge=1, le=240, description="For one adult.")
    adult: int = Field(0, ge=0, le=60, description="For each further adult.")
    child: int = Field(0, ge=0, le=60, description="For each child.")


class Service(_Section):
    """A concern that can be settled."""

    authority: Slug
    name: Texts
    sentence: Texts = Field(default_factory=dict, description="One short sentence under the name, for the kiosk.")
    symbol: str = Field("", max_length=2, description="A sign beside the name.")
    area: Slug = Field(description="Where its visitors wait.")
    minutes: Minutes
    requires: tuple[Slug, ...] = Field((), description="Services that come before, if the visit has them.")
    better_after: tuple[Slug, ...] = Field((), description="Services that had better come before.")
    everybody: bool = Field(False, description="Whether a desk for everybody may serve it.")
    documents: dict[Tag, tuple[Text, ...]] = Field(default_factory=dict, description="What to bring.")


class Package(_Section):
    """A ready journey."""

    name: Texts
    sentence: Texts = Field(default_factory=dict, description="One short sentence under the name, for the kiosk.")
    symbol: str = Field("", max_length=2, description="A sign beside the name.")
    services: tuple[Slug, ...] = Field(description="Its stops. Empty: the visitor is sent to reception.")
    offered: tuple[Slug, ...] = Field((), description="Services that reception may offer with it.")


class Area(_Section):
    """A place where people wait."""

    name: Texts
    walk_minutes: int = Field(1, ge=0, le=30, description="From the entrance.")


class DeskPlan(_Section):
    """A place where an official works."""

    area: Slug
    services: tuple[Slug | Literal["*"], ...] = Field(min_length=1, description='What it serves; "*" for everybody.')
    step_free: bool = Field(False, description="Whether a wheelchair reaches it.")


class KioskPlan(_Section):
    """A kiosk."""

    area: Slug
    printer: Slug | None = None


class DisplayPlan(_Section):
    """A waiting-room screen."""

    area: Slug | None = Field(None, description="Whose calls it shows; without it, all.")


class PrinterPlan(_Section):
    """A ticket printer."""

    url: str = Field(description="tcp://host:9100, file:///dev/usb/lp0 or none.")
    dots: Literal[576, 512, 384] = Field(576, description="Printable width in dots.")
    dpi: Literal[203, 180] = Field(203, description="Dots per inch.")


class Priority(_Section):
    """A head start in the queue."""

    head_start_min: int = Field(ge=0, le=240, description="Minutes by which such a visit counts as earlier.")


class Rules(_Section):
    """What the queue follows."""

    language_window_min: int = Field(
        5, ge=0, le=60, description="How many minutes somebody may pass whose language the official speaks."
    )


class Plan(_Section):
    """The whole centre."""

    site: Site
    series: dict[Letter, Series]
    authorities: dict[Slug, Authority]
    services: dict[Slug, Service]
    packages: dict[Slug, Package] = Field(default_factory=dict)
    areas: dict[Slug, Area]
    desks: dict[Slug, DeskPlan]
    kiosks: dict[Slug, KioskPlan] = Field(default_factory=dict)
    displays: dict[Slug, DisplayPlan] = Field(default_factory=dict)
    printers: dict[Slug, PrinterPlan] = Field(default_factory=dict)
    priorities: dict[Slug, Priority] = Field(default_factory=dict)
    rules: Rules = Rules()

    def services_of_desk(self, desk: str) -> tuple[str, ...]:
        """What a desk may serve: its own services, or with "*" every service marked for everybody."""
        own = self.desks[desk].services
        everybody = [key for key, service in self.services.items() if service.everybody] if EVERYBODY in own else []
        return tuple(dict.fromkeys([*(key for key in own if key != EVERYBODY), *everybody]))

    def services_of(self, concern: str) -> tuple[str, ...]:
        """The services of a package, or the service itself. Raises KeyError for neither."""
        if concern in self.packages:
            return self.packages[concern].services
        self.services[concern]
        return (concern,)

    def qr_text(self, token: str) -> str:
        """What the QR code of a ticket says: its page where the centre has one, else the bare token."""
        return f"{self.site.public_url or ''}{token}"
