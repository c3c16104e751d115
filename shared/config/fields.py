"""What the fields of a plan hold: keys, texts, times."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from shared.config.logo import MOST_LETTERS, file_or_dots
from shared.config.words import LETTER, SLUG, TAG, TIME_OF_DAY, printable_line

Slug = Annotated[str, StringConstraints(pattern=SLUG)]
"""A key: lower-case letters, digits, "-" and "_"; never reused for something else."""
Tag = Annotated[str, StringConstraints(pattern=TAG)]
"""The tag of a language that visitors can choose, "uk"."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(printable_line)]
"""One line of text for people: no control characters, no hidden direction marks, only letters that can be printed."""
Texts = dict[Tag, Text]
"""The same text in several languages, that of the house first. In the file it may be one text in the house's."""
Lines = dict[Tag, tuple[Text, ...]]
"""The same lines in several languages."""
TimeOfDay = Annotated[str, StringConstraints(pattern=TIME_OF_DAY)]
"""Local time, "HH:MM"."""
Letter = Annotated[str, StringConstraints(pattern=LETTER)]
Logo = Annotated[str, StringConstraints(min_length=1, max_length=MOST_LETTERS), AfterValidator(file_or_dots)]
"""The name of a picture file, or the picture itself, as the plan in force has it."""
