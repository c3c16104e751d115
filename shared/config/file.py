"""The whole of config.toml, plan and device: the known keys and the editors' schema come from it."""

from __future__ import annotations

from pydantic import Field

from shared.config.device import Device
from shared.config.plan import Plan


class ConfigFile(Plan):
    """A reception centre, and the computer that reads the file."""

    extends: str | None = Field(
        None, description="Another file, seen from this one, that gives every section which this one does not have."
    )
    device: Device = Field(Device(), description="What holds for this computer alone; never enters the database.")
