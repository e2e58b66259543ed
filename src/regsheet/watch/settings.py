"""What to watch and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regsheet.pipeline import Options


@dataclass(frozen=True, slots=True)
class Settings:
    """What to watch and how. ``inbox`` and ``outbox`` are as ``places.prepared`` gave them.

    ``options_for`` gives the options for a file; ``asked`` is what of them was asked for, so that a file is done again
    when it changes. ``previous`` is last quarter's folder or workbook. A file is at rest after ``settle`` seconds.
    """

    inbox: Path
    outbox: Path
    options_for: Callable[[Path], Options]
    asked: str = ""
    previous: Path | None = None
    settle: float = 5.0
    poll: bool = False
    afresh: bool = False


def is_owners_list(path: Path, options: Options) -> bool:
    """Whether a file of the inbox is the owners list, which is no register."""
    configuration = options.configuration
    lists = [options.owners] if options.owners is not None else []
    if not lists and configuration.path is not None and configuration.config.owners:
        lists = [configuration.path.parent / configuration.config.owners]
    return any(path.resolve() == one.resolve() for one in lists)
