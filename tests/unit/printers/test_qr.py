"""QR codes are as small as they can be and can be read."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from printers.qr import QUIET_ZONE, qr_matrix

TOKEN = "7K3M9PXQ2RVA1BCD4EFG"


@pytest.mark.parametrize(
    ("text", "modules"),
    [(TOKEN, 21), (f"https://w.example/t/{TOKEN}", 29), (f"https://w.example.de/{TOKEN}x", 29)],
)
def test_the_smallest_version_that_holds_the_text(text: str, modules: int) -> None:
    matrix = qr_matrix(text)
    assert len(matrix) == modules
    assert all(len(row) == modules for row in matrix)


def test_a_phone_reads_the_matrix() -> None:
    matrix = qr_matrix(TOKEN)
    side = len(matrix) + 2 * QUIET_ZONE
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            picture.putpixel((x + QUIET_ZONE, y + QUIET_ZONE), 0 if dark else 255)
    (code,) = zxingcpp.read_barcodes(picture.resize((side * 4, side * 4), Image.Resampling.NEAREST))
    assert code.text == TOKEN
    assert code.ec_level == "M"
