from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.clock import monotonic
from shared.errors import SoundUnavailable
from voice.announcement import Sentences, announcement_wav, compose
from voice.sentence import Spoken, texts
from voice.sound import gong, read

Need = Callable[[str], None]
Engine = Callable[[str], None]


def test_gong_and_both_languages_are_in_one_file(need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    spoken = texts("A017", "5", "uk", "de")
    assert announcement_wav(spoken, tmp_path / "call.wav") == spoken
    whole = read(tmp_path / "call.wav")
    assert 9 < whole.length_s < 13
    sentences = Sentences(tmp_path / "kept")
    first, second = (sentences.sound(each) for each in spoken)
    assert whole.samples[: len(gong().samples)] == gong().samples
    assert whole.samples[-len(second.samples) :] == second.samples
    between = len(gong().samples) + round(0.15 * 22_050)
    assert whole.samples[between : between + len(first.samples)] == first.samples


@pytest.mark.usefixtures("no_programs")
def test_without_speech_the_gong_alone_sounds_and_it_says_so(tmp_path: Path) -> None:
    assert announcement_wav(texts("A017", "5", "uk", "de"), tmp_path / "call.wav") == ()
    assert read(tmp_path / "call.wav") == gong()


def test_a_sentence_that_fails_leaves_the_other(need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    mute = Spoken("uk", "…")
    german = texts("A017", "5", "de", "de")
    announcement = compose((mute, *german), Sentences(tmp_path))
    assert announcement.heard == german
    assert announcement.failure is not None
    assert announcement.sound.length_s > 4


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SoundUnavailable, match="cannot be written"):
        announcement_wav((), tmp_path / "file" / "call.wav")


def test_a_repeat_is_not_spoken_again(need: Need, engine: Engine, tmp_path: Path) -> None:
    need("espeak-ng")
    sentence = texts("A017", "5", "de", "de")[0]
    first = Sentences(tmp_path).sound(sentence)
    engine("import time; time.sleep(60)")
    begin = monotonic()
    assert Sentences(tmp_path).sound(sentence) == first
    assert monotonic() - begin < 1


def test_a_damaged_file_is_made_anew(need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    sentences, sentence = Sentences(tmp_path), texts("A017", "5", "de", "de")[0]
    whole = sentences.sound(sentence)
    (kept,) = tmp_path.glob("*.wav")
    kept.write_bytes(b"RIFF")
    assert sentences.sound(sentence) == whole


def test_each_number_letter_desk_and_language_has_its_own_sentence(need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    sentences = Sentences(tmp_path)
    for code, desk, tag in (
        ("A1", "5", "de"),
        ("L1", "5", "de"),
        ("A2", "5", "de"),
        ("A1", "6", "de"),
        ("A1", "5", "ru"),
    ):
        sentences.sound(texts(code, desk, tag, tag)[0])
    assert len(list(tmp_path.glob("*.wav"))) == 5


def test_yesterdays_sentences_are_forgotten(need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    sentences = Sentences(tmp_path)
    sentences.sound(texts("A017", "5", "uk", "uk")[0])
    (yesterdays,) = tmp_path.glob("*.wav")
    made_at = yesterdays.stat().st_mtime - 25 * 3600
    os.utime(yesterdays, (made_at, made_at))
    sentences.sound(texts("A018", "5", "de", "de")[0])
    assert [file.name[:2] for file in tmp_path.glob("*.wav")] == ["de"]


def test_the_folder_does_not_grow_without_end(need: Need, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("espeak-ng")
    monkeypatch.setattr("voice.announcement._KEPT_FILES", 2)
    sentences = Sentences(tmp_path)
    for number in range(1, 4):
        sentences.sound(texts(f"A{number}", "5", "de", "de")[0])
    assert len(list(tmp_path.glob("*.wav"))) == 2
