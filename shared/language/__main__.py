"""`python -m shared.language` prints how each language writes a date: `… > shared/language/dates.json`."""

from __future__ import annotations

from shared.language.dates import forms_text

if __name__ == "__main__":
    print(forms_text(), end="")
