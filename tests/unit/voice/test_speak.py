from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from shared.errors import Malformed, SoundUnavailable
from shared.language import LANGUAGES, language
from tests.support.waiting import wait_until
from voice.process import Stopped
from voice.sentence import announcement
from voice.sound import read
from voice.speak import speak, speakable

Need = Callable[[str], None]
Child = Callable[[str], None]

SENTENCE = "Nummer A, 17. Bitte zu Platz 5."
SPEAKS_ITSELF = "import subprocess, sys; subprocess.run(['espeak-ng', '-v', sys.argv[1], '-w', sys.argv[3], 'hello'])"


def _alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if language(tag).voice])
def test_every_language_is_really_spoken(
    tag: str, need: Need, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    need("espeak-ng")
    voice = language(tag).voice
    assert voice is not None
    speak(announcement("A017", "5", language(tag)), voice, tmp_path / "call.wav")
    sound = read(tmp_path / "call.wav")
    assert 2.5 < sound.length_s < 9
    assert sound.peak > 5_000
    assert [file.name for file in tmp_path.iterdir()] == ["call.wav"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("voice", ["fr", "vi", "cmn-latn-pinyin"])
def test_a_voice_may_be_named_by_its_file(voice: str, need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    speak("17", voice, tmp_path / "call.wav")
    assert read(tmp_path / "call.wav").peak > 5_000


def test_the_voice_matters(need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    speak("17", "de", tmp_path / "de.wav")
    speak("17", "ru", tmp_path / "ru.wav")
    assert read(tmp_path / "de.wav") != read(tmp_path / "ru.wav")


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("--version", "version"),
        ("-f /etc/hostname", "f etc hostname"),
        ("[[h@l'oU]] Platz 5", "h@l'oU Platz 5"),
        ("<break time='9s'/>Platz 5", "break time='9s'/ Platz 5"),
        ("Platz\x01400S 5\x1b[2J", "Platz 400S 5"),
    ],
)
@pytest.mark.parametrize("way", ["child", "program"])
def test_text_stays_text(odd: str, plain: str, way: str, need: Need, child: Child, tmp_path: Path) -> None:
    need("espeak-ng")
    if way == "program":
        child("raise SystemExit(1)")
    speak(odd, "de", tmp_path / "odd.wav")
    subprocess.run(["espeak-ng", "-v", "de", "-s", "130", "-w", tmp_path / "plain.wav", plain], check=True)
    assert read(tmp_path / "odd.wav").length_s == pytest.approx(read(tmp_path / "plain.wav").length_s, rel=0.4)


def test_markup_and_control_characters_never_reach_the_voice() -> None:
    assert speakable("\x1b[31m[[x]]\n<b>&amp;\x01\u202e A, 17") == "x b amp; A, 17"


def test_a_hanging_child_is_killed_with_what_it_started(need: Need, child: Child, tmp_path: Path) -> None:
    need("espeak-ng")
    child(
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen(['sleep', '3600'])\n"
        f"open({str(tmp_path / 'pids')!r}, 'a').write(f'{{os.getpid()}} {{child.pid}} ')\n"
        "time.sleep(3600)\n"
    )
    speak(SENTENCE, "de", tmp_path / "call.wav", timeout_s=1.0)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 4, "it is tried twice"
    wait_until(lambda: not any(map(_alive, pids)))
    assert read(tmp_path / "call.wav").length_s > 2, "espeak-ng itself spoke in its place"


def test_one_failure_is_tried_again(need: Need, child: Child, tmp_path: Path) -> None:
    need("espeak-ng")
    tried = tmp_path / "tried"
    child(
        f"import pathlib, sys; tried = pathlib.Path({str(tried)!r})\n"
        "if not tried.exists(): tried.touch(); sys.exit(1)\n" + SPEAKS_ITSELF
    )
    speak("hello", "en-us", tmp_path / "first.wav")
    child(SPEAKS_ITSELF)
    speak("hello", "en-us", tmp_path / "again.wav")
    assert read(tmp_path / "first.wav") == read(tmp_path / "again.wav")


@pytest.mark.parametrize(
    "program",
    [
        "",
        "import sys; open(sys.argv[3], 'wb').write(b'RIFFjunk')",
        "import sys, wave; f = wave.open(sys.argv[3], 'wb'); f.setparams((1, 2, 22050, 0, 'NONE', '')); "
        "f.writeframes(bytes(200_000)); f.close()",
        "import sys, wave; f = wave.open(sys.argv[3], 'wb'); f.setparams((1, 2, 22050, 0, 'NONE', '')); "
        "f.writeframes(b'0z' * 4_000); f.close()",
    ],
    ids=["nothing", "junk", "silence", "too short"],
)
def test_a_file_that_is_no_speech_is_not_believed(program: str, need: Need, child: Child, tmp_path: Path) -> None:
    need("espeak-ng")
    child(program)
    speak(SENTENCE, "de", tmp_path / "call.wav")
    assert read(tmp_path / "call.wav").length_s > 2
    assert read(tmp_path / "call.wav").peak > 5_000


@pytest.mark.usefixtures("no_programs")
def test_without_any_speech_program_it_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(SoundUnavailable, match="apt install espeak-ng"):
        speak(SENTENCE, "de", tmp_path / "call.wav")
    assert not (tmp_path / "call.wav").exists()


@pytest.mark.parametrize("voice", ["xx", "tlh", "--path=/tmp", ""])
def test_an_unknown_voice_is_refused(voice: str, need: Need, tmp_path: Path) -> None:
    need("espeak-ng")
    with pytest.raises(Malformed, match="voice"):
        speak(SENTENCE, voice, tmp_path / "call.wav")


@pytest.mark.parametrize("text", ["", " \x1b[2J", "[[]]", "…"])
def test_a_text_without_a_word_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="nothing to say"):
        speak(text, "de", tmp_path / "call.wav")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SoundUnavailable, match="cannot be written"):
        speak(SENTENCE, "de", tmp_path / "file" / "call.wav")


def test_speaking_ends_when_nobody_wants_it_any_more(child: Child, tmp_path: Path) -> None:
    child("import time; time.sleep(3600)")
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        speak(SENTENCE, "de", tmp_path / "call.wav", stop=stop)
    assert not (tmp_path / "call.wav").exists()
