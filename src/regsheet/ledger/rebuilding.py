"""Makes a lost ledger again from the annotated workbooks of each quarter, which hold all that is needed to check them.

Each copy is stripped, and checked again as of the day that its Check summary names.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def rebuild(path: Path, folders: Sequence[Path], config_path: Path | None = None) -> list[str]:
    """Make a ledger from annotated workbooks. Gives what there is to say of it, in sentences."""
    raise NotImplementedError
