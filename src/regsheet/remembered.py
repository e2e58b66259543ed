"""What is remembered of texts and registers while a workbook is checked, and forgotten when it has been."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

MOST = 16_384
"""Texts of which it is remembered what they say: several rules ask of the same cells, one after another."""

_of_texts: list[Callable[[], object]] = []
_of_registers: list[Callable[[], object]] = []


def remembered(work: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """A function of texts that is asked the same again and again within one check."""
    known = lru_cache(MOST)(work)
    forgotten_with_texts(known.cache_clear)
    return cast("Callable[Given, Answer]", known)


def forgotten_with_texts(forget: Callable[[], object]) -> None:
    """Have this called when what was remembered of texts is to be forgotten."""
    _of_texts.append(forget)


def forgotten_with_registers(forget: Callable[[], object]) -> None:
    """Have this called when what was remembered of registers is to be forgotten."""
    _of_registers.append(forget)


def forget_texts() -> None:
    """Let go of what was remembered of texts: of those of a large workbook it takes more memory than anything else."""
    for forget in _of_texts:
        forget()


def forget_all() -> None:
    """Let go of all that was remembered."""
    forget_texts()
    for forget in _of_registers:
        forget()
