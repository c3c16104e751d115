"""Case 19, seen from outside: what commands print when the database's URL has a password."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ankommen.opening import shipped_config
from tests.system.conftest import House

SECRET = "geheim7"


def told(house: House, *arguments: str) -> str:
    """Everything that a command writes, to whichever output."""
    done = subprocess.run(
        [sys.executable, "-m", "ankommen", *arguments],
        env=house.environment,
        cwd=house.folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode in (1, 2)
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql//u:{SECRET}@h/db",
        f"postgresql://u:{SECRET}@h:99999/db",
        f"postgresql://u:{SECRET}@127.0.0.1:9/db?sslmode=perhaps",
        f"postgresql://h/db?password={SECRET}&sslmod=require",
    ],
)
def test_case_19_no_command_prints_a_password(house: House, url: str) -> None:
    commands = [["queue"], ["queue", "--json"], ["doctor"], ["backup", "copy.sqlite"]]
    code = f"from ankommen.cli import main\nassert all(main(['--database', {url!r}, *each]) for each in {commands})"
    done = subprocess.run([sys.executable, "-c", code], env=house.environment, cwd=house.folder, capture_output=True)
    assert done.returncode == 0, "each fails, and says so"
    said = (done.stdout + done.stderr).decode()
    assert "Traceback" not in said
    assert SECRET not in said


def test_case_19_doctor_warns_of_a_password_that_others_read(house: House) -> None:
    url = f"postgresql://u:{SECRET}@127.0.0.1:9/db?sslmode=perhaps"
    assert "list of programs (ps)" in told(house, "--database", url, "doctor", "--json")
    file = house.folder / "config.toml"
    plain = shipped_config().read_text(encoding="utf-8")
    file.write_text(f'{plain}\ndatabase = "{url}"\n', encoding="utf-8")  # [device] is its last section
    del house.environment["ANKOMMEN_DATABASE"]
    file.chmod(0o644)
    assert "it stands in config.toml" in told(house, "doctor", "--json")
    file.chmod(0o600)
    assert "it stands in" not in told(house, "doctor", "--json")
