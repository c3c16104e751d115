"""The structure of the code: no circle of imports, no long file, a core without terminal and POSIX."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = sorted(folder.parent.name for folder in ROOT.glob("*/__init__.py") if folder.parent.name != "tests")
FACES = {"caller", "display", "faces", "kiosk"}
LISTS = ("shared/store/schema.py", "shared/store/migrations/")
"""Files that may be longer: lists of tables, which only grow."""
ONLY_POSIX = {"curses", "fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}


def sources() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def beside() -> list[Path]:
    """What is not installed."""
    return sorted(path for room in ("benchmarks", "scripts", "tests") for path in (ROOT / room).rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, modules: set[str]) -> Iterator[str]:
    """The project's modules that a file imports, also inside functions, but not those only for types."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(node)
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and "TYPE_CHECKING" in ast.unparse(test.test)
        for node in ast.walk(test)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                named = f"{node.module}.{alias.name}"
                yield named if named in modules else node.module


def graph() -> dict[str, set[str]]:
    files = {module_of(path): path for path in sources()}
    modules = set(files)
    return {name: {found for found in imports_of(path, modules) if found in modules} for name, path in files.items()}


def test_no_circle_of_files() -> None:
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_a_circle_would_be_found() -> None:
    known = graph()
    assert "shared.store.sqlite" in known["shared.store.engines"]  # imported inside a function
    with pytest.raises(CycleError):
        TopologicalSorter({**known, "shared.errors": {"shared.centre"}}).prepare()


def test_a_file_is_one_thought() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in sources() + beside()
    }
    long = {
        name: lines
        for name, lines in lengths.items()
        if lines > (200 if name.partition("/")[0] in FACES else 300) and not name.startswith(LISTS)
    }
    assert not long


def test_a_function_is_one_thought() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": lines
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > 40
        and "migrations/versions" not in path.as_posix()
    }
    assert not long


def test_the_core_runs_without_a_terminal() -> None:
    core = [module_of(path) for path in sources() if path.is_relative_to(ROOT / "shared")]
    ready = [name for name in core if not name.startswith(("shared.store.migrations.", "shared.config.__main__"))]
    run = [sys.executable, "-c", _IMPORT.format(core=ready)]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (0, "[]\n"), told.stderr


_IMPORT = """
import importlib, sys
for name in {core}:
    importlib.import_module(name)
print([name for name in sys.modules if name.partition(".")[0] == "textual"])
"""


@pytest.mark.parametrize("room", ["shared", "caller"])
def test_what_officials_run_on_windows_imports_nothing_of_posix(room: str) -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sources()
        if path.is_relative_to(ROOT / room)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _named(node)
        if name.partition(".")[0] in ONLY_POSIX
    }
    assert not found


def _named(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|tcss|toml|md))`")


@pytest.mark.parametrize("document", ["docs/architecture.md", "CONTRIBUTING.md", "README.md"])
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    named = set(NAMED.findall((ROOT / document).read_text(encoding="utf-8")))
    folders = (ROOT, ROOT / "shared", ROOT / Path(document).parent)
    assert not {name for name in named if not any((folder / name).exists() for folder in folders)}


def test_the_document_names_every_migration() -> None:
    versions = (ROOT / "shared/store/migrations/versions").glob("[0-9]*.py")
    named = re.findall(r"`(\d{4})`", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"))
    assert {path.name[:4] for path in versions} == set(named)


@pytest.mark.parametrize(
    ("words", "home"),
    [
        (r"\.mkdir\(|makedirs\(", "shared/private_files.py"),
        (r"render_as_string\(", "shared/store/database.py"),
    ],
    ids=["folders are made for their owner alone", "a URL is shown without its secrets"],
)
def test_what_keeps_secrets_has_one_place(words: str, home: str) -> None:
    places = {path.relative_to(ROOT).as_posix() for path in sources() if re.search(words, path.read_text("utf-8"))}
    assert {place for place in places if not place.startswith("benchmarks/")} <= {home}
