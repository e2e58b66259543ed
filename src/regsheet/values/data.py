"""The word lists of this stage, read once from the TOML files that lie beside the code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_list(name: str) -> dict[str, Any]:
    """The contents of ``<name>.toml``. Shared between callers: do not change it."""
    source = files("regsheet.values").joinpath(f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def words(table: str, *keys: str) -> tuple[str, ...]:
    """A list of words from one of the files, as ``words("dates", "vague", "recurring")``."""
    found: Any = word_list(table)
    for key in keys:
        found = found[key]
    return tuple(str(word) for word in found)
