"""What is not translated, in words and as data."""

from __future__ import annotations

from collections.abc import Iterable

from shared.config import Config
from shared.config.translation import Gap
from shared.language.terminal_text import clean


def counted(number: int, what: str) -> str:
    """A number of things in words, "1 text", "2 texts"."""
    return f"{number} {what}{'s' * (number != 1)}"


def gap_counts(config: Config) -> list[str]:
    """How many texts some language lacks, and how many have changed since they were translated."""
    counts = {
        "not translated": {gap.key for gap in config.gaps if not gap.outdated},
        "changed since then": {gap.key for gap in config.gaps if gap.outdated},
    }
    return [f"{counted(len(keys), 'text')} {what}" for what, keys in counts.items() if keys]


def gap_data(config: Config) -> dict[str, object]:
    """The texts that languages lack, and those whose translation is out of date."""
    return {"missing": _listed(config.gaps), "outdated": _listed(gap for gap in config.gaps if gap.outdated)}


def gap_lines(config: Config) -> list[str]:
    """A line for each text that has changed since it was translated, and one for all that nobody has translated."""
    lines = [
        f"{key}: has changed since it was translated: {', '.join(tags)}"
        for key, tags in _grouped((gap.key, gap.language) for gap in config.gaps if gap.outdated).items()
    ]
    missing = _grouped((gap.language, gap.key) for gap in config.gaps if not gap.outdated)
    if missing:
        texts = {key for keys in missing.values() for key in keys}
        lines.append(f"Not translated: {counted(len(texts), 'text')}, into {', '.join(missing)}.")
    lines += _marked(config)
    return [*lines, f"{_meanwhile(config)} To translate them: ankommen texts"] if lines else []


def gap_list(config: Config) -> list[str]:
    """A line for each language with all that it lacks."""
    found = _grouped((gap.language, f"{gap.key}{' (changed)' * gap.outdated}") for gap in config.gaps)
    lines = [f"{tag} lacks {len(keys)}: {', '.join(keys)}" for tag, keys in found.items()]
    return [*lines, *_marked(config), _meanwhile(config)] if lines else ["Nothing is missing."]


def _marked(config: Config) -> list[str]:
    """A line for each file with translations that only their mark keeps from being used: how to take it away."""
    places = [gap.marked for gap in config.gaps if gap.marked]
    found = _grouped((clean(str(place.file)), str(place.line)) for place in places)
    return [f"Check line {', '.join(lines)} of {file}, then delete `#, fuzzy` above." for file, lines in found.items()]


def _meanwhile(config: Config) -> str:
    instead = "in English or in the language of the house"
    if "en" not in config.plan.site.languages:
        instead = "in the language of the house"
    return f"Until they are translated, visitors read these texts {instead}."


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _listed(gaps: Iterable[Gap]) -> list[dict[str, str]]:
    return [{"language": gap.language, "key": gap.key} for gap in gaps]
