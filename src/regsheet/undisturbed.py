"""Work that makes very many objects and no rubbish, spared the search for rubbish among them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def undisturbed(work: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """A function that runs with cyclic garbage collection put off: a large workbook is read a quarter faster so.

    Objects that nothing refers to are freed all the same, at once; only cycles wait until the function ends.
    """

    @wraps(work)
    def run(*arguments: Given.args, **named: Given.kwargs) -> Answer:
        if not gc.isenabled():
            return work(*arguments, **named)
        gc.disable()
        try:
            return work(*arguments, **named)
        finally:
            gc.enable()

    return run
