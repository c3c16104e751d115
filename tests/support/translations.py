"""A small centre with files of translations, as its folder has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
