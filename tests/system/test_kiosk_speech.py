"""A visitor who cannot see, at a kiosk in a real terminal: keys, real speech, and a player that keeps what it plays."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.aloud import SILENT
from tests.support.waiting import wait_until
from tests.system.conftest import House, Terminal
from voice.loudness import loudness_db
from voice.sound import read

PRESS_S = 0.6
"""How long a hand takes from one key to the next."""
_PLAYER = """#!{python} -IS
import json, os, select, shutil, sys
kept, file = {kept!r}, sys.argv[-1]
number = len(os.listdir(kept))
before = os.path.join(kept, "pid")
def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
pids = [int(line) for line in open(before)] if os.path.exists(before) else []
overlaps = any(alive(pid) for pid in pids)
with open(before, "a") as book:
    book.write(f"{{os.getpid()}}\\n")
shutil.copy(file, os.path.join(kept, f"{{len(pids):03}}.wav"))
with open(os.path.join(kept, "diary"), "a") as book:
    book.write(json.dumps({{"device": sys.argv[-2], "overlaps": overlaps}}) + "\\n")
select.select([], [], [], 0.2)
"""


def with_a_player(house: House) -> Path:
    """Put a program named aplay in front of the real one. Returns where it keeps what it plays."""
    kept, programs = house.folder / "played", house.folder / "bin"
    kept.mkdir()
    programs.mkdir()
    player = programs / "aplay"
    player.write_text(_PLAYER.format(python=sys.executable, kept=str(kept)))
    player.chmod(0o755)
    house.environment["PATH"] = f"{programs}:{house.environment['PATH']}"
    return kept


def test_three_keys_lead_from_the_first_screen_to_the_number(
    terminal: Callable[..., Terminal], house: House, need: Callable[[str], None]
) -> None:
    need("espeak-ng")
    kept = with_a_player(house)
    kiosk = terminal("--printer", "none", "kiosk")
    kiosk.shows("Bitte wählen Sie Ihre Sprache.")

    def waves() -> list[Path]:
        return sorted(kept.glob("*.wav"))

    def press(key: str, shows: str) -> None:
        def there() -> bool:
            if shows not in kiosk.screen():
                kiosk.keys(key)
            return shows in kiosk.screen()

        wait_until(there, kiosk.screen, every_s=PRESS_S)

    def choose_first(shows: str) -> None:
        heard = len(waves())
        kiosk.keys("F6")
        wait_until(lambda: len(waves()) > heard, kiosk.screen)
        press("F7", shows)

    kiosk.keys("F5")
    wait_until(waves, kiosk.screen)
    choose_first("Andere können hören")
    choose_first("Was möchten Sie heute erledigen?")
    choose_first("Ist das richtig?")
    choose_first("Ihre Nummer")
    heard = len(waves())
    wait_until(lambda: len(waves()) > heard + 3, kiosk.screen)
    assert house.run("ticket", "show", "A001")["language"] == "de"
    diary: list[dict[str, Any]] = [json.loads(line) for line in (kept / "diary").read_text().splitlines()]
    assert {entry["device"] for entry in diary} == {"default"}
    assert not any(entry["overlaps"] for entry in diary), "never two at once"
    for wave in waves():
        sound = read(wave)
        assert 0.3 < sound.length_s <= 5.0
        assert abs(loudness_db(sound) - SILENT.level_db) < 1.0
