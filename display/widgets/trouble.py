"""What is wrong, in plain words, below the numbers, which stay."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from display.sentences import Said
from faces.text import Bidi, Lines
from shared.language.terminal_text import clean, visual_lines


class Trouble(Lines):
    """Lines for visitors in each language and one for the staff; takes no room while all is well. Class: -trouble."""

    def __init__(self, bidi: Bidi) -> None:
        super().__init__()
        self._bidi = bidi
        self._said: tuple[Said, ...] = ()
        self._reason = ""

    def show(self, said: Sequence[Said], reason: str) -> None:
        """Show these sentences; nothing while all is well."""
        if (self._said, self._reason) != (tuple(said), reason):
            self._said, self._reason = tuple(said), reason
            self.set_class(bool(said), "-trouble")
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Text]:
        """The lines broken to this width, the house's language first."""
        shown = [
            line
            for said in self._said
            for sentence in said.sentences
            for line in visual_lines(sentence, width, said.direction, self._bidi)
        ]
        reason = [clean(self._reason, max(1, width))] if self._reason else []
        return [Text(line) for line in (*shown, *reason)]
