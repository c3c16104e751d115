"""The PIN of the staff: only its hash is kept."""

from __future__ import annotations

import pytest

from shared.config import Device
from shared.config.pin import hashed, matches
from shared.errors import Malformed


def test_only_the_same_pin_matches_its_hash() -> None:
    made = hashed("246813", 10)
    assert matches("246813", made)
    assert not matches("246814", made)
    assert made != hashed("246813", 10), "each has a salt of its own"
    assert Device(pin_hash=made).pin_hash == made


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "12345a", "١٢٣٤٥٦", "123 456"])
def test_what_is_no_pin_is_named(pin: str) -> None:
    with pytest.raises(Malformed, match="6 to 12 digits"):
        hashed(pin)


@pytest.mark.parametrize("wrong", ["246813", "scrypt:30:a:b", "scrypt:14:c2FsdHNhbHRzYWx0c2FsdA==:c2hvcnQ="])
def test_no_configuration_has_anything_but_a_hash(wrong: str) -> None:
    with pytest.raises(ValueError, match="pin_hash"):
        Device(pin_hash=wrong)
