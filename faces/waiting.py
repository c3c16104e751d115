"""A face that starts before its database is there waits for it, says so, and then starts by itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from faces.app import FaceApp, House
from faces.show import show
from faces.text import Phrase
from shared.centre import Centre
from shared.clock import SystemClock
from shared.errors import Unavailable
from shared.language import Language, language

GRACE_S = 3.0
"""An attempt may take this long before the page comes. A screen says within five seconds what is missing."""
AGAIN_S = 2.0
"""Time from a failed attempt to the next."""
_NO_ANSWER = "the database has not answered yet"


class WaitingApp(FaceApp):
    """The page shown instead of a face until its centre is there; the same keys end it."""

    CSS_PATH = "waiting.tcss"

    def __init__(
        self, face: type[FaceApp], house: House, attempt: Future[Centre], again: Callable[[], Future[Centre]]
    ) -> None:
        """`attempt` is running; `again` starts another one. `house` has the content of the local file."""
        super().__init__(house)
        self.TYPED, self.PUBLIC = face.TYPED, face.PUBLIC
        self._face = face
        self._attempt, self._again = attempt, again
        self._since = SystemClock().now()
        self.found: Future[Centre] | None = None
        """The attempt that succeeded or finally failed; None while the face waits."""

    def compose(self) -> ComposeResult:
        """The sentence of the face in the languages of its readers, and below it what is missing."""
        site = self.house.plan.site
        readers = dict.fromkeys((site.language, *site.languages)) if self.PUBLIC else [site.language]
        with Vertical(id="readers"):
            for tag in readers:
                say = language(tag)
                phrase = Phrase(self.say_sorry(say), bidi=self.house.device.bidi)
                phrase.direction = say.direction
                yield phrase
        yield Phrase(bidi=self.house.device.bidi, id="missing")

    def on_mount(self) -> None:
        """Say what is missing, and wait for it."""
        for binding in self._face.BINDINGS:
            assert isinstance(binding, Binding)
            self.bind(binding.key, binding.action, show=False)
        self._say(_NO_ANSWER)
        self._listen()

    def say_sorry(self, language: Language) -> str:
        """What the face says meanwhile."""
        return self._face.say_wait(language)

    def _listen(self) -> None:
        self._attempt.add_done_callback(lambda attempt: self.call_later(self._take, attempt))

    def _take(self, attempt: Future[Centre]) -> None:
        error = attempt.exception()
        if isinstance(error, Unavailable):
            self._say(error.message)
            self.set_timer(AGAIN_S, self._try_again)
        else:
            self.found = attempt
            self.exit()

    def _try_again(self) -> None:
        self._attempt = self._again()
        self._listen()

    def _say(self, detail: str) -> None:
        site = self.house.plan.site
        say = language(site.language)
        since = say.time(self._since, site.timezone)
        told = say.text(
            "This program has been waiting since {time}. It starts by itself. ({detail})", time=since, detail=detail
        )
        self.query_one("#missing", Phrase).say(told, say.direction)


def await_centre(
    face: type[FaceApp],
    read_house: Callable[[], House],
    attempt: Future[Centre],
    again: Callable[[], Future[Centre]],
) -> Centre | int:
    """The centre of a face, or the exit code if somebody ends the face before it is there.

    Args:
        read_house: Reads the local file.
        attempt: The running attempt to open the centre; `again` starts another one.

    Raises what an attempt raises, except Unavailable: then it goes on waiting.
    """
    try:
        return attempt.result(GRACE_S)
    except (TimeoutError, Unavailable):
        app = WaitingApp(face, read_house(), attempt, again)
        code = show(app)
        return app.found.result() if app.found else code
