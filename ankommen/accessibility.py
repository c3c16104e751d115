"""What the faces declare: distances, sizes, contrasts and times, as docs/accessibility.md has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ankommen.kiosk_fit import kiosk_size, letters_of
from faces.contrast import RGB, contrast
from kiosk.aloud import LEVELS_DB, PATIENCE, SILENT, SPEEDS
from kiosk.legible import DEJAVU, TARGET_MM, capital_needed_mm, row_needed_mm, x_needed_mm
from kiosk.looks import Look
from kiosk.measured import Seen, seen
from kiosk.steady import STEADY_S
from printers.sheet import LEAST_EM_MM
from shared.config import Config, Device

_METRE_MM = 1000


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared value."""

    face: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Words in a colour on another one."""

    ink: str
    paper: str
    ratio: float


def declared(config: Config, size: tuple[int, int] | None = None) -> tuple[list[Declared], list[Pair]]:
    """Every declared value, and every pair of colours at the kiosk, the palest first.

    Args:
        size: Columns and rows of the kiosk; else those of this terminal, or the least that it is laid out for.

    Raises Malformed if a font of the terminal cannot be read.
    """
    size = size or kiosk_size()
    shown = [*seen(config.plan, size), *seen(config.plan, size, Look.CONTRAST, Look.REACH)]
    found = sorted({(ink, part.colours.paper) for part in shown for ink in part.colours.inks})
    pairs = sorted((Pair(_hex(ink), _hex(paper), round(contrast(ink, paper), 1)) for ink, paper in found), key=_ratio)
    values = [*_kiosk(config, size, shown), *_contrasts(shown, pairs), *_times(config), *_elsewhere()]
    return [Declared(*value) for value in values], pairs


def _kiosk(config: Config, size: tuple[int, int], shown: Sequence[Seen]) -> Iterator[tuple[str, str, str]]:
    device, letters = config.device, letters_of(config.device)
    font = "DejaVu Sans Mono" if letters == DEJAVU else device.fonts[0].rpartition("/")[2]
    yield "kiosk", "distance of the eye", f"{device.distance_mm} mm"
    yield "kiosk", "capitals", f"at least {capital_needed_mm(device.distance_mm):.1f} mm"
    yield "kiosk", "small letters", f"at least {x_needed_mm(device.distance_mm):.1f} mm"
    yield "kiosk", "row of the terminal", f"at least {row_needed_mm(device.distance_mm, letters):.1f} mm with {font}"
    yield "kiosk", "cell of the terminal", _cell(device)
    targets = [part for part in shown if part.is_target]
    width, height = min(part.width for part in targets), min(part.height for part in targets)
    told = f"{width} cells wide, {height} high at {size[0]} × {size[1]} cells"
    if device.cell_mm is not None:
        told += f": {width * device.cell_mm[0]:.0f} × {height * device.cell_mm[1]:.0f} mm"
    yield "kiosk", "targets", f"at least {TARGET_MM:.0f} × {TARGET_MM:.0f} mm"
    yield "kiosk", "smallest target", told


def _cell(device: Device) -> str:
    return "not measured" if device.cell_mm is None else f"{device.cell_mm[0]:.1f} × {device.cell_mm[1]:.1f} mm"


def _contrasts(shown: Sequence[Seen], pairs: Sequence[Pair]) -> Iterator[tuple[str, str, str]]:
    edges = [
        max(contrast(colour, part.around) for colour in (part.colours.paper, *part.colours.edges))
        for part in shown
        if part.is_target
    ]
    felt = [contrast(part.colours.paper, part.pressed.paper) for part in shown if part.pressed]
    yield "kiosk", "contrast of words", f"at least {pairs[0].ratio} : 1, in {len(pairs)} pairs of colours"
    yield "kiosk", "contrast of what shows a control", f"at least {min(edges):.1f} : 1"
    yield "kiosk", "contrast of pressed and not pressed", f"at least {min(felt):.1f} : 1"


def _times(config: Config) -> Iterator[tuple[str, str, str]]:
    rules = config.plan.rules
    yield "kiosk", "asks for more time", f"after {rules.kiosk_idle_s} s, for {rules.kiosk_warning_s} s, without a limit"
    yield "kiosk", "time for who listens", f"{PATIENCE} times as long, the question by a tone and by speech"
    yield "kiosk", "the same key or tile again", f"counts after {config.device.key_pause_ms} ms"
    steps = {round(louder - quieter) for quieter, louder in pairwise(LEVELS_DB)}
    yield "kiosk", "volumes of speech", f"{len(LEVELS_DB)}, {max(steps)} dB apart; the second is the normal one"
    yield "kiosk", "speeds of speech", f"{', '.join(map(str, SPEEDS))} words a minute; {SILENT.rate} is the normal one"
    yield "kiosk", "ignores touches after a change", f"{STEADY_S} s"
    yield "kiosk", "number on the screen", f"{rules.kiosk_paper_s} s with paper, {rules.kiosk_photo_s} s to photograph"
    yield "kiosk", "number can be cancelled", f"for {rules.kiosk_wrong_s} s"


def _elsewhere() -> Iterator[tuple[str, str, str]]:
    capital, x = capital_needed_mm(_METRE_MM), x_needed_mm(_METRE_MM)
    yield "ticket", "smallest letters", f"{LEAST_EM_MM} mm em"
    yield "waiting room", "capitals for each metre of distance", f"{capital:.1f} mm, small letters {x:.1f} mm"
    yield "desk", "capitals at 600 mm", f"at least {capital_needed_mm(600):.1f} mm"


def _ratio(pair: Pair) -> float:
    return pair.ratio


def _hex(colour: RGB) -> str:
    return "#" + "".join(f"{part:02X}" for part in colour)
