"""A logo becomes part of the plan: black and white, of limited size, and independent of its file."""

from __future__ import annotations

import struct
import tomllib
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from shared.config import Config, parse_plan, read_config
from shared.config.logo import IN_PLAN, MOST_HEIGHT, MOST_LETTERS, MOST_WIDTH, dots_of, picture_of
from shared.errors import ConfigInvalid
from shared.store.database import Database
from shared.verbs.site.apply import apply
from shared.views.in_force import plan_in_force

ALLOWED = "a PNG file of at most 1 MB and 4000 by 4000 pixels, dark on white or on nothing, is allowed"


def drawing(file: Path, size: tuple[int, int] = (400, 200), mode: str = "RGBA", colour: str = "navy") -> Path:
    """A filled rectangle with a margin of a tenth, on a transparent ground if the mode allows that."""
    picture = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else "white")
    width, height = size
    ImageDraw.Draw(picture).rectangle((width // 10, height // 10, width * 9 // 10, height * 9 // 10), fill=colour)
    picture.save(file)
    return file


@pytest.fixture
def with_logo(tmp_path: Path, leipzig: Config) -> Callable[[str], Config]:
    """Leipzig's file in its own folder, with a line about the logo."""

    def with_logo(line: str = 'logo = "logo.png"  # "logo.png" is ours') -> Config:
        file = tmp_path / "my.toml"
        text = leipzig.plan_toml.replace("[site]\n", f"[site]\n{line}\n", 1)
        file.write_text(f'[device]\naudio = "none"\n\n{text}', encoding="utf-8")
        return read_config(file)

    return with_logo


def wrong(config: Config) -> str:
    with pytest.raises(ConfigInvalid) as refused:
        config.to_apply()
    (problem,) = refused.value.problems
    return problem


def place(folder: Path) -> str:
    """The beginning of a message about the logo."""
    lines = (folder / "my.toml").read_text(encoding="utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, start=1) if line.startswith(("logo =", '"logo"'))]
    return f"{folder}/my.toml:{number}: site.logo: "


@pytest.mark.parametrize(
    ("size", "dots"), [((400, 200), (193, 96)), ((3000, 100), (480, 16)), ((50, 50), (98, 96)), ((100, 3000), (3, 96))]
)
def test_a_logo_is_cut_to_its_ink_and_fills_the_room_it_may_have(
    tmp_path: Path, size: tuple[int, int], dots: tuple[int, int]
) -> None:
    picture = picture_of(dots_of(drawing(tmp_path / "logo.png", size)))
    assert picture.size == pytest.approx(dots, abs=3)
    assert picture.width <= MOST_WIDTH
    assert picture.height <= MOST_HEIGHT
    assert picture.mode == "1"
    assert picture.getextrema() == (0, 0), "a filled rectangle is black all over"


@pytest.mark.parametrize(
    ("mode", "colour"), [("L", "black"), ("RGB", "red"), ("RGBA", "navy"), ("1", "black"), ("P", "black")]
)
def test_every_kind_of_png_becomes_black_and_white(tmp_path: Path, mode: str, colour: str) -> None:
    file = drawing(tmp_path / "logo.png", mode="RGB", colour=colour)
    with Image.open(file) as picture:
        picture.convert(mode).save(file)
    assert picture_of(dots_of(file)).getextrema() == (0, 0)


def test_no_logo_is_larger_than_the_plan_takes(tmp_path: Path) -> None:
    logo = dots_of(drawing(tmp_path / "logo.png", (2400, 480)))
    assert picture_of(logo).size == pytest.approx((MOST_WIDTH, MOST_HEIGHT), abs=2)
    assert len(logo) <= MOST_LETTERS


def test_the_same_file_is_the_same_plan_and_the_text_is_otherwise_untouched(
    tmp_path: Path, with_logo: Callable[[str], Config]
) -> None:
    drawing(tmp_path / "logo.png")
    config = with_logo('logo = "logo.png"  # "logo.png" is ours')
    text = config.to_apply()
    assert text == config.to_apply()
    before, after = config.plan_toml.splitlines(), text.splitlines()
    ((old, new),) = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert old == 'logo = "logo.png"'
    assert new.startswith(f'logo = "{IN_PLAN}')
    logo = parse_plan(text).site.logo
    assert logo
    assert picture_of(logo).height == MOST_HEIGHT


@pytest.mark.parametrize("line", ["logo = 'logo.png'", '"logo" = "logo.png"', 'logo="logo.png"', 'logo = "./logo.png"'])
def test_a_logo_may_be_written_in_several_ways(tmp_path: Path, with_logo: Callable[[str], Config], line: str) -> None:
    drawing(tmp_path / "logo.png")
    assert tomllib.loads(with_logo(line).to_apply())["site"]["logo"].startswith(IN_PLAN)


def test_a_logo_named_logo_is_not_taken_for_its_key(tmp_path: Path, with_logo: Callable[[str], Config]) -> None:
    drawing(tmp_path / "logo.png").rename(tmp_path / "logo")
    assert tomllib.loads(with_logo('"logo" = "logo"').to_apply())["site"]["logo"].startswith(IN_PLAN)


def test_without_a_logo_the_text_is_applied_as_it_is(leipzig: Config) -> None:
    assert leipzig.to_apply() is leipzig.plan_toml


def test_only_who_applies_needs_the_file(tmp_path: Path, with_logo: Callable[..., Config]) -> None:
    config = with_logo()
    assert config.plan.site.logo == "logo.png"
    assert wrong(config) == f'{place(tmp_path)}"logo.png" is no file beside this one; {ALLOWED}'


def header(width: int, height: int) -> bytes:
    """A PNG with only a header that states its size."""
    size = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (
        (struct.pack(">I", len(chunk) - 4), chunk, struct.pack(">I", zlib.crc32(chunk))) for chunk in (size, b"IDAT")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(part for chunk in chunks for part in chunk)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is no whole PNG picture"),
        (b"GIF89a" + bytes(100), "is a GIF"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "is a JPEG"),
        (header(200, 100), "is no whole PNG picture"),
        (header(4001, 10), "has 4001 by 10 pixels"),
        (header(20_000, 20_000), "has too many pixels"),
        (header(10_000, 10_000), "has too many pixels"),
        (bytes(1_000_001), "is a file of 1,000,001 bytes"),
    ],
    ids=["empty", "gif", "jpeg", "no pixels", "wide", "a bomb", "nearly a bomb", "heavy"],
)
def test_a_broken_or_giant_file_is_refused_with_line_and_key(
    tmp_path: Path, with_logo: Callable[..., Config], content: bytes, says: str
) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    assert wrong(with_logo()) == f'{place(tmp_path)}"logo.png" {says}; {ALLOWED}'


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path, with_logo: Callable[..., Config]) -> None:
    file = drawing(tmp_path / "logo.png")
    file.write_bytes(file.read_bytes()[:-200])
    assert "is no whole PNG picture" in wrong(with_logo())


def test_a_folder_and_a_white_sheet_are_refused(tmp_path: Path, with_logo: Callable[..., Config]) -> None:
    assert '"." is a folder' in wrong(with_logo('logo = "."'))
    drawing(tmp_path / "logo.png", colour="white")
    assert "shows nothing that is dark enough" in wrong(with_logo())


@pytest.mark.parametrize("logo", [f"{IN_PLAN}", f"{IN_PLAN}!", f"{IN_PLAN}UDQKMSAxCgA", f"{IN_PLAN}UDUKMSAxCjI1NQoA"])
def test_a_logo_in_the_plan_that_is_no_bitmap_is_refused(
    tmp_path: Path, with_logo: Callable[[str], Config], logo: str
) -> None:
    with pytest.raises(ConfigInvalid, match="is no logo that `ankommen apply` has made") as refused:
        with_logo(f'logo = "{logo}"')
    assert refused.value.problems[0].startswith(place(tmp_path))


def test_the_logo_in_force_needs_no_file(tmp_path: Path, database: Database, with_logo: Callable[..., Config]) -> None:
    file = drawing(tmp_path / "logo.png")
    text = with_logo().to_apply()
    assert database.do(apply, text, True).changed
    assert not database.do(apply, text, True).changed
    file.unlink()
    logo = database.read(plan_in_force).site.logo
    assert logo
    assert picture_of(logo).height == MOST_HEIGHT


def test_the_name_of_a_file_never_comes_into_force(database: Database, with_logo: Callable[..., Config]) -> None:
    with pytest.raises(ConfigInvalid, match="the picture itself is needed"):
        database.do(apply, with_logo().plan_toml, True)
