"""What is not translated, in words and as data."""

from __future__ import annotations

from collections.abc import Iterable

from shared.config import Config
from shared.config.translation import Gap

_MEANWHILE = "Until they are translated, visitors read these texts in English or in the language of the house."


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
        lines.append(f"Not translated: {len(texts)} texts, into {', '.join(missing)}.")
    return [*lines, f"{_MEANWHILE} To translate them: ankommen texts"] if lines else []


def gap_list(config: Config) -> list[str]:
    """A line for each language with all that it lacks."""
    found = _grouped((gap.language, f"{gap.key}{' (changed)' * gap.outdated}") for gap in config.gaps)
    lines = [f"{tag} lacks {len(keys)}: {', '.join(keys)}" for tag, keys in found.items()]
    return [*lines, _MEANWHILE] if lines else ["Nothing is missing."]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _listed(gaps: Iterable[Gap]) -> list[dict[str, str]]:
    return [{"language": gap.language, "key": gap.key} for gap in gaps]
