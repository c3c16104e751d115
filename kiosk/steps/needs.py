"""What can help a visitor: measures, never a diagnosis."""

from __future__ import annotations

from kiosk.looks import most_tiles
from kiosk.moves import Act
from kiosk.offer import Offer, button, page
from kiosk.steps.summary import switch
from kiosk.way import Way
from shared.language import language
from shared.model import Need


def shows(way: Way) -> Offer:
    """A tile for each, which says in a word whether it is asked for."""
    say = language(way.reads)
    return Offer(
        say,
        say.text("What helps you?"),
        page([switch(way, need, say) for need in Need], way.leaf, say, most_tiles(way.wish.looks)),
        back=button(Act.BACK, say.text("Back"), say),
        forward=button(Act.DONE, say.text("Done"), say),
    )
