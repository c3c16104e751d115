"""What a face holds: verbs and views on one database thread, and the feed. Knows no face."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Event
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from shared.config import Device, Plan
from shared.errors import AnkommenError
from shared.store.database import Database, Transaction
from shared.store.feed import Feed
from shared.verbs.site.due import anything_to_look_after, look_after
from shared.verbs.site.erasing import erase_in_sleep, erasure_is_owed
from shared.views.in_force import plan_in_force, training

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Centre:
    """The centre as one face sees it.

    Every verb and view runs on one thread of its own, in the order asked for, so that no face ever waits for the
    database; the answer is a Future of plain data. Faces hand it on with `post_message`.
    """

    def __init__(self, database: Database, device: Device) -> None:
        """Raises DatabaseUnavailable if no plan is in force or the database cannot be read."""
        self.database = database
        self.device = device
        self.training = bool(database.read(training))
        """Whether everything here is an exercise: screens and paper say so."""
        self.plan: Plan = database.read(plan_in_force)
        """The plan in force; a new one is here before the face is woken."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._woken: list[Callable[[], None]] = []
        self._stale = Event()
        self._feed = Feed(database, self._wake)
        self._feed.start()

    def now(self) -> datetime:
        """The believed moment in UTC: the time that the whole centre goes by."""
        return self.database.now()

    def once(
        self, request: UUID, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run a verb at most once for this request id."""
        return self._thread.submit(lambda: self.database.once(request, verb, *args, **kwargs))

    def do(self, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a verb."""
        return self._thread.submit(lambda: self.database.do(verb, *args, **kwargs))

    def keep(self, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a verb that may safely run twice, such as keeping a lease."""
        return self._thread.submit(lambda: self.database.keep(verb, *args, **kwargs))

    def read(self, view: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Read a view."""
        return self._thread.submit(lambda: self.database.read(view, *args, **kwargs))

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` on another thread after each change by anybody. Returns a function that ends this."""
        self._woken.append(wake)
        return lambda: self._woken.remove(wake)

    def close(self) -> None:
        """End the feed and the thread; requests already made are still carried out."""
        self._feed.stop()
        self._thread.shutdown()
        with suppress(AnkommenError):
            erase_in_sleep(self.database)
        self.database.close()

    def _wake(self) -> None:
        if not self._stale.is_set():  # else one is on its way: they must not pile up while the database is away
            self._stale.set()
            self._thread.submit(self._refresh)

    def _refresh(self) -> None:
        """Get up to date before the faces do: after each change, and every few seconds, as time passes."""
        self._stale.clear()
        try:
            self.database.look()
            self.plan, erasure_owed = self.database.read(lambda t: (plan_in_force(t), erasure_is_owed(t)))
            if self.database.read(anything_to_look_after):
                self.database.do(look_after)
            if erasure_owed:
                erase_in_sleep(self.database)
        except AnkommenError as error:  # the faces ask for their views next and show what is wrong
            _log.warning("cannot look after the centre: %s", type(error).__name__)
        except Exception:  # a fault of the program, or an odd row: what faces show does not hang on it
            _log.exception("cannot look after the centre")
        for wake in tuple(self._woken):
            wake()
