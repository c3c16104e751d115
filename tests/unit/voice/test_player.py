from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import pytest

from shared.model import AnnouncementState
from tests.support.waiting import wait_until
from voice.announcement import Sentences, compose
from voice.player import Heard, Player
from voice.sentence import texts
from voice.sound import gong

Need = Callable[[str], None]


class Outcomes(Protocol):
    def take(self, key: str, heard: Heard) -> None: ...
    def next(self) -> tuple[str, Heard]: ...
    def some(self, count: int) -> dict[str, Heard]: ...
    def empty(self) -> bool: ...


class Loudspeaker(Protocol):
    @property
    def command(self) -> tuple[str, ...]: ...
    def entries(self) -> list[dict[str, object]]: ...
    def lengths_s(self) -> list[float]: ...
    def shut(self) -> None: ...
    def open(self) -> None: ...


Start = Callable[..., Player[str]]

UKRAINIAN = texts("A017", "5", "uk", "de")
RUSSIAN = texts("L501", "12", "ru", "de")


@pytest.fixture
def start(loudspeaker: Loudspeaker, outcomes: Outcomes) -> Iterator[Start]:
    """Starts players that end with the test."""
    players: list[Player[str]] = []

    def start(audio: str = "default", **changes: object) -> Player[str]:
        wishes: dict[str, object] = {"command": loudspeaker.command} | changes
        player: Player[str] = Player(audio, outcomes.take, **wishes)  # type: ignore[arg-type]
        players.append(player)
        return player

    yield start
    for player in players:
        player.stop()


def _begun(loudspeaker: Loudspeaker) -> None:
    wait_until(loudspeaker.lengths_s)


def test_two_quick_calls_are_both_heard_whole_and_in_order(
    start: Start, loudspeaker: Loudspeaker, outcomes: Outcomes, need: Need
) -> None:
    need("espeak-ng")
    player = start("hw:1")
    player.say("first", UKRAINIAN)
    player.say("second", RUSSIAN)
    assert outcomes.next() == ("first", Heard(AnnouncementState.SPOKEN, ("uk", "de")))
    assert outcomes.next() == ("second", Heard(AnnouncementState.SPOKEN, ("ru", "de")))
    assert [entry["what"] for entry in loudspeaker.entries()] == ["begin", "end", "begin", "end"]
    assert loudspeaker.entries()[0]["device"] == "hw:1"
    kept = Sentences()
    lengths_s = [compose(spoken, kept).sound.length_s for spoken in (UKRAINIAN, RUSSIAN)]
    assert loudspeaker.lengths_s() == pytest.approx(lengths_s)


def test_a_long_line_makes_announcements_shorter(
    start: Start, loudspeaker: Loudspeaker, outcomes: Outcomes, need: Need
) -> None:
    need("espeak-ng")
    loudspeaker.shut()
    player = start()
    player.say("0", UKRAINIAN)
    _begun(loudspeaker)
    for key in range(1, 11):
        player.say(str(key), UKRAINIAN)
    loudspeaker.open()
    heard = outcomes.some(11)
    assert list(heard) == [str(key) for key in range(11)], "nobody overtakes"
    assert {outcome.state for outcome in heard.values()} == {AnnouncementState.SPOKEN}
    # Behind the first of the ten wait nine, behind the last nobody.
    languages = [outcome.languages for outcome in heard.values()]
    assert languages == [("uk", "de")] + [()] * 2 + [("de",)] * 5 + [("uk", "de")] * 3
    assert loudspeaker.lengths_s()[1] == pytest.approx(gong().length_s)


def test_an_announcement_that_waited_too_long_is_dropped(
    start: Start, loudspeaker: Loudspeaker, outcomes: Outcomes
) -> None:
    loudspeaker.shut()
    player = start(stale_after_s=0.0)
    player.say("late", ())
    key, heard = outcomes.next()
    assert (key, heard.state) == ("late", AnnouncementState.DROPPED)
    assert loudspeaker.entries() == []


def test_silence_is_reported_as_dropped(start: Start, loudspeaker: Loudspeaker, outcomes: Outcomes) -> None:
    start("none").say("quiet", UKRAINIAN)
    assert outcomes.next()[1].state is AnnouncementState.DROPPED
    assert loudspeaker.entries() == []


@pytest.mark.usefixtures("no_programs")
def test_without_speech_the_gong_sounds_and_the_call_counts_as_failed(
    start: Start, loudspeaker: Loudspeaker, outcomes: Outcomes
) -> None:
    start().say("mute", UKRAINIAN)
    _, heard = outcomes.next()
    assert heard.state is AnnouncementState.FAILED
    assert heard.detail is not None
    assert "apt install espeak-ng" in heard.detail
    assert loudspeaker.lengths_s() == pytest.approx([gong().length_s])


@pytest.mark.usefixtures("no_programs")
def test_without_a_player_every_call_fails_once_and_names_the_package(
    start: Start, outcomes: Outcomes, capfd: pytest.CaptureFixture[str]
) -> None:
    player = start(command=("aplay", "-q"))
    player.say("1", ())
    player.say("2", ())
    heard = outcomes.some(2)
    assert [(each.state, each.detail) for each in heard.values()] == [
        (AnnouncementState.FAILED, "aplay is missing: apt install alsa-utils")
    ] * 2
    player.stop()
    assert outcomes.empty()
    assert capfd.readouterr() == ("", "")


def test_a_device_that_does_not_exist_fails_without_a_word_on_the_terminal(
    start: Start, outcomes: Outcomes, need: Need, capfd: pytest.CaptureFixture[str]
) -> None:
    need("aplay")
    start("no_such_device", command=("aplay", "-q")).say("1", ())
    _, heard = outcomes.next()
    assert heard.state is AnnouncementState.FAILED
    assert heard.detail is not None
    assert "'no_such_device' plays nothing" in heard.detail
    assert capfd.readouterr() == ("", "")


def test_aplay_takes_the_sound(start: Start, outcomes: Outcomes, need: Need) -> None:
    need("aplay")
    start("null", command=("aplay", "-q")).say("1", ())
    assert outcomes.next() == ("1", Heard(AnnouncementState.SPOKEN))


def test_a_hung_player_is_ended_and_the_next_call_is_heard(
    start: Start, loudspeaker: Loudspeaker, outcomes: Outcomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.player._PLAYER_GRACE_S", -1.0)
    loudspeaker.shut()
    player = start()
    player.say("hangs", ())
    _, heard = outcomes.next()
    assert heard.state is AnnouncementState.FAILED
    assert heard.detail is not None
    assert "did not end" in heard.detail
    loudspeaker.open()
    player.say("next", ())
    assert outcomes.next() == ("next", Heard(AnnouncementState.SPOKEN))


def test_stopping_cuts_the_sound_off_and_drops_the_line(
    start: Start, loudspeaker: Loudspeaker, outcomes: Outcomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.player._PLAYER_GRACE_S", 3600.0)  # nothing but `stop` ends the sound
    loudspeaker.shut()
    player = start()
    player.say("playing", ())
    player.say("waiting", ())
    _begun(loudspeaker)
    player.stop()
    player.say("too late", ())
    heard = outcomes.some(3)
    assert list(heard) == ["playing", "waiting", "too late"]
    assert {each.state for each in heard.values()} == {AnnouncementState.DROPPED}
    assert [entry["what"] for entry in loudspeaker.entries()] == ["begin"]


def test_a_listener_that_fails_does_not_silence_the_room(
    loudspeaker: Loudspeaker, outcomes: Outcomes, capfd: pytest.CaptureFixture[str]
) -> None:
    def take(key: str, heard: Heard) -> None:
        outcomes.take(key, heard)
        raise RuntimeError

    player = Player("default", take, command=loudspeaker.command)
    player.say("1", ())
    player.say("2", ())
    assert list(outcomes.some(2)) == ["1", "2"]
    player.stop()
    assert capfd.readouterr() == ("", "")
