"""The prose of the pages, kept as data in ``wording.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

STATUS_SHOWN = {
    "open": "Open",
    "corrected": "Corrected in the copy",
    "correctable": "Can be corrected",
    "suggested": "Suggestion",
    "waived": "Waived",
}
"""A finding's status in words."""


@cache
def words(section: str) -> dict[str, Any]:
    """One section of the wording: sentences by key, some with ``{places}`` to fill in."""
    found: dict[str, Any] = tomllib.loads(files(__package__).joinpath("wording.toml").read_text("utf-8"))[section]
    return found
