"""The contrast of two colours, as WCAG 2.2 defines it. Pure."""

from __future__ import annotations

RGB = tuple[int, int, int]


def contrast(one: RGB, other: RGB) -> float:
    """From 1 (equal) to 21 (black and white); https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
