"""What each face makes of a database, whatever its rows are: none fails, and each line can go to a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rich.cells import cell_len

from caller.at_desk import read_at_desk, read_scanned
from caller.attention import alarm, halt, paper
from caller.marks import marks_of
from caller.situation import Situation
from caller.words import Words
from display import sentences
from display.arrangement import arrange
from display.board import board_of, new_rings, ring_of, rings
from display.flashes import Flashes
from display.lettering import Line, drawn
from kiosk import steps
from kiosk.look import look
from kiosk.moves import Act, Step
from kiosk.steps.ticket import Shown, Stage, words
from kiosk.way import Way
from kiosk.wish import Wish
from printers.slips import slip_bytes
from shared.config.plan import PrinterPlan
from shared.errors import AnkommenError
from shared.language import LANGUAGES, language
from shared.language.terminal_text import clean, tamed, visual_lines
from shared.model import Call, PrintJob, PrintState, Ticket, Told, spaced
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.views.in_force import plan_in_force
from shared.views.room import read_room
from shared.views.visit import standing_of
from voice.sentence import texts

ROLL = PrinterPlan(url="none", dots=384)
"""The narrowest paper: drawn the quickest."""


def consoles_show(database: Database) -> None:
    """The console of desk 1, with every choice, and a scan of the first ticket."""
    plan, at_desk = database.read(plan_in_force), database.read(read_at_desk, "1")
    said, workplace = Words.of(plan, "app"), at_desk.workplace
    for call in filter(None, [workplace.desk.call]):
        _safe([said.family(call), said.speech_and_autonym(call.language)])
    scanned: Ticket | AnkommenError = database.read(read_scanned, database.read(find_ticket, "A001").token)
    plain = Situation(said, workplace, database.now(), None, None, None, busy=False)
    assert plain.steps
    for step in plain.steps.values():
        assert plain.awake(step) in (True, False)
        choosing = replace(plain, choosing=step if plain.choices(step) else None, scanned=scanned)
        assert choosing.steps
        _safe([choosing.sentence, choosing.question, *(each.label for each in choosing.steps.values())])
    marks = [" ".join(marks_of(said, visitor, "1")) for visitor in workplace.waiting]
    attention = [halt(said, workplace.suspended), alarm(said, at_desk.lost, workplace.doubt)]
    _safe([*marks, *attention, paper(said, at_desk.printers)])


def waiting_rooms_show(database: Database) -> None:
    """A large and a small screen, for the house and for an area: what is called, what flashes, what is said."""
    plan = database.read(plan_in_force)
    house = language(plan.site.language)
    for area in (None, "wartebereich_1"):
        room = database.read(read_room, area)
        board = board_of(room.calls, 3)
        assert len(rings(board.now)) <= 3
        for calls in (board.now, board.expected, board.at_desk):
            _can_be_drawn(calls)
        flashes = Flashes()
        flashes.begin(map(ring_of, new_rings(room.calls, None, database.now())), 0.0)
        flashes.next_half(0.5)
        assert flashes.bright <= rings(room.calls)
        said = [
            *sentences.waiting(house, room.languages, room.suspended is not None, 9.0),
            *sentences.trouble(house, database.now(), plan.site.timezone),
        ]
        _safe([sentences.title(plan, area), *(one for each in said for one in each.sentences)])
        _safe(one.text for call in room.calls for one in texts(call.code, call.desk, call.language, house.tag))


def _can_be_drawn(calls: Iterable[Call]) -> None:
    lines = tuple(Line(spaced(call.code), clean(call.desk)) for call in calls)
    for width, height in ((58, 9), (156, 30)):
        arranged = arrange(lines, width, height, 8)
        for line in lines:
            rows = drawn(line, arranged.lettering).split("\n", allow_blank=True)
            assert {row.cell_len for row in rows} == {arranged.lettering.width}


def kiosks_show(database: Database) -> None:
    """Every step at this door, and the first number with what is known of its slip."""
    plan, now = database.read(plan_in_force), database.now()
    ticket = database.read(find_ticket, "A001")
    seen = database.read(look, ticket.print.id if ticket.print else None)
    standing = database.read(standing_of, ticket.visit_id)
    begun = Way(plan, kiosk="eingang_1").at_the_door(seen.door, 0.0).begun(0.0)
    for step in Step:
        way = replace(begun, step=step, wish=Wish(ticket.language, ("neu",)), may_leave=True, standing=standing)
        offer = steps.offer(way, now)
        _safe(
            [
                offer.question,
                offer.word,
                offer.staff,
                *(text for tile in offer.tiles for text in (tile.title, tile.sentence)),
                *(offer.head.lines if offer.head else ()),
            ]
        )
        if offer.everybody is not None:
            _safe(offer.everybody(language(tag)) for tag in LANGUAGES)
        for tile in offer.tiles:
            if tile.act is not Act.CHOOSE:
                assert steps.after(way, way.touch(tile.act, tile.key), offer, 1.0)
    shown = Shown.begun(ticket, language(ticket.language), plan, 0.0, 0.0)
    shown = shown.knows(seen.slip, 1.0) if seen.slip else shown
    assert shown.later(1e6).later(2e6).stage is Stage.OVER
    said = words(shown)
    _safe([said.intro, said.where, said.then, said.place, said.wait, said.after, said.paper])


def papers_show(database: Database) -> None:
    """The first ticket, as it would be printed now."""
    plan, ticket = database.read(plan_in_force), database.read(find_ticket, "A001")
    slip = PrintJob(1, "empfang", PrintState.SENDING, visit_id=ticket.visit_id)
    assert slip_bytes(slip, Told(ticket, None), plan, ROLL, database.now(), training=False)


def _safe(said: Iterable[str]) -> None:
    """As every face writes text: cleaned, broken, turned."""
    for text in said:
        for line in visual_lines(text, 40):
            assert tamed(line) == line
            assert cell_len(line) <= 40


FACES = (consoles_show, waiting_rooms_show, kiosks_show, papers_show)
