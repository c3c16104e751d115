"""Languages that nobody can read at the kiosk."""

from __future__ import annotations

import pytest
from babel import Locale, UnknownLocaleError

from shared.language import LANGUAGES, SPOKEN
from shared.language.fonts import missing_glyphs
from shared.language.spoken import SIGNED, direction_of, own_name


def test_there_are_many_and_none_that_the_program_has() -> None:
    assert len(SPOKEN) > 30
    assert not {*SPOKEN} & {*LANGUAGES}
    assert next(tag for tag in SPOKEN if tag in SIGNED) == "gsg"


@pytest.mark.parametrize("tag", SPOKEN)
def test_each_has_its_own_name_and_direction_as_cldr_has_them(tag: str) -> None:
    assert missing_glyphs(own_name(tag)) == set()
    try:
        known = Locale.parse(tag)
    except UnknownLocaleError:
        assert own_name(tag) != tag
    else:
        order = {"ltr": "left-to-right", "rtl": "right-to-left"}[direction_of(tag)]
        assert (own_name(tag), order) == (known.get_language_name(tag), known.character_order)
