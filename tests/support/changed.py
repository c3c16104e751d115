"""The tests of what has changed: `python -m tests.support.changed` names them, `scripts/test --changed` runs them.

Changed is what differs from the commit at which this branch left `main`, committed or not. A test that has changed
itself is always among them.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS: dict[str, tuple[str, ...]] = {
    "ankommen": ("tests/unit/ankommen", "tests/system/test_cli.py", "tests/system/test_every_command.py"),
    "benchmarks": ("tests/unit/benchmarks",),
    "caller": ("tests/unit/caller", "tests/tui/caller"),
    "config.schema.json": ("tests/unit/shared/config",),
    "texts": ("tests/unit/shared/config", "tests/system/test_texts.py"),
    "config.toml": ("tests/unit/shared/config", "tests/system/test_cli.py"),
    "display": ("tests/unit/display", "tests/tui/display"),
    "deploy": ("tests/system/test_units.py",),
    "docs/accessibility.md": ("tests/tui/test_kiosk_contrast.py", "tests/unit/ankommen"),
    "docs/examples": ("tests/unit/shared/config",),
    "docs/kiosk-hardware.md": ("tests/system/test_units.py",),
    "faces": ("tests/unit/faces", "tests/tui"),
    "kiosk": ("tests/unit/kiosk", "tests/tui/test_kiosk*.py"),
    "printers": ("tests/unit/printers",),
    "pyproject.toml": ("tests/unit", "tests/system/test_wheel.py"),
    "shared": ("tests/unit/shared", "tests/tui"),
    "shared/config": ("tests/unit/shared/config", "tests/system/test_cli.py"),
    "shared/language": ("tests/unit/shared/language", "tests/unit/caller", "tests/unit/display", "tests/unit/kiosk"),
    "shared/rules": ("tests/unit/shared",),
    "shared/store": ("tests/unit/shared/store", "tests/unit/shared/verbs", "tests/system/test_faults.py"),
    "shared/verbs": ("tests/unit/shared/verbs", "tests/unit/shared/views", "tests/system/test_every_command.py"),
    "shared/views": ("tests/unit/shared/verbs", "tests/unit/shared/views", "tests/tui"),
    "tests/support": ("tests",),
    "voice": ("tests/unit/voice",),
}
"""By folder or file; of several that hold a file, the longest counts."""
ALWAYS = "tests/unit/test_the_house.py"
"""What it looks at is every file."""


def main() -> None:
    print(*chosen_for(changed()))


def changed() -> list[str]:
    """The files that differ from where this branch left main; without such a branch, from the last commit."""
    base = _git("merge-base", "main", "HEAD") or ["HEAD"]
    return [*_git("diff", "--name-only", *base), *_git("ls-files", "--others", "--exclude-standard")]


def chosen_for(files: Iterable[str]) -> list[str]:
    """The folders and files of tests that have something to say about these files."""
    found = {path for file in files for pattern in _patterns(file) for path in _there(pattern)}
    return sorted({*found, ALWAYS}) if found else []


def _patterns(file: str) -> tuple[str, ...]:
    path = Path(file)
    if path.is_relative_to("tests") and not path.is_relative_to("tests/support"):
        return (file,) if path.name.startswith("test_") else (path.parent.as_posix(),)
    holders = [place for place in TESTS if path.is_relative_to(place)]
    return TESTS[max(holders, key=len)] if holders else ()


def _there(pattern: str) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern)]


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split()


if __name__ == "__main__":
    main()
