"""The units in `deploy/`: systemd accepts them, and hears nothing from a face that no longer paints."""

from __future__ import annotations

import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.probed import Probe
from tests.support.waiting import PATIENCE_S, wait_until

DEPLOY = Path(__file__).parents[2] / "deploy"
GUIDE = DEPLOY.parent / "docs" / "kiosk-hardware.md"
UNITS = sorted(DEPLOY.glob("*.service"))
DROP_INS = sorted(path for path in (DEPLOY / "kiosk").glob("*.conf") if path.read_text().count("ExecStart="))
MOST_EXPOSED = "30"
"""In tenths of what systemd calls exposure: a program without any limits has 96, ours 25."""
_PROGRAM = re.compile(r"^ExecStart=(/\S+)", re.MULTILINE)


@pytest.fixture
def analyze(need: Callable[[str], None], tmp_path: Path) -> Callable[..., str]:
    """systemd looks at a unit, and returns what it says if it is wrong; programs that are not installed are there."""
    need("systemd-analyze")

    def look(unit: Path, drop_in: Path | None, *words: str) -> str:
        place = tmp_path / unit.name
        place.write_text(_PROGRAM.sub("ExecStart=/bin/sh", unit.read_text()))
        if drop_in is not None:
            folder = tmp_path / f"{unit.name}.d"
            folder.mkdir()
            (folder / drop_in.name).write_text(_PROGRAM.sub("ExecStart=/bin/sh", drop_in.read_text()))
        done = subprocess.run(["systemd-analyze", *words, str(place)], capture_output=True, text=True, check=False)
        return done.stderr or ("" if done.returncode == 0 else done.stdout)

    return look


KIOSK = DEPLOY / "ankommen-kiosk@.service"
VARIANTS = [*((unit, None) for unit in UNITS), *((KIOSK, drop_in) for drop_in in DROP_INS)]


@pytest.mark.parametrize(("unit", "drop_in"), VARIANTS, ids=lambda path: path.name if path else "-")
def test_systemd_accepts_each_unit(analyze: Callable[..., str], unit: Path, drop_in: Path | None) -> None:
    assert analyze(unit, drop_in, "verify", "--man=no") == ""


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_finds_each_unit_locked(analyze: Callable[..., str], unit: Path) -> None:
    assert analyze(unit, None, "security", "--offline=yes", f"--threshold={MOST_EXPOSED}") == ""


def test_a_wrong_unit_and_an_open_one_would_be_found(analyze: Callable[..., str], tmp_path: Path) -> None:
    wrong = tmp_path / "source" / "wrong@.service"
    wrong.parent.mkdir()
    wrong.write_text("[Service]\nExecStart=/bin/true\nRestart=sometimes\n")
    assert "restart" in analyze(wrong, None, "verify", "--man=no")
    assert analyze(wrong, None, "security", "--offline=yes", f"--threshold={MOST_EXPOSED}")


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_guide_explains_each_key(unit: Path) -> None:
    keys = set(re.findall(r"^([A-Z][A-Za-z]+)=", unit.read_text(), re.MULTILINE))
    guide = GUIDE.read_text(encoding="utf-8")
    assert len(keys) > 30
    assert {key for key in keys if f"`{key}`" not in guide and f"`{key}=" not in guide} == set()


def test_the_guide_names_each_file() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert {path.name for path in (DEPLOY / "kiosk").iterdir() if f"`{path.name}`" not in guide} == set()
    assert "Not tested on hardware" in KIOSK.read_text()


def test_no_key_opens_a_shell_in_the_terminal() -> None:
    """Ctrl+Shift+N of foot opens another terminal."""
    told = (DEPLOY / "kiosk" / "foot.ini").read_text()
    assert "spawn-terminal=none" in told
    assert "shell=/bin/false" in told
    assert all("--config=/etc/ankommen/foot.ini" in unit.read_text() for unit in UNITS)


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket at which a service manager listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(PATIENCE_S)
        yield listening


def test_a_face_says_that_it_is_alive_until_its_screen_stands_still(
    probe: Callable[..., Probe], manager: socket.socket
) -> None:
    line = probe("kiosk", "busy", NOTIFY_SOCKET=manager.getsockname(), WATCHDOG_USEC="300000")
    for _ in range(3):
        assert manager.recv(99) == b"READY=1\nWATCHDOG=1"
    line.tap()
    line.tells("busy")
    silent = []
    manager.settimeout(0.5)  # five times as long as it ever leaves between two

    def hears_nothing() -> bool:
        try:
            manager.recv(99)
        except TimeoutError:
            silent.append(True)
        return bool(silent)

    wait_until(hears_nothing)
    Path(f"{line.told_to}.free").touch()
    manager.settimeout(PATIENCE_S)
    assert manager.recv(99) == b"READY=1\nWATCHDOG=1"


def test_a_manager_that_goes_away_ends_no_face(probe: Callable[..., Probe], tmp_path: Path) -> None:
    line = probe("kiosk", NOTIFY_SOCKET=str(tmp_path / "gone"), WATCHDOG_USEC="30000")
    line.answers()
    line.answers()
    assert line.process.poll() is None
