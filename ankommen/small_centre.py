"""The configuration of a small centre, as `ankommen init` writes it: valid at once, and to be changed by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from shared.config import parse_plan
from shared.config.printer_url import NO_URL
from shared.config.toml import toml_lines, toml_value
from shared.errors import ConfigInvalid

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_TEXT = """\
# A small centre, made by `ankommen init`. It works as it is; docs/configuration.md of the program has all other keys.
# After a change: ankommen apply --check, then ankommen apply. Texts in other languages: ankommen texts.

[site]
key = {key}  # never changes: all numbers of the past refer to it
name = {name}
language = {language}  # of this file, of the consoles, and beside the visitor's on tickets

[series]  # the letter before a number: A for packages of several services, L for single ones
A = {{ first = 1, last = 499, for = "packages" }}
L = {{ first = 500, last = 999, for = "concerns" }}

[authorities]
house = {{ name = {name} }}

[areas]
waiting = {{ name = {area} }}

[services]  # what visitors choose; the minutes are a first guess
{services}
[desks]  # the key is the number on the wall
{desks}"""
_PRINTER = """
[kiosks]  # start it with: ankommen kiosk --name entrance
entrance = {{ area = "waiting", printer = "tickets" }}

[printers]
tickets = {{ url = {printer} }}
"""


@dataclass(frozen=True, slots=True)
class SmallCentre:
    """What is asked of somebody who begins a centre."""

    key: str
    """Its key; no other centre may have it."""
    name: str
    language: str
    """The language of the house."""
    area: str
    """The name of the place where everybody waits."""
    services: Mapping[str, str]
    """Names by key."""
    desks: Mapping[str, Sequence[str]]
    """The services of each desk."""
    printer: str = NO_URL

    def toml(self) -> str:
        """The text of its configuration. Raises ConfigInvalid, which names what is wrong and what is allowed."""
        services = {
            key: {"name": name, "authority": "house", "area": "waiting", "minutes": {"base": 10}}
            for key, name in self.services.items()
        }
        desks = {key: {"area": "waiting", "services": served} for key, served in self.desks.items()}
        text = _TEXT.format(
            key=toml_value(self.key),
            name=toml_value(self.name),
            language=toml_value(self.language),
            area=toml_value(self.area),
            services=toml_lines(services),
            desks=toml_lines(desks),
        )
        if self.printer != NO_URL:
            text += _PRINTER.format(printer=toml_value(self.printer))
        try:
            plan = parse_plan(text)
        except ConfigInvalid as error:  # there is no file yet, so its lines say nothing
            raise ConfigInvalid([problem.partition(": ")[2] for problem in error.problems]) from None
        if plan.unserved:
            allowed = "a desk for every service, --desk KEY=SERVICE,…"
            raise ConfigInvalid([f"services.{key}: no desk serves it; needed: {allowed}" for key in plan.unserved])
        return text


def free_key(taken: Collection[str], *names: str) -> str:
    """A key out of the first name with Latin letters that nobody has taken yet: "rathaus", else "rathaus_2"."""
    key = next(filter(None, map(slug, names)), "centre")
    numbered = (f"{key[:36]}_{number}" for number in count(2))
    return key if key not in taken else next(found for found in numbered if found not in taken)


def slug(name: str) -> str:
    """A key that reads like a name: "Bürgerhaus Süd" is "buergerhaus_sued". Empty for letters that are not Latin."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_SPELLED))
    return re.sub(r"[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_")[:40].strip("_")
