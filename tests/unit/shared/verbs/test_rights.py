"""What verbs do to tables is what is listed for them, and accounts of faces may do that and no more."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from shared.config import Config
from shared.errors import DatabaseUnavailable
from shared.store import schema
from shared.store.database import Database
from shared.verbs.rights import EACH, RIGHTS, pairs, rights_of, rights_of_faces
from shared.verbs.site.apply import apply
from tests.support.clock import HandClock
from tests.support.databases import Databases
from tests.support.plans import with_line
from tests.support.postgres import account_of_faces
from tests.support.touched import Watched, watching
from tests.unit.shared.verbs.every_verb import run_every_verb

ROOT = Path(__file__).parents[4]
ROOMS = ("ankommen", "kiosk", "caller", "display", "faces", "printers", "voice", "shared")


@pytest.mark.engine("sqlite")
def test_each_verb_touches_what_is_listed_for_it_and_all_of_that(
    databases: Databases, leipzig: Config, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with databases.empty() as url, watching(monkeypatch) as touched:
        house = Watched(url, leipzig.plan.site.key, clock)
        house.prepare()
        run_every_verb(house, house, clock, leipzig.plan_toml)
        house.close()
    done = {verb: touched[verb if verb != "look" else "shared.store.database.look"] for verb in RIGHTS}
    more = {verb: sorted(what - pairs(EACH) - rights_of(verb)) for verb, what in done.items()}
    assert {verb: what for verb, what in more.items() if what} == {}, "touched, but not listed"
    less = {verb: sorted(own_rights(verb) - what) for verb, what in done.items()}
    assert {verb: what for verb, what in less.items() if what} == {}, "listed, but never touched"
    assert pairs(EACH) <= set[tuple[str, str]]().union(*done.values())


def own_rights(verb: str) -> set[tuple[str, str]]:
    """What is in the line of a verb, but not in those that it leads to."""
    return pairs(" ".join(word for word in RIGHTS[verb].split() if not word.startswith("+")))


@pytest.mark.engine("postgres")
def test_faces_need_no_other_rights_than_those_and_have_no_others(
    databases: Databases, leipzig: Config, clock: HandClock
) -> None:
    key, toml = leipzig.plan.site.key, leipzig.plan_toml
    with databases.empty() as url, account_of_faces(url) as account:
        owner = Database(url, key, clock)
        owner.prepare()
        owner.let_faces_work(rights_of_faces())
        face = Database(account.render_as_string(hide_password=False), key, clock)
        run_every_verb(owner, face, clock, toml)
        with pytest.raises(DatabaseUnavailable, match="refuses"):
            face.do(apply, with_line(toml, "rules", "recalls = 4"), True)
        face.close()
        owner.close()


def test_every_verb_that_somebody_runs_is_listed() -> None:
    run = {f"{module}.{name}" for file in product() for module, name in verbs_in(file)}
    assert run == {verb for verb in RIGHTS if verb not in ("look", "site.due.tidy")}


def test_only_tables_are_listed() -> None:
    assert {table for verb in RIGHTS for table, _ in rights_of(verb)} <= set(schema.metadata.tables)


def product() -> Iterator[Path]:
    """Everything that runs verbs."""
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if "shared/verbs" not in str(path))


def verbs_in(file: Path) -> Iterator[tuple[str, str]]:
    """The verbs that a file names: what it imports from a module of verbs, or takes from such a module."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules: dict[str, ModuleType] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shared.verbs"):
            here = importlib.import_module(str(node.module))
            for alias in node.names:
                found = getattr(here, alias.name, None) or importlib.import_module(f"{node.module}.{alias.name}")
                if isinstance(found, ModuleType):
                    modules[alias.asname or alias.name] = found
                elif is_verb(found):
                    yield found.__module__.removeprefix("shared.verbs."), found.__name__
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found = getattr(modules[node.value.id], node.attr, None)
            if is_verb(found):
                yield found.__module__.removeprefix("shared.verbs."), found.__name__


def is_verb(found: object) -> bool:
    """Whether it is a function whose first parameter is a transaction."""
    if not inspect.isfunction(found):
        return False
    return next(iter(inspect.signature(found).parameters), "") == "t"
