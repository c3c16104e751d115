"""The PIN of the staff at a kiosk: only a hash of it is written down."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import scrypt
from secrets import token_bytes

from shared.errors import Malformed

_LEAST, _MOST = 6, 12
_COST, _BLOCK, _LANES = 14, 8, 1
"""N = 2^14, r = 8, p = 1 (RFC 7914): 16 MiB and a few hundredths of a second for each try."""
_MOST_MEMORY = 160 << 20
PIN_HASH = r"^scrypt:1[0-6]:[A-Za-z0-9_-]{22}==:[A-Za-z0-9_-]{43}=$"
"""Its form: the exponent of N, the salt, the hash."""


def hashed(pin: str, cost: int = _COST) -> str:
    """The hash of a PIN, with a salt of its own. Raises Malformed if it is no PIN."""
    if not re.fullmatch(rf"[0-9]{{{_LEAST},{_MOST}}}", pin):
        raise Malformed(f"A PIN has {_LEAST} to {_MOST} digits 0-9 and nothing else.")
    salt = token_bytes(16)
    return ":".join(("scrypt", str(cost), _text(salt), _text(_hash(pin, salt, cost))))


def matches(pin: str, pin_hash: str) -> bool:
    """Whether this is the PIN. Slow on purpose."""
    _, cost, salt, known = pin_hash.split(":")
    return hmac.compare_digest(_hash(pin, urlsafe_b64decode(salt), int(cost)), urlsafe_b64decode(known))


def _hash(pin: str, salt: bytes, cost: int) -> bytes:
    return scrypt(pin.encode(), salt=salt, n=1 << cost, r=_BLOCK, p=_LANES, maxmem=_MOST_MEMORY, dklen=32)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()
