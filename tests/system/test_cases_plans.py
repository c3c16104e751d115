"""Cases 3 and 4 as people meet them who change the plan of a centre at work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ankommen.opening import shipped_config
from shared.config import read_config
from tests.support.plans import with_line, without_desk, without_section, without_service
from tests.system.conftest import House

SHIPPED = read_config(shipped_config()).plan_toml


def write(house: House, text: str) -> None:
    (house.folder / "config.toml").write_text(text, encoding="utf-8")


def test_case_3_check_and_apply_refuse_a_day_that_moves_with_all_open_numbers(house: House) -> None:
    codes = [house.run("ticket", "issue", "neu", "--no-print")["code"] for _ in range(2)]
    # Whatever the time of this test, there is another day in Kiritimati, or the same one ends sooner there.
    moved = with_line(without_section(SHIPPED, "hours"), "site", 'timezone = "Pacific/Kiritimati"')
    write(house, with_line(moved, "site", 'day_starts = "00:00"'))
    for words in (("apply",), ("apply", "--check")):
        answer = house.run(*words, code=3)
        assert answer["error"] == "wrong_state"
        assert [(one["key"], one["codes"]) for one in answer["refused"]] == [("site.timezone", codes)]
    write(house, SHIPPED)
    assert house.run("ticket", "show", codes[0])["code"] == codes[0]


def test_case_3_a_key_that_was_changed_is_said_and_makes_nothing(house: House) -> None:
    house.run("ticket", "issue", "neu", "--no-print")
    write(house, with_line(SHIPPED, "site", 'key = "leipzg"'))
    assert house.run("apply", "--check", code=2)["message"].startswith("config.toml is right. There is no centre")
    for words in (("queue",), ("apply",), ("apply", "--check"), ("ticket", "issue", "neu", "--no-print")):
        answer = house.run(*words, code=2)
        assert answer["error"] == "database_mismatch"
        assert "ankommen apply --new-site" in answer["message"]
    assert house.run("apply", "--check", "--new-site")["ok"]
    assert house.run("apply", "--new-site")["version"] == 1
    assert house.run("ticket", "issue", "neu", "--no-print")["code"] == "A001"


@pytest.mark.parametrize("training", ["1", ""])
def test_case_3_it_is_found_too_where_each_centre_has_a_file_of_its_own(house: House, training: str) -> None:
    del house.environment["ANKOMMEN_DATABASE"]
    house.environment["ANKOMMEN_TRAINING"] = training
    house.run("queue")
    write(house, with_line(SHIPPED, "site", 'key = "leipzg"'))
    assert house.run("queue", code=2)["error"] == "database_mismatch"
    folder = house.folder / "home" / ".local" / "state" / "ankommen"
    assert [file.name for file in folder.glob("leipzg*")] == []
    house.run("apply", "--new-site")
    house.run("queue")


def test_case_4_check_says_what_a_plan_would_mean_and_changes_nothing(house: House) -> None:
    code = house.run("ticket", "issue", "freiwillige", "--no-print")["code"]
    before = (house.folder / "centre.sqlite").read_bytes()
    write(house, without_desk(without_service(SHIPPED, "freiwillige"), "17"))
    refused = house.run("apply", "--check", code=3)
    assert refused["message"].splitlines() == [
        "The new plan cannot come into force now:",
        f"services.freiwillige: {code} still needs freiwillige, which the plan leaves out; "
        "to go on elsewhere: --move-to freiwillige=OTHER",
    ]
    moved = house.run("apply", "--check", "--move-to", "freiwillige=beratung")
    assert moved["consequences"] == [
        {
            "means": "moved",
            "key": "services.freiwillige",
            "message": f"for beratung instead of freiwillige: {code}",
            "codes": [code],
        }
    ]
    gone = {(one["means"], one["key"], *one["names"]) for one in moved["differences"]}
    assert {("goes", "services", "freiwillige"), ("goes", "desks", "17")} <= gone
    assert (house.folder / "centre.sqlite").read_bytes() == before
    applied = house.run("apply", "--move-to", "freiwillige=beratung")
    assert [applied[key] for key in ("consequences", "differences")] == [
        moved[key] for key in ("consequences", "differences")
    ]


def test_case_4_check_needs_no_database_and_makes_none(house: House, tmp_path: Path) -> None:
    old_key = with_line(SHIPPED, "services.geld", 'symbol = "€"')
    write(house, f'{old_key}\n[desks.schalter-nordwest]\narea = "empfang"\nservices = ["anmeldung"]\n')
    answer = house.run("apply", "--check")
    assert answer["consequences"] == []
    assert [remark.partition(": ")[2] for remark in answer["remarks"]] == [
        'services.geld.symbol: is not shown any more; choose a pictogram = "…" instead',
        "wider than three digits, so waiting-room screens show them smaller: schalter-nordwest",
    ]
    assert not (tmp_path / "centre.sqlite").exists()
    unreachable = "postgresql+psycopg://127.0.0.1:9/nowhere"
    answer = house.run("apply", "--check", "--database", unreachable, code=1)
    assert answer["message"].startswith("The plan is right, but who is in the house cannot be seen: ")


def test_case_4_a_stop_that_is_settled_outlives_its_service(house: House) -> None:
    code = house.run("ticket", "issue", "freiwillige", "geld", "--no-print")["code"]
    house.run("ticket", "cancel", code, "--service", "freiwillige")
    write(house, without_desk(without_service(SHIPPED, "freiwillige"), "17"))
    house.run("apply")
    command = [sys.executable, "-m", "ankommen", "ticket", "show", code]
    told = subprocess.run(command, env=house.environment, cwd=house.folder, capture_output=True, text=True, check=True)
    assert "freiwillige (cancelled)" in " ".join(told.stdout.split())
    house.run("ticket", "image", code, "--out", "ticket.png")
