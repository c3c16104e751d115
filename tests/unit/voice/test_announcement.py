from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.errors import SoundUnavailable
from voice.announcement import Sentences, announcement_wav, compose, delete_leftovers
from voice.sentence import Spoken, texts
from voice.sound import gong, read

Need = Callable[[str], None]
Child = Callable[[str], None]


def test_gong_and_both_languages_are_in_one_file(need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    spoken = texts("A017", "5", "uk", "de")
    assert announcement_wav(spoken, tmp_path / "call.wav") == spoken
    whole = read(tmp_path / "call.wav")
    assert 9 < whole.length_s < 13
    sentences = Sentences()
    first, second = (sentences.sound(each) for each in spoken)
    assert whole.samples[: len(gong().samples)] == gong().samples
    assert whole.samples[-len(second.samples) :] == second.samples
    between = len(gong().samples) + round(0.15 * 22_050)
    assert whole.samples[between : between + len(first.samples)] == first.samples


@pytest.mark.usefixtures("no_programs")
def test_without_speech_the_gong_alone_sounds_and_it_says_so(tmp_path: Path) -> None:
    assert announcement_wav(texts("A017", "5", "uk", "de"), tmp_path / "call.wav") == ()
    assert read(tmp_path / "call.wav") == gong()


def test_a_sentence_that_fails_leaves_the_other(need: Need) -> None:
    need("espeak-ng")
    mute = Spoken("uk", "…")
    german = texts("A017", "5", "de", "de")
    announcement = compose((mute, *german), Sentences())
    assert announcement.heard == german
    assert announcement.failure is not None
    assert announcement.sound.length_s > 4


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SoundUnavailable, match="cannot be written"):
        announcement_wav((), tmp_path / "file" / "call.wav")


def test_a_repeat_is_not_spoken_again(need: Need, child: Child, tmp_path: Path) -> None:
    need("espeak-ng")
    sentences, sentence = Sentences(), texts("A017", "5", "de", "de")[0]
    first = sentences.sound(sentence)
    asked = tmp_path / "asked"
    child(f"import pathlib; pathlib.Path({str(asked)!r}).touch()")
    assert sentences.sound(sentence) == first
    assert not asked.exists()


def test_each_number_letter_desk_and_language_has_its_own_sentence(need: Need) -> None:
    need("espeak-ng")
    sentences = Sentences()
    calls = (("A1", "5", "de"), ("L1", "5", "de"), ("A2", "5", "de"), ("A1", "6", "de"), ("A1", "5", "ru"))
    sounds = [sentences.sound(texts(code, desk, tag, tag)[0]) for code, desk, tag in calls]
    assert len({sound.samples.tobytes() for sound in sounds}) == 5


def test_only_the_newest_sentences_are_kept(need: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    need("espeak-ng")
    monkeypatch.setattr("voice.announcement._KEPT", 2)
    sentences = Sentences()
    spoken = [texts(f"A{number}", "5", "de", "de")[0] for number in (1, 2, 3)]
    for sentence in (spoken[0], spoken[1], spoken[0], spoken[2]):
        sentences.sound(sentence)
    assert list(sentences.known) == [spoken[0], spoken[2]]


def test_case_14_speech_leaves_no_file_behind(need: Need, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("espeak-ng")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    Sentences().sound(texts("A017", "5", "uk", "de")[0])
    assert list(tmp_path.iterdir()) == []


def test_case_14_sounds_of_a_program_that_was_killed_are_deleted_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    of_today, of_yesterday, kept_once, other = (
        tmp_path / name for name in ("ankommen-voice-1", "ankommen-voice-2", "cache", "somebody's")
    )
    for folder in (of_today, of_yesterday, kept_once, other):
        folder.mkdir()
        (folder / "uk-17.wav").touch()
    for folder, made_at in ((of_today, time.time()), (of_yesterday, 0), (other, 0)):
        os.utime(folder, (made_at, made_at))
    delete_leftovers(kept_once)
    assert set(tmp_path.iterdir()) == {of_today, other}


def test_where_no_file_can_be_made_the_gong_sounds_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    announcement = compose(texts("A017", "5", "de", "de"), Sentences())
    assert announcement.sound == gong()
    assert announcement.failure is not None
    assert "Nothing can be written into" in announcement.failure.message
