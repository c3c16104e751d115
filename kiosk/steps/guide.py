"""A person helps where the kiosk cannot."""

from __future__ import annotations

from kiosk.moves import Act
from kiosk.offer import Offer, button
from kiosk.way import Way
from shared.language import Language, language


def shows(way: Way) -> Offer:
    """Where to wait for a person: in the visitor's language, or in two where none is chosen."""
    say = language(way.reads)
    unread = way.wish.language is None or way.wish.speaks is not None
    readers = dict.fromkeys((say, language("en"))) if unread else (say,)
    return Offer(
        say,
        word=" ".join(told(way, reader) for reader in readers),
        sign={None: "", True: "guide", False: "reception"}[way.coming],
        back=button(Act.BACK, say.text("Back"), say),
        forward=button(Act.DONE, say.text("Done"), say),
    )


def told(way: Way, say: Language) -> str:
    """Where to wait, in a language."""
    match way.coming:
        case None:
            return say.text("One moment, please.")
        case True:
            return f"{say.text('Please wait here.')} {say.text('Somebody will come to you.')}"
        case False:
            return say.text("Please go to reception. We help you there.")
