"""texts/TAG.po: the texts of a plan in one language, in the form that translators' programs know.

A file may come from anybody: each of its lines must be one that gettext knows, and what it says is checked afterwards
like the configuration itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, escape, read_po

from shared.config.sources import Place, text_of
from shared.errors import ConfigInvalid
from shared.language.terminal_text import clean

_LINE = re.compile(r'(?:(?P<word>msgctxt|msgid|msgstr) +)?"(?:[^"\\]|\\.)*"')
_WORD = re.compile(r"(msgctxt|msgid|msgstr)\b")
_LANGUAGE = re.compile(r'^"Language: *([A-Za-z_-]+)', re.MULTILINE)
_AFTER = {"msgctxt": (None, "msgstr"), "msgid": (None, "msgctxt", "msgstr"), "msgstr": ("msgid",)}
"""Which word of an entry may follow which."""
_ALLOWED = 'allowed: msgctxt, msgid and msgstr with text in "quotes", # comment'
_HEADER = """\
msgid ""
msgstr ""
"Language: {tag}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_GUESSED = {"python-format", "python-brace-format"}
"""What Babel takes a text for that has a "%" or a "{" in it."""
_UNUSED = "#~"
_EARLIER = "|"
"""How a comment begins that has an earlier text of the house."""


@dataclass(frozen=True)
class PoFile:
    """One file of translations."""

    path: Path
    entries: tuple[Message, ...] = ()
    unused: tuple[Message, ...] = ()
    """Translations of what the plan does not have any more."""
    header: str = ""
    """The first entry as it is written, for translators' programs."""
    translations: tuple[int, ...] = ()
    """The lines in which translations begin."""

    @cached_property
    def by_key(self) -> dict[str, dict[str, Message]]:
        """The entries by the key of the plan, then by the text of the house."""
        found: dict[str, dict[str, Message]] = {}
        for message in self.entries:
            found.setdefault(message.context or "", {})[str(message.id)] = message
        return found

    def place(self, message: Message) -> Place:
        """Where the translation of an entry stands."""
        begun = message.lineno or 1
        return Place(self.path, next((line for line in self.translations if line >= begun), begun))

    @property
    def other_language(self) -> str | None:
        """The language that the header names, if it is not that of the file's name."""
        named = _LANGUAGE.search(self.header)
        return named[1] if named and named[1].replace("_", "-").partition("-")[0] != self.path.stem else None


def read_po_file(path: Path) -> PoFile:
    """Read a file; one that is not there is empty. Raises ConfigInvalid with every line that is none of a .po file."""
    if _is_missing(path):
        return PoFile(path, header=_HEADER.format(tag=path.stem))
    lines = text_of(path, "a .po file of at most 1 MB").replace("\r\n", "\n").split("\n")
    if wrong := list(_wrong_lines(lines, path)):
        raise ConfigInvalid(wrong)
    end = _end_of_header(lines)
    header = "\n".join(lines[:end]).strip() or _HEADER.format(tag=path.stem).strip()
    try:
        # Without the header: it says nothing that we need, and Babel refuses odd dates and numbers in it.
        catalog = read_po([*[""] * end, *map(_for_babel, lines[end:])], abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise ConfigInvalid([f"{Place(path, 1)}: cannot be read ({clean(str(error), 200)})"]) from None
    entries = tuple(message for message in catalog if message.id)
    translations = tuple(number for number, line in enumerate(lines, 1) if line.lstrip().startswith("msgstr"))
    return PoFile(path, entries, tuple(catalog.obsolete.values()), f"{header}\n", translations)


def po_text(file: PoFile) -> str:
    """The text of a file: header, entries in their order, and at the end what is not used any more."""
    parts = [_entry(message) for message in file.entries] + [_entry(message, f"{_UNUSED} ") for message in file.unused]
    return "\n".join([file.header, *parts])


def earlier(text: str) -> str:
    """The comment that shows a translator the earlier text of the house."""
    return f"{_EARLIER} msgid {escape(text)}"


def without_earlier(comments: Iterable[str]) -> list[str]:
    """Comments of an entry without the earlier text of the house."""
    return [comment for comment in comments if not comment.startswith(_EARLIER)]


def _entry(message: Message, front: str = "") -> str:
    remarks = without_earlier(message.user_comments)
    before = [comment for comment in message.user_comments if comment not in remarks]
    words = {"msgctxt": message.context, "msgid": message.id, "msgstr": message.string or ""}
    lines = [
        *(f"# {comment}".rstrip() for comment in remarks),
        *(f"#. {comment}" for comment in message.auto_comments),
        *([f"#, {', '.join(sorted(flags))}"] if (flags := message.flags - _GUESSED) else []),
        *(f"#{comment}" for comment in before if not front),
        *(f"{front}{word} {escape(str(text))}" for word, text in words.items() if text is not None),
    ]
    return "\n".join(lines) + "\n"


def _wrong_lines(lines: list[str], path: Path) -> Iterator[str]:
    last: str | None = None
    match: re.Match[str] | None = None
    head: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines, 1):
        bare = _for_babel(line)
        in_use = not bare.startswith(_UNUSED)
        bare = bare.removeprefix(_UNUSED).strip()
        if not bare or bare.startswith("#"):
            continue
        match = _LINE.fullmatch(bare)
        begun = _WORD.match(bare)
        word = begun[1] if begun else None  # also of a line that is wrong behind it: the next line is not
        if match is None:
            yield f'{Place(path, number)}: "{clean(bare, 40)}" is no line of a .po file; {_ALLOWED}'
        elif (word or last) is None or (word and last not in _AFTER[word]):
            yield f"{Place(path, number)}: {word or 'text'} does not belong here; {_ALLOWED}, in this order"
        head = [] if word and last in (None, "msgstr") else head
        last = word or last
        if last != "msgstr":
            head.append(bare)
        elif word and in_use and seen.setdefault(tuple(head), number) != number:
            first = seen[tuple(head)]
            yield f"{Place(path, number)}: the same text was translated in line {first}; one translation is allowed"
    if match and last not in (None, "msgstr"):
        yield f"{Place(path, len(lines))}: ends in the middle of an entry; {_ALLOWED}, in this order"


def _for_babel(line: str) -> str:
    """A line without what Babel refuses: earlier texts of entries that are not used any more, comments like "#---"."""
    bare = line.strip()
    if bare.startswith(f"{_UNUSED}{_EARLIER}"):
        return ""
    return f"# {bare[1:]}" if bare.startswith("#-") else bare


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False  # who reads it says why it cannot be read
    return False


def _end_of_header(lines: list[str]) -> int:
    """The number of lines in front of the entries; 0 without a header, which is an entry for the empty text."""
    words = (n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    first = next(words, None)
    if first is None:
        return len(lines)
    second = next(words, first)
    if lines[first].strip() != 'msgid ""' or not lines[second].lstrip().startswith("msgstr"):
        return 0
    return next((n for n in range(second + 1, len(lines)) if not lines[n].lstrip().startswith('"')), len(lines))
