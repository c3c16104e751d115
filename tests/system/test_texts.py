"""Texts of a centre and their translations, as people change them who look after its files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ankommen.cli import main
from ankommen.opening import shipped_config
from shared.config import Config, read_config
from shared.language import LANGUAGES
from tests.system.conftest import House
from tests.system.test_cli import ankommen  # noqa: F401

Run = Callable[..., dict[str, object]]
OTHERS = [tag for tag in LANGUAGES if tag != "de"]
NAME = "packages.neu.name"


@pytest.fixture
def own(house: House) -> Path:
    """The example with all its texts, as a copy of one's own."""
    shutil.copy(shipped_config(), house.folder / "config.toml")
    shutil.copytree(shipped_config().parent / "texts", house.folder / "texts")
    return house.folder / "config.toml"


def reword(own: Path, leipzig: Config) -> None:
    old = leipzig.plan.packages["neu"].name["de"]
    own.write_text(own.read_text(encoding="utf-8").replace(f'"{old}"', '"Ich bin ganz neu"'), encoding="utf-8")


def test_a_changed_sentence_is_named_by_apply_and_its_translations_are_marked(
    ankommen: Run,  # noqa: F811
    own: Path,
    leipzig: Config,
) -> None:
    assert ankommen("texts", "--check") == {"files": [], "missing": [], "outdated": []}
    reword(own, leipzig)
    named = [{"language": tag, "key": NAME} for tag in sorted(OTHERS)]
    for command in (["apply", "--check"], ["apply"], ["texts"]):
        assert ankommen(*command)["outdated"] == named
    assert ankommen("texts", "--check", code=1)["missing"] == named
    for tag in OTHERS:
        text = (own.parent / "texts" / f"{tag}.po").read_text(encoding="utf-8")
        assert text.count("#, fuzzy") == 1
        assert leipzig.plan.packages["neu"].name[tag] in text, "nothing is lost"
    assert ankommen("texts")["files"] == [], "all are up to date"


def test_a_small_centre_takes_what_the_example_says_in_the_same_words(
    ankommen: Run,  # noqa: F811
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    leipzig: Config,
) -> None:
    name = leipzig.plan.services["anmeldung"].name
    ankommen("init", "centre", "--language", "fr", "--service", f"a={name['fr']}", "--service", "b=Autre chose")
    monkeypatch.chdir(house.folder / "centre")
    missing = ankommen("texts")["missing"]
    assert {gap["key"] for gap in missing} == {"services.b.name", "authorities.house.name"}  # type: ignore[attr-defined]
    assert read_config(Path("config.toml")).plan.services["a"].name == {"fr": name["fr"], **name}
    assert "# From the example" in Path("texts/uk.po").read_text(encoding="utf-8")


def test_a_file_that_is_wrong_stops_apply_and_texts_but_nobody_at_work(ankommen: Run, own: Path) -> None:  # noqa: F811
    ankommen("apply")
    wrong = own.parent / "texts" / "uk.po"
    kept = wrong.read_bytes()
    wrong.write_bytes(kept + b'msgid "lost quote\n')
    for command in ("apply", "texts"):
        assert "texts/uk.po:" in str(ankommen(command, code=2)["message"])
    assert wrong.read_bytes().startswith(kept)
    assert ankommen("ticket", "issue", "neu", "--no-print")["code"] == "A001"


def test_files_of_other_names_are_named_and_left_alone(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(own.parent)
    (own.parent / "texts" / "tlh.po").write_text("not ours", encoding="utf-8")
    assert main(["texts"]) == 0
    assert "texts/tlh.po is not read" in " ".join(capsys.readouterr().out.split())
    assert (own.parent / "texts" / "tlh.po").read_text(encoding="utf-8") == "not ours"


def test_a_folder_that_cannot_be_written_is_a_sentence(ankommen: Run, own: Path) -> None:  # noqa: F811
    shutil.rmtree(own.parent / "texts")
    (own.parent / "texts").write_text("a file", encoding="utf-8")
    answer = ankommen("texts", code=1)
    assert answer["error"] == "file"
    assert "cannot be written" in str(answer["message"])


def said(*words: str, printed: pytest.CaptureFixture[str]) -> str:
    """What a command says to people."""
    assert main([*words]) == 0
    return " ".join(printed.readouterr().out.split())


def test_apply_and_texts_say_how_a_translation_that_was_checked_loses_its_mark(
    own: Path, leipzig: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(own.parent)
    reword(own, leipzig)
    written = said("texts", printed=capsys)
    assert "up to date" not in written
    file = own.parent / "texts" / "uk.po"
    lines = file.read_text(encoding="utf-8").split("\n")
    mark = lines.index("#, fuzzy")
    line = next(number for number in range(mark, len(lines)) if lines[number].startswith("msgstr")) + 1
    told = f"Check line {line} of texts/uk.po, then delete `#, fuzzy` above."
    assert told in written
    assert told in said("apply", "--check", printed=capsys)
    file.write_text("\n".join([*lines[:mark], *lines[mark + 1 :]]), encoding="utf-8")
    assert "texts/uk.po" not in said("apply", "--check", printed=capsys)


def test_apply_names_a_file_that_is_not_read_and_one_with_another_language_in_its_header(
    ankommen: Run,  # noqa: F811
    own: Path,
) -> None:
    file = own.parent / "texts" / "uk.po"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Language: uk", "Language: ru", 1), encoding="utf-8")
    (own.parent / "texts" / "ua.po").write_text("", encoding="utf-8")
    unread, other = ankommen("apply", "--check")["remarks"]  # type: ignore[misc]
    assert "ua.po is not read: " in unread
    assert unread.endswith("did you mean uk.po?")
    assert other.endswith('uk.po: its header says "Language: ru"; by its name it is read as uk.')
