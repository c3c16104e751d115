"""`ankommen texts` brings texts/TAG.po up to date with the plan; nothing that somebody has translated is lost."""

from __future__ import annotations

from shared.config import Config, read_config
from shared.config.po import po_text, read_po_file
from shared.config.translation import updated
from tests.support.translations import ALL_ENGLISH, SMALL, Centre, entry, po


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


def test_what_odd_texts_leave_behind_is_read_again(centre: Centre) -> None:
    odd = {"services.eins.name": {r"a\nb": "One", "c\u2028d\x85": "Two"}, "gone.gone.name": {r"e\n": "Three"}}
    first = update(read_config(centre(en=po(odd))), "en")
    assert "#| msgid " in first
    assert update(read_config(centre(en=first)), "en") == first


def test_a_list_keeps_its_translations_in_another_order_and_of_a_changed_line_the_most_similar(centre: Centre) -> None:
    changed = SMALL.replace('["Pass", "Brief", "Foto"]', '["Foto", "Briefe", "Pass"]')
    text = update(read_config(centre(changed, en=po(ALL_ENGLISH))), "en")
    documents = [part for part in text.split("\n\n") if "documents" in part]
    assert [part.splitlines()[-1] for part in documents] == ['msgstr "Photo"', 'msgstr "Letter"', 'msgstr "Passport"']
    assert ["fuzzy" in part for part in documents] == [False, True, False]


def test_a_line_that_stands_twice_in_a_list_is_one_entry(centre: Centre) -> None:
    twice = SMALL.replace('"Pass", "Brief"', '"Pass", "Pass", "Brief"')
    config = read_config(centre(twice, en=po(ALL_ENGLISH)))
    assert update(config, "en").count('msgid "Pass"\nmsgstr "Passport"\n') == 1
    assert config.plan.services["eins"].documents["en"] == ("Passport", "Passport", "Letter", "Photo")


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
    assert "#," not in update(config, "en"), "no program fills it in"
    there = 'msgid "Ein \\"Test\\" \\\\ {n}"\nmsgstr "'
    filled = update(config, "en").replace(there, f'{there}{{n}} \\"T\\"')
    assert read_config(centre(odd, en=filled)).plan.services["eins"].name["en"] == '{n} "T"'
