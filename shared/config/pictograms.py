"""Pictograms in a plan: which names there are, those of needs, and what becomes of the signs that were before them."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from shared.config.lines import line_index
from shared.config.problems import key_path
from shared.language.pictograms import PICTOGRAMS
from shared.language.terminal_text import clean
from shared.model import Need

_REPLACED = "symbol"
"""A key that services and packages had before they had pictograms."""

OF_NEED: Mapping[Need, str] = {
    Need.STEP_FREE: "wheelchair",
    Need.GUIDE: "guide",
    Need.LOOP: "hearing",
    Need.QUIET_ROOM: "silence",
    Need.MORE_TIME: "more_time",
    Need.SEEING: "blind",
}
"""The pictogram of each need where the plan names no other."""


def _known(name: str) -> str:
    """`name` unchanged. Raises ValueError if no pictogram has this name."""
    if name in PICTOGRAMS:
        return name
    near = get_close_matches(name.casefold(), PICTOGRAMS, 1)
    meant = f"did you mean {near[0]}? " if near else ""
    raise ValueError(f"is no pictogram; {meant}there are: {', '.join(PICTOGRAMS)}")


Pictogram = Annotated[str, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": list(PICTOGRAMS)})]
"""The name of a pictogram that comes with the program."""


def without_replaced(values: Any) -> Any:
    """The keys of a service or package without the sign that older plans have: nothing shows it any more."""
    if not isinstance(values, dict):
        return values
    return {key: value for key, value in values.items() if key != _REPLACED}


def replaced_keys(text: str, name: str) -> list[str]:
    """What a valid configuration still has and nothing reads, one line for each; the file is called `name`."""
    return [
        f'{clean(name)}:{line}: {key_path(path)}: is not shown any more; choose a pictogram = "…" instead'
        for path, line in line_index(text).items()
        if len(path) == 3 and path[0] in ("services", "packages") and path[2] == _REPLACED
    ]
