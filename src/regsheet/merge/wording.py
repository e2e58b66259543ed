"""The sentences of a merge, kept as data in ``wording.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def wording(section: str) -> dict[str, str]:
    """One section: sentences by key."""
    return _all()[section]


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("wording.toml").read_text(encoding="utf-8"))
