"""Wrong files are refused with file, line, key, what is wrong and what is allowed: all at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.config import parse_plan, read_config
from shared.errors import ConfigInvalid
from shared.language.terminal_text import clean

SHIPPED = Path(__file__).parents[4] / "config.toml"
SHIPPED_TEXT = SHIPPED.read_text(encoding="utf-8")
SMALL = """\
[site]
key = "test"
name = "Test"
[series.A]
first = 1
last = 499
for = "packages"
[series.L]
first = 500
last = 799
for = "concerns"
[authorities.amt]
name.de = "Amt"
[areas.hier]
name.de = "Hier"
[services.eins]
authority = "amt"
area = "hier"
name.de = "Eins"
minutes = { base = 10 }
everybody = true
[services.zwei]
authority = "amt"
area = "hier"
name.de = "Zwei"
minutes = { base = 10 }
requires = ["eins"]
documents.de = ["Pass"]
[packages.beide]
name.de = "Beide"
services = [
    "eins",
    "zwei",
]
[desks]
1 = { area = "hier", services = ["*"] }
[kiosks.tor]
area = "hier"
printer = "papier"
[printers.papier]
url = "tcp://127.0.0.1:9100"
"""


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigInvalid) as refusal:
        parse_plan(text, "config.toml")
    return refusal.value.problems


def changed(old: str, new: str, text: str = SMALL) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def test_the_small_plan_is_valid() -> None:
    assert parse_plan(SMALL).services_of_desk("1") == ("eins",)


SLUG = 'lower-case letters a-z, digits, "-" and "_", at most 40, a letter or digit first'


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('key = "test"', 'key = "Test"', f'2: site.key: is "Test"; allowed: {SLUG}'),
        ('key = "test"', "", "1: site.key: is missing; needed: Short name of the centre; begins every row of a shared"),
        ('name = "Test"', "nmae = 1\nname='x'", "3: site.nmae: is no known key; did you mean name?"),
        ('name = "Test"', "zzz = 1\nname='x'", "3: site.zzz: is no known key; known: key, name, language, languages"),
        ('name = "Test"', 'name = ""', '3: site.name: is ""; allowed: at least one character'),
        ('name = "Test"', 'name = """a\nb"""', '3: site.name: "a b" has the invisible character U+000A; one line'),
        ('"Test"', '"a\\u001b[31mb"', '3: site.name: "ab" has the invisible character U+001B; one line'),
        ('"Test"', '"a\\u202eb"', '3: site.name: "a b" has the invisible character U+202E; one line'),
        ('"Test"', f'"{"x" * 201}"', f'3: site.name: is "{"x" * 39}…"; allowed: at most 200 characters'),
        ("[series.A]", 'timezone = "Mars"\n[series.A]', '4: site.timezone: "Mars" is no time zone; an IANA name is'),
        ("[series.A]", 'timezone = "Europe"\n[series.A]', '4: site.timezone: "Europe" is no time zone; an IANA name'),
        ("[series.A]", 'timezone = "../x"\n[series.A]', '4: site.timezone: "../x" is no time zone; an IANA name'),
        (
            "[series.A]",
            'language = "xx"\n[series.A]',
            '4: site.language: is "xx"; allowed: a language of this program: ',
        ),
        ("[series.A]", 'day_starts = "24:00"\n[series.A]', '4: site.day_starts: is "24:00"; allowed: a time of day'),
        (
            "[series.A]",
            'public_url = "https://a"\n[series.A]',
            '4: site.public_url: is "https://a"; allowed: printable',
        ),
        (
            "[series.A]",
            'public_url = "http://ä/"\n[series.A]',
            '4: site.public_url: is "http://ä/"; allowed: printable',
        ),
        ("[series.A]", "[series.ab]", "4: series.ab: is no key for this section; allowed: one capital letter, A to Z"),
        ("last = 499", "last = 500", '9: series.L.first: is 500, but series "A" goes to 500; allowed: no overlap'),
        ("last = 799", "last = 499", "10: series.L.last: is 499; allowed: 500 (its first) or more"),
        ("last = 799", "last = 1000", "10: series.L.last: is 1000; allowed: 999 or less"),
        ("last = 799", 'last = "799"', '10: series.L.last: is "799"; allowed: a whole number'),
        ("last = 799", "last = 799.0", "10: series.L.last: is 799.0; allowed: a whole number"),
        ('for = "packages"', 'for = "all"', '7: series.A.for: is "all"; allowed: "packages", "concerns", '),
        ('name.de = "Amt"', 'name.en = "Amt"', "13: authorities.amt.name: lacks the language of the house; name.de is"),
        (
            'name.de = "Hier"',
            'name.de = "Hier"\nname.xx = "H"',
            "16: areas.hier.name.xx: is no key for this section; all",
        ),
        (
            'authority = "amt"',
            'authority = "amd"',
            '17: services.eins.authority: "amd" is not in [authorities]; did you',
        ),
        (
            'authority = "amt"',
            'authority = "Q"',
            '17: services.eins.authority: "Q" is not in [authorities]; known: amt',
        ),
        ('area = "hier"', "area = 3", '18: services.eins.area: is 3; allowed: text in "quotes"'),
        ("base = 10", "base = 0", "20: services.eins.minutes.base: is 0; allowed: 1 or more"),
        (
            "{ base = 10 }",
            "{ child = 1 }",
            "20: services.eins.minutes.base: is missing; needed: Minutes for one adult.",
        ),
        ("{ base = 10 }", "10", "20: services.eins.minutes: is 10; allowed: { base = 10 }"),
        ("everybody = true", 'everybody = "yes"', '21: services.eins.everybody: is "yes"; allowed: true or false'),
        ("everybody = true", "everybody = 1", "21: services.eins.everybody: is 1; allowed: true or false"),
        (
            "everybody = true",
            'pictogram = "Bed"',
            '21: services.eins.pictogram: "Bed" is no pictogram; did you mean bed? there are: address, fingerprint, ',
        ),
        (
            'name.de = "Beide"',
            'pictogram = 7\nname.de = "Beide"',
            '30: packages.beide.pictogram: is 7; allowed: text in "quotes"',
        ),
        (
            "[desks]",
            '[needs.quiet]\npictogram = "door"\n[desks]',
            "35: needs.quiet: is no key for this section; allowed: a measure that helps: step_free, guide, loop, ",
        ),
        (
            "[desks]",
            '[needs.loop]\npictogram = ""\n[desks]',
            '36: needs.loop.pictogram: "" is no pictogram; there are: address, ',
        ),
        (
            "everybody = true",
            'requires = ["zwei"]',
            '21: services.eins.requires: goes in a circle: "eins" → "zwei" → "',
        ),
        ('["Pass"]', '"Pass"', '28: services.zwei.documents.de: is "Pass"; allowed: a list ["…", "…"]'),
        ('["Pass"]', '["Pass", 1]', '28: services.zwei.documents.de: is 1; allowed: text in "quotes"'),
        ('    "zwei",', '    "drei",', '33: packages.beide.services: "drei" is not in [services]; known: eins, zwei'),
        ('    "zwei",', '    "eins",', '33: packages.beide.services: "eins" stands here twice; once is allowed'),
        ('["*"]', "[]", "36: desks.1.services: is empty; at least one entry is needed"),
        ('["*"]', '["**"]', '36: desks.1.services: "**" is not in [services]; known: eins, zwei'),
        ("1 = {", '"Ä 1" = {', f'36: desks."Ä 1": is no key for this section; allowed: {SLUG}'),
        ('printer = "papier"', 'printer = "x"', '39: kiosks.tor.printer: "x" is not in [printers]; known: papier'),
        (
            '"tcp://127.0.0.1:9100"',
            '"lpt1"',
            '41: printers.papier.url: is "lpt1"; allowed: tcp://HOST:PORT (without a port: 9100), usb:',
        ),
        ("[printers.papier]", "[printer.papier]", "40: printer: is no known key; did you mean printers?"),
        ("[desks]", "[desks", "35: is no TOML ("),
        ('"tcp://127.0.0.1:9100"\n', '"""', "41: is no TOML ("),
    ],
)
def test_what_is_wrong_is_named_with_line_and_key(old: str, new: str, problem: str) -> None:
    found = problems(changed(old, new))
    assert any(line.startswith(f"config.toml:{problem}") for line in found), found


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = changed('key = "test"', 'key = "T"')
    text = changed('authority = "amt"', 'authority = "amd"', text)
    text = changed("base = 10", 'base = "ten"', text)
    text = changed('["*"]', '["drei"]', text)
    path = tmp_path / "config.toml"
    path.write_text(f'{text}[device]\nbidi = "left"\n', encoding="utf-8")
    with pytest.raises(ConfigInvalid) as refusal:
        read_config(path)
    assert [line.split(": ")[:2] for line in refusal.value.problems] == [
        [f"{path}:2", "site.key"],
        [f"{path}:17", "services.eins.authority"],
        [f"{path}:20", "services.eins.minutes.base"],
        [f"{path}:36", "desks.1.services"],
        [f"{path}:43", "device.bidi"],
    ]


def test_a_missing_section_is_one_problem_not_one_for_each_key_that_names_it() -> None:
    text = changed("[areas.hier]\n", "", changed('name.de = "Hier"\n', "", SMALL))
    assert problems(text) == ["config.toml:1: areas: is missing; needed: Places where people wait."]


def test_no_words_of_the_validator_reach_people() -> None:
    text = "\n".join(f"{key} = 3" for key in ("site", "series", "services", "areas", "desks", "device"))
    for line in problems(text):
        assert "pydantic" not in line
        assert "input" not in line
        assert "http" not in line


def test_the_plan_in_the_database_may_come_without_or_with_a_device() -> None:
    assert parse_plan(f"{SMALL}[device]\nunknown = 1\n") == parse_plan(SMALL)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_config(path).plan == parse_plan(SMALL)


def test_files_that_cannot_be_read_are_refused_in_words(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes("# eins\nname = 'Bürger'\n".encode("latin-1"))
    for path, words in [
        (tmp_path / "none.toml", ": there is no such file; name another one with --config"),
        (tmp_path, ": is a folder; a TOML file is allowed"),
        (latin, ":2: is not UTF-8; save the file as UTF-8"),
    ]:
        with pytest.raises(ConfigInvalid) as refusal:
            read_config(path)
        assert refusal.value.problems == [f"{path}{words}"]


@pytest.mark.parametrize("text", ["a = " + "[" * 20_000, "a = " + "1" * 5_000])
def test_a_text_that_exhausts_the_reader_is_refused(text: str) -> None:
    assert problems(text)[0].startswith("config.toml:1: ")


def judged(text: str) -> None:
    """Reads `text`: it is valid, or every problem names one of its lines, in one clean line."""
    found: list[str] = []
    try:
        parse_plan(text, "config.toml")
    except ConfigInvalid as refusal:
        found = refusal.problems or ["refused without a word"]
    for problem in found:
        assert re.match(r"config\.toml:\d+: ", problem)
        assert clean(problem) == " ".join(problem.split())
        assert 1 <= int(problem.split(":")[1]) <= text.count("\n") + 1


MUTATIONS = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MUTATIONS
@given(st.data())
def test_a_lost_line_is_refused_or_harmless(data: st.DataObject) -> None:
    lines = SHIPPED_TEXT.splitlines(keepends=True)
    lost = data.draw(st.integers(0, len(lines) - 1))
    judged("".join(lines[:lost] + lines[lost + 1 :]))


@MUTATIONS
@given(st.integers(0, len(SHIPPED_TEXT) - 1), st.text(max_size=2))
def test_a_changed_character_is_refused_or_harmless(position: int, character: str) -> None:
    judged(SHIPPED_TEXT[:position] + character + SHIPPED_TEXT[position + 1 :])


VALUES = st.recursive(
    st.sampled_from(["1", "-1", "nan", "true", '"x"', '"*"', '"eins"', '""', "1979-05-27", "07:32:00"]),
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]") | inner.map("{{ de = {} }}".format)
    ),
    max_leaves=3,
)


@MUTATIONS
@given(st.data(), VALUES)
def test_any_value_in_any_place_is_refused_or_harmless(data: st.DataObject, value: str) -> None:
    lines = SMALL.splitlines(keepends=True)
    place = data.draw(st.sampled_from([number for number, line in enumerate(lines) if " = " in line]))
    key = lines[place].split(" = ")[0]
    judged("".join([*lines[:place], f"{key} = {value}\n", *lines[place + 1 :]]))
