"""The mistakes that people make most often in a plan are answered in words that lead to the place and out of it."""

from __future__ import annotations

import pytest

from tests.unit.shared.config.test_read import SLUG, SMALL, changed, problems


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[series.L]", "[series.A]", "8: series.A stands here and in line 4; a key is allowed once"),
        ("last = 499", "first = 2", "6: series.A.first stands here and in line 5; a key is allowed once"),
        (
            'name.de = "Eins"',
            'name.de = "E"\nname.de="x"',
            "20: services.eins.name.de stands here and in line 19; a key",
        ),
        ("[kiosks.tor]", "1 = { area = 'hier' }\n[kiosks.tor]", "37: desks.1 stands here and in line 36; a key is"),
        ("base = 10", "base = 1, base = 2", '20: "base" stands twice between { and }; a key is allowed once'),
        ('name = "Test"', 'name = "Test', "3: is no TOML (a quote is missing); a line is"),
        ('{ area = "hier", services', '{ area = "hier, services', "36: is no TOML (a quote, a comma or } is missing)"),
    ],
)
def test_a_likely_mistake_is_the_only_problem_that_is_named(old: str, new: str, problem: str) -> None:
    (found,) = problems(changed(old, new))
    assert found.startswith(f"config.toml:{problem}")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            '{ area = "hier", services = ["*"] }',
            '"eins"',
            '36: desks.1: is "eins"; allowed: { area = "…", services = ["…"] }',
        ),
        (
            "[desks]",
            '[hours]\nmo = ["8:00-12:00"]\n[desks]',
            '36: hours.mo: is "8:00-12:00"; allowed: a local time and a later one, each with two digits, "08:00-12:00"',
        ),
        ("eins", "Eins", f"16: services.Eins: is no key for this section; allowed: {SLUG}"),
    ],
)
def test_a_wrong_word_is_named_once_with_the_form_that_is_allowed(old: str, new: str, problem: str) -> None:
    text = SMALL.replace(f"services.{old}", f"services.{new}").replace(f'"{old}"', f'"{new}"')
    assert problems(text if text != SMALL else changed(old, new)) == [f"config.toml:{problem}"]


def test_a_name_that_leads_nowhere_is_a_sentence_before_the_next_one() -> None:
    text = SMALL.replace('area = "hier"', 'area = "Q"')
    assert any("known: hier. It is also named by" in problem for problem in problems(text))


def test_a_wrong_key_is_not_offered_as_what_was_meant_where_the_right_one_is_named() -> None:
    assert problems(changed("[services.eins]", "[services.Eins]")) == [
        f"config.toml:16: services.Eins: is no key for this section; allowed: {SLUG}"
    ]
