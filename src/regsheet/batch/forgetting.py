"""Keeps the memory of a process flat that works on one workbook after another."""

from __future__ import annotations

import sys
from typing import Any

MOST = 2_000
"""What is remembered of the texts of workbooks is forgotten, between two of them, where it is more than this."""

_caches: list[Any] = []
_modules_known = 0


def forget() -> None:
    """Empty the caches of texts that have grown: what one workbook says is seldom said by the next."""
    global _modules_known
    if _modules_known != len(sys.modules):
        _modules_known = len(sys.modules)
        _caches[:] = _text_caches()
    for cache in _caches:
        if cache.cache_info().currsize > MOST:
            cache.cache_clear()


def _text_caches() -> list[Any]:
    """The functions of ours that remember up to so many texts."""
    ours = [module for name, module in list(sys.modules.items()) if name.startswith("regsheet.")]
    found = {id(value): value for module in ours for value in vars(module).values()
             if hasattr(value, "cache_clear") and (value.cache_info().maxsize or 0) > MOST}  # fmt: skip
    return list(found.values())
