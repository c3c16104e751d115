"""A text as the dark and light modules of a QR code, for paper and for the screen."""

from __future__ import annotations

from functools import lru_cache

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4
"""Light modules that must stay free on every side (ISO/IEC 18004, 5.3.8)."""


@lru_cache(maxsize=32)
def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of modules, True for dark, without the quiet zone; error level M, the smallest version that holds `text`."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
