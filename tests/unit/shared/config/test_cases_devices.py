"""Case 21: what a configuration may name, and how deep it may be nested, is checked before it is used."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.config import Config, Device, parse_plan, read_config
from shared.config.printer_files import is_strange
from shared.errors import ConfigInvalid


@pytest.fixture
def my_file(tmp_path: Path, leipzig: Config) -> Callable[..., Path]:
    """Leipzig's file in its own folder, with one text replaced by another."""

    def my_file(old: str, new: str) -> Path:
        file = tmp_path / "my.toml"
        assert old in leipzig.text
        file.write_text(leipzig.text.replace(old, new, 1), encoding="utf-8")
        return file

    return my_file


def wrong(look: Callable[[], object]) -> str:
    with pytest.raises(ConfigInvalid) as refused:
        look()
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "device"])
def test_case_21_a_logo_that_is_no_plain_file_is_refused_at_once(
    tmp_path: Path, my_file: Callable[..., Path], kind: str
) -> None:
    logo = tmp_path / "logo.png"
    if kind == "device":
        logo.symlink_to("/dev/zero")
    else:
        os.mkfifo(tmp_path / "pipe")
        logo.symlink_to(tmp_path / "pipe") if kind.startswith("link") else (tmp_path / "pipe").rename(logo)
    config = read_config(my_file("[site]\n", '[site]\nlogo = "logo.png"\n'))
    assert 'site.logo: "logo.png" is no plain file; a PNG file' in wrong(config.to_apply)


def test_case_21_so_is_a_configuration(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert "pipe.toml: is no plain file; a TOML file" in wrong(lambda: read_config(tmp_path / "pipe.toml"))
    assert wrong(lambda: read_config(Path("/dev/zero"))).startswith("/dev/zero: is no plain file")
    with (tmp_path / "large.toml").open("wb") as file:
        file.truncate(1 << 40)
    assert "large.toml: is a file of 1,099,511,627,776 bytes" in wrong(lambda: read_config(tmp_path / "large.toml"))


@pytest.mark.parametrize(
    "deep",
    [
        f"{'.'.join('a' * 5000)} = 1",
        f"[{'.'.join('a' * 5000)}]",
        f"[[{'.'.join('a' * 5000)}]]",
        f"a = {'[' * 60}{']' * 60}",
        f"a = {'{b = ' * 60}1{'}' * 60}",
    ],
    ids=["key", "header", "array of tables", "lists", "tables"],
)
def test_case_21_keys_inside_keys_without_end_are_a_sentence_with_a_line(deep: str) -> None:
    problem = wrong(lambda: parse_plan(f'[site]\nname = "X"\n\n[anything]\n{deep}\n'))
    assert problem == "plan:5: has keys inside keys, more than 20 deep; allowed: what config.toml describes"


def test_case_21_lists_in_lists_in_lists_are_a_sentence_too() -> None:
    assert "has brackets in too many brackets" in wrong(lambda: parse_plan(f"a = {'[' * 5000}{']' * 5000}"))


@pytest.mark.parametrize("port", ["0", "65536", "99999", "-1"])
def test_case_21_a_port_that_cannot_be_is_refused_with_line_and_key(my_file: Callable[..., Path], port: str) -> None:
    file = my_file("[printers.", f'[printers.far]\nurl = "tcp://192.0.2.1:{port}"\n\n[printers.')
    line = file.read_text(encoding="utf-8").splitlines().index(f'url = "tcp://192.0.2.1:{port}"') + 1
    problem = wrong(lambda: read_config(file))
    assert problem.startswith(f'{file}:{line}: printers.far.url: is "tcp://192.0.2.1:{port}"; allowed: ')
    assert problem.endswith("ports are 1 to 65535")


@pytest.mark.parametrize("port", ["1", "9100", "9999", "10000", "59999", "60001", "64999", "65535"])
def test_case_21_every_other_port_is_allowed(my_file: Callable[..., Path], port: str) -> None:
    read_config(my_file("[printers.", f'[printers.far]\nurl = "tcp://192.0.2.1:{port}"\n\n[printers.'))


LINES = 'url = "file:///etc/passwd"\n', 'url = "serial:/home/kiosk/.bashrc"\n'


@pytest.mark.parametrize("line", LINES)
def test_case_21_a_printer_at_a_file_that_is_no_printer_is_named_with_line_and_key(
    my_file: Callable[..., Path], line: str
) -> None:
    config = read_config(my_file("[printers.", f"[printers.far]\n{line}\n[printers."))
    number = config.text.splitlines(keepends=True).index(line) + 1
    problem = wrong(lambda: config.check_printer_files(config.device))
    assert problem.startswith(f"{config.path}:{number}: printers.far.url: is ")
    assert "; [device] printer_files allows /dev/usb/lp*, /dev/lp*, " in problem
    config.check_printer_files(Device(printer_files=("/etc/*", "/home/kiosk/.bash*")))


def test_case_21_what_another_computer_allows_is_not_known_here(my_file: Callable[..., Path]) -> None:
    config = read_config(my_file("[printers.", f'[printers.far]\n{LINES[0]}host = "eingang_1"\n[printers.'))
    config.check_printer_files(Device(name="eingang_2"))
    assert "printers.far.url" in wrong(lambda: config.check_printer_files(Device(name="eingang_1")))


@pytest.mark.parametrize(
    ("url", "strange"),
    [
        ("file:///dev/usb/lp0", False),
        ("file:///dev/lp1", False),
        ("serial:/dev/ttyUSB0?baud=115200", False),
        ("serial:/dev/serial/by-id/usb-1", False),
        ("file:///dev/usb/lp0/../../../etc/passwd", True),
        ("file:///dev/usb/lp%2F..%2F..%2Fsda", True),
        ("file:///dev/usb/lp/deeper", True),
        ("file:///home/dev/usb/lp0", True),
        ("tcp://192.0.2.1:9100", False),
        ("usb:J3XK", False),
        ("none", False),
    ],
)
def test_case_21_printers_and_serial_lines_are_allowed_and_no_way_around(url: str, strange: bool) -> None:
    assert is_strange(url, Device().printer_files) is strange


@pytest.mark.parametrize("pattern", ["dev/usb/lp0", "", "/dev/\n"])
def test_case_21_an_allowed_file_is_a_whole_path(my_file: Callable[..., Path], pattern: str) -> None:
    file = my_file("\n[device] ", f"\n[device]\nprinter_files = [{json.dumps(pattern)}] ")
    assert "device.printer_files: is " in wrong(lambda: read_config(file))


def test_an_area_that_is_gone_is_one_line_that_names_all_who_need_it(my_file: Callable[..., Path]) -> None:
    problem = wrong(lambda: read_config(my_file("\nwartebereich_2 = { name", "\nanderswo = { name")))
    assert '"wartebereich_2" is not in [areas]; did you mean ' in problem
    _, _, also = problem.partition("It is also named by ")
    assert "desks.8.area, desks.9.area" in also
    assert also.endswith("displays.wartebereich_2.area.")
