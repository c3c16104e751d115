"""A plan's texts come from its file and from texts/TAG.po beside it; whatever a .po file holds, it is checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shared.config import Config, parse_plan, read_config
from shared.config.plan import text_in
from shared.config.po import po_text, read_po_file
from shared.config.translation import Gap, updated
from shared.errors import ConfigInvalid

SMALL = """\
[site]
key = "test"
name = "Test"
languages = ["de", "en", "uk"]
[series]
A = { first = 1, last = 499, for = "packages" }
[authorities]
amt = { name = "Amt" }
[areas]
hier = { name = "Hier", sentence.de = "Im Haus.", sentence.uk = "У будинку." }
[services.eins]
authority = "amt"
area = "hier"
name = "Eins"
minutes = { base = 10 }
documents = ["Pass", "Brief", "Foto"]
[desks]
1 = { area = "hier", services = ["eins"] }
"""
ALL_ENGLISH = {
    "authorities.amt.name": {"Amt": "Office"},
    "areas.hier.name": {"Hier": "Here"},
    "areas.hier.sentence": {"Im Haus.": "In the house."},
    "services.eins.name": {"Eins": "One"},
    "services.eins.documents": {"Pass": "Passport", "Brief": "Letter", "Foto": "Photo"},
}
Centre = Callable[..., Path]


def entry(key: str, text: str, translation: str, flags: str = "") -> str:
    front = f"#, {flags}\n" if flags else ""
    return f'{front}msgctxt "{key}"\nmsgid "{text}"\nmsgstr "{translation}"\n'


def po(translations: dict[str, dict[str, str]]) -> str:
    return "\n".join(entry(key, *pair) for key, pairs in translations.items() for pair in pairs.items())


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """Makes a small centre with files of translations; the path of its configuration."""

    def centre(text: str = SMALL, **files: str | bytes) -> Path:
        (tmp_path / "texts").mkdir(exist_ok=True)
        for tag, content in files.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (tmp_path / "texts" / f"{tag}.po").write_bytes(raw)
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        return tmp_path / "config.toml"

    return centre


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigInvalid) as refusal:
        read_config(path)
    return [problem.replace(f"{path.parent}/", "") for problem in refusal.value.problems]


def test_a_text_is_the_houses_where_it_has_no_tag_and_comes_from_its_file_elsewhere(centre: Centre) -> None:
    plan = read_config(centre(en=po(ALL_ENGLISH), uk=entry("services.eins.name", "Eins", "Один"))).plan
    assert plan.services["eins"].name == {"de": "Eins", "en": "One", "uk": "Один"}
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
        (entry("services.eins.name", "Eins", "x" * 201), f'2: services.eins.name: is "{"x" * 39}…"; allowed: at most'),
        (
            entry("services.eins.name", "Eins", r"a\nb"),
            '2: services.eins.name: "a b" has the invisible',
        ),
        (
            entry("services.eins.name", "Eins", "a\x1b[31mb"),
            '2: services.eins.name: "ab" has the invisible',
        ),
        (
            entry("services.eins.name", "Eins", "a\u202eb"),
            '2: services.eins.name: "a b" has the invisible',
        ),
        (entry("services.eins.name", "Eins", "到"), '2: services.eins.name: "到" cannot be printed'),
        (entry("services.eins.documents", "Brief", "到"), '2: services.eins.documents: "到" cannot be printed'),
        (
            entry("services.eins.name", "Eins", "{n}"),
            '2: services.eins.name: is "{n}"; allowed: the same placeholders',
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


def test_all_problems_of_all_files_come_at_once(centre: Centre) -> None:
    two = entry("services.eins.name", "Eins", "到") + entry("areas.hier.name", "Hier", "x" * 201)
    found = problems(centre(SMALL.replace('"Test"', '""'), en=two, uk="msgid\nmsgid\n"))
    assert [problem.split(": ")[0] for problem in found] == [
        "config.toml:3",
        "texts/en.po:2",
        "texts/en.po:5",
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
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_is_read_whatever_its_header_says(centre: Centre, header: str, line_end: str) -> None:
    file = f"{header}{po(ALL_ENGLISH)}".replace("\n", line_end)
    assert read_config(centre(en=file)).plan.services["eins"].name["en"] == "One"


def test_without_texts_only_the_configuration_is_read(centre: Centre) -> None:
    """A program that works with the plan in force needs none of them, and a wrong one does not stop it."""
    assert read_config(centre(en="nonsense"), texts=False).plan.services["eins"].name == {"de": "Eins"}


def update(config: Config, tag: str) -> str:
    """What `ankommen texts` writes."""
    path = config.path.parent / "texts" / f"{tag}.po"
    return po_text(updated(read_po_file(path), config.to_translate(tag)))


def test_a_new_file_has_an_entry_for_every_text_in_the_order_of_the_configuration(centre: Centre) -> None:
    text = update(read_config(centre()), "uk")
    assert text.startswith('msgid ""\nmsgstr ""\n"Language: uk\\n"\n')
    keys = [line.split('"')[1] for line in text.splitlines() if line.startswith("msgctxt")]
    assert keys == ["areas.hier.name", "services.eins.name", *["services.eins.documents"] * 3]


def test_an_update_of_an_update_changes_nothing(centre: Centre) -> None:
    first = update(read_config(centre(en=po({**ALL_ENGLISH, "services.eins.name": {"Früher": "Once"}}))), "en")
    assert update(read_config(centre(en=first)), "en") == first


def test_a_changed_text_makes_its_translation_fuzzy_and_shows_what_it_was(centre: Centre) -> None:
    text = update(read_config(centre(SMALL.replace('"Eins"', '"Eins und zwei"'), en=po(ALL_ENGLISH))), "en")
    assert text.count("fuzzy") == 1
    assert '#, fuzzy\n#| msgid "Eins"\nmsgctxt "services.eins.name"\nmsgid "Eins und zwei"\nmsgstr "One"\n' in text
    ready = text.replace("#, fuzzy\n", "")
    config = read_config(centre(SMALL.replace('"Eins"', '"Eins und zwei"'), en=ready))
    assert config.plan.services["eins"].name["en"] == "One"
    assert "#|" not in update(config, "en"), "a translator has looked at it"


def test_a_list_keeps_its_translations_in_another_order_and_of_a_changed_line_the_most_similar(centre: Centre) -> None:
    changed = SMALL.replace('["Pass", "Brief", "Foto"]', '["Foto", "Briefe", "Pass"]')
    text = update(read_config(centre(changed, en=po(ALL_ENGLISH))), "en")
    documents = [part for part in text.split("\n\n") if "documents" in part]
    assert [part.splitlines()[-1] for part in documents] == ['msgstr "Photo"', 'msgstr "Letter"', 'msgstr "Passport"']
    assert ["fuzzy" in part for part in documents] == [False, True, False]


def test_what_is_gone_stays_at_the_end_and_comes_back_with_its_text(centre: Centre) -> None:
    fewer = SMALL.replace('sentence.de = "Im Haus.", sentence.uk = "У будинку."', "")
    gone = update(read_config(centre(fewer.replace('"Hier",  }', '"Hier" }'), en=po(ALL_ENGLISH))), "en")
    assert gone.endswith('#~ msgctxt "areas.hier.sentence"\n#~ msgid "Im Haus."\n#~ msgstr "In the house."\n')
    again = update(read_config(centre(en=gone)), "en")
    assert "#~" not in again
    assert 'msgid "Im Haus."\nmsgstr "In the house."\n' in again


def test_header_and_comments_of_translators_stay(centre: Centre) -> None:
    header = '# Somebody\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Generator: Editor 1\\n"\n'
    remark = f"# Is this right?\n{entry('services.eins.name', 'Eins', 'One')}"
    text = update(read_config(centre(en=f"{header}\n{remark}")), "en")
    assert text.startswith(header)
    assert remark in text


def test_a_text_with_quotes_and_backslashes_is_written_and_read_again(centre: Centre) -> None:
    odd = SMALL.replace('"Eins"', """'Ein "Test" \\ {n}'""")
    config = read_config(centre(odd))
    (wording,) = [wording for wording in config.to_translate("en") if wording.key == "services.eins.name"]
    assert wording.lines == ('Ein "Test" \\ {n}',)
    there = 'msgid "Ein \\"Test\\" \\\\ {n}"\nmsgstr "'
    filled = update(config, "en").replace(there, f'{there}{{n}} \\"T\\"')
    assert read_config(centre(odd, en=filled)).plan.services["eins"].name["en"] == '{n} "T"'
