"""Speaks calls: one screen of an area claims each announcement, speaks it and stores the outcome."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from platformdirs import user_cache_path

from shared.centre import Centre
from shared.model import Call
from shared.verbs.desks.announcements import claim_announcement, settle_announcement
from voice.announcement import delete_leftovers
from voice.player import SILENT, Heard, Player
from voice.sentence import texts

Watch = Callable[[Future[bool]], None]


@dataclass(frozen=True, slots=True)
class Announcement:
    """One ring of a call as one area hears it."""

    call: int
    ring: int
    area: str
    """"" for a screen that shows every area."""
    watch: Watch = field(compare=False, repr=False)
    """Takes the answers that nobody waits for, so that a fault in them is not lost."""


def loudspeaker(centre: Centre) -> Player[Announcement] | None:
    """The voice of this computer; None if it has none, so that it never claims what another could speak."""
    if centre.device.audio == SILENT:
        return None

    def settle(announcement: Announcement, heard: Heard) -> None:
        key = (announcement.call, announcement.ring, announcement.area)
        announcement.watch(centre.do(settle_announcement, *key, heard.state))

    delete_leftovers(user_cache_path("ankommen") / "voice")  # where version 0.1.0 kept sentences
    return Player(centre.device.audio, settle, house=centre.plan.site.language)


def announce(centre: Centre, player: Player[Announcement], area: str | None, call: Call, watch: Watch) -> None:
    """Speak a call if no other screen of the area does. Returns at once."""
    announcement = Announcement(call.id, call.ring, area or "", watch)
    sentences = texts(call.code, call.desk, call.language, centre.plan.site.language)

    def say(claimed: Future[bool]) -> None:
        # A failed claim is not reported here: the screen shows the number, and that the database fails.
        if claimed.exception() is None and claimed.result():
            player.say(announcement, sentences)

    key = (announcement.call, announcement.ring, announcement.area)
    languages = [sentence.language for sentence in sentences]
    claim = centre.do(claim_announcement, *key, languages)
    claim.add_done_callback(say)
    watch(claim)
