"""Runs a face in its terminal, from the first picture to the exit code."""

from __future__ import annotations

import sys
from contextlib import suppress
from shutil import get_terminal_size

from faces.app import FaceApp
from faces.crash import EXIT_CODE, page, written_to
from shared.language import language
from shared.language.terminal_text import visual_lines


def show(app: FaceApp) -> int:
    """Show a face until it ends. Returns the exit code; after a fault of the program 70, and a calm page stays."""
    if sys.platform != "win32":  # there we use Textual's own driver
        from faces.driver import FaceDriver

        app.driver_class = FaceDriver
    with written_to(app.faults):
        try:
            app.run()
        except Exception as error:
            app.crash(error)
    if app.dropped:
        app.faults.write("input dropped", ", ".join(f"{kind} {n}" for kind, n in app.dropped.most_common()))
    if app.crashed:
        _say_sorry(app)
        return EXIT_CODE
    return app.return_code or 0


def _say_sorry(app: FaceApp) -> None:
    columns, rows = get_terminal_size()
    with suppress(Exception):  # even if the fault is in the plan or in a catalogue
        site = app.house.plan.site
        said = [language(tag) for tag in (site.languages if app.PUBLIC else [site.language])]
        bidi = app.house.device.bidi
        lines = [line for own in said for line in visual_lines(app.say_sorry(own), columns, own.direction, bidi)]
        print(page(lines, columns, rows), flush=True)
