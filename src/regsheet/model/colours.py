"""Colours by name: what an officer would call the fill of a cell."""

from __future__ import annotations

import colorsys

HUES = ((15, "red"), (48, "amber"), (70, "yellow"), (170, "green"), (255, "blue"), (330, "purple"), (361, "red"))
"""Upper end of each hue in degrees. Amber covers orange: risk registers use both for the same band."""


def colour_name(rgb: str) -> str:
    """``FF0000`` → ``"red"``. White, grey and black are told by their lack of colour."""
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if lightness >= 0.985:
        return "white"
    if lightness <= 0.08:
        return "black"
    if saturation < 0.12 or max(red, green, blue) - min(red, green, blue) < 0.06:
        return "white" if lightness > 0.95 else "grey"
    return next(name for limit, name in HUES if hue * 360 < limit)
