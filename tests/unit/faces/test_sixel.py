"""Sixel is read back pixel by pixel, as a terminal would."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from faces.canvas import Canvas, Font
from faces.sixel import sixel

PAPER, INK = (255, 255, 255), (0, 51, 102)


def shown(data: str) -> Image.Image:
    """What a terminal shows of a Sixel."""
    head = re.match(r'\x1bP0;1;0q"1;1;(\d+);(\d+)', data)
    assert head
    assert data.endswith("\x1b\\")
    picture = Image.new("RGB", (int(head[1]), int(head[2])))
    colours: dict[str, tuple[int, ...]] = {}
    x, top, now = 0, 0, (0, 0, 0)
    for number, rgb, run, sign, control in re.findall(
        r"#(\d+)(;2;\d+;\d+;\d+)?|!(\d+)([?-~])|([?-~$-])", data[head.end() : -2]
    ):
        if rgb:
            colours[number] = tuple(round(int(part) * 255 / 100) for part in rgb.split(";")[2:])
        elif number:
            now = colours[number]
        elif control == "$":
            x = 0
        elif control == "-":
            x, top = 0, top + 6
        else:
            bits = ord(sign or control) - 63
            for column in range(x, x := x + int(run or 1)):
                for row in (row for row in range(6) if bits >> row & 1):
                    picture.putpixel((column, top + row), now)
    return picture


@pytest.mark.parametrize("size", [(1, 1), (7, 6), (50, 31), (3, 40)])
def test_every_pixel_comes_back(size: tuple[int, int]) -> None:
    canvas = Canvas(size, PAPER)
    canvas.area((size[0] // 3, size[1] // 2, size[0], size[1]), INK)
    canvas.area((0, 0, 1, 1), (204, 0, 0))
    picture = canvas.finished()
    assert shown(sixel(picture)).tobytes() == picture.convert("RGB").tobytes()


def test_letters_come_back_in_either_direction() -> None:
    for direction, text in (("ltr", "Gg"), ("rtl", "العربية")):
        canvas = Canvas((200, 60), PAPER)
        canvas.line(text, (100, 5), "middle", Font(30, direction, bold=True), INK)
        picture = canvas.finished()
        inked = shown(sixel(picture)).convert("L").point([255 if grey < 128 else 0 for grey in range(256)]).getbbox()
        assert inked
        assert inked == picture.convert("L").point([255 if grey < 128 else 0 for grey in range(256)]).getbbox()


def test_no_letter_is_cut_off_below_its_line() -> None:
    for direction, text in (("ltr", "ĄỆgjq,"), ("rtl", "تم الأطفال؟ چاپ"), ("ltr", "ቍጽሪ")):
        font = Font(40, direction, bold=True)
        canvas = Canvas((font.length(text) + 40, font.height + 40), PAPER)
        canvas.line(text, (20, 20), "left", font, INK)
        inked = canvas.finished().convert("L").point([255 if grey < 128 else 0 for grey in range(256)]).getbbox()
        assert inked
        assert inked[3] <= 20 + font.height, text


def test_nothing_after_the_last_band_scrolls_the_screen() -> None:
    assert not sixel(Canvas((4, 12), PAPER).finished()).removesuffix("\x1b\\").endswith("-")
