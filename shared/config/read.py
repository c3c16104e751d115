"""From the text of config.toml to models; what is wrong is named with file, line and key, all at once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from shared.config.device import Device
from shared.config.file import ConfigFile
from shared.config.lines import KeyPath, line_index, line_of, without_section
from shared.config.plan import Plan
from shared.config.problems import Problem, key_path, model_problems
from shared.config.references import reference_problems
from shared.errors import ConfigInvalid
from shared.language.terminal_text import clean

Model = TypeVar("Model", bound=BaseModel)

_DEVICE = "device"
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
"""How tomllib ends its messages."""


@dataclass(frozen=True)
class Config:
    """One config.toml: the device's own part and the plan."""

    path: Path
    device: Device
    plan: Plan
    text: str
    """What the file says."""

    @cached_property
    def plan_toml(self) -> str:
        """The text of the file without `[device]`, as `apply` stores it."""
        return without_section(self.text, _DEVICE)


def read_config(path: Path) -> Config:
    """Read and check a file. Raises ConfigInvalid with every problem."""
    text = _text_of(path)
    document = _document(text, str(path))
    return Config(path, *_models(document, text, str(path)), text)


def parse_plan(text: str, name: str = "plan") -> Plan:
    """The plan in a TOML text, `[device]` left out; problems call the text `name`. Raises ConfigInvalid."""
    document = _document(text, name)
    document.pop(_DEVICE, None)
    return _models(document, text, name)[1]


def _text_of(path: Path) -> str:
    name = clean(str(path))
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ConfigInvalid([f"{name}: there is no such file; name another one with --config"]) from None
    except IsADirectoryError:
        raise ConfigInvalid([f"{name}: is a folder; a TOML file is allowed"]) from None
    except (OSError, ValueError) as error:
        reason = clean(getattr(error, "strerror", None) or str(error))
        raise ConfigInvalid([f"{name}: cannot be read ({reason}); a readable TOML file is needed"]) from None
    try:
        return content.decode("utf-8-sig")  # editors on Windows may put a byte order mark in front
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigInvalid([f"{name}:{line}: is not UTF-8; save the file as UTF-8"]) from None


def _document(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else len(text.rstrip("\n").split("\n"))
        wrong = clean(_PLACE.sub("", message), 200)
        allowed = 'a line is a [section], a # comment, or key = value with text in "quotes"'
        raise ConfigInvalid([f"{clean(name)}:{line}: is no TOML ({wrong}); {allowed}"]) from None
    except (RecursionError, ValueError):
        wrong = "has brackets in too many brackets, or a number of thousands of digits"
        raise ConfigInvalid([f"{clean(name)}:1: {wrong}; allowed: what config.toml describes"]) from None


def _models(document: dict[str, Any], text: str, name: str) -> tuple[Device, Plan]:
    """Both parts of a parsed file. References come first: where two problems meet in one place, theirs says more."""
    problems = reference_problems(document)
    plan_part = {key: value for key, value in document.items() if key != _DEVICE}
    device = _validated(Device, document.get(_DEVICE, {}), problems, (_DEVICE,))
    plan = _validated(Plan, plan_part, problems)
    if problems or device is None or plan is None:
        raise ConfigInvalid(_in_words(problems, text, clean(name)))
    return device, plan


def _validated(model: type[Model], content: object, problems: list[Problem], section: KeyPath = ()) -> Model | None:
    """The model of `content`, or None and what is wrong added to `problems`."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems += model_problems(error, ConfigFile, section)
        return None


def _in_words(problems: list[Problem], text: str, name: str) -> list[str]:
    """One line for each place that has a problem, in the order of the file."""
    index = line_index(text)
    lines: dict[KeyPath, tuple[int, str]] = {}
    for problem in problems:
        line = line_of(problem.path, index)
        lines.setdefault(problem.path, (line, f"{name}:{line}: {key_path(problem.path)}: {problem.text}"))
    return [words for _, words in sorted(lines.values(), key=lambda found: found[0])]
