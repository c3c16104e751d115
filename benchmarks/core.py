"""The core beside the bare driver: `python -m benchmarks.core [--json] [--quick]`.

Everything is measured in one run, product and yardstick in turns, on databases as in real use: SQLite with FULL
durability and a Postgres that waits for its disk.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks import feeds, paced, verbs
from shared.config import Config, read_config
from shared.store.database import Database
from shared.verbs.site.apply import apply
from tests.support.postgres import server

_TIMES = 200
"""For each side: together they stay within the numbers of one series, so that all run the same statements."""
CONFIG = Path(__file__).parent.parent / "docs" / "examples" / "config-60.toml"


def main() -> None:
    """Measure on both engines and print the table, or one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="one JSON object")
    arguments.add_argument("--quick", action="store_true", help="a tenth of everything: to see that it runs")
    options = arguments.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(server(folder, "postgres", durable=True))
        urls: dict[str, Callable[[], str]] = {
            "sqlite": _sqlite_files(folder),
            "postgres": lambda: stack.enter_context(postgres.database()),
        }
        figures, notes = _measure(urls, read_config(CONFIG), 10 if options.quick else 1)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:<28}{value:>12.2f}" if isinstance(value, float) else f"{name:<28}{value:>12}")
    print("\n" + "\n".join(notes))


def _sqlite_files(folder: Path) -> Callable[[], str]:
    def url() -> str:
        return f"sqlite:///{folder}/{len(list(folder.glob('*.sqlite')))}.sqlite"

    return url


def _measure(urls: dict[str, Callable[[], str]], config: Config, part: int) -> tuple[dict[str, Any], list[str]]:
    figures: dict[str, Any] = {}
    notes: list[str] = []
    paces = []
    for engine, url in urls.items():
        for name, compare in (("issue", verbs.compare_issue), ("next", verbs.compare_next)):
            print(f"{engine} {name} …", file=sys.stderr)
            with filled(url(), config) as database:
                notes.append(f"{engine}: {database.product()}")
                compared = compare(database, _TIMES // part)
                figures |= _figures(f"{engine}.{name}", compared)
                notes += [f"{engine} {name}: {statement}" for statement in compared.statements]
        print(f"{engine} growth …", file=sys.stderr)
        with filled(url(), config) as database:
            figures[f"growth.{engine}"] = verbs.growth(database, 150 // part, 100_000 // part, 1_000_000 // part)
        print(f"{engine} paced, feed …", file=sys.stderr)
        with filled(url(), config) as database:
            where = database.url.render_as_string(hide_password=False)
            pace = paced.run(where, database.site, list(config.plan.desks), 20.0 / part)
            paces.append(pace)
            figures |= {
                f"paced.{engine}.{name}": getattr(pace, name) for name in ("verbs", "errors", "p50_ms", "p99_ms")
            }
            latency = feeds.compare(where, database.site, 200 // part)
            figures |= {f"feed.{engine}.{name}": getattr(latency, name) for name in ("ratio", "feed_ms", "bare_ms")}
    figures["paced.errors"] = sum(pace.errors for pace in paces)
    figures["paced.p99_ms"] = max(pace.p99_ms for pace in paces)
    return {name: round(value, 3) for name, value in figures.items()}, notes


def _figures(name: str, compared: verbs.Compared) -> dict[str, Any]:
    return {
        f"{name}.ratio": compared.ratio,
        f"{name}.p10_ms": compared.product.p10_ms,
        f"{name}.bare_p10_ms": compared.bare.p10_ms,
        f"{name}.cpu_ms": compared.product.cpu_ms,
        f"{name}.bare_cpu_ms": compared.bare.cpu_ms,
        f"{name}.round_trips": compared.round_trips,
    } | (
        {}
        if compared.least is None
        else {f"{name}.least_ratio": compared.least_ratio, f"{name}.least_p10_ms": compared.least.p10_ms}
    )


@contextmanager
def filled(url: str, config: Config) -> Iterator[Database]:
    database = Database(url, config.plan.site.key)
    database.prepare()
    database.do(apply, config.plan_toml, True)
    try:
        yield database
    finally:
        database.close()


if __name__ == "__main__":
    main()
