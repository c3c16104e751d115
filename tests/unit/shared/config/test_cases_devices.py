"""Case 21: what a configuration may name, and how deep it may be nested, is checked before it is used."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.config import Config, parse_plan, read_config
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
