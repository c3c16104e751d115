"""config.toml as frozen models: the plan of a centre, and the settings of one device."""

from __future__ import annotations

from shared.config.device import Device
from shared.config.plan import Plan
from shared.config.read import Config, parse_plan, read_config

__all__ = ["Config", "Device", "Plan", "parse_plan", "read_config"]
