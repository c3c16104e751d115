"""Who helps where the kiosk cannot."""

from __future__ import annotations

from kiosk.moves import Act
from kiosk.offer import Offer, button
from kiosk.way import Way
from shared.language import language


def shows(way: Way) -> Offer:
    """Where to find a person: in the visitor's language, or in two where none is chosen yet."""
    say = language(way.reads)
    if way.wish.language is None:
        readers = dict.fromkeys((say, language("en")))
        word = " ".join(reader.text("Please go to reception. Somebody there speaks with you.") for reader in readers)
    else:
        word = say.text("Please go to reception. We help you there.")
    return Offer(
        say,
        word=word,
        back=button(Act.BACK, say.text("Back"), say),
        forward=button(Act.DONE, say.text("Done"), say),
    )
