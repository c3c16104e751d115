"""What visitors and officials read and hear: languages, catalogues, letters."""

from __future__ import annotations

from shared.language.languages import LANGUAGES, Direction, Language, language, program_texts, require_languages
from shared.language.spoken import SPOKEN

__all__ = ["LANGUAGES", "SPOKEN", "Direction", "Language", "language", "program_texts", "require_languages"]
