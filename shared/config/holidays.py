"""Public holidays by region. The library takes a quarter of a second to import: only when a holiday is asked for."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from shared.errors import ConfigInvalid

if TYPE_CHECKING:
    from holidays import HolidayBase


def is_holiday(region: str, day: date) -> bool:
    """Whether a day is a public holiday in a region, "DE-SN"."""
    return day in _holidays(region)


def check_region(region: str) -> None:
    """Raises ConfigInvalid for a region whose holidays the library does not know."""
    try:
        _holidays(region)
    except NotImplementedError:
        raise ConfigInvalid(
            [f'hours.holidays: no holidays are known for "{region}"; allowed: a country and its part, "DE-SN"']
        ) from None


@cache
def _holidays(region: str) -> HolidayBase:
    from holidays import country_holidays

    country, _, part = region.partition("-")
    # Only the days count. A language is named, because otherwise the computer's own would choose it.
    return country_holidays(country, subdiv=part or None, language="en_US")
