"""What a town installs is complete: rooms, catalogues, fonts, styles, migrations and the example centre; no tests."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from shared.language import LANGUAGES

ROOT = Path(__file__).parent.parent.parent
ROOMS = {"ankommen", "kiosk", "caller", "display", "faces", "printers", "voice", "shared"}


def test_the_wheel_holds_all_that_the_program_reads(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    needed = {"ankommen/config.toml", "shared/store/migrations/env.py", "shared/language/fonts/OFL.txt"}
    for room in ROOMS:
        files = {path for path in (ROOT / room).rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        needed |= {path.relative_to(ROOT).as_posix() for path in files}
    needed |= {f"shared/language/locale/{tag}/common.po" for tag in LANGUAGES}
    needed |= {f"ankommen/texts/{tag}.po" for tag in LANGUAGES if tag != "de"}
    assert needed - packed == set()
    outside = {name.split("/")[0] for name in packed} - ROOMS
    assert all(name.endswith(".dist-info") for name in outside), outside
