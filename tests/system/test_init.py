"""A centre of one's own begins with one command, from options or from a few questions at a terminal."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ankommen.opening import EXAMPLE_MEANT, shipped_config
from shared.config import parse_plan, read_config
from tests.support.line import Line
from tests.system.conftest import House
from tests.system.test_cli import ankommen  # noqa: F401

Run = Callable[..., dict[str, object]]
TWO = ("--service", "pass=Pass und Ausweis", "--service", "geld=Geld")


def test_two_services_at_one_desk_take_twenty_five_lines_and_give_a_ticket(
    ankommen: Run,  # noqa: F811
    house: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = house.folder / "centre" / "config.toml"
    answer = ankommen("init", "centre", "--name", 'Bürgerhaus "Süd"', *TWO, "--desk", "5=pass,geld")
    assert answer == {"files": ["centre/config.toml"], "key": "buergerhaus_sued", "others": []}
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 25
    monkeypatch.chdir(file.parent)
    assert ankommen("apply", "--check")["ok"] is True
    ticket = ankommen("ticket", "issue", "geld", "--no-print")
    ankommen("desk", "open", "5")
    assert ankommen("desk", "next", "5")["code"] == ticket["code"] == "L500"
    plan = read_config(file).plan
    assert (plan.site.key, plan.site.name) == ("buergerhaus_sued", 'Bürgerhaus "Süd"')
    assert plan.printers == {}


def test_the_guide_shows_what_it_writes(ankommen: Run, house: House) -> None:  # noqa: F811
    guide = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    command = next(line for line in guide.splitlines() if line.startswith("ankommen init centre --name"))
    ankommen(*shlex.split(command)[1:])
    shown = guide.partition("```toml\n")[2].partition("```")[0]
    assert read_config(house.folder / "centre" / "config.toml").plan == parse_plan(shown)


def test_a_printer_stands_at_the_kiosk_and_a_desk_serves_everything_if_nothing_is_said(
    ankommen: Run,  # noqa: F811
    house: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ankommen("init", "new/centre", "--language", "uk", *TWO, "--printer", "tcp://192.0.2.1:9100")
    plan = read_config(house.folder / "new" / "centre" / "config.toml").plan
    assert plan.printers[plan.kiosks["entrance"].printer or ""].url == "tcp://192.0.2.1:9100"
    assert plan.services_of_desk("1") == ("pass", "geld")
    assert plan.site.name == "centre", "the name of the folder"
    assert plan.areas["waiting"].name["uk"] == read_config(shipped_config()).plan.areas["wartebereich_1"].name["uk"]
    monkeypatch.chdir(house.folder / "new" / "centre")
    assert ankommen("ticket", "issue", "geld", "--no-print")["language"] == "uk", "that of the house"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "A centre needs a service to choose: --service address='Register your address'"),
        (("--service", "pass"), "--service 'pass'; allowed is KEY=NAME."),
        (("--service", "Ä=Pass"), 'services."Ä": is no key for this section; allowed: lower-case letters'),
        (("--service", "a=A", "--service", "a=B"), "--service 'a' is given twice; once is allowed."),
        (("--service", f"a={'x' * 201}"), "services.a.name: is "),
        (("--service", "a=A\nB"), 'services.a.name: "A B" has the invisible character U+000A'),
        (("--service", "a=\x1b[31mA"), 'services.a.name: "A" has the invisible character U+001B'),
        ((*TWO, "--desk", "1=pas"), 'desks.1.services: "pas" is not in [services]; did you mean pass?'),
        ((*TWO, "--desk", "1"), "--desk '1'; allowed is KEY=SERVICE,…."),
        ((*TWO, "--name", "  "), "--name '  ' is blank; allowed is a name that visitors can read."),
        ((*TWO, "--language", "tlh"), "Unknown language 'tlh'; known are: de, en, uk"),
        ((*TWO, "--printer", "lpt1"), 'Printer "lpt1": allowed are tcp://HOST:PORT'),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_made(
    ankommen: Run,  # noqa: F811
    house: House,
    options: tuple[str, ...],
    says: str,
) -> None:
    assert str(ankommen("init", "centre", *options, code=2)["message"]).startswith(says)
    assert not (house.folder / "centre").exists()


def test_a_configuration_that_is_there_stays(ankommen: Run, house: House) -> None:  # noqa: F811
    (house.folder / "config.toml").write_text("mine", encoding="utf-8")
    assert "config.toml exists already" in str(ankommen("init", ".", *TWO, code=2)["message"])
    assert (house.folder / "config.toml").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_a_sentence(ankommen: Run, house: House) -> None:  # noqa: F811
    (house.folder / "file").write_text("", encoding="utf-8")
    for folder in ("file", "file/centre"):
        assert ankommen("init", folder, *TWO, code=1)["message"] == "file is a file, not a folder."
    refused = ankommen("init", "centre/config.toml", *TWO, code=2)
    assert refused["message"] == "centre/config.toml would be the name of a folder. Name the folder around it: centre"
    assert not (house.folder / "centre").exists()


def test_a_further_centre_gets_a_key_and_a_file_of_its_own(house: House) -> None:
    del house.environment["ANKOMMEN_DATABASE"]
    first, second = (replace(house, folder=house.folder / name) for name in ("first", "second"))
    named = ("--name", "Bürgerbüro", "--language", "DE")
    assert house.run("init", "first", *named, *TWO)["key"] == "buergerbuero"
    ticket = first.run("ticket", "issue", "geld", "--no-print")
    answer = house.run("init", "second", *named, *TWO)
    assert (answer["key"], answer["others"]) == ("buergerbuero_2", ["buergerbuero"])
    refused = second.run("apply", code=2)["message"]
    assert f"'buergerbuero' in the file {house.log.parent / 'buergerbuero-training.sqlite'}" in refused
    assert refused.endswith("a further centre begins: ankommen apply --new-site")
    second.run("apply", "--new-site")
    own = second.run("ticket", "issue", "geld", "--no-print")
    assert own["code"] == ticket["code"], "each counts for itself"
    assert first.run("ticket", "show", ticket["code"])["qr"] == ticket["qr"] != own["qr"]


def test_a_name_without_latin_letters_takes_its_key_from_the_folder(house: House) -> None:
    assert house.run("init", "meriya", "--name", "Мерія", "--language", "uk", *TWO)["key"] == "meriya"
    assert house.run("init", "البلدية", *TWO)["key"] == "centre"


def test_without_a_configuration_it_is_said_that_the_example_is_meant(house: House) -> None:
    del house.environment["ANKOMMEN_DATABASE"]
    house.run("init", "centre", "--name", "Rathaus", *TWO)
    own = replace(house, folder=house.folder / "centre")
    command = [sys.executable, "-m", "ankommen", "apply"]
    said = subprocess.run(command, env=own.environment, cwd=own.folder, capture_output=True, text=True, check=True)
    assert said.stdout.startswith("Plan 1 is in force.")
    refused = house.run("queue", code=2)["message"]
    assert refused.endswith(EXAMPLE_MEANT)
    assert "--new-site" not in refused
    elsewhere = {**house.environment, "ANKOMMEN_DATABASE": f"sqlite:///{house.folder}/example.sqlite"}
    for words in (["queue"], ["desk", "open", "nowhere"]):
        said = subprocess.run([*command[:3], *words], env=elsewhere, cwd=house.folder, capture_output=True, text=True)
        assert said.stderr.strip().endswith(EXAMPLE_MEANT)


def test_at_a_terminal_it_asks_and_asks_again_what_cannot_be(house: House) -> None:
    with Line([sys.executable, "-m", "ankommen", "init", "centre"], house.environment, house.folder) as line:
        for question, *answers in (
            ("Language of the house", "klingon", "en"),
            ("Name of the centre", "到", "Town Hall"),
            ("Service 1", "", "Find work"),
            ("Service 2", "Find work"),
            ("Service 3", ""),
            ("How many desks", "none", "2"),
            ("Ticket printer", "lpt1", "tcp://drucker"),
        ):
            line.shows(question)
            for answer in answers:
                line.send(f"{answer}\n".encode())
        assert line.ended() == 0
    plan = read_config(house.folder / "centre" / "config.toml").plan
    assert (plan.site.language, plan.site.name) == ("en", "Town Hall")
    assert {key: service.name for key, service in plan.services.items()} == {
        "find_work": {"en": "Find work"},
        "find_work_2": {"en": "Find work"},
    }
    assert list(plan.desks) == ["1", "2"]
    assert plan.printers["tickets"].url == "tcp://drucker", "its port may be left out"


def test_it_asks_nothing_where_a_program_reads_its_answer(house: House) -> None:
    with Line([sys.executable, "-m", "ankommen", "init", "centre", "--json"], house.environment, house.folder) as line:
        assert line.ended() == 2
    assert json.loads(line.drawn.decode())["error"] == "malformed"


def test_a_service_that_no_desk_serves_is_refused_before_anybody_waits_for_it(
    ankommen: Run,  # noqa: F811
    house: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = ankommen("init", "other", *TWO, "--desk", "5=pass", code=2)
    assert "services.geld: no desk serves it; needed: a desk for every service" in str(answer["message"])
    assert not (house.folder / "other").exists()
    ankommen("init", "centre", *TWO, "--desk", "5=pass,geld")
    file = house.folder / "centre" / "config.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('["pass", "geld"]', '["pass"]'), encoding="utf-8")
    monkeypatch.chdir(file.parent)
    told = "services.geld: no desk serves it, so nobody could be called; name it in a desk's services, or take it out"
    for words in (("apply", "--check"), ("apply",), ("ticket", "issue", "geld", "--no-print")):
        assert told in str(ankommen(*words, code=2)["message"])
    checks = ankommen("doctor", code=1)["checks"]
    assert [one["detail"].partition(": ")[2] for one in checks if one["name"] == "desks"] == [told]  # type: ignore[attr-defined]
