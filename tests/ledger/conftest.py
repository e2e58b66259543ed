"""A ledger of its own for every test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from regsheet.ledger import Ledger

sys.path.insert(0, str(Path(__file__).parent))  # for ``made``


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.db") as opened:
        yield opened
