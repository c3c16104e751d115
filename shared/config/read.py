"""Turns the files of a configuration into models. All problems are named at once, each with file, line and key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from shared.config.device import Device
from shared.config.file import ConfigFile
from shared.config.lines import KeyPath
from shared.config.logo import IN_PLAN, dots_of
from shared.config.pictograms import replaced_keys
from shared.config.plan import Plan
from shared.config.printer_files import is_strange
from shared.config.problems import Problem, key_path, model_problems, quoted
from shared.config.references import found_references, reference_problems
from shared.config.sources import DEVICE, Place, Sources, read_sources, source_from
from shared.config.texts import Wording, bare_texts, by_language, house_of, wordings
from shared.config.toml import toml_text
from shared.config.translation import Gap, Translated, translated
from shared.errors import ConfigInvalid

Model = TypeVar("Model", bound=BaseModel)

_LOGO = ("site", "logo")


@dataclass(frozen=True)
class Config:
    """A configuration: the device's own part and the plan."""

    path: Path
    device: Device
    plan: Plan
    sources: Sources
    content: dict[str, Any]
    """The plan as its text has it."""
    gaps: tuple[Gap, ...]
    """What the languages that are offered do not have."""

    @property
    def text(self) -> str:
        """The text of the named file."""
        return self.sources.files[0].text

    def to_translate(self, tag: str) -> list[Wording]:
        """The texts of the named file that another language does not have in it."""
        own = self.sources.files[0]
        found = (one for one in wordings(self.in_files) if self.sources.source_of(one.path) is own)
        return [wording for wording in found if tag not in wording.given]

    @property
    def in_files(self) -> dict[str, Any]:
        """What the files themselves say, without what is translated beside them."""
        return by_language(self.sources.content())

    @cached_property
    def plan_toml(self) -> str:
        """The whole plan as one text: every section and language, without `[device]` and without comments."""
        return toml_text(self.content)

    @property
    def remarks(self) -> list[str]:
        """What the files still say although nothing reads it any more, one line for each place."""
        return [remark for source in self.sources.files for remark in replaced_keys(source.text, str(source.path))]

    def to_apply(self) -> str:
        """The plan's text as `apply` stores it: with the logo itself instead of the name of its file.

        Raises ConfigInvalid if the file cannot be used as a logo. Only the computer that applies a plan needs the file.
        """
        named = self.plan.site.logo
        if named is None or named.startswith(IN_PLAN):
            return self.plan_toml
        place = self.sources.place(_LOGO)
        try:
            dots = dots_of(place.file.parent / named)
        except ValueError as error:
            raise ConfigInvalid([f"{place}: {key_path(_LOGO)}: {quoted(named)} {error}"]) from None
        return toml_text({**self.content, "site": {**self.content["site"], "logo": dots}})

    def check_desks(self) -> None:
        """Raises ConfigInvalid for each service that no desk serves: its visitors would wait for ever.

        A plan that is in force already is read all the same; this is asked before one comes into force.
        """
        told = "no desk serves it, so nobody could be called; name it in a desk's services, or take it out"
        paths: list[KeyPath] = [("services", key) for key in self.plan.unserved]
        if paths:
            raise ConfigInvalid([f"{self.sources.place(path)}: {key_path(path)}: {told}" for path in paths])

    def check_printer_files(self, computer: Device) -> None:
        """Raises ConfigInvalid for each printer at a file that `computer` does not allow.

        Printers attached to other computers are not checked: what those allow is known only there.
        """
        allowed = f"; [device] printer_files allows {', '.join(computer.printer_files) or 'none'}"
        paths: dict[KeyPath, str] = {
            ("printers", key, "url"): printer.url
            for key, printer in self.plan.printers.items()
            if printer.host in (None, computer.name) and is_strange(printer.url, computer.printer_files)
        }
        if paths:
            told = {path: f"{self.sources.place(path)}: {key_path(path)}" for path in paths}
            raise ConfigInvalid([f"{told[path]}: is {quoted(url)}{allowed}" for path, url in paths.items()])


def read_config(path: Path, *, texts: bool = True) -> Config:
    """Read and check a file, what it extends, and with `texts` what is translated. Raises ConfigInvalid."""
    return _config(read_sources(path), texts)


def parse_plan(text: str, name: str = "plan") -> Plan:
    """The plan in a TOML text, `[device]` left out; problems call the text `name`. Raises ConfigInvalid."""
    source = source_from(text, Path(name))
    source.content.pop(DEVICE, None)
    return _config(Sources((source,)), texts=False).plan


def _config(sources: Sources, texts: bool) -> Config:
    """Both parts of a configuration. References first: of two problems in one place, their message says more."""
    raw = sources.content()
    content = by_language(raw)
    found = translated(sources, content) if texts else Translated(content)
    problems = [*reference_problems(found.content), *found.problems]
    device = _validated(Device, found.content.pop(DEVICE, {}), problems, (DEVICE,))
    plan = _validated(Plan, found.content, problems)
    led = found_references(found.content)
    problems = [problem for problem in problems if problem.path not in led or not problem.is_form]
    if problems or found.unreadable or device is None or plan is None:
        raise ConfigInvalid([*_in_words(problems, sources, raw, found), *found.unreadable])
    return Config(sources.path, device, plan, sources, found.content, tuple(sorted(found.gaps)))


def _validated(model: type[Model], content: object, problems: list[Problem], section: KeyPath = ()) -> Model | None:
    """The model of `content`; if it is wrong, None, and the reasons are added to `problems`."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems += model_problems(error, ConfigFile, section)
        return None


def _in_words(problems: Sequence[Problem], sources: Sources, raw: dict[str, Any], found: Translated) -> list[str]:
    """One line for each place that has a problem, in the order of the files and of their lines."""
    bare, house = bare_texts(raw), house_of(raw)
    lines: dict[KeyPath, tuple[Place, str]] = {}
    for problem in problems:
        path = problem.path
        if path in found.places:
            place, path = found.places[path], path[:3]
        else:
            if path[:3] in bare and path[3:4] == (house,):
                path = (*path[:3], *path[4:])
            place = sources.place(path)
        lines.setdefault(problem.path, (place, f"{place}: {key_path(path)}: {problem.text}"))
    order = {source.path: n for n, source in enumerate(sources.files)}
    located = sorted(lines.values(), key=lambda one: (order.get(one[0].file, len(order)), one[0].file, one[0].line))
    return [words for _, words in located]
