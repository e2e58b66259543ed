"""The words of the doctor, read from its data files."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def wording(name: str) -> dict[str, Any]:
    """The data file ``name`` (``features`` or ``trial``) as plain values."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
