"""Languages that visitors may speak or sign, beyond those of the program: somebody can be asked to interpret."""

from __future__ import annotations

from shared.language.languages import LANGUAGES, Direction, language

_OTHERS: dict[str, tuple[str, Direction]] = {
    "gsg": ("Deutsche Gebärdensprache (DGS)", "ltr"),
    "ukl": ("Українська жестова мова", "ltr"),
    "rsl": ("Русский жестовый язык", "ltr"),
    "ils": ("International Sign", "ltr"),
    "so": ("Soomaali", "ltr"),
    "am": ("አማርኛ", "ltr"),
    "om": ("Oromoo", "ltr"),
    "sw": ("Kiswahili", "ltr"),
    "ha": ("Hausa", "ltr"),
    "ff": ("Pulaar", "ltr"),
    "wo": ("Wolof", "ltr"),
    "ln": ("lingála", "ltr"),
    "rw": ("Ikinyarwanda", "ltr"),
    "prs": ("دری", "rtl"),
    "ps": ("پښتو", "rtl"),
    "ur": ("اردو", "rtl"),
    "ckb": ("کوردیی ناوەندی", "rtl"),
    "he": ("עברית", "rtl"),
    "az": ("azərbaycan", "ltr"),
    "uz": ("o‘zbek", "ltr"),
    "kk": ("қазақ тілі", "ltr"),
    "tg": ("тоҷикӣ", "ltr"),
    "mn": ("монгол", "ltr"),
    "bg": ("български", "ltr"),
    "mk": ("македонски", "ltr"),
    "sr": ("српски", "ltr"),
    "bs": ("bosanski", "ltr"),
    "hr": ("hrvatski", "ltr"),
    "sq": ("shqip", "ltr"),
    "rom": ("Romani čhib", "ltr"),
    "el": ("Ελληνικά", "ltr"),
    "hu": ("magyar", "ltr"),
    "cs": ("čeština", "ltr"),
    "it": ("italiano", "ltr"),
    "pt": ("português", "ltr"),
}
"""Own name and direction, as CLDR has them: a test compares. Left out are languages whose letters the fonts lack."""
SIGNED = frozenset({"gsg", "ukl", "rsl", "ils"})
"""Those that are signed."""
SPOKEN: tuple[str, ...] = tuple(_OTHERS)
"""Tags of all of them, in the order in which the kiosk offers them."""


def own_name(tag: str) -> str:
    """The name of a language in itself, of the program's or of these; the tag where nobody knows it."""
    return language(tag).autonym if tag in LANGUAGES else _OTHERS[tag][0] if tag in _OTHERS else tag


def direction_of(tag: str) -> Direction:
    """On which side its lines begin."""
    return language(tag).direction if tag in LANGUAGES else _OTHERS[tag][1] if tag in _OTHERS else "ltr"
