"""Whether the kiosk fits its screen: letters and targets large enough, rows within reach, fonts with every letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import get_terminal_size
from sys import stdout

from ankommen.check import Check
from faces.terminal_font import heights, missing
from kiosk.legible import (
    DEJAVU,
    REACH_MM,
    TARGET_MM,
    Letters,
    capital_needed_mm,
    heights_mm,
    row_needed_mm,
    rows_above_reach,
)
from kiosk.looks import Look
from kiosk.measured import Seen, seen
from kiosk.widgets.too_small import NEEDS, USABLE
from shared.config import Config, Device, Plan
from shared.errors import Malformed
from shared.language import LANGUAGES, language, program_texts
from shared.language.terminal_text import visual_lines
from voice.player import SILENT

_NAMED = 12
"""So many missing letters are named, of each language."""
_LINE = 4000
"""No text is longer: joined as a terminal shows it, but not broken."""
TOUCH_ONLY = "a touch screen alone is not accessible to blind people: somebody at the entrance must help them"


def fit(config: Config) -> list[Check]:
    """The checks of a kiosk's screen. What `[device]` does not say cannot be checked, and that is said."""
    size = kiosk_size()
    return [
        *_on_the_screen(config.plan, config.device, size),
        *_reach(config.device, size),
        *_fonts(config),
        *_by_ear(config.plan, config.device),
    ]


def _by_ear(plan: Plan, device: Device) -> Iterator[Check]:
    """Whether people who cannot see can use it. No program knows whether a keypad is there."""
    if device.audio == SILENT:
        yield Check("kiosk: speech", False, f'it does not speak: audio = "none"; {TOUCH_ONLY}')
        return
    if device.name in plan.kiosks and device.name in plan.displays:
        told = f"kiosk and waiting room speak at once through {device.audio}: give each a computer or a sound card"
        yield Check("kiosk: sound card", False, told)
    mute = [tag for tag in plan.site.languages if not language(tag).voice]
    told = f"no voice speaks {', '.join(mute)}: somebody is asked to come" if mute else "every language has a voice"
    yield Check("kiosk: speech", True, told)
    keys = ", ".join(f"{key} {meaning}" for key, meaning in device.keypad.pairs)
    yield Check("kiosk: keypad", True, f"try each key at the kiosk: {keys}. Without one: {TOUCH_ONLY}")


def kiosk_size() -> tuple[int, int]:
    """The columns and rows that the kiosk has: those of this terminal, or the least that it is laid out for."""
    here = get_terminal_size() if stdout.isatty() else NEEDS
    return (here[0], here[1]) if here[0] >= USABLE[0] and here[1] >= USABLE[1] else NEEDS


def letters_of(device: Device) -> Letters:
    """How high the letters of its terminal are: of the first font, else of DejaVu Sans Mono. Raises Malformed."""
    return Letters(*heights(Path(device.fonts[0]))) if device.fonts else DEJAVU


def _on_the_screen(plan: Plan, device: Device, size: tuple[int, int]) -> Iterator[Check]:
    if device.cell_mm is None:
        told = "not computed: measure a cell of the kiosk's terminal and write [device] cell_mm = [WIDTH, HEIGHT]"
        yield Check("kiosk: letters and targets", True, told)
        return
    try:
        letters = letters_of(device)
    except Malformed:
        letters = DEJAVU  # the check of the fonts says what is wrong
    row, needed = device.cell_mm[1], row_needed_mm(device.distance_mm, letters)
    told = f"capitals of {row * letters.capital:.1f} mm, read from {device.distance_mm} mm"
    wanted = f"; at least {capital_needed_mm(device.distance_mm):.1f} mm are needed, so rows of {needed:.1f} mm"
    yield Check("kiosk: letters", row >= needed, told + wanted * (row < needed))
    everywhere = [*seen(plan, size), *seen(plan, size, Look.REACH)]
    yield _targets([part for part in everywhere if part.is_target], device.cell_mm, size)


def _targets(found: Sequence[Seen], cell_mm: tuple[float, float], size: tuple[int, int]) -> Check:
    narrow, low = min(found, key=lambda one: one.width), min(found, key=lambda one: one.height)
    width, height = narrow.width * cell_mm[0], low.height * cell_mm[1]
    told = f"the smallest are {width:.0f} mm wide ({narrow.step}) and {height:.0f} mm high ({low.step})"
    needed = max(cell_mm[0], TARGET_MM / narrow.width), max(cell_mm[1], TARGET_MM / low.height)
    wanted = f"; at least {TARGET_MM:.0f} mm each are needed, so cells of {needed[0]:.1f} × {needed[1]:.1f} mm"
    is_small = min(width, height) < TARGET_MM
    return Check("kiosk: targets", not is_small, f"at {size[0]} × {size[1]} cells {told}{wanted * is_small}")


def _reach(device: Device, size: tuple[int, int]) -> Iterator[Check]:
    if device.cell_mm is None or device.screen_bottom_mm is None:
        return
    row = device.cell_mm[1]
    floor = heights_mm(size[1], row, device.screen_bottom_mm, device.tilt)
    above = rows_above_reach(floor, row, device.tilt)
    told = f"rows are {floor[-1] / 10:.0f} to {floor[0] / 10:.0f} cm above the floor"
    wanted = f"; hands reach {REACH_MM[0] // 10} to {REACH_MM[1] // 10} cm: the {above} upper rows are too high"
    is_low = device.screen_bottom_mm < REACH_MM[0]
    lower = f"; its lower edge is below {REACH_MM[0] // 10} cm"
    yield Check("kiosk: reach", not (above or is_low), told + wanted * bool(above) + lower * is_low)


def _fonts(config: Config) -> Iterator[Check]:
    if not config.device.fonts:
        return
    files = [Path(file) for file in config.device.fonts]
    try:
        lacking = {tag: missing(files, _letters(tag, config)) for tag in config.plan.site.languages}
    except Malformed as error:
        yield Check("kiosk: fonts", False, error.message, error.exit_code)
        return
    told = "; ".join(
        f"{language(tag).autonym} ({tag}): {_some(letters)}" for tag, letters in lacking.items() if letters
    )
    names = ", ".join(file.name for file in files)
    yield Check("kiosk: fonts", not told, f"{names} lacks letters of {told}" if told else f"{names} has every letter")


def _some(letters: set[str]) -> str:
    more = len(letters) - _NAMED
    return " ".join(sorted(letters)[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _letters(tag: str, config: Config) -> set[str]:
    """Every letter that the kiosk may show in a language, joined as its terminal shows them."""
    said = [language(tag).autonym, *program_texts(tag), *_planned(config.content, tag)]
    bidi, direction = config.device.bidi, language(tag).direction
    return {letter for text in said for line in visual_lines(text, _LINE, direction, bidi) for letter in line}


def _planned(content: Mapping[str, object], tag: str) -> Iterator[str]:
    """What the plan says in a language, wherever it stands in it."""
    for value in content.values():
        if isinstance(value, Mapping) and value and set(value) <= set(LANGUAGES):
            said = value.get(tag, ())
            yield from (said,) if isinstance(said, str) else said
        elif isinstance(value, Mapping):
            yield from _planned(value, tag)
