"""An error of ours, told without what a workbook holds: its kind and its place, never its message."""

from __future__ import annotations

import traceback
from pathlib import Path


def place_of(error: BaseException) -> str:
    """``TypeError in layout/find.py:80``; of a group of errors, the first."""
    while isinstance(error, BaseExceptionGroup) and error.exceptions:
        error = error.exceptions[0]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "regsheet" in Path(frame.filename).parts]
    frame = (ours or frames)[-1]
    path = Path(frame.filename)
    return f"{type(error).__name__} in {path.parent.name}/{path.name}:{frame.lineno}"
