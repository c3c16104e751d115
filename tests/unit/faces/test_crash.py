"""What a face writes down about faults of the program."""

from __future__ import annotations

import logging
from pathlib import Path

from faces.crash import Log, written_to

_log = logging.getLogger("shared.centre")


def survive(error: Exception) -> None:
    try:
        raise error
    except type(error):
        _log.exception("cannot look after %s", "A017")


def test_a_fault_that_a_thread_survives_is_written_once_by_class_and_place(tmp_path: Path) -> None:
    with written_to(Log(tmp_path / "faces.log")):
        for error in (ValueError("token of A017"), ValueError("token of A018"), KeyError("A017"), ValueError("again")):
            survive(error)
    lines = (tmp_path / "faces.log").read_text(encoding="utf-8").splitlines()
    assert [line.split()[2:4] for line in lines] == [
        ["shared.centre", "ValueError"],
        ["shared.centre", "KeyError"],
        ["shared.centre", "ValueError"],
    ]
    assert all("test_crash.py" in line and "A01" not in line for line in lines)


def test_what_a_thread_only_warns_of_is_no_fault(tmp_path: Path) -> None:
    with written_to(Log(tmp_path / "faces.log")):
        _log.warning("the database is away")
    assert not (tmp_path / "faces.log").exists()


def test_afterwards_the_log_gets_nothing_more(tmp_path: Path) -> None:
    with written_to(Log(tmp_path / "faces.log")):
        pass
    survive(ValueError("A017"))
    assert not (tmp_path / "faces.log").exists()
