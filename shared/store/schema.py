"""The tables. Every key begins with the site, so that many centres can share one database."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from shared.model import (
    AnnouncementState,
    AssistanceKind,
    AssistanceState,
    DeskState,
    Doubt,
    GuideReason,
    Origin,
    PrintKind,
    PrintState,
    SiteState,
    StopState,
)
from shared.store.predicates import AWAY, ENDED, listed
from shared.store.types import Identity, Json, Moment, Texts

REVISION = "0015"
"""The newest migration, which this program needs."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

site = Table(
    "site",
    metadata,
    Column("key", Text, primary_key=True),
    Column("training", Boolean, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    Column("reason", Text, comment="why it is suspended"),
    Column("open_until", Moment, comment="whatever the hours say, its day is open until then"),
    Column("day_closed_at", Moment, comment="when its day was ended before its time"),
    Column("purged_before", Moment, comment="all that tells of a visit was deleted up to then; it only grows"),
    CheckConstraint(f"state IN {listed(SiteState)}", "state"),
)

clock = Table(
    "clock",
    metadata,
    Column("site", Text, nullable=False),
    Column("epoch", Integer, nullable=False, comment="how often a clock was believed anew"),
    Column("boot", Text, nullable=False, comment="the start of the computer that looked last"),
    Column("zero", Moment, nullable=False, comment="the believed moment at which its steady seconds began"),
    Column("seen", Moment, nullable=False, comment="the believed moment of the last look"),
    Column("purge_from", Moment, nullable=False, comment="before it nothing is purged"),
    Column("proven", Boolean, nullable=False, comment="whether a clock that agrees is believed at once"),
    Column("lead_moment", Moment, comment="a moment that was shown before the clock went back"),
    Column("lead_believed", Moment, comment="the believed one beside it"),
    Column("doubt_moment", Moment, comment="what a clock showed that is not believed"),
    Column("doubt_believed", Moment, comment="the believed moment beside it"),
    PrimaryKeyConstraint("site"),
    ForeignKeyConstraint(["site"], ["site.key"]),
    CheckConstraint("(lead_moment IS NULL) = (lead_believed IS NULL)", "lead"),
    CheckConstraint("(doubt_moment IS NULL) = (doubt_believed IS NULL)", "doubt"),
)
"""What is believed of a site's time, as in rules/belief.py."""

plan = Table(
    "plan",
    metadata,
    Column("site", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("toml", Text, nullable=False, comment="config.toml without [device]"),
    Column("digest", Text, nullable=False, comment="of the toml, so that nobody parses the same plan twice"),
    Column("applied_at", Moment, nullable=False),
    PrimaryKeyConstraint("site", "version"),
    ForeignKeyConstraint(["site"], ["site.key"]),
)


def _projected(name: str) -> Table:
    """A table of the plan's keys that other rows point to: written by `apply`; keys are retired, never deleted."""
    return Table(
        name,
        metadata,
        Column("site", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("retired", Boolean, nullable=False),
        PrimaryKeyConstraint("site", "key"),
        ForeignKeyConstraint(["site"], ["site.key"]),
    )


service = _projected("service")
desk = _projected("desk")

counter = Table(
    "counter",
    metadata,
    Column("site", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("series", Text, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("site", "day", "series"),
    ForeignKeyConstraint(["site"], ["site.key"]),
)

request = Table(
    "request",
    metadata,
    Column("site", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("args_hash", Text, nullable=False),
    Column("result", Text, nullable=False, comment="the answer, as JSON"),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("site", "id"),
)

visit = Table(
    "visit",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("day", Date, nullable=False, comment="the centre's own day, stored and never derived"),
    Column("series", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("token", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("speaks", Text, comment="the language to interpret from, where an interpreter is wished for"),
    Column("adults", Integer, nullable=False),
    Column("children", Integer, nullable=False),
    Column("needs", Texts, nullable=False),
    Column("priority", Text),
    Column("origin", Text, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("issued_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("times_paused", Integer, nullable=False, server_default="0", comment="breaks that the visitor has taken"),
    ForeignKeyConstraint(["site"], ["site.key"]),
    UniqueConstraint("site", "day", "number"),
    UniqueConstraint("site", "id"),
    UniqueConstraint("token"),
    CheckConstraint("adults >= 0 AND children >= 0 AND adults + children BETWEEN 1 AND 99", "persons"),
    CheckConstraint(f"origin IN {listed(Origin)}", "origin"),
    CheckConstraint("closed_at >= issued_at", "closes_after_issue"),
    sqlite_autoincrement=True,
)

stop = Table(
    "stop",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("visit_id", Identity, nullable=False),
    Column("position", Integer, nullable=False),
    Column("service", Text, nullable=False),
    Column("language", Text, nullable=False, comment="copy of the visit's, for the queues by spoken language"),
    Column("state", Text, nullable=False),
    Column("rank_at", Moment, comment="order of waiting: issue less the head start; set once"),
    Column("queued_at", Moment),
    Column("times_called", Integer, nullable=False, server_default="0"),
    Column("closed_at", Moment),
    Column("reason", Text, comment="key of the plan's reasons, or one of the program's own"),
    Column("due_at", Moment, comment="when a missed or parked stop waits again"),
    Column("times_missed", Integer, nullable=False, server_default="0"),
    Column("times_moved", Integer, nullable=False, server_default="0", comment="how often it gave way to another stop"),
    ForeignKeyConstraint(["site", "visit_id"], ["visit.site", "visit.id"], ondelete="CASCADE"),
    ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"]),
    UniqueConstraint("visit_id", "id"),
    CheckConstraint(f"state IN {listed(StopState)}", "state"),
    CheckConstraint(f"(state IN {listed(ENDED)}) = (closed_at IS NOT NULL)", "closed"),
    CheckConstraint("state <> 'waiting' OR (rank_at IS NOT NULL AND queued_at IS NOT NULL)", "waiting_is_ranked"),
    CheckConstraint(f"state NOT IN {listed(AWAY)} OR due_at IS NOT NULL", "away_is_due"),
    sqlite_autoincrement=True,
)

ended_stop = Table(
    "ended_stop",
    metadata,
    Column("stop_id", Identity, primary_key=True, autoincrement=False),
    Column("site", Text, nullable=False),
    Column("visit_id", Identity, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("due_at", Moment),
    ForeignKeyConstraint(["visit_id", "stop_id"], ["stop.visit_id", "stop.id"], ondelete="CASCADE"),
)
"""What the end of a day cancelled, as it comes back if the day is reopened."""

call = Table(
    "call",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("visit_id", Identity, nullable=False),
    Column("stop_id", Identity, nullable=False),
    Column("desk", Text, nullable=False),
    Column("ring", Integer, nullable=False),
    Column("called_at", Moment, nullable=False),
    Column("rung_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("closed_at", Moment),
    Column("outcome", Text),
    ForeignKeyConstraint(["visit_id", "stop_id"], ["stop.visit_id", "stop.id"], ondelete="CASCADE"),
    ForeignKeyConstraint(["site", "desk"], ["desk.site", "desk.key"]),
    CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", "outcome"),
    CheckConstraint("closed_at >= called_at", "closes_after_call"),
    sqlite_autoincrement=True,
)

desk_state = Table(
    "desk_state",
    metadata,
    Column("site", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("services", Texts, nullable=False),
    Column("languages", Texts, nullable=False),
    Column("reason", Text, comment="key of the plan's reasons, while it pauses"),
    Column("holder", Text, comment="the console that works here; none for a desk run by commands"),
    Column("lease_until", Moment, comment="when the console counts as lost unless it speaks up before"),
    Column("since", Moment, comment="when its state last changed"),
    PrimaryKeyConstraint("site", "desk"),
    ForeignKeyConstraint(["site", "desk"], ["desk.site", "desk.key"]),
    CheckConstraint(f"state IN {listed(DeskState)}", "state"),
    CheckConstraint("(holder IS NULL) = (lease_until IS NULL)", "holder_has_lease"),
)

step = Table(
    "step",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("visit_id", Identity, nullable=False),
    Column("visit_revision", Integer, nullable=False, comment="of the visit after this step"),
    Column("before", Json, nullable=False, comment="the visit's stops and the call as they were before it"),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["site", "visit_id"], ["visit.site", "visit.id"], ondelete="CASCADE"),
    ForeignKeyConstraint(["site", "desk"], ["desk.site", "desk.key"]),
    sqlite_autoincrement=True,
)

event = Table(
    "event",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("visit_id", Identity),
    Column("stop_id", Identity),
    Column("service", Text),
    Column("desk", Text),
    sqlite_autoincrement=True,
)

assistance = Table(
    "assistance",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, comment="to speak with the visitor; none for the visit's own"),
    Column("visit_id", Identity, comment="none for somebody without a number"),
    Column("desk", Text, comment="that asks"),
    Column("kiosk", Text, comment="that asks, where no desk does"),
    Column("area", Text, comment="where help is wanted; none at a kiosk that the plan does not have"),
    Column("reason", Text, comment="why a kiosk asks"),
    Column("state", Text, nullable=False),
    Column("face", Text, comment="who has accepted it"),
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False, comment="when its state last changed"),
    ForeignKeyConstraint(["site"], ["site.key"]),
    ForeignKeyConstraint(["site", "visit_id"], ["visit.site", "visit.id"], ondelete="CASCADE"),
    ForeignKeyConstraint(["site", "desk"], ["desk.site", "desk.key"]),
    CheckConstraint(f"kind IN {listed(AssistanceKind)}", "kind"),
    CheckConstraint(f"state IN {listed(AssistanceState)}", "state"),
    CheckConstraint(f"reason IN {listed(GuideReason)}", "reason"),
    CheckConstraint("desk IS NULL OR kiosk IS NULL", "one_asks"),
    CheckConstraint("(desk IS NULL) = (reason IS NOT NULL)", "a_kiosk_has_a_reason"),
    CheckConstraint("kind <> 'interpreter' OR language IS NOT NULL", "an_interpreter_has_a_language"),
    CheckConstraint("state NOT IN ('accepted', 'underway', 'there') OR face IS NOT NULL", "somebody_has_accepted_it"),
    sqlite_autoincrement=True,
)

print_job = Table(
    "print_job",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("visit_id", Identity, comment="none for a test page, and for somebody who may have no number"),
    Column("kind", Text, nullable=False, server_default="ticket"),
    Column("service", Text, comment="what a leaflet is about"),
    Column("copy", Integer, nullable=False, server_default="0"),
    Column("printer", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("detail", Text),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("doubt", Text, comment="why it is unproven"),
    Column("assistance_id", Identity, comment="who was asked to come"),
    ForeignKeyConstraint(["site", "visit_id"], ["visit.site", "visit.id"], ondelete="CASCADE"),
    ForeignKeyConstraint(["assistance_id"], ["assistance.id"], ondelete="CASCADE"),
    CheckConstraint(f"state IN {listed(PrintState)}", "state"),
    CheckConstraint(f"kind IN {listed(PrintKind)}", "kind"),
    CheckConstraint(f"doubt IN {listed(Doubt)}", "doubt"),
    CheckConstraint("(kind = 'test') = (visit_id IS NULL AND assistance_id IS NULL)", "only_a_test_is_for_nobody"),
    CheckConstraint("(kind = 'coming') = (assistance_id IS NOT NULL)", "somebody_who_comes_was_asked"),
    CheckConstraint("(kind = 'leaflet') = (service IS NOT NULL)", "a_leaflet_has_a_service"),
    CheckConstraint("(kind = 'copy') = (copy > 0)", "a_copy_is_counted"),
    sqlite_autoincrement=True,
)

printer_state = Table(
    "printer_state",
    metadata,
    Column("site", Text, nullable=False),
    Column("printer", Text, nullable=False, comment="key of the plan, or a URL"),
    Column("status", Text, nullable=False),
    Column("detail", Text),
    Column("seen_at", Moment, nullable=False),
    Column("holder", Text, comment="the one worker that prints on it"),
    Column("lease_until", Moment),
    PrimaryKeyConstraint("site", "printer"),
    ForeignKeyConstraint(["site"], ["site.key"]),
    CheckConstraint("(holder IS NULL) = (lease_until IS NULL)", "lease"),
)

announcement = Table(
    "announcement",
    metadata,
    Column("call_id", Identity, nullable=False),
    Column("ring", Integer, nullable=False),
    Column("area", Text, nullable=False, comment="'' for a screen that shows every area"),
    Column("state", Text, nullable=False),
    Column("languages", Texts, nullable=False),
    PrimaryKeyConstraint("call_id", "ring", "area"),
    ForeignKeyConstraint(["call_id"], ["call.id"], ondelete="CASCADE"),
    CheckConstraint(f"state IN {listed(AnnouncementState)}", "state"),
)

promise = Table(
    "promise",
    metadata,
    Column("visit_id", Identity, primary_key=True, autoincrement=False),
    Column("site", Text, nullable=False),
    Column("service", Text, nullable=False, comment="what the visit waited for then"),
    Column("given_at", Moment, nullable=False),
    Column("expected", Integer, nullable=False, comment="minutes, as all below"),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    ForeignKeyConstraint(["site", "visit_id"], ["visit.site", "visit.id"], ondelete="CASCADE"),
    ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"]),
    CheckConstraint("0 <= low AND low < high", "range"),
)

# What survives a visit: counts and durations, without visit or desk, with times of day to the half hour only.
sample = Table(
    "sample",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("slot", Integer, nullable=False, comment="half an hour in which the wait began: minutes after midnight"),
    Column("service", Text, nullable=False),
    Column("wait_s", Integer, nullable=False),
    Column("service_s", Integer, comment="none for a stop that was not settled"),
    Column("persons", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("desk_s", Integer, comment="how long its last call kept a desk busy; none for a stop that was not settled"),
    ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"]),
    CheckConstraint("slot BETWEEN 0 AND 1410 AND slot % 30 = 0", "slot"),
    CheckConstraint(f"outcome IN {listed(ENDED)}", "outcome"),
    sqlite_autoincrement=True,
)

journey_sample = Table(
    "journey_sample",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("slot", Integer, nullable=False, comment="half an hour in which the visit began: minutes after midnight"),
    Column("stops", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    ForeignKeyConstraint(["site"], ["site.key"]),
    CheckConstraint("slot BETWEEN 0 AND 1410 AND slot % 30 = 0", "slot"),
    sqlite_autoincrement=True,
)

tally = Table(
    "tally",
    metadata,
    Column("site", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("site", "day", "dimension", "value"),
    ForeignKeyConstraint(["site"], ["site.key"]),
    CheckConstraint("dimension IN ('language', 'need', 'origin')", "dimension"),
)

promise_sample = Table(
    "promise_sample",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("site", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("slot", Integer, nullable=False, comment="half an hour in which it was given: minutes after midnight"),
    Column("service", Text, nullable=False),
    Column("expected", Integer, nullable=False, comment="minutes, as all below"),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("came", Integer, comment="when the call came; none for somebody who was never called"),
    ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"]),
    CheckConstraint("slot BETWEEN 0 AND 1410 AND slot % 30 = 0", "slot"),
    CheckConstraint("0 <= low AND low < high", "range"),
    sqlite_autoincrement=True,
)

forecast = Table(
    "forecast",
    metadata,
    Column("site", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("finished", Integer, nullable=False, comment="samples that it comes from"),
    Column("desk_s", Integer, nullable=False, comment="the mean of theirs"),
    PrimaryKeyConstraint("site", "service"),
    ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"]),
    CheckConstraint("finished > 0", "finished"),
)
"""What was known about a service before today: learned from samples when the purge writes them."""
