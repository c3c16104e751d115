"""What people with bad intentions do at a kiosk in a real terminal: it lives, gives nothing away, and serves the next.

More of it: `test_cases_input.py` (what a line may send), `test_kiosk_hasty.py` (hasty and random taps).
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from printers.virtual import VirtualPrinter
from tests.support.hostile import HOSTILE
from tests.support.line import Line
from tests.system.conftest import House, Terminal, house_in, terminals

LANGUAGE, BACK, FIRST_QUESTION = "Українська", "Назад", "Bitte wählen Sie Ihre Sprache."
NAME = "Ich bin neu in Leipzig"
PACKAGE, PRINT = "Я недавно в Лейпцигу", "Так, взяти номер"
SIZE = (100, 30)
MARKUP = "[@click=app.quit]Aus[/]"
STEERING = "\x1b]0;evil\x07\x1b[2J\x1b[31mevil\x9b2J\u202eevil"
"""A window's title, an empty screen, colours, C1, letters turned round."""
KEYPAD = (15, 17, 18, 19, 20)
"""F5 to F9 are the keys of visitors who listen: they mean something, and nothing bad."""
FUNCTIONS = [
    *(f"\x1bO{letter}" for letter in "PQRSABCDHFjkmo"),
    *(f"\x1b[{n}~" for n in range(1, 35) if n not in KEYPAD),
]
KEYS = b"".join([*(bytes([code]) for code in (*range(32), 127)), *(key.encode() for key in FUNCTIONS)])
"""Every control key, all other functions, arrows, numbers, insert, delete."""
CHORDS = b"".join(b"\x1b" + bytes([code]) for code in range(32, 127)) + b"".join(
    f"\x1b[1;{with_}{key}".encode() for with_ in range(2, 9) for key in "PQRSABCDHF"
)
"""Everything with Alt, and functions with Shift, Alt and Ctrl."""
FORGED = b"".join(
    f"\x1b[<{button};{x};{y}{end}".encode()
    for button in (0, 1, 2, 3, 32, 35, 64, 65, 66, 128, 999, -1)
    for x, y in ((0, 0), (1, 1), (100, 30), (101, 31), (-5, 9), (99999, 99999))
    for end in "Mm"
)
SCANNED = b"".join(
    text.encode() + b"\r"
    for text in (
        "\x1b]0;evil\x07ABCDEFGH",
        "\x1b[2JABCDEFGHIJ",
        MARKUP,
        "'; DROP TABLE visit; --",
        "A" * 5000,
        "../" * 40,
    )
)
ATTACKS = {
    "control and function keys": KEYS,
    "chords": CHORDS,
    "a paste of a megabyte": b"\x1b[200~" + b"n\r" * 524_288 + b"\x1b[201~",
    "a megabyte without an end": b"\x1b[200~" + MARKUP.encode() * 45_000,
    "forged mouse bytes": FORGED,
    "a scanner that types escape sequences": SCANNED,
    "everything that is hostile": b"".join(HOSTILE.values()),
}


class Standing:
    """A kiosk that stands there for all of these tests."""

    def __init__(self, kiosk: Terminal, house: House) -> None:
        self.kiosk, self.house = kiosk, house

    @property
    def numbers(self) -> int:
        """How many were given."""
        with closing(sqlite3.connect(f"file:{self.house.folder}/centre.sqlite?mode=ro", uri=True)) as database:
            count: int = database.execute("SELECT count(*) FROM visit").fetchone()[0]
            return count

    def answers(self) -> None:
        """A visitor who reads Ukrainian is understood; and who goes back is, too."""
        if FIRST_QUESTION in self.kiosk.shows(lambda screen: FIRST_QUESTION in screen or BACK in screen):
            self.kiosk.tap(LANGUAGE)
            self.kiosk.shows(PACKAGE)
        else:
            self.kiosk.tap(BACK)
            self.kiosk.shows(FIRST_QUESTION)
        assert not re.search(r"Traceback|Error|\$ $", self.kiosk.screen())


@pytest.fixture(scope="module")
def standing(need: Callable[[str], None], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    house = house_in(tmp_path_factory.mktemp("standing"))
    with terminals(need, house) as start:
        kiosk = start("--printer", "none", "kiosk", size=SIZE)
        kiosk.shows(FIRST_QUESTION)
        yield Standing(kiosk, house)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_is_typed_or_forged_means_anything(standing: Standing, attack: str) -> None:
    before, program = standing.numbers, standing.kiosk.pid
    standing.kiosk.receives(ATTACKS[attack])
    standing.answers()
    assert (standing.numbers, standing.kiosk.pid) == (before, program)


def test_a_storm_of_sizes_leaves_a_kiosk_that_fits_the_last(standing: Standing) -> None:
    chance, program = random.Random(12), standing.kiosk.pid
    for _ in range(60):
        standing.kiosk.resize(chance.randrange(1, 160), chance.randrange(1, 60))
    for columns, rows in ((1, 1), (400, 200), (20, 5)):
        standing.kiosk.resize(columns, rows)
    standing.kiosk.shows("zu klein")
    standing.kiosk.resize(*SIZE)
    standing.answers()
    assert standing.kiosk.pid == program


def test_a_thousand_taps_in_a_second_are_at_most_one_number(terminal: Callable[..., Terminal], house: House) -> None:
    """All over the screen, and outside of it: nobody can have read anything meanwhile, wherever they have led."""
    alone, chance = Standing(terminal("--printer", "none", "kiosk", size=SIZE), house), random.Random(3)
    alone.kiosk.shows(FIRST_QUESTION)
    for _ in range(10):
        alone.kiosk.touch(*((chance.randrange(-20, 140), chance.randrange(-10, 45)) for _ in range(100)))
    alone.kiosk.resize(20, 5)
    alone.kiosk.shows("zu klein")
    alone.kiosk.resize(*SIZE)
    alone.kiosk.shows(lambda screen: "zu klein" not in screen and "Ankommenszentrum" in screen)
    assert alone.numbers <= 1


def test_a_thousand_taps_on_yes_are_one_number(standing: Standing) -> None:
    before = standing.numbers
    if FIRST_QUESTION in standing.kiosk.screen():
        standing.answers()
    standing.kiosk.tap(PACKAGE)
    place = standing.kiosk.place(PRINT)
    for _ in range(10):
        standing.kiosk.touch(*[place] * 100)
    standing.kiosk.tap(PRINT)
    standing.kiosk.shows("Готово")
    assert standing.numbers == before + 1
    standing.kiosk.tap("Готово")
    standing.kiosk.shows(FIRST_QUESTION)


def test_markup_in_a_plan_is_words_like_all_others(standing: Standing) -> None:
    write_plan(standing.house, NAME, MARKUP)
    if FIRST_QUESTION not in standing.kiosk.screen():
        standing.answers()
    standing.kiosk.tap("Deutsch")
    standing.kiosk.tap(MARKUP)
    standing.kiosk.shows("Ja, Nummer ziehen")
    for back in ("Ändern", "Zurück"):
        standing.kiosk.tap(back)
    standing.answers()


def test_the_database_is_gone_during_a_tap(standing: Standing) -> None:
    """The visitor reads in Ukrainian what to do; the next one gets a number."""
    before = standing.numbers
    if FIRST_QUESTION in standing.kiosk.screen():
        standing.answers()
    standing.kiosk.tap(PACKAGE)
    standing.kiosk.place(PRINT)
    file = standing.house.folder / "centre.sqlite"
    away = file.rename(file.with_name("away"))
    standing.kiosk.tap(PRINT)
    standing.kiosk.shows("Технічна несправність. Будь ласка, підійдіть до рецепції.")
    assert not file.exists()
    away.rename(file)
    standing.answers()
    assert standing.numbers == before


def write_plan(house: House, was: str, words: str) -> None:
    """Somebody writes a plan into the database by hand, past `apply` and its checks."""
    newest = "FROM plan ORDER BY version DESC LIMIT 1"
    with closing(sqlite3.connect(house.folder / "centre.sqlite", timeout=30)) as database, database:
        toml = database.execute(f"SELECT toml {newest}").fetchone()[0]
        assert was in toml
        values = [toml.replace(was, words), f"by hand: {words}"]
        database.execute(f"INSERT INTO plan SELECT site, version + 1, ?, ?, applied_at {newest}", values)


def test_no_byte_of_a_plan_written_by_hand_reaches_the_terminal(house: House) -> None:
    environment = {**house.environment, "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "ankommen", "--printer", "none", "kiosk"]
    with Line(command, environment, house.folder, SIZE) as line:
        line.shows("Deutsch")
        write_plan(house, NAME, json.dumps(STEERING)[1:-1])
        line.shows("Es gibt eine Störung. Bitte gehen Sie zum Empfang.")
        assert line.process.poll() is None
        assert not any(evil in line.drawn for evil in (b"evil", b"\xc2\x9b", b"\xe2\x80\xae", b"Traceback"))


def test_a_printer_that_hangs_keeps_nobody_waiting(
    terminal: Callable[..., Terminal], house: House, printer: VirtualPrinter
) -> None:
    house.run("apply")
    write_plan(house, "kiosk_printing_s = 8", "kiosk_printing_s = 2")
    printer.set_faults("hang")
    kiosk = terminal("--printer", printer.url, "kiosk", size=SIZE)
    kiosk.tap(LANGUAGE)
    kiosk.tap(PACKAGE)
    kiosk.tap("Так, друкувати")
    kiosk.shows("Сфотографуйте")
    assert house.run("ticket", "show", "A001")["language"] == "uk"
    house.run("ticket", "show", "A002", code=3)
