"""The emergency ticket: number and German in the printer's own letters, used if no picture can be drawn."""

from __future__ import annotations

from printers import commands
from shared.model import Ticket, spaced

_LINES = ("Ihre Nummer", "", "Bitte warten Sie. Wir rufen Ihre Nummer.", "Fragen? Bitte gehen Sie zum Empfang.")


def emergency_ticket(ticket: Ticket, copy: int = 0) -> bytes:
    """The commands that print a number as text. Everything in it is ASCII, which every code page has."""
    above, *below = _LINES
    number = commands.letters(times=8) + _line(spaced(ticket.code))
    parts = [commands.LETTERS_OF_CP437, commands.CENTRE, commands.letters(times=2), _line(above), number]
    parts += [commands.letters(times=1), *([_line(f"Kopie {copy}")] if copy else []), *map(_line, below)]
    return b"".join(parts)


def _line(text: str) -> bytes:
    return text.encode("ascii") + b"\n"
