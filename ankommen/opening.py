"""From the options of a command to an open database: which configuration, which file, which site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID, uuid4, uuid5

from platformdirs import user_state_path

from shared.centre import Centre
from shared.config import Config, read_config
from shared.errors import DatabaseMismatch
from shared.store.database import Database, Transaction
from shared.verbs.site import apply
from shared.views.in_force import plan_in_force, plan_version, training

P = ParamSpec("P")
T = TypeVar("T")

CONFIG_NAME = "config.toml"


@dataclass(frozen=True, slots=True)
class Options:
    """What may stand before or after every command."""

    config: Path | None = None
    database: str | None = field(default=None, repr=False)
    printer: str | None = None
    training: bool = False
    json: bool = False
    request: UUID | None = None

    def read_config(self) -> Config:
        """The configuration: the one named, ./config.toml, or the one shipped. Raises ConfigInvalid."""
        return read_config(self.config or (Path(CONFIG_NAME) if Path(CONFIG_NAME).is_file() else shipped_config()))

    def database_of(self, config: Config) -> Database:
        """The database named, the device's, or a SQLite file in the user's state folder; nothing is read or made yet.

        Raises Malformed for a URL that is wrong.
        """
        site, device = config.plan.site.key, config.device
        if self.database or device.database is None:
            file = user_state_path("ankommen") / f"{site}{'-training' if self.training else ''}.sqlite"
            return Database(self.database or f"sqlite:///{file}", site)
        password_file = config.path.parent / device.password_file if device.password_file else None
        return Database(device.database, site, password_file=password_file)

    def open(self) -> tuple[Database, Config]:
        """The database, ready to use; a new one gets the plan of the configuration.

        Raises:
            ConfigInvalid: the configuration has errors.
            DatabaseMismatch: the database is for training and real work was asked for, or the reverse.
            DatabaseUnavailable: it cannot be reached, read or written.
        """
        config = self.read_config()
        database = self.database_of(config)
        database.prepare()
        known = database.read(training)
        if known is not None and known != self.training:
            kinds = {True: "training", False: "real work"}
            raise DatabaseMismatch(
                f"This database is for {kinds[known]}, not for {kinds[self.training]}. "
                + ("Add --training, or name another database." if known else "Leave --training, or name another.")
            )
        if database.read(plan_version) == 0:
            database.do(apply.apply, config.to_apply(), self.training)
        database.read(plan_in_force)  # parsed here, not while a verb keeps all others waiting
        return database, config

    def open_centre(self) -> Centre:
        """The centre for a face. Raises as `open` does."""
        database, config = self.open()
        return Centre(database, config.device)

    def nth(self, n: int) -> Options:
        """For the n-th of a group: the request id is one of its own, the same whenever the group is asked for again."""
        return self if self.request is None else replace(self, request=uuid5(self.request, str(n)))

    def do(
        self, database: Database, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a verb under the request id of the command line, or a new one."""
        return database.once(self.request or uuid4(), verb, *args, **kwargs)


def shipped_config() -> Path:
    """The configuration that comes with the program: beside it in a checkout, inside it once installed."""
    inside = Path(str(resources.files("ankommen"))) / CONFIG_NAME
    return inside if inside.is_file() else inside.parent.parent / CONFIG_NAME
