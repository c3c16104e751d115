from __future__ import annotations

from collections.abc import Callable

import pytest

from voice.check import check

Need = Callable[[str], None]


def test_a_computer_that_speaks_passes(need: Need) -> None:
    need("espeak-ng")
    need("aplay")
    findings = {each.name: each for each in check("null")}
    assert list(findings) == ["speech", "voices", "player", "sound card"]
    assert all(each.ok for each in findings.values())
    assert findings["voices"].detail == "de, en-us, uk, ru, ar, fa, tr, vi, fr, es, pl, ka, ku, ro"


def test_a_missing_sound_card_is_named(need: Need) -> None:
    need("aplay")
    card = check("no_such_device")[-1]
    assert not card.ok
    assert "'no_such_device' plays nothing" in card.detail


@pytest.mark.usefixtures("no_programs")
def test_what_is_missing_is_named_with_its_package() -> None:
    findings = {each.name: each for each in check("default")}
    assert not any(each.ok for each in findings.values())
    assert findings["speech"].detail == "espeak-ng is missing: apt install espeak-ng"
    assert findings["player"].detail == "aplay is missing: apt install alsa-utils"


@pytest.mark.usefixtures("no_programs")
def test_silence_by_choice_needs_no_player() -> None:
    assert [each.name for each in check("none")] == ["speech", "voices", "sound card"]
    assert check("none")[-1].ok
