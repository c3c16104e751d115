"""What packages and single services have in common when they are offered."""

from __future__ import annotations

from kiosk.offer import Choice, button
from kiosk.way import Act, Way
from shared.config.plan import Package, Service, text_in
from shared.language import Language


def named(act: Act, key: str, item: Package | Service, say: Language) -> Choice:
    """A package or service as the plan names it."""
    title = f"{item.symbol} {text_in(item.name, say.tag)}".strip()
    return Choice(act, title, text_in(item.sentence, say.tag), say.direction, key)


def forward(way: Way, say: Language) -> Choice | None:
    """More time, for whoever seems to need it."""
    return button(Act.STAY, say.text("I need more time"), say) if way.asking else None
