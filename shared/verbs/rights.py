"""What each verb does to each table. `ankommen apply` grants faces the sum of it; a test compares it with what they do.

Letters: r reads, i inserts, u updates, d deletes, l locks a row, for which Postgres wants the right to update. A `+`
leads to another line, whose tables are touched, too. Foreign keys need no rights: the tables' owner looks after them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

EACH = "clock=ru event=r plan=r request=ri site=r"
"""What any verb may do: go by the time and the plan, and store its answer under the request."""
RIGHTS: Mapping[str, str] = {
    "assistance.accept": "assistance=rul event=i visit=r",
    "assistance.ask": "assistance=ri desk=l ended_stop=r event=i visit=r",
    "assistance.ask_for_guide": "assistance=riu ended_stop=r event=i print_job=ri visit=rl",
    "assistance.cancel": "assistance=rul event=i visit=r",
    "assistance.done": "assistance=rul event=i visit=r",
    "assistance.there": "assistance=rul event=i visit=r",
    "assistance.underway": "assistance=rul event=i visit=r",
    "desks.announcements.claim_announcement": "announcement=ri",
    "desks.announcements.settle_announcement": "announcement=ru",
    "desks.by_number.call_number": "call=ri desk=l desk_state=r ended_stop=r event=i step=i stop=ru visit=rul",
    "desks.by_number.unpark": "call=r desk_state=r ended_stop=r event=i stop=ru visit=rul",
    "desks.calls.call_next": "+site.due.tidy call=ri desk=l desk_state=r event=i step=i stop=ru visit=rul",
    "desks.calls.finish": "call=ru desk=l desk_state=r event=i step=i stop=ru visit=rul",
    "desks.calls.finish_and_next": "call=riu desk=l desk_state=r event=i step=i stop=ru visit=rul",
    "desks.calls.recall": "call=ru desk=l desk_state=r event=i stop=r visit=ru",
    "desks.calls.start": "call=ru desk=l desk_state=r event=i step=i stop=ru visit=rul",
    "desks.letting_go.forward": "call=ru desk=l desk_state=r event=i step=i stop=riu visit=rul",
    "desks.letting_go.missed": "call=ru desk=l desk_state=r event=i step=i stop=ru visit=rul",
    "desks.letting_go.park": "call=ru desk=l desk_state=r event=i step=i stop=ru visit=rul",
    "desks.letting_go.put_back": "call=ru desk=l desk_state=r event=i step=i stop=ru visit=rul",
    "desks.opening.close_desk": "call=ru desk=l desk_state=ru event=i step=rd stop=ru visit=ru",
    "desks.opening.drain_desk": "call=r desk=l desk_state=ru event=i stop=r visit=r",
    "desks.opening.open_desk": "call=r desk=l desk_state=riu event=i stop=r visit=r",
    "desks.opening.pause_desk": "call=r desk=l desk_state=ru event=i stop=r visit=r",
    "desks.opening.renew_lease": "desk_state=ru",
    "desks.undo.undo": "call=ru desk=l desk_state=r event=i step=rud stop=rud visit=ru",
    "learned.promises.foresee": "call=r desk_state=r forecast=r stop=r visit=r",
    "learned.promises.give": "promise=rid",
    "learned.promises.given": "promise=r",
    "learned.promises.wait_of": "call=r desk_state=r forecast=r stop=r visit=r",
    "learned.promises.waits": "call=r desk_state=r forecast=r stop=r visit=r",
    "learned.report.day": "call=r journey_sample=r sample=r stop=r tally=r visit=r",
    "learned.report.promises": "call=r promise=r promise_sample=r visit=r",
    "look": (
        "call=r clock=i desk_state=ru ended_stop=ru event=i print_job=ru printer_state=ru promise=rd step=ru stop=ru"
    ),
    "look_up.find_scanned": "+look_up.find_visit",
    "look_up.find_ticket": "print_job=r stop=r visit=r",
    "look_up.find_visit": "ended_stop=r visit=r",
    "paper.leases.hold": "event=i print_job=ru printer_state=riu",
    "paper.leases.observe": "event=i printer_state=ru",
    "paper.leases.release": "printer_state=ru",
    "paper.print_jobs.anything_queued": "print_job=r",
    "paper.print_jobs.give_up": "event=i print_job=ru",
    "paper.print_jobs.leaflet": "print_job=ri stop=r visit=r",
    "paper.print_jobs.page_for_nobody": "print_job=ri",
    "paper.print_jobs.put_back": "event=i print_job=ru",
    "paper.print_jobs.reprint": "ended_stop=r event=i print_job=ri stop=r visit=r",
    "paper.print_jobs.settle": "event=i print_job=ru",
    "paper.print_jobs.take_next": "assistance=r event=i print_job=ru printer_state=ru visit=r",
    "site.apply.apply": (
        "assistance=ru call=ru clock=i counter=riu desk=riu desk_state=riud event=i plan=i print_job=ru service=riu "
        "site=i step=rd stop=ru visit=rul"
    ),
    "site.apply.foresee": "call=r counter=r desk_state=r print_job=r stop=r visit=r",
    "site.clock.confirm_clock": (
        "call=r desk_state=ru ended_stop=ru event=i print_job=ru printer_state=ru promise=rd step=ru stop=ru"
    ),
    "site.day.close_day": "call=ru desk=l desk_state=ru ended_stop=i event=i site=u step=rd stop=ru visit=ru",
    "site.day.read_open": "desk_state=r stop=r visit=r",
    "site.day.reopen_day": "desk=l ended_stop=rd event=i site=u stop=ru visit=ru",
    "site.due.anything_to_look_after": "desk_state=r stop=r visit=r",
    "site.due.look_after": "+site.due.tidy desk_state=r event=i step=ru stop=ru visit=rul",
    "site.due.tidy": "+site.purge.purge call=ru desk=l desk_state=ru ended_stop=i event=i step=rd stop=ru visit=rul",
    "site.erasing.erasure_is_owed": "",
    "site.halt.resume": "event=i site=u",
    "site.halt.status": "",
    "site.halt.suspend": "call=ru desk=l event=i site=u stop=ru visit=ru",
    "site.open_until.open_until": "event=i site=u",
    "site.purge.purge": (
        "assistance=rd call=ru counter=rd desk_state=ru ended_stop=i event=id forecast=rid journey_sample=i "
        "print_job=rd promise=r promise_sample=i request=d sample=ri site=u stop=ru tally=i visit=rud"
    ),
    "visits.breaks.back": "ended_stop=r event=i print_job=r stop=ru visit=rul",
    "visits.breaks.pause": "ended_stop=r event=i print_job=r stop=ru visit=rul",
    "visits.change.add": "ended_stop=r event=i print_job=r stop=riu visit=rul",
    "visits.change.cancel": "call=r ended_stop=r event=i print_job=r stop=ru visit=rul",
    "visits.issue.issue": "counter=riu event=i print_job=ri stop=i visit=ri",
}
"""By module and name, as in `shared/verbs`; `look` is the look at the clock before a verb."""
BY_OWNER = frozenset({"site.apply.apply"})
"""Only the owner of the tables runs these."""


@cache
def rights_of(verb: str) -> frozenset[tuple[str, str]]:
    """Each table and letter of a verb, without what any verb may do."""
    found: set[tuple[str, str]] = set()
    for word in RIGHTS[verb].split():
        if word.startswith("+"):
            found |= rights_of(word[1:])
        else:
            found |= pairs(word)
    return frozenset(found)


def pairs(line: str) -> set[tuple[str, str]]:
    """Each table and letter of a line."""
    return {
        (table, letter) for table, _, letters in (word.partition("=") for word in line.split()) for letter in letters
    }


def rights_of_faces() -> frozenset[tuple[str, str]]:
    """What some face does to some table."""
    return frozenset(pairs(EACH).union(*(rights_of(verb) for verb in RIGHTS.keys() - BY_OWNER)))
