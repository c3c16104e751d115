"""How each language writes a date. `python -m shared.language > shared/language/dates.json` asks CLDR, by Babel.

Kept in a file, because CLDR takes 18 MiB in a kiosk that has printed in every language, and never gives them back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources

_FORMATS = {"en": ("en_GB", "long"), "ar": ("ar_SY", "long"), "fa": ("fa", "d.M.y")}
"""CLDR's locale and format that readers of the house would read otherwise: in British order; with the names of
months of Syria and Iraq; in digits, because months have other names in Iran than in Afghanistan."""


def written(day: date, tag: str) -> str:
    """A day, "22. November 2026"; Western digits in every language."""
    return _forms()[tag][day.month - 1].format(day=day.day, year=day.year)


def by_cldr(day: date, tag: str) -> str:
    """The same, from CLDR itself."""
    from babel.dates import format_date

    locale, form = _FORMATS.get(tag, (tag, "long"))
    return format_date(day, form, locale=locale)


@cache
def _forms() -> Mapping[str, list[str]]:
    forms: dict[str, list[str]] = json.loads(
        (resources.files("shared.language") / "dates.json").read_text(encoding="utf-8")
    )
    return forms


def forms_text() -> str:
    """The file: for each language that has catalogues the twelve months, with day and year left out."""
    tags = sorted(folder.name for folder in (resources.files("shared.language") / "locale").iterdir())
    forms = {tag: [_form(date(2026, month, 22), tag) for month in range(1, 13)] for tag in tags}
    return json.dumps(forms, ensure_ascii=False, indent=0) + "\n"


def _form(day: date, tag: str) -> str:
    return by_cldr(day, tag).replace("22", "{day}").replace("2026", "{year}")
