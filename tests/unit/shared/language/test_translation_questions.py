"""What native readers are asked about is what visitors read today."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from shared.config import Config
from shared.language import LANGUAGES, language
from tests.support.texts import planned, program

ASKED = Path(__file__).parents[4] / "docs" / "translation-questions.md"


def asked(tag: str) -> list[str]:
    """The texts of today in the table of a language."""
    table = ASKED.read_text(encoding="utf-8").split(f" ({tag})\n", 1)[1].split("\n## ", 1)[0]
    rows = [row.split(" | ") for row in table.splitlines() if row.startswith("| ")][1:]
    return [text for _, text, *_ in rows if text != "–"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_question_shows_the_text_of_today(tag: str, leipzig: Config) -> None:
    today = "\n".join([*program(tag), *planned(leipzig.plan, tag), language(tag).date(date(2026, 11, 26))])
    assert [text for text in asked(tag) if not re.search(rf"^{re.escape(text)}$", today, re.MULTILINE)] == []
    assert asked(tag)
