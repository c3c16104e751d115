"""The centre's logo: when a plan is applied, the picture file becomes dots in the plan itself.

So every computer that prints draws the same, with or without the file. Pillow is imported late: most programs that
read a configuration draw nothing.
"""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from shared.config.words import visible_line
from shared.plain_file import NotPlain, read_plain

if TYPE_CHECKING:
    from PIL import Image

IN_PLAN = "data:image/x-portable-bitmap;base64,"
"""A logo that begins with this is in the plan itself; any other is a file. A bitmap has the same bytes everywhere."""
DPI = 203
MOST_WIDTH, MOST_HEIGHT = 480, 96
"""60 mm by 12 mm at 203 dots per inch: a smaller one would blur, a larger one make tickets longer than 170 mm."""
MOST_LETTERS = len(IN_PLAN) + 4 * (MOST_WIDTH // 8 * MOST_HEIGHT + 20) // 3
_MOST_BYTES = 1_000_000
_MOST_SIDE = 4000
_INK_BELOW = 150
"""Grey darker than this becomes a dot, as for letters."""
_OTHERS = {b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"BM": "BMP", b"%PDF": "PDF"}
"""How files of other kinds begin."""
_ALLOWED = (
    f"a PNG file of at most 1 MB and {_MOST_SIDE} by {_MOST_SIDE} pixels, dark on white or on nothing, is allowed"
)


def file_or_dots(logo: str) -> str:
    """`logo` itself. Raises ValueError for what is neither a file's name nor a logo in the plan."""
    if logo.startswith(IN_PLAN):
        picture_of(logo)
    return visible_line(logo)


def dots_of(file: Path) -> str:
    """A picture file as the plan has it: cut to its ink, at most 60 mm wide and 12 mm high, black and white.

    Raises ValueError, which says what is wrong with the file and what is allowed.
    """
    from PIL import Image

    ink = _ink(file)
    if (box := ink.getbbox()) is None:
        raise ValueError(f"shows nothing that is dark enough to print; {_ALLOWED}")
    ink = ink.crop(box)
    scale = min(MOST_WIDTH / ink.width, MOST_HEIGHT / ink.height)
    size = max(1, round(ink.width * scale)), max(1, round(ink.height * scale))
    dots = ink.resize(size, Image.Resampling.LANCZOS).point(
        [255 if ink > 255 - _INK_BELOW else 0 for ink in range(256)]
    )
    bitmap = io.BytesIO()
    # In this kind of bitmap a set bit means black; in Pillow it means white, so Pillow inverts.
    dots.point([255 - ink for ink in range(256)]).convert("1", dither=Image.Dither.NONE).save(bitmap, "PPM")
    return IN_PLAN + base64.b64encode(bitmap.getvalue()).decode("ascii")


def picture_of(logo: str) -> Image.Image:
    """A logo of the plan as a picture, black on white, mode "1", at 203 dots per inch. Raises ValueError."""
    from PIL import Image

    wrong = "is no logo that `ankommen apply` has made from a picture file"
    try:
        bitmap = base64.b64decode(logo.removeprefix(IN_PLAN), validate=True)
        with Image.open(io.BytesIO(bitmap), formats=["PPM"]) as picture:
            if picture.mode != "1" or picture.width > MOST_WIDTH or picture.height > MOST_HEIGHT:
                raise ValueError(wrong)
            picture.load()
            return picture
    except (binascii.Error, OSError, SyntaxError):
        raise ValueError(wrong) from None


def _kind(content: bytes) -> str:
    """What a file is that cannot be read as a PNG picture."""
    known = (name for begin, name in _OTHERS.items() if content.startswith(begin))
    return f"is a {name}" if (name := next(known, None)) else "is no whole PNG picture"


def _ink(file: Path) -> Image.Image:
    """How dark each pixel of a picture file is, 255 for black; transparent counts as white."""
    from PIL import Image, ImageChops

    try:
        content = io.BytesIO(read_plain(file, _MOST_BYTES))
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(content, formats=["PNG"]) as picture:
                if max(picture.size) > _MOST_SIDE:
                    raise ValueError(f"has {picture.width} by {picture.height} pixels; {_ALLOWED}")
                colours = picture.convert("RGBA")
    except NotPlain as error:
        raise ValueError(f"{error}; {_ALLOWED}") from None
    except FileNotFoundError:
        raise ValueError(f"is no file beside this one; {_ALLOWED}") from None
    except IsADirectoryError:
        raise ValueError(f"is a folder; {_ALLOWED}") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError(f"has too many pixels; {_ALLOWED}") from None
    except (OSError, SyntaxError) as error:  # what Pillow raises for files that are broken
        reason = "cannot be read" if getattr(error, "strerror", None) else _kind(content.getvalue())
        raise ValueError(f"{reason}; {_ALLOWED}") from None
    paper = Image.new("RGBA", colours.size, "white")
    paper.alpha_composite(colours)
    return ImageChops.invert(paper.convert("L"))
