"""The sentences that the server itself says, kept as data in ``sentences.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _all() -> dict[str, str]:
    text = files(__package__).joinpath("sentences.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def sentence(key: str, **fields: object) -> str:
    """One sentence, its ``{places}`` filled in."""
    return _all()[key].format(**fields)
