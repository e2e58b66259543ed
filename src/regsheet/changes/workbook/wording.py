"""The prose of the workbook, kept as data in ``wording.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def wording(section: str) -> dict[str, Any]:
    """One section of the wording."""
    text = files(__package__).joinpath("wording.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[section]
    return found
