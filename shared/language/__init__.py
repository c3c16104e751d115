"""What visitors and officials read and hear: languages, catalogues, letters."""

from __future__ import annotations

from shared.language.languages import LANGUAGES, Direction, Language, language, require_languages

__all__ = ["LANGUAGES", "Direction", "Language", "language", "require_languages"]
