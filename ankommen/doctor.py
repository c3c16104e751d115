"""What the faces need, looked at piece by piece, each with a word on what to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import features

from ankommen.opening import Options
from printers import escpos
from shared.config import Config
from shared.errors import AnkommenError
from shared.store.database import Database, sqlite_module
from shared.verbs import plan as plans
from voice.check import check as check_voice


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


def examine(options: Options) -> list[Check]:
    """Look at everything; what cannot be looked at because something before it is broken is left out."""
    try:
        config = options.read_config()
    except AnkommenError as error:
        return [Check("configuration", False, error.message)]
    return [
        Check("configuration", True, f"{config.path}: {len(config.plan.services)} services, {len(config.plan.desks)} desks"),
        *_database(options),
        *(_printer(key, printer.url) for key, printer in _printers(options, config)),
        Check("letters", features.check("raqm"), "raqm joins Arabic letters" if features.check("raqm") else _NO_RAQM),
        *(Check(finding.name, finding.ok, finding.detail) for finding in check_voice(config.device.audio)),
        _terminal(),
    ]


_NO_RAQM = "Pillow has no raqm: install its wheel from PyPI, not a system package"
"""Without raqm, Arabic would be printed in separate letters from left to right."""
