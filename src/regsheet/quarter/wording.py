"""The prose of the quarter, kept as data in ``wording.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def wording(section: str) -> dict[str, Any]:
    """One section of the wording: sentences by key, some with ``{places}`` to fill in."""
    found: dict[str, Any] = _all()[section]
    return found


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("wording.toml").read_text(encoding="utf-8"))
