"""What the faces need, looked at piece by piece, each with a word on what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import features

from ankommen.commands.printer import look
from ankommen.opening import Options
from shared.config import Config, Plan, parse_plan
from shared.errors import AnkommenError, ConfigInvalid
from shared.store.database import Database
from shared.store.schema import REVISION
from shared.verbs import plan as plans
from voice.check import check as check_voice


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


def examine(options: Options) -> list[Check]:
    """Look at everything; what needs a configuration is left out where there is no right one."""
    try:
        config = options.read_config()
    except AnkommenError as error:
        return [Check("configuration", False, error.message)]
    plan = config.plan
    return [
        Check("configuration", True, f"{config.path}: {len(plan.services)} services, {len(plan.desks)} desks"),
        *_database(options, config),
        *_printers(options, config),
        _letters(),
        *(Check(finding.name, finding.ok, finding.detail) for finding in check_voice(config.device.audio)),
        _terminal(),
    ]


def _database(options: Options, config: Config) -> Iterator[Check]:
    database = Database(options.database_url(config), config.plan.site.key)
    try:
        product = database.product()
        yield Check("engine", "MAY BE LOST" not in product, product)
        if (revision := database.revision()) is not None and revision < REVISION:
            # The first command that works with it migrates; looking at it must not.
            told = f"revision {revision} is older than this program's {REVISION}: the next other command updates it"
            yield Check("database", True, f"{told}; make a copy before: ankommen backup FILE")
            return
        database, _ = options.open()
        number = database.read(plans.plan_version)
        in_force = database.read(plans.plan_in_force)
    except AnkommenError as error:
        yield Check("database", False, error.message)
        return
    kind = "training" if options.training else "real work"
    yield Check("database", True, f"{database.url.render_as_string()}: site {database.site}, for {kind}")
    differs = in_force != _planned(config, in_force)
    told = f"plan {number} is in force" + (f", {config.path} differs: ankommen apply puts it in force" * differs)
    yield Check("plan", not differs, told)


def _planned(config: Config, in_force: Plan) -> Plan:
    """The plan of the file, to be compared: its logo may lie on another computer, on the one that applied it."""
    try:
        return parse_plan(config.to_apply())
    except ConfigInvalid:
        same_logo = config.plan.site.model_copy(update={"logo": in_force.site.logo})
        return config.plan.model_copy(update={"site": same_logo})


def _printers(options: Options, config: Config) -> Iterator[Check]:
    plan = config.plan
    named = {key: (key, printer.url) for key, printer in plan.printers.items()}
    if options.printer:
        named = {"--printer": (options.printer, options.printer)}
    for name, (key, url) in named.items():
        try:
            database, _ = options.open()
            status = look(database, plan, key)
        except AnkommenError as error:
            yield Check(f"printer {name}", False, error.message)
            continue
        yield Check(
            f"printer {name}", status.status == "ready", ": ".join(filter(None, (url, status.status, status.detail)))
        )


def _letters() -> Check:
    if features.check("raqm"):
        return Check("letters", True, "raqm joins Arabic letters")
    return Check("letters", False, "Pillow has no raqm, Arabic would be wrong: install its wheel from PyPI")


def _terminal() -> Check:
    colours = os.environ.get("COLORTERM", "")
    if colours in ("truecolor", "24bit"):
        return Check("terminal", True, f"{os.environ.get('TERM', '')} with all colours")
    return Check("terminal", True, "COLORTERM is not set: the faces set it to truecolor for themselves")
