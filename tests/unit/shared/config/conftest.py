"""A folder with a small centre, whose files a test writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.translations import SMALL, Centre


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """Makes a small centre with files of translations; the path of its configuration."""

    def centre(text: str = SMALL, **files: str | bytes) -> Path:
        (tmp_path / "texts").mkdir(exist_ok=True)
        for tag, content in files.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (tmp_path / "texts" / f"{tag}.po").write_bytes(raw)
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        return tmp_path / "config.toml"

    return centre
