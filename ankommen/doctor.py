"""Checks what the faces need, piece by piece, and says what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from zoneinfo import ZoneInfo

from PIL import features

from ankommen.check import Check
from ankommen.commands.printer import ask, look
from ankommen.gaps import counted, gap_counts
from ankommen.opening import Options
from shared.config import Config, Plan, parse_plan
from shared.errors import AnkommenError, ConfigInvalid
from shared.model import PrinterCondition
from shared.private_files import may_write, open_to_others, whose
from shared.store.database import Database
from shared.store.migrations import is_older
from shared.store.product import Keeping
from shared.store.schema import REVISION
from shared.store.url import holds_password
from shared.views.clock import read_doubt
from shared.views.in_force import plan_in_force, plan_version
from voice.check import check as check_voice


def examine(options: Options) -> list[Check]:
    """Check everything; without a valid configuration, checks that need one are left out."""
    try:
        config = options.read_config()
    except AnkommenError as error:
        return [Check("configuration", False, error.message)]
    of_database, database = _database(options, config)
    return [
        Check("configuration", True, _told(config)),
        *_desks(config),
        *of_database,
        *_password(options, config),
        *_printers(options, config, database),
        _letters(),
        *(Check(finding.name, finding.ok, finding.detail) for finding in check_voice(config.device.audio)),
        _terminal(),
        *_kiosk(config),
    ]


def _kiosk(config: Config) -> list[Check]:
    """The checks of a kiosk's screen, on a computer that is a kiosk or whose screen is described."""
    device = config.device
    if device.name not in config.plan.kiosks and not (device.cell_mm or device.fonts or device.screen_bottom_mm):
        return []
    from ankommen.kiosk_fit import fit  # late: only a kiosk needs its screens

    return fit(config)


def _desks(config: Config) -> list[Check]:
    try:
        config.check_desks()
    except ConfigInvalid as error:
        return [Check("desks", False, problem) for problem in error.problems]
    return []


def _told(config: Config) -> str:
    services, desks = counted(len(config.plan.services), "service"), counted(len(config.plan.desks), "desk")
    return ", ".join([f"{config.path}: {services}", desks, *gap_counts(config)])


def _database(options: Options, config: Config) -> tuple[list[Check], Database | None]:
    """The checks of the database, and the database itself if it can be used as it is."""
    checks: list[Check] = []
    try:
        with closing(options.database_of(config)) as looked:
            product = looked.product()
            checks.append(Check("engine", product.keeping is not Keeping.MAY_BE_LOST, str(product)))
            revision = looked.revision()
            options.refuse_second(config, looked)
            if revision is None:
                return [*checks, *_not_yet(options, config, looked)], None
            if is_older(revision):
                # The first command that uses it migrates; a check must not.
                told = f"revision {revision} is older than this program's {REVISION}: the next other command updates it"
                return [*checks, Check("database", True, f"{told}; make a copy before: ankommen backup FILE")], None
        database, _ = options.open(begins=False)
        database.rehearse()
        number = database.read(plan_version)
        in_force = database.read(plan_in_force)
        clock = _clock(database, in_force)
    except AnkommenError as error:
        return [*checks, Check("database", False, error.message, error.exit_code)], None
    checks += [_file(options, database), clock]
    differs = in_force != _planned(config, in_force)
    told = f"plan {number} is in force" + (f", {config.path} differs: ankommen apply puts it in force" * differs)
    return [*checks, Check("plan", not differs, told)], database


def _clock(database: Database, plan: Plan) -> Check:
    """The check of the time: whether the clock is believed."""
    database.look()
    doubt, zone = database.read(read_doubt), ZoneInfo(plan.site.timezone)
    if doubt is None:
        kernel = "says that it is synchronised" if database.clock.host().synchronised else "does not vouch for it"
        return Check(
            "clock", True, f"{database.now().astimezone(zone):%Y-%m-%d %H:%M} is believed; the kernel {kernel}"
        )
    shows, believed = (f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (doubt.shows, doubt.believed))
    return Check(
        "clock", False, f"it shows {shows}, {believed} is believed. If the clock is right: ankommen day confirm"
    )


def _file(options: Options, database: Database) -> Check:
    """The check of a database after a trial write: who may read its file."""
    kind = "training" if options.training else "real work"
    told = f"{database.shown}: site {database.site}, for {kind}; a write was tried"
    if database.file is None:
        return Check("database", True, told)
    told += f"; the file belongs to {whose(database.file)}"
    if open_to_others(database.file):
        return Check("database", False, f"{told}: others may read it; run: chmod 600 {database.file}")
    return Check("database", True, told)


def _not_yet(options: Options, config: Config, database: Database) -> list[Check]:
    """The check of a missing database: whether it can be made, and by whom."""
    folder = database.file.parent if database.file else None
    if folder is not None and not options.is_named(config):
        folder = next(place for place in (folder, *folder.parents) if place.exists())
    if folder is not None and not folder.is_dir():
        return [Check("database", False, f"There is no folder {folder} for the database: make it.")]
    if folder is not None and not may_write(folder):
        return [Check("database", False, f"{folder} cannot be written by this account; it belongs to {whose(folder)}.")]
    if options.is_named(config) and not options.training:
        return [Check("database", False, options.no_centre(database).message)]
    told = f"{database.shown} is not there yet: the first program that works with it makes it"
    return [Check("database", True, told), Check("plan", True, f"{config.path} comes into force then")]


def _password(options: Options, config: Config) -> Iterator[Check]:
    """Places where people without need can read the database's password."""
    better = "put it into a file for its owner alone: [device] password_file, or PGPASSFILE"
    if options.database and holds_password(options.database) and any(options.database in word for word in sys.argv):
        yield Check("password", False, f"everybody on this computer reads it in the list of programs (ps); {better}")
    if holds_password(config.device.database or "") and open_to_others(config.path):
        yield Check("password", False, f"it stands in {config.path} ({whose(config.path)}); {better}")


def _planned(config: Config, in_force: Plan) -> Plan:
    """The file's plan for comparison: the logo's file may be on another computer, the one that applied it."""
    try:
        return parse_plan(config.to_apply())
    except ConfigInvalid:
        same_logo = config.plan.site.model_copy(update={"logo": in_force.site.logo})
        return config.plan.model_copy(update={"site": same_logo})


def _printers(options: Options, config: Config, database: Database | None) -> Iterator[Check]:
    """The state of each printer: as its worker knows it, else as the printer itself reports it."""
    plan = config.plan
    named = {key: (key, printer.url) for key, printer in plan.printers.items()}
    if options.printer:
        named = {"--printer": (options.printer, options.printer)}
    for name, (key, url) in named.items():
        try:
            status = look(database, plan, key, config.device) if database else ask(plan, key, config.device)
        except AnkommenError as error:
            yield Check(f"printer {name}", False, error.message)
            continue
        told = ": ".join(filter(None, (url, status.status, status.detail)))
        yield Check(f"printer {name}", status.status is PrinterCondition.READY, told)


def _letters() -> Check:
    if features.check("raqm"):
        return Check("letters", True, "raqm joins Arabic letters")
    return Check("letters", False, "Pillow has no raqm, Arabic would be wrong: install its wheel from PyPI")


def _terminal() -> Check:
    colours = os.environ.get("COLORTERM", "")
    if colours in ("truecolor", "24bit"):
        return Check("terminal", True, f"{os.environ.get('TERM', '')} with all colours")
    return Check("terminal", True, "COLORTERM is not set: the faces set it to truecolor for themselves")
