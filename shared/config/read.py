"""Turns the text of config.toml into models. All problems are named at once, each with file, line and key."""

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
from shared.config.lines import KeyPath, line_index, line_of, nested_deeper, statements, with_text, without_section
from shared.config.logo import IN_PLAN, dots_of
from shared.config.pictograms import replaced_keys
from shared.config.plan import Plan
from shared.config.problems import Problem, key_path, model_problems, quoted
from shared.config.references import reference_problems
from shared.errors import ConfigInvalid
from shared.language.terminal_text import clean
from shared.plain_file import NotPlain, read_plain

Model = TypeVar("Model", bound=BaseModel)

_DEVICE = "device"
_MOST_BYTES = 1_000_000
"""Ten times the size that a centre with sixty desks and all texts needs."""
_DEEPEST = 20
"""How deep keys may be nested; config.toml needs six levels."""
_LOGO = ("site", "logo")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
"""How tomllib ends its messages."""


@dataclass(frozen=True)
class Config:
    """One config.toml: the device's own part and the plan."""

    path: Path
    device: Device
    plan: Plan
    text: str
    """The whole text of the file."""

    @cached_property
    def plan_toml(self) -> str:
        """The text of the file without `[device]`."""
        return without_section(self.text, _DEVICE)

    @property
    def remarks(self) -> list[str]:
        """What the file still says although nothing reads it any more, one line for each place."""
        return replaced_keys(self.text, str(self.path))

    def to_apply(self) -> str:
        """The plan's text as `apply` stores it: with the logo itself instead of the name of its file.

        Raises ConfigInvalid if the file cannot be used as a logo. Only the computer that applies a plan needs the file.
        """
        named = self.plan.site.logo
        if named is None or named.startswith(IN_PLAN):
            return self.plan_toml
        try:
            text = with_text(self.plan_toml, _LOGO, dots_of(self.path.parent / named))
            if text is None:
                raise ValueError('has to stand in simple quotes: logo = "logo.png"')
        except ValueError as error:
            problem = Problem(_LOGO, f"{quoted(named)} {error}")
            raise ConfigInvalid(_in_words([problem], self.text, clean(str(self.path)))) from None
        return text


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
        content = read_plain(path, _MOST_BYTES)
    except NotPlain as error:
        raise ConfigInvalid([f"{name}: {error}; a TOML file of at most 1 MB is allowed"]) from None
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
        document = tomllib.loads(text)
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
    if nested_deeper(document, _DEEPEST):
        line = next((s.line for s in statements(text) if nested_deeper(s.content, _DEEPEST - len(s.section))), 1)
        wrong = f"has keys inside keys, more than {_DEEPEST} deep"
        raise ConfigInvalid([f"{clean(name)}:{line}: {wrong}; allowed: what config.toml describes"])
    return document


def _models(document: dict[str, Any], text: str, name: str) -> tuple[Device, Plan]:
    """Both parts of a parsed file. References first: of two problems in one place, their message says more."""
    problems = reference_problems(document)
    plan_part = {key: value for key, value in document.items() if key != _DEVICE}
    device = _validated(Device, document.get(_DEVICE, {}), problems, (_DEVICE,))
    plan = _validated(Plan, plan_part, problems)
    if problems or device is None or plan is None:
        raise ConfigInvalid(_in_words(problems, text, clean(name)))
    return device, plan


def _validated(model: type[Model], content: object, problems: list[Problem], section: KeyPath = ()) -> Model | None:
    """The model of `content`; if it is wrong, None, and the reasons are added to `problems`."""
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
