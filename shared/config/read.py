"""From the text of config.toml to models; what is wrong is named with file, line and key, all at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shared.config.device import Device
from shared.config.plan import Plan
from shared.errors import ConfigInvalid


@dataclass(frozen=True, slots=True)
class Config:
    """One config.toml: the device's own part and the plan, with the plan's text as `apply` stores it."""

    path: Path
    device: Device
    plan: Plan
    plan_toml: str


def read_config(path: Path) -> Config:
    """Read and check a file. Raises ConfigInvalid with every problem."""
    text = path.read_text(encoding="utf-8")
    device = Device.model_validate(tomllib.loads(text).get("device", {}))
    plan = parse_plan(text)
    return Config(path, device, plan, text)


def parse_plan(text: str, name: str = "plan") -> Plan:
    """The plan in a TOML text, `[device]` left out. Raises ConfigInvalid."""
    document: dict[str, Any] = tomllib.loads(text)
    document.pop("device", None)
    try:
        return Plan.model_validate(document)
    except ValidationError as error:
        raise ConfigInvalid([f"{name}: {error}"]) from error
