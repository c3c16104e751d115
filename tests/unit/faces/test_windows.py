"""Officials sit on Windows, too: what a console is made of there needs nothing that only POSIX has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import faces

_CONSOLE = """
import sys
import caller.app
print([name for name in ("faces.driver", "faces.private", "faces.terminal") if name in sys.modules])
sys.platform = "win32"
from faces.show import show
class App:
    crashed, dropped, return_code = False, {}, 0
    def run(self): self.driver_class = getattr(self, "driver_class", "Textual's own")
    class faults: pass
app = App()
print(show(app), app.driver_class)
"""


def test_a_console_on_windows_has_the_driver_of_textual() -> None:
    run = [sys.executable, "-c", _CONSOLE]
    told = subprocess.run(run, cwd=Path(faces.__file__).parent.parent, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, "[]\n0 Textual's own\n"), told.stderr
