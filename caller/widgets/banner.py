"""That the centre is suspended, and why: across the whole console, gone when it goes on."""

from __future__ import annotations

from caller.widgets.lines import Paragraph
from caller.words import Words
from shared.model import SuspendReason

REASONS = {
    SuspendReason.FIRE: "Fire alarm",
    SuspendReason.POWER: "Power failure",
    SuspendReason.TECHNICAL: "Technical fault",
    SuspendReason.SECURITY: "Security",
}


class Banner(Paragraph):
    """One sentence in alarm. Class: -suspended while there is one."""

    def tell(self, words: Words, reason: SuspendReason | None) -> None:
        """Say why nobody is called; nothing without a reason."""
        self.set_class(reason is not None, "-suspended")
        nobody = words.say("Nobody is called at the moment. It goes on when reception says so.")
        self.show(words, f"{words.say(REASONS[reason])}: {nobody}" if reason else "")
