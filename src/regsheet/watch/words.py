"""The wording of the watch, from its data file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _wording() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("wording.toml").read_text("utf-8")
    return {
        section: {key: str(value) for key, value in lines.items()} for section, lines in tomllib.loads(text).items()
    }


def words(section: str, key: str, **fields: object) -> str:
    """A sentence with its blanks filled in."""
    return _wording()[section][key].format(**fields)
