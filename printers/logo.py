"""The centre's logo on a given paper."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from printers.sheet import BLANK, INK, Paper
from shared.config.logo import DPI, IN_PLAN, picture_of
from shared.config.plan import Plan

_MARGIN_MM = 1.5


def logo_on(paper: Paper, plan: Plan, density: float = 1.0) -> Image.Image | None:
    """The logo in the dots of this paper, at most 12 mm high and never wider than the text; `density` makes it smaller.

    None if there is no logo, or if the plan was never applied: then it has only the name of the file.
    """
    logo = plan.site.logo
    return _drawn(logo, paper, density) if logo and logo.startswith(IN_PLAN) else None


@lru_cache(maxsize=8)
def _drawn(logo: str, paper: Paper, density: float) -> Image.Image:
    picture = picture_of(logo)
    scale = min(density * paper.dpi / DPI, (paper.dots - 2 * paper.in_dots(_MARGIN_MM)) / picture.width)
    if scale == 1:
        return picture
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    grey = picture.convert("L").resize(size, Image.Resampling.BOX)
    return grey.point([INK if shade < 128 else BLANK for shade in range(256)])
