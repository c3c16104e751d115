"""ankommen queue: who waits for what, which desks are open, who is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from ankommen.commands.assist import assistance_data, where
from ankommen.opening import Options
from ankommen.output import emit, moment, table, wait_data, wait_words
from shared.config.plan import text_in
from shared.language import require_languages
from shared.model import Assistance, DeskState, Hall, ServiceQueue, Wait
from shared.verbs.learned import promises
from shared.verbs.look_up import require_services
from shared.views.assistance import read_assistance
from shared.views.desk import read_waiting
from shared.views.in_force import plan_in_force
from shared.views.site import read_hall

app = typer.Typer()


@app.command()
def queue(
    ctx: typer.Context,
    language: Annotated[str | None, typer.Option(help="Names in this language; else the house's.")] = None,
    explain: Annotated[str | None, typer.Option(metavar="SERVICE", help="Who waits for it, in order.")] = None,
) -> None:
    """Who waits for what and how long, which desks are open, who is called."""
    options: Options = ctx.obj
    database, _ = options.open()
    plan = database.read(plan_in_force)
    require_languages([] if language is None else [language])
    require_services(plan, [] if explain is None else [explain])
    tag = language or plan.site.language
    hall, waits = database.read(read_hall), database.read(promises.waits)
    names = {key: text_in(service.name, tag) for key, service in plan.services.items()}
    help_ = database.read(read_assistance)
    data = {**_data(hall, names, waits), "assistance": [assistance_data(one) for one in help_]}
    words = [*_unheard(help_), *_words(hall, names, waits)]
    if explain is not None:
        order = database.read(read_waiting, (explain,))
        data["explain"] = [
            {"code": w.code, "queued_at": moment(w.queued_at), "rank_at": moment(w.rank_at), "language": w.language}
            for w in order
        ]
        words.append(table((f"\n{names[explain]}", "\nwaits since"), ((w.code, moment(w.queued_at)) for w in order)))
    emit(options, data, Group(*words))


def _data(hall: Hall, names: Mapping[str, str], waits: Mapping[str, Wait | None]) -> dict[str, Any]:
    return {
        "opening": {
            "open": hall.opening.open,
            "reason": hall.opening.reason,
            "until": hall.opening.until and moment(hall.opening.until),
            "again": hall.opening.again and moment(hall.opening.again),
        },
        "services": [
            {
                "service": item.service,
                "name": names[item.service],
                "open": item.open,
                "closed": item.closed,
                "waiting": item.waiting,
                "longest_wait_s": item.longest_wait_s,
                "wait": wait_data(waits.get(item.service)),
            }
            for item in hall.queues
        ],
        "desks": [{"desk": d.key, "state": d.state, "services": list(d.services)} for d in hall.desks],
        "calls": [
            {"code": call.code, "desk": call.desk, "ring": call.ring, "called_at": moment(call.called_at)}
            for call in hall.calls
        ],
        "lost": [{"desk": lost.desk, "codes": list(lost.codes)} for lost in hall.lost],
        "clock": hall.doubt and {"shows": moment(hall.doubt.shows), "believed": moment(hall.doubt.believed)},
    }


def _unheard(help_: Iterable[Assistance]) -> Iterator[RenderableType]:
    """What nobody has accepted yet, first of all."""
    for one in help_:
        if one.ring is not None:
            told = f"{where(one)} asks for help ({one.kind}), since {one.waited_s // 60} min: ankommen assist list"
            yield Text(f"ALARM: {told}", "bold red")


def _words(hall: Hall, names: Mapping[str, str], waits: Mapping[str, Wait | None]) -> list[RenderableType]:
    at_work = [desk for desk in hall.desks if desk.state is not DeskState.CLOSED]
    closed = [desk.key for desk in hall.desks if desk.state is DeskState.CLOSED]

    def longest(queue: ServiceQueue) -> object:
        return "" if queue.longest_wait_s is None else queue.longest_wait_s // 60

    alarms = [
        Text(f"ALARM: the console of desk {lost.desk} fell silent. Look after {', '.join(lost.codes)}.", "bold red")
        for lost in hall.lost
    ]
    if hall.doubt:
        alarms.append(Text("It is not certain what time it is; ankommen doctor says more.", "bold red"))
    return [
        *alarms,
        table(
            ("service", "#waiting", "#longest (min)", "#new (min)", "at work", "hours"),
            (
                (
                    names[q.service],
                    q.waiting,
                    longest(q),
                    wait_words(waits.get(q.service)),
                    "yes" if q.open else "no",
                    q.closed or "open",
                )
                for q in hall.queues
            ),
        ),
        table(("\ndesk", "\nstate", "\ncalled"), ((d.key, d.state, d.call.code if d.call else "") for d in at_work)),
        f"\nclosed desks: {', '.join(closed) or 'none'}",
    ]
