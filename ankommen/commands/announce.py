"""ankommen announce: what the loudspeaker would say, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ankommen.opening import Options
from ankommen.output import emit
from shared.errors import NumberUnknown
from shared.language import require_languages
from shared.model import code_of, parse_code
from shared.views.in_force import plan_in_force
from voice.announcement import announcement_wav
from voice.sentence import texts

app = typer.Typer()


@app.command()
def announce(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help="A number: A017.")],
    desk: Annotated[str, typer.Argument(help="A desk of the plan.")],
    language: Annotated[str, typer.Option(help="The visitor's language.")],
    out: Annotated[Path, typer.Option(help="The WAV file to write.")],
) -> None:
    """Write a call as it would be heard: gong, the visitor's language, the house's."""
    options: Options = ctx.obj
    database, _ = options.open()
    plan = database.read(plan_in_force)
    parsed = parse_code(code)
    if parsed is None:
        raise NumberUnknown(f"{code!r} is no number. A number looks like A017.")
    plan.require_desk(desk)
    require_languages([language])
    spoken = announcement_wav(texts(code_of(*parsed), desk, language, plan.site.language), out)
    data = {"path": str(out), "texts": [{"language": part.language, "text": part.text} for part in spoken]}
    emit(options, data, "\n".join([str(out), *(part.text for part in spoken)]))
