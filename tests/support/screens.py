"""A face in a test: wait for what it shows, touch what does not move, read its cells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual._context import active_app
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from faces.text import Lines
from tests.support.waiting import LOOK_S, looks


async def until(condition: Callable[[], object]) -> None:
    """Let the running app work until the condition holds; if it never does, report what the screen showed."""
    for _ in looks(_shown):
        if condition():
            return
        await asyncio.sleep(LOOK_S)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the widgets have handled their messages and do not move."""
    before = None
    for _ in looks(_shown):
        await pilot.pause(LOOK_S)
        now = [(widget, widget.region) for widget in pilot.app.screen.walk_children(Widget)]
        if now == before:
            return
        before = now


async def touch(pilot: Pilot[None], target: str | Widget, times: int = 1) -> None:
    """Touch something visible that does not move; a touch that lands on something else fails."""
    await settled(pilot)
    assert await pilot.click(target, times=times), f"something lies over {target}"


def cut(screen: Screen[object]) -> list[str]:
    """The texts on a screen that are not all there: more lines than their place has, or a place outside its frame."""
    shown = [found for found in screen.query("*").results(Lines) if _is_displayed(found)]
    return [
        "\n".join(line.plain for line in lines)
        for found in shown
        if (lines := found.lines(found.content_size.width or 1))
        and any(line.plain.strip() for line in lines)
        and (len(lines) > found.content_size.height or not _frame(found).contains_region(found.region))
    ]


def _is_displayed(widget: Widget) -> bool:
    """Whether it should be seen; what is pushed out of the screen has no place there."""
    return widget.visible and all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))


def _frame(widget: Widget) -> Region:
    return widget.parent.region if isinstance(widget.parent, Widget) else widget.screen.region


def written(pilot: Pilot[None]) -> str:
    """The text in the cells of the terminal."""
    return cells(pilot.app.screen)


def cells(screen: Screen[object]) -> str:
    strips = screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


def _shown() -> str:
    app = active_app.get(None)
    return cells(app.screen) if app and app.is_running else "no screen"
