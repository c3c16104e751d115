"""Why a concern cannot be had today, large."""

from __future__ import annotations

from datetime import datetime

from kiosk.moves import Act, Step
from kiosk.offer import Offer, button
from kiosk.steps.closed import when_again
from kiosk.way import Way
from shared.config.plan import text_in
from shared.language import language


def shows(way: Way, now: datetime) -> Offer:
    """Its name, and when it can be had again, or who knows."""
    say, plan, key = language(way.reads), way.plan, way.wish.about
    of_packages = way.step is Step.CONCERN
    item = (plan.packages if of_packages else plan.services).get(key)
    services = plan.packages[key].services if of_packages and key in plan.packages else (key,)
    again = when_again(say, way.today.opens(services, now), now, plan.site.timezone)
    why = (
        f"{say.text('Not today')}. {again}"
        if again
        else say.text("There are no more numbers today. Please ask at reception.")
    )
    name = f"{text_in(item.name, say.tag)}: " if item else ""
    return Offer(say, word=f"{name}{why}", sign="calendar", back=button(Act.BACK, say.text("Back"), say))
