"""Which files of a computer a plan may print to: a plan comes from the database, and may come from anybody there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from shared.config.plan import Plan
from shared.config.printer_url import FileAddress, SerialAddress, parse_url
from shared.errors import ConfigInvalid


def is_strange(url: str, files: Sequence[str]) -> bool:
    """Whether a printer's URL names a file or a serial line that none of the patterns allows.

    A `*` in a pattern never stands for a "/". Raises ConfigInvalid for an invalid URL.
    """
    match parse_url(url):
        case FileAddress(path) | SerialAddress(path):
            named = PurePosixPath(path)
            return ".." in named.parts or not any(named.match(pattern) for pattern in files)
        case _:
            return False


def url_of(plan: Plan, printer: str, files: Sequence[str]) -> str:
    """The URL of a printer of the plan; what is no key of the plan is a URL that was given by hand, and allowed.

    Raises ConfigInvalid if this computer does not let a plan print there, or for an invalid URL.
    """
    planned = plan.printers.get(printer)
    if planned is None:
        return printer
    if is_strange(planned.url, files):
        raise ConfigInvalid([f"This computer prints to no such file: {planned.url} is not in [device] printer_files."])
    return planned.url
