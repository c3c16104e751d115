"""A plan's texts come from its file and from texts/TAG.po beside it; whatever a .po file holds, it is checked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shared.config import parse_plan, read_config
from shared.config.plan import text_in
from shared.config.translation import Gap
from shared.errors import ConfigInvalid
from tests.support.translations import ALL_ENGLISH, SMALL, Centre, entry, po


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigInvalid) as refusal:
        read_config(path)
    return [problem.replace(f"{path.parent}/", "") for problem in refusal.value.problems]


def test_a_text_is_the_houses_where_it_has_no_tag_and_comes_from_its_file_elsewhere(centre: Centre) -> None:
    plan = read_config(centre(en=po(ALL_ENGLISH), uk=entry("services.eins.name", "Eins", "Один"))).plan
    assert list(plan.services["eins"].name.items()) == [("de", "Eins"), ("en", "One"), ("uk", "Один")]
    assert plan.areas["hier"].sentence == {"de": "Im Haus.", "en": "In the house.", "uk": "У будинку."}
    assert plan.services["eins"].documents == {
        "de": ("Pass", "Brief", "Foto"),
        "en": ("Passport", "Letter", "Photo"),
    }


def test_what_the_file_itself_says_comes_before_its_translation(centre: Centre) -> None:
    plan = read_config(centre(uk=entry("areas.hier.sentence", "Im Haus.", "Деінде."))).plan
    assert plan.areas["hier"].sentence["uk"] == "У будинку."


def test_a_list_with_one_line_untranslated_has_that_line_in_english_else_in_the_houses_language(centre: Centre) -> None:
    english = {"services.eins.documents": {"Pass": "Passport", "Brief": "Letter"}}
    plan = read_config(centre(en=po(english), uk=entry("services.eins.documents", "Pass", "Паспорт"))).plan
    assert plan.services["eins"].documents["en"] == ("Passport", "Letter", "Foto")
    assert plan.services["eins"].documents["uk"] == ("Паспорт", "Letter", "Foto")


def test_what_is_missing_is_read_in_english_then_in_the_houses_language() -> None:
    ours = {"fr": "Un", "de": "Eins", "en": "One"}
    assert text_in(ours, "uk") == "One"
    assert text_in({"fr": "Un", "de": "Eins"}, "uk") == "Un", "the house's comes first in a plan"
    house = SMALL.replace('key = "test"', 'key = "test"\nlanguage = "uk"').replace("sentence.de", "sentence.ru")
    assert next(iter(parse_plan(house).areas["hier"].sentence)) == "uk"


def test_what_is_missing_is_named_but_for_proper_names_which_only_english_needs(centre: Centre) -> None:
    gaps = read_config(centre(en=po(ALL_ENGLISH))).gaps
    assert gaps == tuple(
        Gap("uk", key, False) for key in ("areas.hier.name", "services.eins.documents", "services.eins.name")
    )
    assert Gap("en", "authorities.amt.name", False) in read_config(centre(en="")).gaps


def test_a_translation_of_an_earlier_text_is_not_used_and_named(centre: Centre) -> None:
    changed = {**ALL_ENGLISH, "services.eins.name": {"Früher": "Once"}}
    fuzzy = entry("services.eins.name", "Eins", "Один", "fuzzy")
    config = read_config(centre(en=po(changed), uk=fuzzy))
    assert config.plan.services["eins"].name == {"de": "Eins"}
    assert [gap.language for gap in config.gaps if gap.outdated] == ["en", "uk"]


def test_a_new_line_in_a_list_outdates_no_other(centre: Centre) -> None:
    without_photo = {**ALL_ENGLISH, "services.eins.documents": {"Pass": "Passport", "Brief": "Letter"}}
    config = read_config(centre(en=po(without_photo)))
    assert Gap("en", "services.eins.documents", False) in config.gaps


def test_only_languages_that_are_offered_are_read(centre: Centre) -> None:
    config = read_config(centre(fr="no .po file at all", en=po(ALL_ENGLISH)))
    assert config.plan.site.languages == ("de", "en", "uk")
    assert {gap.language for gap in config.gaps} == {"uk"}


@pytest.mark.parametrize(
    ("languages", "problem"),
    [
        ('["en", "uk"]', 'site.languages: lacks "de", the language of the house; it is always offered'),
        ('["de", "uk", "de"]', 'site.languages: "de" stands here twice; once is allowed'),
        ("[]", "site.languages: is empty; at least one entry is needed"),
        ('["de", "tlh"]', 'site.languages: is "tlh"; allowed: a language of this program: de, en'),
        ('"de"', 'site.languages: is "de"; allowed: a list ["…", "…"]'),
    ],
)
def test_languages_that_cannot_be_offered_are_refused(centre: Centre, languages: str, problem: str) -> None:
    (found,) = problems(centre(SMALL.replace('["de", "en", "uk"]', languages)))
    assert found.startswith(f"config.toml:4: {problem}")


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (entry("services.eins.name", "Eins", "x" * 201), f'3: services.eins.name: is "{"x" * 39}…"; allowed: at most'),
        (
            entry("services.eins.name", "Eins", r"a\nb"),
            '3: services.eins.name: "a b" has the invisible',
        ),
        (
            entry("services.eins.name", "Eins", "a\x1b[31mb"),
            '3: services.eins.name: "ab" has the invisible',
        ),
        (
            entry("services.eins.name", "Eins", "a\u202eb"),
            '3: services.eins.name: "a b" has the invisible',
        ),
        (entry("services.eins.name", "Eins", "到"), '3: services.eins.name: "到" cannot be printed'),
        (entry("services.eins.documents", "Brief", "到"), '3: services.eins.documents: "到" cannot be printed'),
        (
            entry("services.eins.name", "Eins", "{n}"),
            '3: services.eins.name: is "{n}"; allowed: the same placeholders',
        ),
        (
            'msgctxt "services.eins.name"\nmsgid "Eins"\nmsgstr "Ein',
            '3: "msgstr "Ein" is no line of a .po file; allowed:',
        ),
        ("msgid Eins\nmsgstr Zwei\n", '1: "msgid Eins" is no line of a .po file; allowed: msgctxt, msgid and msgstr'),
        (
            'msgid "Eins"\nmsgid "Zwei"\nmsgstr ""\n',
            "2: msgid does not belong here; allowed: msgctxt, msgid and msgstr",
        ),
        ('msgstr "Zwei"\n', "1: msgstr does not belong here; allowed: msgctxt, msgid and msgstr with text"),
        ('"Zwei"\n', "1: text does not belong here; allowed: msgctxt, msgid and msgstr with text"),
        ('msgid "Eins"\n', "2: ends in the middle of an entry; allowed: msgctxt, msgid and msgstr with text"),
        ('#~ msgstr "Eins"\n', "1: msgstr does not belong here; allowed: msgctxt, msgid and msgstr with text"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', '2: "msgid_plural "b"" is no line of a .po file; allowed:'),
        (entry("a.b.name", "Eins", "One") * 2, "6: the same text was translated in line 3; one translation is allowed"),
        ('msgid"Eins"\n', '1: "msgid"Eins"" is no line of a .po file; allowed: msgctxt, msgid and msgstr with text'),
        ("<<<<<<< HEAD\n", '1: "<<<<<<< HEAD" is no line of a .po file; allowed: msgctxt, msgid and msgstr with text'),
        ("\n".join(["msgid"] * 3), '1: "msgid" is no line of a .po file; allowed: msgctxt, msgid and msgstr with text'),
        ("# Bürger\n".encode("latin-1"), "1: is not UTF-8; save the file as UTF-8"),
        (po(ALL_ENGLISH).encode("utf-16"), "1: is not UTF-8; save the file as UTF-8"),
    ],
)
def test_what_is_wrong_in_a_file_of_translations_is_named_with_line_and_key(
    centre: Centre, file: str | bytes, problem: str
) -> None:
    assert problems(centre(en=file))[0].startswith(f"texts/en.po:{problem}")


def test_a_pipe_is_no_file_of_translations(centre: Centre) -> None:
    path = centre()
    os.mkfifo(path.parent / "texts" / "en.po")
    assert problems(path) == ["texts/en.po: is no plain file; a .po file of at most 1 MB is allowed"]


def test_all_problems_of_all_files_come_at_once(centre: Centre) -> None:
    two = entry("services.eins.name", "Eins", "到") + entry("areas.hier.name", "Hier", "x" * 201)
    found = problems(centre(SMALL.replace('"Test"', '""'), en=two, uk="msgid\nmsgid\n"))
    assert [problem.split(": ")[0] for problem in found] == [
        "config.toml:3",
        "texts/en.po:3",
        "texts/en.po:6",
        "texts/uk.po:1",
        "texts/uk.po:2",
    ]


def test_a_problem_with_the_houses_text_names_its_key_as_it_is_written(centre: Centre) -> None:
    assert problems(centre(SMALL.replace('"Brief"', '""')))[0].startswith("config.toml:16: services.eins.documents: is")
    assert problems(centre(SMALL.replace('"Eins"', "3"))) == [
        'config.toml:14: services.eins.name: is 3; allowed: text in "quotes"'
    ]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "\ufeff",
        '#, fuzzy\nmsgid ""\nmsgstr ""\n"PO-Revision-Date: yesterday\\n"\n\n',
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=KOI8-R\\n"\n"Plural-Forms: nplurals=x\\n"\n\n',
        "# A comment of somebody\n\n",
        '#---\n#~| msgid "older"\n#~ msgid "old"\n#~ msgstr "x"\n#~ msgid "old"\n#~ msgstr "x"\n\n',
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_is_read_whatever_its_header_says(centre: Centre, header: str, line_end: str) -> None:
    file = f"{header}{po(ALL_ENGLISH)}".replace("\n", line_end)
    assert read_config(centre(en=file)).plan.services["eins"].name["en"] == "One"


def test_without_texts_only_the_configuration_is_read(centre: Centre) -> None:
    """A program that works with the plan in force needs none of them, and a wrong one does not stop it."""
    assert read_config(centre(en="nonsense"), texts=False).plan.services["eins"].name == {"de": "Eins"}


def test_a_missing_quote_is_one_problem(centre: Centre) -> None:
    text = entry("services.eins.name", "Eins", "One").replace('msgid "Eins"', 'msgid "Eins')
    (found,) = problems(centre(en=text))
    assert found.startswith('texts/en.po:2: "msgid "Eins" is no line of a .po file')


def test_what_is_wrong_with_a_translation_is_named_by_its_own_line(centre: Centre) -> None:
    (found,) = problems(centre(en=entry("services.eins.name", "Eins", "One {minutes}")))
    assert found.startswith("texts/en.po:3: services.eins.name: ")
