"""Opens the database for the options of a command: which configuration, which file, which site."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from threading import Thread
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID, uuid4, uuid5

from platformdirs import user_state_path

from shared.centre import Centre
from shared.config import Config, read_config
from shared.errors import AnkommenError, DatabaseMismatch, DatabaseUnavailable
from shared.language.terminal_text import clean
from shared.private_files import make_private_folder, tighten
from shared.store.database import Database, Transaction
from shared.verbs.site import apply
from shared.verbs.site.due import catch_up
from shared.views.in_force import plan_in_force, plan_version, sites, training

P = ParamSpec("P")
T = TypeVar("T")

CONFIG_NAME = "config.toml"
EXAMPLE_MEANT = (
    f"No {CONFIG_NAME} in this folder, so the program's own example (leipzig) is meant. "
    "Go to your centre's folder or name it: --config FILE."
)
_TRAINING = "-training"
"""Ends the name of the file of a centre for training."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options that may be before or after every command."""

    config: Path | None = None
    database: str | None = field(default=None, repr=False)
    printer: str | None = None
    training: bool = False
    json: bool = False
    request: UUID | None = None

    def read_config(self, *, texts: bool = True) -> Config:
        """The configuration: the named one, ./config.toml, or the shipped one. Raises ConfigInvalid.

        Args:
            texts: Whether to read what is translated, too. Only a plan that comes into force needs that.
        """
        path = self.config or (shipped_config() if self.takes_example else Path(CONFIG_NAME))
        return read_config(path, texts=texts)

    @property
    def takes_example(self) -> bool:
        """Whether the shipped configuration is taken, because none is named and none is in this folder."""
        return self.config is None and not Path(CONFIG_NAME).is_file()

    def is_named(self, config: Config) -> bool:
        """Whether the location of the database was given."""
        return bool(self.database or config.device.database)

    def database_of(self, config: Config) -> Database:
        """The named database, the device's, or a SQLite file in the user's state folder; nothing is read or made yet.

        Raises Malformed for a wrong URL.
        """
        site, device = config.plan.site.key, config.device
        if self.database or device.database is None:
            file = user_state_path("ankommen") / f"{site}{_TRAINING if self.training else ''}.sqlite"
            return Database(self.database or f"sqlite:///{file}", site)
        password_file = config.path.parent / device.password_file if device.password_file else None
        return Database(device.database, site, password_file=password_file)

    def open(self, begins: bool = True, beside_others: bool = False) -> tuple[Database, Config]:
        """The database, ready to use.

        Args:
            begins: Whether to begin a centre if there is none, with the plan of the configuration and a message.
            beside_others: Whether it may begin in a database that has another centre.

        Raises:
            ConfigInvalid: the configuration has errors.
            DatabaseMismatch: a training database for real work, or the reverse; or there is another centre in it.
            DatabaseUnavailable: it cannot be reached, read or written, or there is no centre in it.
        """
        database, config, _ = self.open_or_begin(begins, beside_others)
        return database, config

    def open_or_begin(self, begins: bool = True, beside_others: bool = False) -> tuple[Database, Config, bool]:
        """As `open`, and whether the centre began just now."""
        config = self.read_config(texts=False)
        database = self.database_of(config)
        try:
            return database, config, self._make_ready(config, database, begins, beside_others)
        except BaseException:
            database.close()
            raise

    def _make_ready(self, config: Config, database: Database, begins: bool, beside_others: bool) -> bool:
        if not beside_others:
            self.refuse_second(config, database)
        if begins and not self.is_named(config):
            _make_state_folder()
        elif not begins and database.revision() is None:
            raise self.no_centre(database)
        database.prepare()
        self.refuse_other_kind(database)
        if new := database.read(plan_version) == 0:
            if not begins:
                raise self.no_centre(database)
            whole = self.read_config()
            whole.check_desks()
            database.do(apply.apply, whole.to_apply(), self.training)
            told = f"A new centre begins in {database.shown} with the plan of {config.path}."
            print(clean(f"{told} {EXAMPLE_MEANT}" if self.takes_example else told), file=sys.stderr)
        database.read(plan_in_force)  # parsed before any verb, which would keep others waiting
        return new

    def no_centre(self, database: Database) -> DatabaseUnavailable:
        """The error if there is no centre and none may begin."""
        way = EXAMPLE_MEANT if self.takes_example else "To begin it there: ankommen apply"
        return DatabaseUnavailable(f"There is no centre {database.site!r} in {database.shown} yet. {way}")

    def refuse_other_kind(self, database: Database) -> None:
        """Raises DatabaseMismatch for a training database and real work, or the reverse."""
        known = database.read(training)
        if known is not None and known != self.training:
            kinds = {True: "training", False: "real work"}
            raise DatabaseMismatch(
                f"This database is for {kinds[known]}, not for {kinds[self.training]}. "
                + ("Add --training, or name another database." if known else "Leave --training, or name another.")
            )

    def refuse_second(self, config: Config, database: Database) -> None:
        """Raises DatabaseMismatch if there are other centres but not this one: so a changed key is noticed.

        Without a named database each centre has its own file, named after its key.
        """
        there = database.read(sites) if database.revision() is not None else ()
        elsewhere: Sequence[Path] = ()
        if not there and not self.is_named(config):
            elsewhere = [file for file, training in centre_files().items() if training is self.training]
        if database.site in there or not (there or elsewhere):
            return
        others = [*map(repr, there), *(f"{centre_in(file)!r} in the file {file}" for file in elsewhere)]
        known = f"There is no centre {database.site!r} in {database.shown}, but {', '.join(others)}."
        if self.takes_example:
            raise DatabaseMismatch(f"{known} {EXAMPLE_MEANT}")
        raise DatabaseMismatch(
            f"{known} Either site.key in {config.path} is not what it was,"
            " or a further centre begins: ankommen apply --new-site"
        )

    def open_centre(self) -> Centre:
        """The centre for a face. Raises as `open` does.

        If a database for real work was named, a face does not begin a centre in it: nobody would see the message, and a
        misspelt name would mean an empty house.
        """
        database, config = self.open(begins=self.training or not self.is_named(self.read_config(texts=False)))
        return Centre(database, config.device)

    def opening(self) -> Future[Centre]:
        """`open_centre` on a thread of its own, which does not keep the program from ending."""
        opened: Future[Centre] = Future()

        def work() -> None:
            try:
                opened.set_result(self.open_centre())
            except BaseException as error:
                opened.set_exception(error)

        Thread(target=work, name="opening", daemon=True).start()
        return opened

    def nth(self, n: int) -> Options:
        """The options for the n-th of a group: with its own request id, which is the same if the group is repeated."""
        return self if self.request is None else replace(self, request=uuid5(self.request, str(n)))

    def do(
        self, database: Database, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a verb under the request id of the command line, or a new one."""
        catch_up(database)
        try:
            return database.once(self.request or uuid4(), verb, *args, **kwargs)
        except AnkommenError as error:
            if self.takes_example:
                error.add_note(EXAMPLE_MEANT)
            raise


def centre_files() -> dict[Path, bool]:
    """The files of all centres on this computer that have one of their own; True for training."""
    files = sorted(user_state_path("ankommen").glob("*.sqlite"))
    return {file: file.stem.endswith(_TRAINING) for file in files}


def centre_in(file: Path) -> str:
    """The key of the centre in a file of its own."""
    return file.stem.removesuffix(_TRAINING)


def _make_state_folder() -> None:
    folder = user_state_path("ankommen")
    try:
        make_private_folder(folder)
        tighten(folder)
    except OSError as error:
        raise DatabaseUnavailable(f"The folder {folder} cannot be made: {error.strerror}.") from error


def shipped_config() -> Path:
    """The configuration that comes with the program: beside it in a checkout, inside it when installed."""
    inside = Path(str(resources.files("ankommen"))) / CONFIG_NAME
    return inside if inside.is_file() else inside.parent.parent / CONFIG_NAME
