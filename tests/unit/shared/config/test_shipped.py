"""The shipped config.toml is the centre of Leipzig, and its variants differ only in desks."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from shared.config import Plan, parse_plan, read_config
from shared.config.po import po_text, read_po_file
from shared.config.schema import schema_text
from shared.config.translation import texts_file, updated
from shared.language import LANGUAGES

ROOT = Path(__file__).parents[4]
SHIPPED = ROOT / "config.toml"
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_config(SHIPPED).plan


def test_ten_authorities_settle_twelve_concerns_at_twenty_desks(plan: Plan) -> None:
    assert len(plan.authorities) == 10
    assert len(plan.services) == 12
    assert list(plan.desks) == [str(number) for number in range(1, 21)]
    assert {service.authority for service in plan.services.values()} == set(plan.authorities)


def test_the_path_of_somebody_new_takes_fifty_two_minutes(plan: Plan) -> None:
    journey = plan.packages["neu"].services
    assert journey == ("anmeldung", "biometrie", "aufenthalt", "geld")
    assert sum(plan.services[key].minutes.base for key in journey) == 52


def test_families_go_to_school_and_youth_office_too(plan: Plan) -> None:
    assert plan.packages["neu_familie"].services == (*plan.packages["neu"].services, "schule", "kinder")


@pytest.mark.parametrize("package", ["weiss_nicht", "allein_unter_18"])
def test_who_does_not_know_or_is_alone_and_young_never_queues(plan: Plan, package: str) -> None:
    assert plan.packages[package].services == ()


def test_a_desk_for_everybody_serves_only_what_needs_no_own_law_or_equipment(plan: Plan) -> None:
    assert plan.services_of_desk("20") == ("anmeldung", "aufenthalt", "geld", "wohnen", "beratung")


def test_residence_comes_after_address_and_fingerprints(plan: Plan) -> None:
    assert plan.services["aufenthalt"].requires == ("anmeldung", "biometrie")
    assert plan.services["geld"].requires == ("aufenthalt",)


def test_a_wheelchair_reaches_address_fingerprints_and_money(plan: Plan) -> None:
    assert [key for key, desk in plan.desks.items() if desk.step_free] == ["1", "4", "8"]


def test_letters_tell_the_kind_of_visit(plan: Plan) -> None:
    assert {letter: (series.first, series.last, series.use) for letter, series in plan.series.items()} == {
        "A": (1, 499, "packages"),
        "L": (500, 799, "concerns"),
        "M": (800, 899, "appointments"),
        "R": (900, 949, "returns"),
        "W": (950, 999, "reserve"),
    }


def test_every_service_has_a_desk_in_the_area_where_its_visitors_wait(plan: Plan) -> None:
    for key, service in plan.services.items():
        assert any(key in desk.services and desk.area == service.area for desk in plan.desks.values()), key


def test_every_waiting_area_has_a_screen_and_the_hall_shows_all(plan: Plan) -> None:
    waiting = {service.area for service in plan.services.values()}
    assert waiting == {display.area for display in plan.displays.values()} - {None}
    assert plan.displays["hall"].area is None


@pytest.mark.parametrize("tag", LANGUAGES)
def test_visitors_read_everything_in_their_language(plan: Plan, tag: str) -> None:
    for section in (plan.services, plan.packages, plan.areas):
        for key, entry in section.items():
            assert entry.name.get(tag), key
            assert entry.sentence.get(tag), key
    for key, service in plan.services.items():
        for lines in (service.documents, service.leaflet):
            assert len(lines.get(tag, ())) == len(lines.get("de", ())), key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_officials_choose_reasons_in_every_language_of_a_house(plan: Plan, tag: str) -> None:
    assert all(reason.name.get(tag) for reason in plan.reasons.values())


def test_every_concern_has_a_pictogram_and_no_two_concerns_the_same(plan: Plan) -> None:
    for section in (plan.services, plan.packages):
        chosen = [entry.pictogram for entry in section.values()]
        assert None not in chosen
        assert len(set(chosen)) == len(chosen)


def test_the_plan_kept_in_the_database_is_whole_and_knows_nothing_of_the_computer() -> None:
    config = read_config(SHIPPED)
    kept = tomllib.loads(config.plan_toml)
    assert "device" not in kept
    assert "postgresql" not in config.plan_toml
    assert set(kept["packages"]["neu"]["name"]) == set(LANGUAGES)
    assert parse_plan(config.plan_toml) == config.plan


def test_the_shipped_file_is_short_and_its_variants_are_shorter() -> None:
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (SHIPPED, *EXAMPLES)}
    assert lines.pop("config.toml") <= 400
    assert max(lines.values()) <= 90


@pytest.mark.parametrize("path", [SHIPPED, *EXAMPLES], ids=lambda path: path.stem)
def test_nothing_is_missing_in_any_language(path: Path) -> None:
    """If not: ankommen texts --check."""
    assert read_config(path).gaps == ()


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "de"])
def test_the_files_for_translators_are_as_the_program_writes_them(tag: str) -> None:
    """If not: ankommen texts."""
    path = texts_file(SHIPPED, tag)
    assert po_text(updated(read_po_file(path), read_config(SHIPPED).to_translate(tag))) == path.read_text("utf-8")


@pytest.mark.parametrize("desks", [12, 60])
def test_the_variants_differ_in_desks_alone(plan: Plan, desks: int) -> None:
    variant = read_config(ROOT / "docs" / "examples" / f"config-{desks}.toml").plan
    assert len(variant.desks) == desks
    assert variant.model_copy(update={"desks": plan.desks}) == plan
    served = {service for desk in variant.desks for service in variant.services_of_desk(desk)}
    assert served == set(plan.services)


def test_the_committed_schema_is_that_of_the_models() -> None:
    """If not: python -m shared.config > config.schema.json."""
    assert (ROOT / "config.schema.json").read_text(encoding="utf-8") == schema_text()
