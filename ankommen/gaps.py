"""What is not translated, in words and as data."""

from __future__ import annotations

from collections.abc import Iterable

from shared.config import Config
from shared.config.translation import Gap


def gap_data(config: Config) -> dict[str, object]:
    """The texts that languages lack, and those whose translation is out of date."""
    return {"missing": _listed(config.gaps), "outdated": _listed(gap for gap in config.gaps if gap.outdated)}


def gap_lines(config: Config) -> list[str]:
    """A line for each text that has changed since it was translated, and one for all that nobody has translated."""
    outdated: dict[str, list[str]] = {}
    for gap in config.gaps:
        if gap.outdated:
            outdated.setdefault(gap.key, []).append(gap.language)
    lines = [f"{key}: has changed since it was translated: {', '.join(tags)}" for key, tags in outdated.items()]
    missing = [gap for gap in config.gaps if not gap.outdated]
    if missing:
        tags = list(dict.fromkeys(gap.language for gap in missing))
        lines.append(f"Not translated: {len({gap.key for gap in missing})} texts, into {', '.join(tags)}.")
    if lines:
        lines.append(
            "Until they are translated, visitors read these texts in English or in the language of the house."
            " To translate them: ankommen texts"
        )
    return lines


def _listed(gaps: Iterable[Gap]) -> list[dict[str, str]]:
    return [{"language": gap.language, "key": gap.key} for gap in gaps]
