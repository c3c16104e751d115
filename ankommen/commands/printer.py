"""ankommen printer …: the printer in software."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from printers import virtual

app = typer.Typer(help="The printer in software.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The printer in software."""


@app.command()
def serve(
    out: Annotated[Path, typer.Option(help="Folder for the papers, 0001.png …, and log.jsonl.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="TCP port; 0 for any free one.")] = 9100,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    fault: Annotated[list[str] | None, typer.Option(metavar="NAME[=V]", help="Begin with this fault.")] = None,
) -> None:
    """Be a network printer: interpret ESC/POS strictly and write each paper as PNG. Lines on stdin set faults."""
    virtual.serve(host, port, out, fault or [])
