"""Several things side by side, drawn as one picture: a terminal remembers only a few pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from faces.picture import Drawing, Look, Pictured
from faces.text import Bidi
from kiosk.drawn import Label, SideBySide
from kiosk.moves import Touch
from kiosk.widgets.touchable import Place, Touchable
from shared.language.terminal_text import visual_lines

_ROOM_FOR_TITLE = 10
"""With fewer cells, a part with a sign is drawn as its sign alone."""
Kind = Literal["words", "button", "main", "way", "step", "off"]
"""How a part looks: the stylesheet has a component class `row--KIND` for each."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things."""

    label: Label | None = None
    """What it says; None: its place stays free."""
    touch: Touch | None = None
    """What a touch on it means; None for words alone."""
    kind: Kind = "button"
    width: int = 0
    """In cells; 0 shares what the others leave."""
    sign: str = ""
    """One or two letters instead of the title, where there is neither a picture nor room."""
    name: str = ""


class Row(Touchable, Pictured):
    """The parts, from the left."""

    COMPONENT_CLASSES = {f"row--{kind}" for kind in (*Kind.__args__, "pressed")}  # type: ignore[attr-defined]  # noqa: RUF012
    parts: reactive[tuple[Part, ...]] = reactive(())
    pressed: reactive[str | None] = reactive[str | None](None)
    heard: reactive[Touch | None] = reactive[Touch | None](None)
    gap: int = 2
    """Cells between two parts."""
    most: int = 0
    """The most cells that a part gets; 0 for no bound."""

    def __init__(self, bidi: Bidi = "app", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bidi = bidi

    def spans(self) -> Iterator[tuple[Part, int, int]]:
        """Each part with its first cell and its width. Where a part gets less than its share, the row ends in parts."""
        width = self.size.width
        free = width - sum(part.width for part in self.parts) - self.gap * (len(self.parts) - 1)
        sharing = sum(not part.width for part in self.parts)
        x = 0
        for number, part in enumerate(self.parts):
            share = part.width or max(1, free // sharing)
            most = min(share, self.most or share)
            last = number == len(self.parts) - 1
            yield part, (width - most if last else x), most
            x += share + self.gap

    def region_of(self, name: str) -> Region:
        """Where the part with this name is on the screen; empty if it cannot be touched."""
        return next(
            (self._region(x, cells) for part, x, cells in self.spans() if part.name == name and part.touch), Region()
        )

    def places(self) -> Sequence[Place]:
        """What can be touched."""
        if not self.region:
            return []
        return [Place(self._region(x, cells), part.touch) for part, x, cells in self.spans() if part.touch]

    def show_pressed(self, place: Place | None) -> None:
        """Look pressed at this place; None: nowhere."""
        found = (part.name for part, x, cells in self.spans() if place and self._region(x, cells) == place.region)
        self.pressed = next(found, None)

    def show_heard(self, touch: Touch | None) -> None:
        """Show the part that was named like a pressed one."""
        self.heard = touch

    def _region(self, x: int, cells: int) -> Region:
        return Region(self.region.x + x, self.region.y, cells, self.region.height)

    def drawing(self) -> Drawing | None:
        """All parts; those without a label stay as the paper is."""
        drawn = [
            (self._label(part, cells), x, cells, self._part_look(part)) for part, x, cells in self.spans() if part.label
        ]
        return SideBySide(tuple((label, x, cells, look) for label, x, cells, look in drawn if label)) if drawn else None

    def _label(self, part: Part, cells: int) -> Label | None:
        if part.label is not None and part.label.pictogram and cells < _ROOM_FOR_TITLE:
            return Label("", "", part.label.pictogram, part.label.direction, centred=True)
        return part.label

    def _class(self, part: Part) -> str:
        is_heard = part.touch is not None and part.touch == self.heard
        return "row--pressed" if is_heard or (part.name and part.name == self.pressed) else f"row--{part.kind}"

    def _part_look(self, part: Part) -> Look:
        style: Style = self.get_component_rich_style(self._class(part))
        paper, ink = (Color.from_rich_color(colour).rgb for colour in (style.bgcolor, style.color))
        return Look(paper, ink, None)

    def render_line(self, y: int) -> Strip:
        """A line of every part."""
        plain, segments, x = self.rich_style, list[Segment](), 0
        for part, start, cells in self.spans():
            segments.append(Segment(" " * (start - x), plain))
            segments.append(self._piece(part, cells, y))
            x = start + cells
        segments.append(Segment(" " * max(0, self.size.width - x), plain))
        return Strip(segments).adjust_cell_length(self.size.width, plain)

    def _piece(self, part: Part, cells: int, y: int) -> Segment:
        """What stands in a line of a part."""
        if part.label is None:
            return Segment(" " * cells, self.rich_style)
        style: Style = self.get_component_rich_style(self._class(part))
        title = part.sign if part.sign and cells < _ROOM_FOR_TITLE else part.label.title
        lines = visual_lines(title, cells - 2, part.label.direction, self._bidi)[: self.size.height]
        above = (self.size.height - len(lines)) // 2
        line = lines[y - above] if 0 <= y - above < len(lines) else ""
        strip = Strip([Segment(line)])
        left = (cells - strip.cell_length) // 2 if part.label.centred else 1
        if not part.label.centred and part.label.direction == "rtl":
            left = cells - strip.cell_length - 1
        return Segment(" " * left + line + " " * (cells - left - strip.cell_length), style)
