"""What visitors and officials read and hear: languages, catalogues, letters."""

from __future__ import annotations

from shared.language.languages import LANGUAGES, Language, language

__all__ = ["LANGUAGES", "Language", "language"]
