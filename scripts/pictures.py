"""The pictures of the docs: real terminals on a screen without a monitor, touched with a mouse, photographed.

xterm draws, because an exported SVG shows Arabic and quarter blocks wrongly; tmux in it knows which text is in which
cell, so that nothing here waits for luck or depends on a position. Run by `scripts/pictures [FOLDER]`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from kiosk_pictures import take_kiosk
from PIL import Image
from real_terminal import FONT, FONT_PACKAGE, NEEDED, STEADY_AFTER_FLASH_S, House, face, keep, screen, software_printer

from shared.language import language

FOLDER = Path("docs/pictures")


TICKET_WIDTH = 384


def tickets(house: House, out: Path) -> None:
    """The slips of three visitors."""
    for tag in ("uk", "ar", "de"):
        file = house.folder / f"{tag}.png"
        code = house.run("ticket", "issue", "neu", "--language", tag, "--no-print")["code"]
        house.run("ticket", "image", str(code), "--out", str(file))
        with Image.open(file) as slip:
            height = slip.height * TICKET_WIDTH // slip.width
            keep(slip.convert("L").resize((TICKET_WIDTH, height), Image.Resampling.LANCZOS), out / f"ticket-{tag}.png")


def hall(house: House, out: Path) -> None:
    """More visitors come; desks call; the waiting room shows it."""
    for concern, tag, children in (("neu_familie", "uk", "2"), ("neu", "en", "0"), ("adresse", "ru", "1")):
        house.run("ticket", "issue", concern, "--language", tag, "--children", children, "--no-print")
    for concern, tag in (("geld", "ar"), ("schule", "uk"), ("konto", "de"), ("anmeldung", "en"), ("biometrie", "uk")):
        house.run("ticket", "issue", concern, "--language", tag, "--no-print")
    with (
        face(house, "display", size=(120, 36)) as board,
        face(house, "caller", "1", size=(110, 36), left=1400) as console,
    ):
        board.photograph(out / "waiting-room-calm.png", language("de").text("Please wait."))
        console.shows("A001")
        console.key("o")
        console.shows("geöffnet")
        for desk in ("8", "15", "4", "12", "2"):
            house.run("desk", "open", desk)
            house.run("desk", "next", desk)
        house.run("desk", "start", "15")
        console.key("n")
        console.photograph(out / "desk-called.png", "Ist da")
        board.photograph(out / "waiting-room.png", language("de").text("Number"), steady_s=STEADY_AFTER_FLASH_S)
        console.key("s")
        console.photograph(out / "desk-serving.png", "Fertig")


def main() -> None:
    """Take them all. Ends with the Debian packages to install where a program is missing."""
    packages = [package for program, package in NEEDED.items() if not shutil.which(program)]
    if "fontconfig" not in packages:
        family = subprocess.run(["fc-match", "-f", "%{family}", FONT], check=True, capture_output=True, text=True)
        packages += [] if family.stdout == FONT else [FONT_PACKAGE]
    if packages:
        sys.exit(f"These are missing: apt install {' '.join(packages)}")
    out = (Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER).resolve()
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ankommen-pictures-")))
        own = {
            "HOME": str(folder),
            "DISPLAY": stack.enter_context(screen()),
            "LC_ALL": "C.UTF-8",
            "COLORTERM": "truecolor",
            "ANKOMMEN_DATABASE": f"sqlite:///{folder}/pictures.sqlite",
            "ANKOMMEN_TRAINING": "1",
        }
        house = House(folder, {**own, "PATH": os.environ["PATH"]})
        tickets(house, out)
        hall(house, out)
        take_kiosk(house, stack.enter_context(software_printer(house)), out)
    total = sum(file.stat().st_size for file in out.rglob("*.png"))
    print(f"{total // 1000} kB in {out}")


if __name__ == "__main__":
    main()
