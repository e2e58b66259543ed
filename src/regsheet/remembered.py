"""What is remembered of texts and registers while a workbook is checked, and forgotten when it has been."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

MOST = 16_384
"""Texts of which it is remembered what they say: several rules ask of the same cells, one after another."""

_forgetting: list[Callable[[], object]] = []


def remembered(work: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """A function of texts that is asked the same again and again within one check."""
    known = lru_cache(MOST)(work)
    forgotten_by(known.cache_clear)
    return cast("Callable[Given, Answer]", known)


def forgotten_by(forget: Callable[[], object]) -> None:
    """Have this called when what was remembered is to be forgotten."""
    _forgetting.append(forget)


def forget_all() -> None:
    """Let go of all that was remembered: the texts of a large workbook and of their parts are most of its memory."""
    for forget in _forgetting:
        forget()
