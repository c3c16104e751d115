"""What the demo adds to the faces: a bar that leads from one to the next, and the paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from shared.language.big_text import quadrants


class DemoBar(Vertical):
    """A bar at the foot of every face: where you are, where else you can go, and what to try here."""

    DEFAULT_CSS = """
    DemoBar {
        dock: bottom; height: 2; background: #2B3A46; color: #F2F5F7;
        Static { width: auto; height: 1; padding: 0 1; }
        Static.-here { background: #FFC72C; color: #14212B; text-style: bold; }
        #demo-hint { width: 100%; background: #16293A; text-align: center; }
        #demo-end { dock: right; color: #9FB3C1; }
    }
    """

    class Touched(Message):
        """Somebody wants to see another face."""

        def __init__(self, face: str) -> None:
            super().__init__()
            self.face = face

    def __init__(self, faces: Sequence[tuple[str, str]], here: str, hint: str) -> None:
        """`faces` are modes and names in the order of their function keys; `here` is the mode of this bar's face."""
        super().__init__()
        self._faces, self._here, self._hint = faces, here, hint

    def compose(self) -> ComposeResult:
        """The hint above, the faces below."""
        yield Static(self._hint, id="demo-hint", markup=False)
        with Horizontal():
            for key, (face, name) in enumerate(self._faces, start=1):
                yield _Tab(face, f"F{key} {name}", here=face == self._here)
            yield Static("F10 End", id="demo-end", markup=False)


class _Tab(Static):
    def __init__(self, face: str, word: str, *, here: bool) -> None:
        super().__init__(word, markup=False, classes="-here" if here else "")
        self._face = face

    def on_click(self) -> None:
        self.post_message(DemoBar.Touched(self._face))


class Slip(Widget):
    """A printed slip, drawn in quarter cells at the available width."""

    DEFAULT_CSS = "Slip { width: 1fr; height: auto; background: #FFFFFF; color: #000000; }"

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def render(self) -> Text:
        """The picture at this width, dark ink on white paper."""
        with Image.open(self._file) as picture:
            paper = picture.convert("L")
        return quadrants(paper.point(lambda grey: 255 - grey), self.size.width)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002  (Textual's)
        """As many rows as the picture has at this width."""
        with Image.open(self._file) as picture:
            return -(-picture.height * width // (picture.width * 2))


class PaperScreen(Screen[None]):
    """The slips that came out of the software printer, the newest on top."""

    DEFAULT_CSS = """
    PaperScreen {
        background: #0E1A24; color: #F2F5F7; align: center top;
        #slips { width: 100%; max-width: 104; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
        Slip { margin-bottom: 1; }
        #none { width: 100%; height: 100%; content-align: center middle; color: #9FB3C1; }
    }
    """

    def __init__(self, papers: Sequence[Path]) -> None:
        super().__init__()
        self._papers = papers
        self._shown = 0

    def compose(self) -> ComposeResult:
        """A place for slips."""
        with VerticalScroll(id="slips"):
            yield Static("No paper yet. Draw a number at the kiosk: F1", id="none", markup=False)

    def on_mount(self) -> None:
        """Look for new paper a few times a second."""
        self.set_interval(0.25, self._take_new)

    def _take_new(self) -> None:
        slips = self.query_one("#slips")
        for file in list(self._papers)[self._shown :]:
            self._shown += 1
            self.query("#none").remove()
            slips.mount(Slip(file), before=0)
            slips.scroll_home(animate=False)
