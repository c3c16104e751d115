"""A small centre and its tickets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from printers import talk
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from shared.config import Plan, parse_plan
from shared.model import Need, Stop, StopState, Ticket
from shared.store.database import Database
from shared.verbs.visits.issue import issue as issue_visit
from shared.views.in_force import plan_in_force
from tests.support.paper import FAMILY
from tests.support.plans import small_plan

SERVICES = {
    "anmeldung": (
        "Adresse anmelden",
        "Register your address",
        "Зареєструвати адресу",
        "Зарегистрировать адрес",
        "تسجيل العنوان",
    ),
    "biometrie": (
        "Foto und Fingerabdrücke",
        "Photo and fingerprints",
        "Фото та відбитки пальців",
        "Фото и отпечатки пальцев",
        "الصورة وبصمات الأصابع",
    ),
    "aufenthalt": (
        "Papier für den Aufenthalt",
        "Residence paper",
        "Документ на проживання",
        "Документ на проживание",
        "وثيقة الإقامة",
    ),
    "geld": (
        "Geld und Arzt",
        "Money and medical help",
        "Гроші та медична допомога",
        "Деньги и медицинская помощь",
        "المال والعلاج الطبي",
    ),
    "schule": (
        "Kind in der Schule anmelden",
        "Register your child at school",
        "Записати дитину до школи",
        "Записать ребёнка в школу",
        "تسجيل الطفل في المدرسة",
    ),
    "kinder": (
        "Kita und Hilfe für Kinder",
        "Childcare and family help",
        "Дитячий садок і допомога дітям",
        "Детский сад и помощь детям",
        "روضة الأطفال ومساعدة العائلة",
    ),
}
PICTOGRAMS = ("address", "camera", "id_card", "money", "backpack", "stroller")
TOKEN = "7K3M9PXQ2RVA1BCD4EFG"


LANGUAGES = ("de", "en", "uk", "ru", "ar")
AREA = ("Wartebereich 1", "Waiting area 1", "Зона очікування 1", "Зона ожидания 1", "منطقة الانتظار 1")


def _centre(public_url: str | None = "https://w.example/t/") -> Plan:
    """The plan of a small centre with six services, in five languages."""

    def named(names: tuple[str, ...]) -> dict[str, object]:
        return {"name": dict(zip(LANGUAGES, names, strict=True))}

    site = {"key": "leipzig", "name": "Ankommenszentrum Leipzig"}
    return parse_plan(
        small_plan(
            site if public_url is None else {**site, "public_url": public_url},
            {
                key: {**named(names), "pictogram": pictogram}
                for (key, names), pictogram in zip(SERVICES.items(), PICTOGRAMS, strict=True)
            },
            desks={"1": ["anmeldung"]},
            rules={},
            series={"A": {"first": 1, "last": 499, "for": "packages"}},
            authorities={"stadt": {"name": {"de": "Stadt Leipzig"}}},
            areas={"halle": named(AREA)},
        )
    )


def _ticket(language: str = "de", stops: int = 1) -> Ticket:
    """A family's ticket with the first stops of the centre, the first of them waiting."""
    keys = list(SERVICES)[:stops]
    states = [StopState.WAITING] + [StopState.PLANNED] * (stops - 1)
    return Ticket(
        visit_id=1,
        code="A017",
        token=TOKEN,
        day=date(2026, 11, 23),
        language=language,
        adults=2,
        children=2,
        interpreter=None,
        needs=(),
        issued_at=datetime(2026, 11, 23, 7, 5, tzinfo=UTC),
        stops=tuple(Stop(key, state) for key, state in zip(keys, states, strict=True)),
    )


def _demanding_ticket(language: str) -> Ticket:
    """A ticket that says everything a ticket can say, with six stops."""
    return replace(_ticket(language, 6), interpreter="uk", needs=tuple(Need))


@pytest.fixture
def centre() -> Callable[..., Plan]:
    """Makes plans."""
    return _centre


@pytest.fixture
def a_ticket() -> Callable[..., Ticket]:
    """Makes tickets."""
    return _ticket


@pytest.fixture
def a_demanding_ticket() -> Callable[[str], Ticket]:
    """Makes tickets that say everything."""
    return _demanding_ticket


@pytest.fixture
def plan() -> Plan:
    return _centre()


@pytest.fixture
def ticket() -> Ticket:
    return _ticket()


@pytest.fixture
def quick_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is noticed sooner than in real life, because everything on this machine answers in milliseconds."""
    for name in ("_STATE_S", "_IN_ORDER_S", "_SILENT_PROOF_S", "_LATE_PROOF_S"):
        monkeypatch.setattr(talk, name, 0.3)


@pytest.fixture
def issue(database: Database, printer: VirtualPrinter) -> Callable[..., Ticket]:
    """Issues a ticket with a slip that waits for the software printer."""
    return lambda arrival=FAMILY: database.do(issue_visit, arrival, printer.url)


@pytest.fixture
def open_spool(database: Database, printer: VirtualPrinter) -> Callable[..., Spool]:
    """Opens workers for the software printer, as processes would."""
    return lambda: Spool(database, lambda: database.read(plan_in_force), printer.url, training=False)
