"""Which tests run for what has changed."""

from __future__ import annotations

import pytest

from tests.support.changed import ALWAYS, ROOT, TESTS, chosen_for


def test_every_room_has_its_tests_and_all_of_them_exist() -> None:
    rooms = {folder.parent.name for folder in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms <= set(TESTS)
    for place, patterns in TESTS.items():
        assert (ROOT / place).exists(), place
        for pattern in patterns:
            assert list(ROOT.glob(pattern)), pattern


@pytest.mark.parametrize(
    ("file", "tests"),
    [
        ("voice/speak.py", ["tests/unit/voice"]),
        ("shared/config/read.py", ["tests/system/test_cli.py", "tests/unit/shared/config"]),
        ("shared/centre.py", ["tests/tui", "tests/unit/shared"]),
        ("tests/tui/test_kiosk.py", ["tests/tui/test_kiosk.py"]),
        ("tests/tui/conftest.py", ["tests/tui"]),
        ("tests/support/waiting.py", ["tests"]),
    ],
)
def test_the_nearest_folder_says_which_tests_run(file: str, tests: list[str]) -> None:
    assert chosen_for([file]) == sorted([*tests, ALWAYS])


def test_a_document_has_no_tests_and_a_deleted_test_is_not_run() -> None:
    assert chosen_for(["README.md", "docs/hours.md", "tests/tui/test_that_was_deleted.py"]) == []
