"""Case 13, seen from outside: which commands make a database, where, and what doctor says about its file."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ankommen.doctor import Check, examine
from ankommen.opening import Options
from shared.errors import DatabaseUnavailable
from shared.views.in_force import plan_version
from tests.support.nobody import as_nobody, need_root
from tests.system.conftest import House

EVERY = ["queue", "doctor", "apply", "purge", "backup copy.sqlite", "ticket issue anmeldung --no-print"]


@pytest.fixture
def at_work(house: House) -> House:
    """Real work with the database of the user's state folder, on a computer where nothing was done yet."""
    del house.environment["ANKOMMEN_DATABASE"]
    del house.environment["ANKOMMEN_TRAINING"]
    return house


def state(house: House) -> Path:
    return house.folder / "home" / ".local" / "state"


def run(house: House, *arguments: str, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ankommen", *arguments]
    return subprocess.run(
        command, env=house.environment, cwd=house.folder, capture_output=True, text=True, timeout=60, umask=umask
    )


def everything(folder: Path) -> list[str]:
    """Every file and folder, except those that the system's sound library makes."""
    return sorted(path for one in folder.rglob("*") if ".config" not in (path := str(one.relative_to(folder))))


def test_case_13_doctor_makes_no_database_on_a_fresh_computer(at_work: House) -> None:
    before = everything(at_work.folder)
    checks = {check["name"]: check for check in at_work.run("doctor", code=1)["checks"]}  # 1: there is no sound card
    assert checks["database"]["ok"]
    assert "is not there yet" in checks["database"]["detail"]
    assert everything(at_work.folder) == before


def test_case_13_the_state_folder_is_for_its_owner_alone_and_a_new_centre_is_said(at_work: House) -> None:
    said = run(at_work, "queue", "--json", umask=0)
    assert said.stderr.startswith("A new centre begins in sqlite:///")
    assert len(said.stdout.splitlines()) == 1
    made = [one for one in (at_work.folder / "home").rglob("*") if "ankommen" in str(one)]
    assert {stat.S_IMODE(one.stat().st_mode) for one in made if one.is_file()} == {0o600}
    folders = (state(at_work), state(at_work) / "ankommen")
    assert [stat.S_IMODE(one.stat().st_mode) for one in folders] == [0o700, 0o700]
    folders[1].chmod(0o755)
    assert run(at_work, "queue").stderr == ""
    assert stat.S_IMODE(folders[1].stat().st_mode) == 0o700


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize("url", ["sqlite:///a?b#c.sqlite", "sqlite:////nowhere/at/all/centre.sqlite"])
def test_case_13_a_mistyped_path_makes_no_empty_centre(house: House, url: str, command: str) -> None:
    before = everything(house.folder)
    said = run(house, *command.split(), "--database", url)
    assert said.returncode in (1, 2)
    assert "Traceback" not in said.stderr
    assert "a?***" in said.stdout + said.stderr or "/nowhere/at/all" in said.stdout + said.stderr
    assert everything(house.folder) == before
    assert not Path("/nowhere").exists()


def test_case_13_a_face_begins_no_centre_where_somebody_has_named_a_database(tmp_path: Path) -> None:
    options = Options(database=f"sqlite:///{tmp_path}/lepzig.sqlite")
    with pytest.raises(DatabaseUnavailable, match=r"There is no centre 'leipzig' in .*lepzig.sqlite yet\. .*apply"):
        options.open_centre()
    assert list(tmp_path.iterdir()) == []
    database, _ = options.open()
    database.close()
    options.open_centre().close()


@pytest.mark.engine("postgres")
def test_case_13_on_a_server_the_first_command_begins_the_centre_and_doctor_does_not(empty_database_url: str) -> None:
    options = Options(database=empty_database_url)
    with pytest.raises(DatabaseUnavailable, match=r"There is no centre 'leipzig' in .* yet\. .*ankommen apply"):
        options.open(begins=False)
    with closing(options.open()[0]) as database:
        assert database.read(plan_version) == 1
    options.open(begins=False)[0].close()


def test_case_13_doctor_begins_no_second_house_for_a_key_that_was_changed(house: House) -> None:
    house.run("ticket", "issue", "anmeldung", "--no-print")
    text = (Path(__file__).parents[2] / "config.toml").read_text(encoding="utf-8")
    (house.folder / "config.toml").write_text(text.replace('key = "leipzig"', 'key = "lepzig"'), encoding="utf-8")
    checks = {check["name"]: check for check in house.run("doctor", code=2)["checks"]}
    assert not checks["database"]["ok"]
    assert "There is no centre 'lepzig'" in checks["database"]["detail"]


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder in which every account may write."""
    with tempfile.TemporaryDirectory(prefix="ankommen-test-") as name:
        Path(name).chmod(0o1777)
        yield Path(name)


def test_case_13_pictures_of_tickets_and_papers_are_for_their_owner_alone(house: House) -> None:
    code = house.run("ticket", "issue", "anmeldung", "--no-print")["code"]
    before = set(house.folder.iterdir())
    (house.folder / "old.png").touch(0o644)
    for picture in ("new.png", "old.png"):
        run(house, "ticket", "image", code, "--out", picture, umask=0)
    with software_printer(house) as url:
        run(house, "ticket", "reprint", code, "--printer", url)
    made = [one for top in set(house.folder.iterdir()) - before for one in (top, *top.rglob("*"))]
    assert {one.name for one in made} == {"new.png", "old.png", "paper", "0001.png", "log.jsonl"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in made if one.is_file()} == {0o600}
    assert {stat.S_IMODE(one.stat().st_mode) for one in made if one.is_dir()} == {0o700}


@contextmanager
def software_printer(house: House) -> Iterator[str]:
    """The software printer, started by somebody who lets everybody read everything."""
    command = [sys.executable, "-m", "ankommen", "printer", "serve", "--port", "0", "--out", "paper"]
    with subprocess.Popen(
        command, env=house.environment, cwd=house.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, umask=0
    ) as process:
        try:
            assert process.stdout
            yield f"tcp://{json.loads(process.stdout.readline())['listening']}"
        finally:
            process.terminate()


def of_database(options: Options) -> Check:
    return next(check for check in examine(options) if check.name == "database")


def test_case_13_doctor_tries_a_write_and_says_whose_the_file_is(shared_folder: Path) -> None:
    need_root()
    options = Options(database=f"sqlite:///{shared_folder}/centre.sqlite", training=True)
    options.open()[0].close()
    told = of_database(options)
    assert told.ok
    assert told.detail.endswith(", for training; a write was tried; the file belongs to root, 0600")
    told = as_nobody(lambda: of_database(options))
    assert not told.ok
    assert told.detail == f"{shared_folder}/centre.sqlite cannot be written by this account; it belongs to root, 0600."
