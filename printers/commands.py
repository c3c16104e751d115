"""The bytes of ESC/POS that printer and program exchange. Names are those of Epson's ESC/POS Command Reference."""

from __future__ import annotations

INITIALISE = b"\x1b@"
"""ESC @: forget settings of earlier jobs."""
FEED_AND_CUT = b"\x1dVB\x00"
"""GS V <Function B>, m = 66, n = 0: feed until the last row has passed the knife, then cut."""
ASK_IN_ORDER = b"\x1dr\x01"
"""GS r, n = 1: the paper sensor's state, answered only after everything sent before has been processed."""
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4, fn = 8: empty all buffers, at once, even inside a picture."""
CLEARED = b"\x37\x25\x00"
"""The answer to CLEAR: header 37h, identifier 25h, NUL."""

LETTERS_OF_CP437 = b"\x1bt\x00"
"""ESC t, n = 0: code page 437. A program that prints text must first choose the letters."""
CENTRE = b"\x1ba\x01"
"""ESC a, n = 1: lines are centred."""

MOST_FEED = 255
"""Greatest n of ESC J."""

OFFLINE = 0x08
"""DLE EOT 1, printer status: bit 3."""
COVER_OPEN, PAPER_STOP, ERROR = 0x04, 0x20, 0x40
"""DLE EOT 2, offline cause: bits 2, 5, 6."""
KNIFE_ERROR, FATAL_ERROR, PASSING_ERROR = 0x08, 0x20, 0x40
"""DLE EOT 3, error cause: bits 3, 5, 6."""
PAPER_LOW, PAPER_END = 0x0C, 0x60
"""DLE EOT 4, roll paper sensor: bits 2 and 3, bits 5 and 6."""


def ask(n: int) -> bytes:
    """DLE EOT n: asks for a state and is answered at once: 1 printer, 2 cause of offline, 3 error, 4 paper."""
    return bytes((0x10, 0x04, n))


def is_state(byte: int) -> bool:
    """Whether a byte answers DLE EOT: bits 0 and 7 are off, bits 1 and 4 on; in other answers these differ."""
    return byte & 0x93 == 0x12


def is_answer_in_order(byte: int) -> bool:
    """Whether a byte answers GS r: bits 4 and 7 are off."""
    return byte & 0x90 == 0


def rows_as_unit(dpi: int) -> bytes:
    """GS P, x = 0 (unchanged), y = dpi: vertical steps are rows of dots; by default they are finer on many models."""
    return bytes((0x1D, 0x50, 0, dpi))


def letters(times: int) -> bytes:
    """GS ! n: letters `times` as wide and as high, 1 to 8."""
    return bytes((0x1D, 0x21, (times - 1) << 4 | (times - 1)))


def feed(rows: int) -> bytes:
    """ESC J n, repeated as needed: move the paper by blank rows."""
    whole, rest = divmod(rows, MOST_FEED)
    return bytes((0x1B, 0x4A, MOST_FEED)) * whole + (bytes((0x1B, 0x4A, rest)) if rest else b"")


def ask_proof(process_id: bytes) -> bytes:
    """GS ( H <Function 48>: answer these four characters (20h-7Eh) when everything before them is on paper."""
    return b"\x1d(H\x06\x00\x30\x30" + process_id


def proof(process_id: bytes) -> bytes:
    """The answer to `ask_proof`: header 37h, identifier 22h, the four characters, NUL."""
    return b"\x37\x22" + process_id + b"\x00"
